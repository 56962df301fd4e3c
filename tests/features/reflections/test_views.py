"""What people read of reflections: every message, form and page as a golden file, and short enough."""

import re
from datetime import UTC, date, datetime

import pytest

from bot.features.reflections import forms, library
from bot.features.reflections.journal import finding, months
from bot.features.reflections.journal import views as journal
from bot.features.reflections.journal.rules import Entry, Part, Words
from bot.features.reflections.models import Prompt
from bot.features.reflections.prompts import views as prompts
from bot.features.reflections.prompts.rules import Hours, Pace
from bot.features.reflections.replies import messages as replies
from bot.features.reflections.ritual import kind
from bot.features.reflections.ritual import views as ritual
from bot.features.reflections.ritual.options import RitualOptions
from bot.features.reflections.sharing import views as sharing
from bot.features.reflections.sharing.rules import Named
from bot.messages import Block, Content
from bot.slack import blocks
from bot.slack.act import read_act
from tests.goldens import Golden

NOW = datetime(2026, 3, 6, 15, tzinfo=UTC)
TODAY = date(2026, 3, 6)
OFFICE = Hours("Europe/Lisbon", 9 * 60, 17 * 60, (0, 1, 2, 3, 4))
WEEKLY = Pace("weekly", (4,), 15 * 60)
QUESTION = library.prompts()["reply-too-soon"]
ROUND = library.rounds()["one-thing-learned"]
NASTY = "<!channel> *bold* `code` & 🙂 שלום <https://a.example|x>"


def asked(state: str = "put", **more: object) -> prompts.Asked:
    return prompts.Asked(7, QUESTION, state, **more)  # type: ignore[arg-type]


def put() -> Prompt:
    return Prompt(id=7, workspace_id=1, member_id=1, slug=QUESTION.slug, channel="D1", ts="1.0", reflection_id=3)


def said(message_content: Content | None) -> Content:
    assert message_content is not None
    return message_content


MESSAGES: dict[str, tuple[Content, int]] = {
    "question": (prompts.prompt(asked()), 80),
    "first_question": (prompts.prompt(asked(tells=True)), 95),
    "question_answered": (prompts.prompt(asked("answered", reflection_id=3)), 30),
    "question_passed": (prompts.prompt(asked("passed")), 40),
    "less_often": (prompts.rhythm_changed(asked(), Pace("fortnightly", (4,), 900), OFFICE), 40),
    "stopped": (prompts.rhythm_changed(asked(), Pace("off"), OFFICE), 40),
    "kept": (said(replies.kept(put(), 3, NOW, ts="2.0", added=False).content), 30),
    "added": (said(replies.kept(put(), 3, NOW, ts="2.0", added=True).content), 30),
    "too_long": (said(replies.too_long(put(), NOW, ts="2.0").content), 45),
    "kept_as_written": (said(replies.kept_as_written(put(), NOW, ts="2.0", key="1").content), 30),
    "deleted_reply": (said(replies.gone(put(), NOW, ts="2.0", empty=True).content), 30),
    "deleted_one_of_two": (said(replies.gone(put(), NOW, ts="2.0", empty=False).content), 30),
    "removed": (
        said(
            replies.removed(read_act(1, {"channel": {"id": "D1"}, "message": {"ts": "2.0"}, "user": {}}), NOW).content
        ),
        30,
    ),
    "shared": (sharing.shared(NASTY, 3), 45),
    "taken_back": (sharing.taken_back(), 30),
    "round": (ritual.question(5, ROUND, "Tuesday 10 March"), 70),
    "round_closed": (ritual.closed(7), 30),
    "round_closed_one": (ritual.closed(1), 30),
    "round_closed_none": (ritual.closed(0), 30),
}


def entry(number: int, text: str, *, mood: str = "", theme: str = "", sharing: str = "me", day: date = TODAY) -> Entry:
    return Entry(
        number, day, NOW, 1, "reply-too-soon" if number % 2 else None, sharing, Words((Part(text),), mood, theme)
    )


ENTRIES = [
    entry(
        4, "Asked before I answered. It took a minute longer and saved an hour.", mood="good", theme="active-listening"
    ),
    entry(3, NASTY, mood="heavy", sharing="people", day=date(2026, 3, 3)),
    entry(2, "word " * 200, day=date(2026, 2, 20)),
]


def page(**more: object) -> list[Block]:
    facts = {
        "entries": ENTRIES, "total": 19, "number": 1, "today": TODAY, "pace": WEEKLY, "hours": OFFICE,
        "moods": months.moods_by_day(ENTRIES),
    }  # fmt: skip
    return journal.journal(journal.Journal(**{**facts, **more}))  # type: ignore[arg-type]


VIEWS: dict[str, Block] = {
    "form_free": forms.write(Pace(), OFFICE),
    "form_free_asked_weekly": forms.write(WEEKLY, OFFICE),
    "form_answer": forms.write(WEEKLY, OFFICE, question=QUESTION, prompt_id=7),
    "form_talk": forms.write(WEEKLY, OFFICE, text=NASTY),
    "form_change": forms.change(3, 2, Words((Part("word " * 700),), "low", "saying-no"), QUESTION),
    "form_kept": forms.kept(TODAY, TODAY),
    "form_added": forms.kept(TODAY, TODAY, added=True),
    "form_rhythm": prompts.rhythm_form(Pace(), OFFICE),
    "form_rhythm_saved": prompts.rhythm_saved(WEEKLY, OFFICE),
    "form_rhythm_off": prompts.rhythm_saved(Pace("off"), OFFICE),
    "form_search": finding.search_form(),
    "form_found": finding.search_form("asked", ENTRIES[:1], 1, TODAY),
    "form_found_many": finding.search_form("word", ENTRIES, 47, TODAY),
    "form_found_nothing": finding.search_form("giraffe", [], 0, TODAY),
    "form_own_entry": finding.own_entry(ENTRIES[1], TODAY),
    "form_share": sharing.share_form(3, []),
    "form_share_named": sharing.share_form(3, [Named(2, "U2", "Ben")]),
    "form_reading": sharing.reading(ENTRIES[1], "Ada", TODAY),
    "home_front_empty": blocks.home(journal.front(None, last=None, this_month=0, today=TODAY)),
    "home_front": blocks.home(journal.front(None, last=date(2026, 3, 3), this_month=2, today=TODAY)),
    "home_front_question": blocks.home(journal.front((7, QUESTION), last=None, this_month=0, today=TODAY)),
    "home_journal": blocks.home(page()),
    "home_journal_empty": blocks.home(page(entries=[], total=0, number=0, moods={}, pace=Pace())),
    "home_month": blocks.home(months.month(date(2026, 3, 1), ENTRIES[:2], TODAY, has_older=True)),
    "home_month_empty": blocks.home(months.month(date(2026, 1, 1), [], TODAY, has_older=False)),
    "home_entry": blocks.home(journal.entry_page(ENTRIES[0], [], TODAY)),
    "home_entry_shared": blocks.home(journal.entry_page(ENTRIES[1], ["Ben", "<!here>"], TODAY)),
    "home_entry_gone": blocks.home(journal.gone()),
    "home_outside": blocks.home(journal.outside()),
    "ritual_options": blocks.modal("Options", kind.option_fields(RitualOptions()), callback_id="x", submit="Save"),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_reads_as_it_was_agreed(golden: Golden, name: str):
    golden(f"reflections/{name}", MESSAGES[name][0])


@pytest.mark.parametrize("name", VIEWS)
def test_a_form_or_page_reads_as_it_was_agreed(golden: Golden, name: str):
    golden(f"reflections/{name}", VIEWS[name])


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_is_short(name: str):
    content, most = MESSAGES[name]
    assert len(re.findall(r"\w+", " ".join(_texts(content.blocks)))) <= most


@pytest.mark.parametrize("name", [*MESSAGES, *VIEWS])
def test_nothing_that_people_wrote_pings_or_links(name: str):
    shown = MESSAGES[name][0].blocks if name in MESSAGES else VIEWS[name]["blocks"]
    fallback = [MESSAGES[name][0].text] if name in MESSAGES else []
    assert not [text for text in [*fallback, *_texts(shown)] if re.search(r"<[!@#h]", text)]


@pytest.mark.parametrize("slug", library.prompts())
def test_every_question_fits_its_message(slug: str):
    words = library.prompts()[slug]
    shown = prompts.prompt(prompts.Asked(1, words, "put", tells=True))
    assert shown.text == words.question
    assert len(re.findall(r"\w+", " ".join(_texts(shown.blocks)))) <= 110


def test_the_longest_entry_of_signs_that_grow_still_fits_a_page():
    text = "<&>" * 4_000
    shown = journal.entry_page(entry(1, text), [], TODAY)
    assert len(shown) <= 60
    assert all(len(each) <= 3000 for each in _texts(shown))
    assert "".join(_texts(shown)).count("&amp;") >= 4_000


def test_a_long_entry_fills_fields_that_fit():
    form = forms.write(Pace(), OFFICE, text="x" * 12_000)
    fields = [block for block in form["blocks"] if block["type"] == "input" and block["block_id"].startswith("words")]
    assert [len(field["element"]["initial_value"]) for field in fields] == [3000] * 4


def _texts(thing: object) -> list[str]:
    """Every mrkdwn text; plain text pings nobody."""
    if isinstance(thing, list):
        return [text for each in thing for text in _texts(each)]
    if not isinstance(thing, dict):
        return []
    own = [thing["text"]] if thing.get("type") == "mrkdwn" else []
    return own + [text for each in thing.values() for text in _texts(each)]
