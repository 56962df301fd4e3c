"""The questions themselves: all there, within their lengths, and a broken file names its entry."""

from collections import Counter
from pathlib import Path

import pytest

from bot.errors import WrongSetting
from bot.features.reflections import library

GOOD = "- {slug: a, for: [anyone], theme: x, question: 'What worked today?', hint: 'For example this.'}\n"


def test_there_are_three_core_questions_and_forty_five_in_rotation_three_a_theme():
    words = library.prompts()
    assert library.core() == ["what-worked", "what-did-not", "next-time"]
    rotation = [each for slug, each in words.items() if slug not in library.core()]
    assert len(rotation) == 45
    assert set(Counter(each.theme for each in rotation).values()) == {3}
    assert len([each for each in rotation if not each.for_mentors]) >= 30
    assert len(library.rounds()) == 20


def test_every_question_is_one_question_without_an_exclamation():
    for words in [*library.prompts().values(), *library.rounds().values()]:
        assert words.question.endswith("?"), words.slug
        assert words.question.count("?") == 1, words.slug
        assert "!" not in words.question + words.hint, words.slug


def test_no_question_is_asked_twice():
    questions = [each.question for each in [*library.prompts().values(), *library.rounds().values()]]
    assert len(set(questions)) == len(questions)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (GOOD * 2, "entry a, slug"),
        (GOOD.replace("[anyone]", "[mentor]"), "entry a, for"),
        (GOOD.replace("[anyone]", "[lead]"), "entry a, for"),
        (GOOD.replace("theme: x", "mood: x"), "entry a, theme"),
        (GOOD.replace("slug: a", "slug: A b"), "entry A b, slug"),
        (GOOD.replace("What worked today?", "x" * 161), "entry a, question"),
        ("{}", "must be a list"),
    ],
)
def test_a_broken_file_names_entry_and_field(tmp_path: Path, text: str, named: str):
    path = tmp_path / "prompts.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WrongSetting, match=named):
        library.checked_prompts(path)
