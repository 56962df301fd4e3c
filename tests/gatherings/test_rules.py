"""When reminders are due, for any date and any moment: never after the start, never several at once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gatherings import rules
from bot.gatherings.hosting import drafts as hosting

START = datetime(2026, 3, 17, 15, tzinfo=UTC)
BEFORE_START = st.timedeltas(min_value=timedelta(hours=-2), max_value=timedelta(days=40))
MINUTES = st.sampled_from(rules.MINUTES)


def walk(planned: datetime, minutes: int) -> list[tuple[str, datetime]]:
    """Every step the clock takes from the announcement on, each as soon as it is due."""
    taken = []
    step, due = rules.next_step("announce", START, minutes, planned)
    now = planned
    while due is not None:
        now = max(now, due)
        taken.append((step, now))
        step, due = rules.next_step(step, START, minutes, now)
    assert step == "done"
    return taken


@given(BEFORE_START, MINUTES)
def test_the_clock_reminds_at_most_once_of_each_kind_in_order_and_before_the_start(before: timedelta, minutes: int):
    planned = START - before
    taken = walk(planned, minutes)
    reminders = [(step, when) for step, when in taken if step in rules.BEFORE]
    assert [step for step, _ in reminders] == [step for step in rules.BEFORE if step in dict(reminders)]
    assert all(when < START for _, when in reminders)
    assert taken[-1][0] == "over"
    assert taken[-1][1] >= START + timedelta(minutes=minutes)


@given(BEFORE_START, MINUTES)
def test_nothing_fires_in_a_burst(before: timedelta, minutes: int):
    planned = START - before
    times = [when for step, when in walk(planned, minutes) if step in rules.BEFORE]
    assert len(set(times)) == len(times)
    assert len([when for when in times if when == planned]) <= 1  # at most the last one, where its time is now


@given(BEFORE_START, st.sampled_from(list(rules.BEFORE)))
def test_a_reminder_that_comes_late_is_left_out_once_the_next_one_is_due(before: timedelta, step: str):
    now = START - before
    if now >= START:
        assert not rules.useful(step, START, now)
    if step == "week" and now >= START - rules.BEFORE["day"]:
        assert not rules.useful(step, START, now)
    due = rules.moment_of(step, START, 20)
    assert due is not None
    if now == due:
        assert rules.useful(step, START, now)


def test_after_a_stop_the_reminder_that_still_helps_is_given_at_once():
    evening = START - timedelta(hours=19)
    assert rules.after_missed("week", START, 20, evening) == ("day", evening)
    assert rules.after_missed("week", START, 20, START - timedelta(minutes=5)) == ("soon", START - timedelta(minutes=5))
    assert rules.after_missed("week", START, 20, START) == ("over", START + timedelta(minutes=20))


def test_planned_a_month_ahead_it_goes_through_every_reminder():
    assert walk(START - timedelta(days=30), 20) == [
        ("week", START - timedelta(days=7)),
        ("day", START - timedelta(days=1)),
        ("soon", START - timedelta(minutes=45)),
        ("over", START + timedelta(minutes=20)),
    ]


@pytest.mark.parametrize(
    ("change", "step", "then"),
    [
        ("moved", "week", "moved"),
        ("changed", "soon", "changed:soon"),
        ("changed", "moved", "moved"),  # the move is being told: it takes the new place with it
        ("changed", "changed:day", "changed:day"),
        ("called_off", "changed:day", "called_off"),
        ("moved", "changed:day", "moved"),
    ],
)
def test_a_change_is_told_before_the_clock_goes_on(change: str, step: str, then: str):
    assert rules.telling(change, step) == then


def test_after_telling_the_clock_goes_on_where_it_was_and_after_a_move_anew():
    now = START - timedelta(days=2)
    assert rules.told("changed:day", START, 20, now) == ("day", START - timedelta(days=1))
    assert rules.told("changed:over", START, 90, now) == ("over", START + timedelta(minutes=90))
    assert rules.told("moved", START, 20, now) == ("day", START - timedelta(days=1))
    assert rules.told("changed:announce", START, 20, now) == ("day", START - timedelta(days=1))
    assert rules.told("called_off", START, 20, now) == ("done", None)


@pytest.mark.parametrize(
    "link", ["https://call.example/a?b=c", "http://example.com", "HTTPS://meet.example.com/x-y_z#1"]
)
def test_a_link_is_a_link(link: str):
    assert hosting.problem_with_link(link) is None


@pytest.mark.parametrize(
    "link",
    ["call", "call.example/1", "ftp://call.example", "https://", "https://call", "javascript:alert(1)",
     "https://a.example/ b", "https://a.example/|x", "https://a.example/>", "https://[", "https://a." + "e" * 600],
)  # fmt: skip
def test_what_is_no_link_gets_a_clear_error(link: str):
    assert hosting.problem_with_link(link)


@given(st.integers(0, 525_600), st.integers(0, 400), st.integers(0, 24 * 60 - 1))
def test_a_shift_takes_a_moment_to_exactly_the_day_and_minute_that_were_asked_for(later: int, days: int, minute: int):
    starts_at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=later)
    wanted = date(2026, 1, 1) + timedelta(days=days)
    shift = hosting.shift(starts_at, "Europe/Lisbon", wanted, minute)
    assert shift.of(starts_at, "Europe/Lisbon") == (wanted, minute)


def test_sessions_over_each_other_are_seen_and_those_that_touch_are_not():
    hour = timedelta(hours=1)
    one, two = (START, START + hour), (START + hour, START + 2 * hour)
    assert hosting.over_each_other([one], [two]) is None
    assert hosting.over_each_other([one], [two, (START - hour, START + timedelta(minutes=1))]) == 1
