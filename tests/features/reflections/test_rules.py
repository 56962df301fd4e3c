"""Which question comes next and when; how words are folded, cut and counted."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.features.reflections import library
from bot.features.reflections.journal import rules as journal
from bot.features.reflections.journal.rules import Part, Words
from bot.features.reflections.prompts import rules
from bot.features.reflections.prompts.rules import Candidate, Hours, Pace
from bot.features.reflections.replies import rules as replies
from bot.features.reflections.ritual import rules as ritual
from bot.features.reflections.sharing import rules as sharing

CORE = library.core()
ROTATION = [
    Candidate(each.slug, each.theme, each.for_mentors) for each in library.prompts().values() if each.slug not in CORE
]
MENTORS = {each.slug for each in ROTATION if each.for_mentors}
THEMES = {each.slug: each.theme for each in ROTATION}
START = date(2026, 3, 2)
OFFICE = Hours("Europe/Lisbon", 9 * 60, 17 * 60, (0, 1, 2, 3, 4))


def asked(days: list[date], *, mentor: bool, luck: int) -> list[tuple[str, date]]:
    """What somebody is asked on these days, newest first."""
    history: list[tuple[str, date]] = []
    for day in days:
        history.insert(0, (rules.choose(CORE, ROTATION, history, mentor=mentor, today=day, luck=luck), day))
    return history


@settings(deadline=None)
@given(
    gaps=some.lists(some.integers(1, 20), min_size=1, max_size=80), mentor=some.booleans(), luck=some.integers(0, 10**6)
)
def test_core_and_rotation_take_turns_and_none_in_rotation_comes_twice_within_sixty_days(gaps, mentor, luck):
    days = [START]
    for gap in gaps:
        days.append(days[-1] + timedelta(days=gap))
    oldest_first = asked(days, mentor=mentor, luck=luck)[::-1]
    last: dict[str, date] = {}
    for place, (slug, day) in enumerate(oldest_first):
        if slug in CORE:
            assert place == 0 or oldest_first[place - 1][0] not in CORE or _nothing_fresh(last, day, mentor)
        else:
            assert oldest_first[place - 1][0] in CORE
            assert slug not in last or day - last[slug] >= timedelta(days=60)
            assert mentor or slug not in MENTORS
        last[slug] = day


def _nothing_fresh(last: dict[str, date], day: date, mentor: bool) -> bool:
    allowed = [each.slug for each in ROTATION if mentor or not each.for_mentors]
    return all(slug in last and day - last[slug] < timedelta(days=60) for slug in allowed)


def test_somebody_who_is_asked_every_day_for_a_year_hears_each_core_question_equally_often():
    counts = Counter(slug for slug, _ in asked([START + timedelta(days=n) for n in range(360)], mentor=False, luck=3))
    assert max(counts[slug] for slug in CORE) - min(counts[slug] for slug in CORE) <= 1


def test_neighbours_in_rotation_are_about_different_things():
    rotation = [slug for slug, _ in asked([START + timedelta(days=7 * n) for n in range(40)], mentor=True, luck=5)]
    themes = [THEMES[slug] for slug in rotation if slug in THEMES]
    assert len(themes) == 20
    assert all(len(set(themes[n : n + 6])) == 6 for n in range(len(themes) - 6))


def test_the_first_question_is_what_worked():
    assert rules.choose(CORE, ROTATION, [], mentor=False, today=START, luck=1) == "what-worked"


@settings(deadline=None, max_examples=300)
@given(
    pace=some.sampled_from(["daily", "weekly", "fortnightly"]),
    days=some.sets(some.integers(0, 6)),
    at=some.integers(0, 1439),
    tz=some.sampled_from(["Europe/Lisbon", "Pacific/Auckland", "America/St_Johns", "Asia/Kolkata", "UTC"]),
    start=some.integers(0, 22 * 60),
    work=some.sets(some.integers(0, 6), min_size=1),
    hour=some.integers(0, 24 * 400),
)
def test_a_question_comes_later_than_now_in_their_hours_and_at_most_once_a_day(pace, days, at, tz, start, work, hour):
    hours = Hours(tz, start, min(start + 8 * 60, 1439), tuple(sorted(work)))
    chosen = Pace(pace, tuple(sorted(days)), at)
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hour)
    last_on = now.astimezone(ZoneInfo(tz)).date()
    found = rules.next_prompt(chosen, hours, now=now, last_on=last_on)
    assert found is not None
    local = found.astimezone(ZoneInfo(tz))
    assert found > now
    assert local.weekday() in work
    assert local.date() > last_on
    if pace == "fortnightly":
        assert timedelta(days=7) < local.date() - last_on <= timedelta(days=21)
    on_the_day_clocks_change = local.utcoffset() != (local - timedelta(hours=12)).utcoffset()
    assert hours.start <= local.hour * 60 + local.minute <= hours.end or on_the_day_clocks_change


def test_off_is_never():
    assert rules.next_prompt(Pace("off"), OFFICE, now=datetime(2026, 3, 2, tzinfo=UTC), last_on=None) is None


def test_a_time_that_lies_after_their_new_hours_moves_into_them():
    found = rules.next_prompt(Pace("weekly", (4,), 18 * 60), OFFICE, now=datetime(2026, 3, 2, tzinfo=UTC), last_on=None)
    assert found == datetime(2026, 3, 6, 16, 45, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "days", "last"),
    [
        (date(2026, 3, 2), (0, 1, 2, 3, 4), date(2026, 3, 3)),
        (date(2026, 3, 6), (0, 1, 2, 3, 4), date(2026, 3, 9)),
        (date(2026, 3, 6), (4,), date(2026, 3, 13)),
        (date(2026, 3, 6), (), date(2026, 3, 7)),
    ],
)
def test_a_question_is_of_use_until_their_next_working_day_ends(day, days, last):
    assert rules.useful_through(day, Hours("UTC", 540, 1020, days)) == last


def test_less_often_goes_from_daily_to_weekly_to_every_second_week():
    weekly = rules.less_often(Pace("daily"), OFFICE, 2)
    assert (weekly.pace, weekly.days) == ("weekly", (2,))
    assert rules.less_often(Pace("weekly", (0, 2, 4)), OFFICE, 2).days == (2,)
    slowest = rules.less_often(weekly, OFFICE, 2)
    assert (slowest.pace, slowest.days) == ("fortnightly", (2,))
    assert rules.less_often(slowest, OFFICE, 2) == slowest


@pytest.mark.parametrize(
    ("pace", "days", "at", "wrong"),
    [
        ("off", (), None, set()),
        ("daily", (), 600, set()),
        ("weekly", (), 600, {"days"}),
        ("weekly", (5,), 600, {"days"}),
        ("fortnightly", (0, 1), 600, {"days"}),
        ("fortnightly", (0,), 600, set()),
        ("weekly", (1,), None, {"at"}),
        ("weekly", (1,), 20 * 60, {"at"}),
        ("daily", (), 8 * 60, {"at"}),
    ],
)
def test_a_choice_must_fit_days_and_hours(pace, days, at, wrong):
    assert set(rules.problems_with(Pace(pace, days), days, at, OFFICE)) == wrong


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Café  au LAIT", "cafe au lait"),
        ("Straße", "strasse"),
        ("Łódź, Ærø", "lodz, aero"),
        ("naïve\nrésumé", "naive resume"),
        ("İstanbul", "istanbul"),
        ("مرحبا بك", "مرحبا بك"),
        ("", ""),
    ],
)
def test_the_search_takes_no_notice_of_capitals_and_accents(text, folded):
    assert journal.fold(text) == folded


@settings(deadline=None)
@given(some.text(max_size=200))
def test_what_was_folded_stays_as_it_is(text):
    once = journal.fold(text)
    assert journal.fold(once) == once


@settings(deadline=None)
@given(some.text(alphabet="ab \n", max_size=400), some.integers(5, 50))
def test_pieces_fit_and_lose_nothing_but_spaces(text, longest):
    found = journal.pieces(text, longest)
    assert all(len(piece) <= longest for piece in found)
    assert "".join("".join(found).split()) == "".join(text.split())


def test_a_long_word_is_cut_where_it_must():
    assert journal.pieces("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


def test_a_glimpse_shows_the_place_that_was_found():
    text = "First line.\n" + "word " * 60 + "the Café was closed " + "word " * 60
    assert "Café was closed" in journal.glimpse(text, "cafe")
    assert len(journal.glimpse(text, "cafe")) <= 140
    assert journal.glimpse("First line.\nSecond.") == "First line."


def test_slacks_marks_become_words():
    text = "Ask <@U1> and <@U2> in <#C1|help>: <https://a.example/x|the page>, <https://b.example>. <!channel> 2 &lt; 3 &amp; 4"
    assert journal.as_typed(text, {"U1": "Ben"}) == (
        "Ask @Ben and @U2 in #help: the page, https://b.example. @channel 2 < 3 & 4"
    )


def test_parts_keep_slacks_order_whichever_is_heard_first():
    words = journal.with_part(Words((Part("second", "20.1"),)), Part("first", "3.5"))
    assert words.text == "first\n\nsecond"


def test_a_part_is_changed_and_taken_out_by_the_reply_it_came_from():
    words = Words((Part("one", "1.0"), Part("two", "2.0")), "good")
    changed = journal.with_part_changed(words, "2.0", "other")
    assert changed is not None
    assert changed.text == "one\n\nother"
    assert journal.with_part_changed(words, "9.0", "other") is None
    assert journal.without_part(words, "1.0").text == "two"


@settings(deadline=None)
@given(some.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_months_follow_each_other(day):
    first = day.replace(day=1)
    assert journal.month_before(journal.next_month(first)) == first
    assert journal.month_of(f"{first:%Y-%m}") == first


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "next", "0001-01", "2026-3"])
def test_no_month_is_read_where_there_is_none(text):
    assert journal.month_of(text) is None


def test_a_calendar_shows_which_days_have_an_entry_and_how_it_was():
    drawn = journal.calendar(date(2026, 3, 1), {date(2026, 3, 4): ["good"], date(2026, 3, 31): [""]})
    assert drawn.splitlines()[0] == "Mo  Tu  We  Th  Fr  Sa  Su"
    assert drawn.splitlines()[1].endswith(" 1")
    assert " 4▆" in drawn
    assert "31·" in drawn


def test_a_week_has_the_mood_in_its_middle():
    moods = {date(2026, 3, 2): ["heavy"], date(2026, 3, 3): ["good", ""], date(2026, 2, 25): ["light", "low", "low"]}
    weeks = journal.by_week(moods, date(2026, 3, 6), weeks=3)
    assert weeks == [(date(2026, 2, 16), None), (date(2026, 2, 23), "low"), (date(2026, 3, 2), "good")]


@pytest.mark.parametrize(
    ("text", "fits"), [("", False), (" \n ", False), ("x", True), ("x" * 12_000, True), ("x" * 12_001, False)]
)
def test_an_entry_is_neither_empty_nor_endless(text, fits):
    assert (journal.problem_with(text) is None) is fits


WRITTEN = {"channel_type": "im", "channel": "D1", "ts": "2.0", "thread_ts": "1.0", "user": "U1", "text": "words"}
EDITED = {
    "channel_type": "im", "channel": "D1", "subtype": "message_changed",
    "message": {"ts": "2.0", "thread_ts": "1.0", "user": "U1", "text": "others", "edited": {"ts": "3.0", "user": "U1"}},
}  # fmt: skip


@pytest.mark.parametrize(
    ("payload", "what"),
    [
        (WRITTEN, "written"),
        (WRITTEN | {"channel_type": "channel"}, None),
        (WRITTEN | {"bot_id": "B1"}, None),
        (WRITTEN | {"subtype": "file_share"}, None),
        (WRITTEN | {"thread_ts": None}, None),
        (WRITTEN | {"thread_ts": "2.0"}, None),
        (WRITTEN | {"text": "  "}, None),
        (WRITTEN | {"user": None}, None),
        (EDITED, "edited"),
        (EDITED | {"message": EDITED["message"] | {"edited": None}}, None),
        (EDITED | {"message": EDITED["message"] | {"bot_id": "B1"}}, None),
        (EDITED | {"message": {}}, None),
        ({"channel_type": "im", "channel": "D1", "subtype": "message_deleted", "deleted_ts": "2.0"}, "deleted"),
        ({"channel_type": "im", "channel": "D1", "subtype": "message_deleted"}, None),
    ],
)  # fmt: skip
def test_only_a_persons_own_words_in_a_thread_are_read(payload, what):
    said = replies.read(payload)
    assert (said.what if said else None) == what


def test_an_older_edit_that_is_heard_later_is_known_to_be_old():
    assert replies.is_newer("3.0", None)
    assert replies.is_newer("10.0", "9.0")
    assert not replies.is_newer("9.0", "10.0")
    assert not replies.is_newer("", "1.0")


@settings(deadline=None)
@given(some.integers(1, 200), some.integers(0, 1000))
def test_no_round_repeats_a_question_of_the_nineteen_before(count, luck):
    slugs = list(library.rounds())
    history: list[str] = []
    for _ in range(count):
        history.insert(0, ritual.choose(slugs, history, luck=luck))
    assert len(slugs) == 20
    for place in range(len(history)):
        assert history[place] not in history[place + 1 : place + 20]


@pytest.mark.parametrize(
    ("named", "wants", "problem"),
    [
        ([], False, None),
        ([], True, "nobody"),
        (["U1", "U2"], True, None),
        (["U1", "ME"], True, "oneself"),
        (["U1", "U2", "U3", "U4", "U5", "U6"], True, "too many"),
    ],
)
def test_up_to_five_others_can_be_named(named, wants, problem):
    assert sharing.problem_with("ME", named, wants_people=wants) == problem
