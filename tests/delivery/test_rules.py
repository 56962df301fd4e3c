"""When a message may leave: classes, hours, budgets and pauses, over weekends and clocks that change."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.rules import EXPIRED, UNREACHABLE, Asked, Drop, Hold, Send, Spent, decide, iso_week, kept, local_date
from bot.messages import MessageClass, Recipient

MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
ADA = Recipient(1, "U1", "Europe/Berlin", 9 * 60, 17 * 60, (0, 1, 2, 3, 4), 4, None, True)
GRACE = replace(ADA, member_id=2, slack_id="U2", tz="America/New_York")
HANA = replace(ADA, member_id=3, slack_id="U3", tz="Pacific/Auckland")
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland", "Asia/Kolkata", "Australia/Lord_Howe")
HELD = (MessageClass.REQUEST, MessageClass.SUGGESTION)


def at(text: str, tz: str = "Europe/Berlin") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(tz)).astimezone(UTC)


def asking(message_class: MessageClass, *, due: datetime = MONDAY, expires: datetime | None = None, cost: int = 1):
    return Asked(message_class, due, expires, cost)


def had(*days: date, message_class: MessageClass = MessageClass.SUGGESTION) -> Spent:
    spent = Spent()
    for day in days:
        spent.add(message_class, day, 1)
    return spent


def test_an_answer_leaves_in_the_middle_of_the_night_and_to_somebody_paused():
    paused = replace(ADA, paused_until=at("2026-04-01T00:00"), weekly_budget=0)
    assert decide(asking(MessageClass.ANSWER), [(paused, Spent())], at("2026-03-01T03:00")) == Send()


def test_an_appointment_keeps_its_time_and_never_loses_to_the_budget():
    spent = had(*[date(2026, 3, 2)] * 9)
    assert decide(asking(MessageClass.APPOINTMENT), [(ADA, spent)], at("2026-03-02T22:15")) == Send()


@pytest.mark.parametrize("message_class", HELD)
def test_what_is_asked_on_friday_evening_waits_for_monday_morning(message_class: MessageClass):
    assert decide(asking(message_class), [(ADA, Spent())], at("2026-03-06T17:00")) == Hold(
        at("2026-03-09T09:00"), "hours"
    )


@pytest.mark.parametrize("message_class", HELD)
def test_the_first_minute_of_the_hours_is_in_and_the_last_is_out(message_class: MessageClass):
    assert decide(asking(message_class), [(ADA, Spent())], at("2026-03-02T09:00")) == Send()
    assert decide(asking(message_class), [(ADA, Spent())], at("2026-03-02T16:59")) == Send()
    assert isinstance(decide(asking(message_class), [(ADA, Spent())], at("2026-03-02T17:00")), Hold)


def test_a_request_is_not_limited_by_the_budget():
    assert decide(asking(MessageClass.REQUEST), [(ADA, had(*[date(2026, 3, 2)] * 9))], at("2026-03-02T10:00")) == Send()


def test_a_third_suggestion_of_a_day_waits_for_tomorrow():
    decision = decide(asking(MessageClass.SUGGESTION), [(ADA, had(*[date(2026, 3, 2)] * 2))], at("2026-03-02T10:00"))
    assert decision == Hold(at("2026-03-03T09:00"), "day")


def test_a_day_with_two_appointments_takes_one_suggestion():
    spent = had(*[date(2026, 3, 2)] * 2, message_class=MessageClass.APPOINTMENT)
    assert decide(asking(MessageClass.SUGGESTION), [(ADA, spent)], at("2026-03-02T10:00")) == Send()
    spent.add(MessageClass.SUGGESTION, date(2026, 3, 2), 0)
    decision = decide(asking(MessageClass.SUGGESTION), [(ADA, spent)], at("2026-03-02T10:00"))
    assert decision == Hold(at("2026-03-03T09:00"), "day")


def test_a_full_week_waits_for_the_members_own_monday():
    spent = had(date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 3))
    decision = decide(asking(MessageClass.SUGGESTION), [(ADA, spent)], at("2026-03-04T10:00"))
    assert decision == Hold(at("2026-03-09T09:00"), "budget")


def test_appointments_use_up_the_budget_for_suggestions():
    spent = had(*[date(2026, 3, 2)] * 4, message_class=MessageClass.APPOINTMENT)
    decision = decide(asking(MessageClass.SUGGESTION), [(ADA, spent)], at("2026-03-03T10:00"))
    assert decision == Hold(at("2026-03-09T09:00"), "budget")


def test_somebody_paused_hears_nothing_before_the_day_they_are_back():
    paused = replace(ADA, paused_until=at("2026-03-11T00:00"))
    assert decide(asking(MessageClass.REQUEST), [(paused, Spent())], at("2026-03-02T10:00")) == Hold(
        at("2026-03-11T09:00"), "paused"
    )


def test_nobody_writes_to_somebody_who_left_and_a_group_with_them_is_not_written_to():
    gone = replace(GRACE, reachable=False)
    for people in ([gone], [ADA, gone]):
        for message_class in (MessageClass.APPOINTMENT, *HELD):
            assert decide(asking(message_class), [(each, Spent()) for each in people], MONDAY) == Drop(UNREACHABLE)


def test_a_group_hears_at_an_hour_that_all_of_them_work():
    people = [(ADA, Spent()), (GRACE, Spent())]
    for message_class in (MessageClass.APPOINTMENT, *HELD):
        decision = decide(asking(message_class), people, at("2026-03-02T09:30"))
        assert decision == Hold(at("2026-03-02T09:00", "America/New_York"), "hours")


def test_a_group_without_a_shared_hour_hears_at_the_hour_nearest_to_everybodys_and_hears_it():
    people = [(ADA, Spent()), (HANA, Spent())]
    due = at("2026-03-02T09:00")
    asked = asking(MessageClass.APPOINTMENT, due=due)
    decision = decide(asked, people, due)
    assert isinstance(decision, Hold)
    assert decide(asked, people, decision.until) == Send()
    strain = [_outside(person, decision.until) for person, _ in people]
    assert max(strain) <= timedelta(hours=3)


def test_a_group_without_a_shared_hour_leaves_everybody_their_two_a_day_and_their_week():
    due = at("2026-03-02T09:00")
    asked = asking(MessageClass.SUGGESTION, due=due)
    nearest = decide(asked, [(ADA, Spent()), (HANA, Spent())], due)
    assert isinstance(nearest, Hold)
    full_day = local_date(HANA, nearest.until)
    for spent in (had(full_day, full_day), had(*[full_day + timedelta(days=each) for each in range(-1, 3)])):
        now, looks = nearest.until, count()
        while isinstance(decision := decide(asked, [(ADA, Spent()), (HANA, spent)], now), Hold):
            assert decision.until > now and next(looks) < 5
            now = decision.until
        assert decision == Send()
        day = local_date(HANA, now)
        assert spent.suggestions.get(day, 0) < 2
        assert spent.weeks.get(iso_week(day), 0) < HANA.weekly_budget
        assert max(_outside(person, now) for person in (ADA, HANA)) <= timedelta(hours=3)


def test_a_group_appointment_that_would_expire_first_keeps_its_time():
    people = [(ADA, Spent()), (GRACE, Spent())]
    asked = asking(MessageClass.APPOINTMENT, expires=at("2026-03-02T11:00"))
    assert decide(asked, people, at("2026-03-02T09:30")) == Send()


def test_the_night_the_clock_changes_moves_nobodys_morning():
    for saturday, monday in (("2026-03-28T12:00", "2026-03-30T09:00"), ("2026-10-24T12:00", "2026-10-26T09:00")):
        assert decide(asking(MessageClass.REQUEST), [(ADA, Spent())], at(saturday)) == Hold(at(monday), "hours")


def test_hours_that_go_over_midnight_are_hours():
    nights = replace(ADA, hours_start=22 * 60, hours_end=6 * 60)
    assert decide(asking(MessageClass.REQUEST), [(nights, Spent())], at("2026-03-07T05:00")) == Send()
    assert decide(asking(MessageClass.REQUEST), [(nights, Spent())], at("2026-03-07T07:00")) == Hold(
        at("2026-03-09T22:00"), "hours"
    )


def test_a_budget_of_nothing_welcomes_no_suggestion_until_it_expires():
    none = replace(ADA, weekly_budget=0)
    asked = asking(MessageClass.SUGGESTION, expires=at("2026-03-20T00:00"))
    now, looks = at("2026-03-02T10:00"), count()
    while not isinstance(decision := decide(asked, [(none, Spent())], now), Drop):
        assert isinstance(decision, Hold) and decision.until > now
        assert next(looks) < 5
        now = decision.until
    assert decision == Drop(EXPIRED)


def _outside(person: Recipient, moment: datetime) -> timedelta:
    """How far a moment is from somebody's working day, told by their wall clock alone."""
    local = moment.astimezone(ZoneInfo(person.tz))
    minute = local.hour * 60 + local.minute
    if local.weekday() not in person.work_days:
        return timedelta(days=1)
    return timedelta(minutes=max(0, person.hours_start - minute, minute - person.hours_end))


recipients = st.builds(
    Recipient,
    member_id=st.integers(1, 9),
    slack_id=st.just("U1"),
    tz=st.sampled_from(ZONES),
    hours_start=st.integers(0, 47).map(lambda half: half * 30),
    hours_end=st.integers(1, 48).map(lambda half: half * 30),
    work_days=st.sets(st.integers(0, 6)).map(lambda days: tuple(sorted(days))),
    weekly_budget=st.integers(0, 6),
    paused_until=st.none() | st.integers(0, 20 * 24).map(lambda hours: MONDAY + timedelta(hours=hours)),
    reachable=st.just(True),
)
moments = st.integers(-40 * 24 * 4, 40 * 24 * 4).map(
    lambda quarters: datetime(2026, 3, 29, 1, tzinfo=UTC) + timedelta(minutes=15 * quarters)
)


def _is_working(person: Recipient, moment: datetime) -> bool:
    """By their wall clock alone; hours that end before they start go on into the next day."""
    local = moment.astimezone(ZoneInfo(person.tz))
    minute = local.hour * 60 + local.minute
    yesterday = (local.weekday() - 1) % 7
    if person.hours_start < person.hours_end:
        return local.weekday() in person.work_days and person.hours_start <= minute < person.hours_end
    late = local.weekday() in person.work_days and minute >= person.hours_start
    early = yesterday in person.work_days and minute < person.hours_end
    return late or early


def _on_a_night_the_clock_changes(person: Recipient, moment: datetime) -> bool:
    """Hours that begin or end inside the hour that is skipped or doubled may be read in two ways."""
    zone = ZoneInfo(person.tz)
    offsets = {(moment + timedelta(hours=hours)).astimezone(zone).utcoffset() for hours in (-3, 3)}
    return len(offsets) > 1


@settings(deadline=None, max_examples=150)
@given(person=recipients, now=moments, lasts=st.integers(1, 30))
def test_a_request_leaves_in_hours_or_expires_and_is_never_asked_twice_at_once(
    person: Recipient, now: datetime, lasts: int
):
    asked = asking(MessageClass.REQUEST, due=now, expires=now + timedelta(days=lasts))
    for _ in range(8):
        decision = decide(asked, [(person, Spent())], now)
        if not isinstance(decision, Hold):
            break
        assert now < decision.until <= now + timedelta(days=lasts)
        now = decision.until
    if decision == Send():
        assert _is_working(person, now) or _on_a_night_the_clock_changes(person, now)
        assert person.paused_until is None or person.paused_until <= now
    else:
        assert decision == Drop(EXPIRED)


@settings(deadline=None, max_examples=100)
@given(person=recipients, start=moments, appointments=st.lists(st.integers(0, 14 * 24 * 60), max_size=8))
def test_two_weeks_of_many_suggestions_never_pass_the_budget_or_leave_the_hours(
    person: Recipient, start: datetime, appointments: list[int]
):
    spent, left = Spent(), []
    due = sorted([(start + timedelta(minutes=each), False) for each in appointments] + [(start, True)] * 20)
    asked = asking(MessageClass.SUGGESTION, due=start, expires=start + timedelta(days=14))
    while due:
        now, is_suggestion = due.pop(0)
        day = local_date(person, now)
        if not is_suggestion:
            assert decide(asking(MessageClass.APPOINTMENT, due=now), [(person, spent)], now) == Send()
            spent.add(MessageClass.APPOINTMENT, day, 1)
            continue
        decision = decide(asked, [(person, spent)], now)
        if isinstance(decision, Hold):
            assert decision.until > now
            due = sorted([*due, (decision.until, True)])
        elif decision == Send():
            busy = spent.appointments.get(day, 0)
            spent.add(MessageClass.SUGGESTION, day, 1)
            assert spent.weeks[iso_week(day)] <= person.weekly_budget
            assert spent.suggestions[day] <= (1 if busy >= 2 else 2)
            left.append(now)
    for moment in left:
        assert _is_working(person, moment) or _on_a_night_the_clock_changes(person, moment)


@settings(deadline=None, max_examples=60)
@given(people=st.lists(recipients, min_size=2, max_size=4), due=moments, message_class=st.sampled_from(MessageClass))
def test_a_group_is_always_told_in_the_end_unless_it_expires(
    people: list[Recipient], due: datetime, message_class: MessageClass
):
    people = [replace(person, weekly_budget=max(1, person.weekly_budget)) for person in people]
    asked = asking(message_class, due=due, expires=due + timedelta(days=60))
    now = due
    for _ in range(12):
        decision = decide(asked, [(person, Spent()) for person in people], now)
        if not isinstance(decision, Hold):
            break
        assert decision.until > now
        now = decision.until
    assert decision == Send() or now >= due + timedelta(days=60)


@pytest.mark.parametrize(
    ("priority", "budget", "places", "why"),
    [
        (70, 4, 2, "a nudge leaves room for a check-in and for the digest"),
        (30, 4, 0, "a check-in waits for nothing smaller"),
        (1, 4, 0, "the digest takes a place that was kept for it"),
        (70, 2, 1, "of few places, one is everybody's"),
        (70, 1, 0, "the only place is kept from nobody"),
        (70, 0, 0, "no place at all"),
    ],
)
def test_places_are_kept_for_what_matters_more(priority: int, budget: int, places: int, why: str):
    assert kept(priority, replace(ADA, weekly_budget=budget)) == places, why


def test_what_was_kept_is_free_on_the_last_working_day():
    asked = replace(asking(MessageClass.SUGGESTION, due=MONDAY), priority=70)
    full = had(date(2026, 3, 2), date(2026, 3, 3))
    assert decide(asked, [(ADA, full)], at("2026-03-04T10:00")) == Hold(at("2026-03-06T09:00"), "budget")
    assert decide(asked, [(ADA, full)], at("2026-03-06T09:00")) == Send()


arrivals = st.lists(
    st.tuples(st.integers(0, 14 * 24 * 4), st.sampled_from([1, 30, 70]), st.integers(1, 10)), min_size=1, max_size=25
)


@settings(deadline=None, max_examples=120)
@given(person=recipients, start=moments, arrived=arrivals)
def test_nothing_of_priority_is_starved_by_what_matters_less(
    person: Recipient, start: datetime, arrived: list[tuple[int, int, int]]
):
    """Whatever is queued in whatever order: before the last working day, what matters less never takes the last places."""
    person, spent = replace(person, paused_until=None, weekly_budget=max(2, person.weekly_budget)), Spent()
    due = [start + timedelta(minutes=15 * quarter) for quarter, _, _ in arrived]
    queue = sorted((moment, arrived[number][1], number) for number, moment in enumerate(due))
    while queue:
        now = queue[0][0]
        ready = [each for each in queue if each[0] <= now]
        each = min(ready, key=lambda each: each[1:])  # the sender's order
        queue.remove(each)
        _, priority, number = each
        asked = Asked(
            MessageClass.SUGGESTION, due[number], due[number] + timedelta(days=arrived[number][2]), 1, priority
        )
        decision = decide(asked, [(person, spent)], now)
        if isinstance(decision, Hold):
            assert now < decision.until
            queue = sorted([*queue, (decision.until, priority, number)])
        elif decision == Send():
            day = local_date(person, now)
            spent.add(MessageClass.SUGGESTION, day, 1)
            early = day.weekday() < max(person.work_days)
            assert spent.weeks[iso_week(day)] <= person.weekly_budget - (kept(priority, person) if early else 0)
        else:
            week = iso_week(local_date(person, now - timedelta(minutes=1)))
            full = sum(spent.weeks.values()) > 0 or not person.work_days
            assert decision == Drop(EXPIRED)
            assert full or _never_works_between(person, due[number], now), week


def _never_works_between(person: Recipient, after: datetime, until: datetime) -> bool:
    """By their wall clock, every quarter of an hour."""
    quarters = int((until - after) / timedelta(minutes=15)) + 1
    return not any(_is_working(person, after + timedelta(minutes=15 * each)) for each in range(1, quarters - 1))
