"""The prompts themselves: enough, within their lengths, none twice, and a broken file names its entry."""

from collections import Counter
from pathlib import Path

import pytest

from bot.errors import WrongSetting
from bot.features.roundtables.written import library

GOOD = "- {slug: a, theme: x, question: 'What worked today?', hint: 'For example this.'}\n"
LONGEST_SKILL = 40


def test_there_are_at_least_eighty_prompts_and_no_theme_is_most_of_them():
    words = library.prompts()
    assert len(words) >= 80
    themes = Counter(each.theme for each in words.values())
    assert len(themes) >= 10
    assert max(themes.values()) <= len(words) / 5


def test_every_prompt_is_one_question_and_none_is_asked_twice():
    every = [*library.prompts().values(), *library.gaps().values()]
    for each in every:
        assert each.question.endswith("?"), each.slug
        assert each.question.count("?") == 1, each.slug
        assert "!" not in each.question + each.hint, each.slug
    assert (
        len({each.question.casefold() for each in every}) == len({each.hint.casefold() for each in every}) == len(every)
    )
    assert len({each.slug for each in every}) == len(every)


def test_a_gap_still_reads_well_with_a_long_skill():
    for each in library.gaps().values():
        assert len(each.question.replace(library.SKILL, "x" * LONGEST_SKILL)) <= 140, each.slug


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (GOOD * 2, "entry a, slug"),
        (GOOD + GOOD.replace("slug: a", "slug: b"), "asked twice"),
        (GOOD.replace("worked today", "about {skill}"), "entry a, question"),
        (GOOD.replace("theme: x", "mood: x"), "entry a, theme"),
        (GOOD.replace("What worked today?", "x" * 141), "entry a, question"),
        (GOOD.replace("For example this.", "x" * 121), "entry a, hint"),
    ],
)
def test_a_broken_file_names_entry_and_field(tmp_path: Path, text: str, named: str):
    path = tmp_path / "prompts.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WrongSetting, match=named):
        library.checked(path)


def test_a_gap_without_room_for_a_skill_is_found(tmp_path: Path):
    path = tmp_path / "gaps.yml"
    path.write_text(GOOD, encoding="utf-8")
    with pytest.raises(WrongSetting, match="must hold"):
        library.checked(path, about_a_skill=True)
