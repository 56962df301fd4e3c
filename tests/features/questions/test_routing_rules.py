"""Who is chosen: never somebody full or kept apart, never more for being busier, the same for the same seed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.questions.routing import rules, times
from bot.features.questions.routing.rules import Asking, Candidate, choose, fits, score
from bot.messages import Recipient

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SOON = NOW + timedelta(hours=8)
ASKING = Asking("question", "days", 1)
HANA = Candidate(1, skills=("Negotiation",), until=SOON)
LISBON = Recipient(1, "U1", "Europe/Lisbon", 9 * 60, 17 * 60, (0, 1, 2, 3, 4), 4, None, True)

candidates = st.builds(
    Candidate,
    member_id=st.integers(1, 40),
    skills=st.sampled_from([(), ("Negotiation",)]),
    kinds=st.sampled_from([None, frozenset({"question"}), frozenset({"review"}), frozenset()]),
    points=st.integers(0, 9),
    cap=st.integers(0, 8),
    is_open=st.booleans(),
    until=st.sampled_from([None, SOON, NOW + timedelta(days=3), NOW + timedelta(days=9)]),
    asked=st.integers(0, 5),
    answered=st.integers(0, 5),
    lapses=st.integers(0, 3),
    answered_asker_last=st.booleans(),
    refused=st.booleans(),
    apart=st.booleans(),
)
groups = st.lists(candidates, max_size=12, unique_by=lambda each: each.member_id)


@given(groups, st.sampled_from(["today", "days", "week"]), st.integers(0, 1))
def test_nobody_full_closed_kept_apart_or_out_of_reach_is_ever_chosen(group: list[Candidate], pace: str, skills: int):
    by_id = {each.member_id: each for each in group}
    for choice in choose(group, Asking("question", pace, skills), NOW, "seed"):
        chosen = by_id[choice.member_id]
        assert chosen.points + rules.POINTS <= chosen.cap
        assert chosen.is_open and not chosen.apart and not chosen.refused
        assert chosen.until is not None and chosen.until - NOW <= rules.LATEST[pace]
        assert chosen.kinds is None or "question" in chosen.kinds
        assert chosen.skills or not skills


@given(candidates, st.integers(1, 5))
def test_more_to_do_never_makes_somebody_more_likely(each: Candidate, more: int):
    busier = replace(each, points=each.points + more)
    if fits(busier, ASKING, NOW):
        assert fits(each, ASKING, NOW)
        assert score(busier, ASKING, NOW) < score(each, ASKING, NOW)


@given(groups)
def test_the_same_people_and_seed_give_the_same_order_however_they_come(group: list[Candidate]):
    assert choose(group, ASKING, NOW, "seed") == choose(list(reversed(group)), ASKING, NOW, "seed")


def test_between_equals_chance_decides_and_not_who_came_first():
    equals = [replace(HANA, member_id=number) for number in range(1, 9)]
    firsts = {choose(equals, ASKING, NOW, f"seed {number}")[0].member_id for number in range(40)}
    assert len(firsts) > 3


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"points": 3}, "more room"),
        ({"asked": 1}, "asked less lately"),
        ({"answered": 2}, "answered less lately"),
        ({"until": NOW + timedelta(days=3)}, "sooner at work"),
        ({"answered_asker_last": True}, "somebody new for the asker"),
    ],
)
def test_of_two_who_know_it_the_other_is_asked(change: dict[str, object], why: str):
    other = replace(HANA, member_id=2, **change)  # type: ignore[arg-type]
    assert choose([other, HANA], ASKING, NOW, "seed")[0].member_id == 1, why


def test_who_answered_them_last_is_asked_again_where_nobody_else_fits():
    again = replace(HANA, answered_asker_last=True)
    assert [each.member_id for each in choose([again], ASKING, NOW, "seed")] == [1]
    worse = Candidate(2, skills=("Negotiation",), points=5, asked=4, until=SOON)
    assert [each.member_id for each in choose([again, worse], ASKING, NOW, "seed")] == [2, 1]


def test_two_silences_are_a_reason_to_rest():
    assert choose([replace(HANA, lapses=2)], ASKING, NOW, "seed") == []
    assert choose([replace(HANA, lapses=1)], ASKING, NOW, "seed") != []


def test_reasons_are_only_what_people_said_themselves():
    assert rules.reasons(replace(HANA, skills=("A", "B", "C", "D")), ASKING) == (
        "you offer A, B and C",
        "you have room for it",
    )
    helper = Candidate(1, kinds=frozenset({"review"}), until=SOON)
    assert rules.reasons(helper, Asking("review", "days", 0))[0] == "you said that you help with quick reviews"
    assert rules.reasons(Candidate(1, until=SOON), Asking("question", "days", 0))[0] == "you offer to help colleagues"


def test_promised_hours_pass_only_while_they_work():
    friday = datetime(2026, 3, 6, 16, tzinfo=UTC)
    assert times.promised(LISBON, friday, 2) == datetime(2026, 3, 9, 10, tzinfo=UTC)
    assert times.promised(LISBON, NOW, 8) == datetime(2026, 3, 2, 17, tzinfo=UTC)
    never = replace(LISBON, work_days=())
    assert times.promised(never, NOW, 2) is None
    away = replace(LISBON, paused_until=datetime(2026, 3, 9, tzinfo=UTC))
    assert times.promised(away, NOW, 2) == datetime(2026, 3, 9, 11, tzinfo=UTC)


def test_the_next_morning_is_their_next_working_day():
    assert times.next_morning(LISBON, datetime(2026, 3, 6, 10, tzinfo=UTC)) == datetime(2026, 3, 9, 9, tzinfo=UTC)
    assert times.next_morning(LISBON, datetime(2026, 3, 2, 7, tzinfo=UTC)) == datetime(2026, 3, 3, 9, tzinfo=UTC)


def test_not_now_is_possible_once_and_never_for_today():
    assert rules.may_put_off("days", False)
    assert not rules.may_put_off("days", True)
    assert not rules.may_put_off("today", False)
