"""The facts behind a pair."""

from __future__ import annotations

import pytest

from bot.pairing.engine import Person, explain, working_hours
from bot.pairing.hours import shared_minutes, working_days

ADA = Person(
    1,
    team="compilers",
    hours=working_hours(540, 1020, 0),
    offers=frozenset({"proofs", "poetry"}),
    wants=frozenset({"sailing"}),
    interests=frozenset({"tea", "chess"}),
    level=4,
    function="research",
    functions_met=frozenset({"research"}),
)
GRACE = Person(
    2,
    team="navy",
    hours=working_hours(540, 1020, -300),
    offers=frozenset({"sailing"}),
    wants=frozenset({"proofs", "poetry"}),
    interests=frozenset({"chess"}),
    level=1,
    function="operations",
    functions_met=frozenset({"research", "operations"}),
)


def test_why_ada_and_grace():
    facts = explain(ADA, GRACE)
    assert facts.first_offers == ("poetry", "proofs")
    assert facts.second_offers == ("sailing",)
    assert facts.shared_interests == ("chess",)
    assert facts.shared_minutes == 180
    assert facts.level_difference == -3
    assert facts.new_to_first == "operations"
    assert facts.new_to_second is None


@pytest.mark.parametrize(
    ("one", "other", "minutes"),
    [
        (((540, 1020),), ((540, 1020),), 480),
        (((1320, 360),), ((0, 480),), 360),
        (((1320, 1800),), ((0, 480),), 360),
        (((1320, 360),), ((1200, 1380),), 60),
        (((540, 720), (780, 1020)), ((700, 800),), 40),
        (((540, 1020),), (), 0),
    ],
)
def test_hours_may_wrap_midnight(one, other, minutes):
    assert shared_minutes(one, other) == minutes
    number, shared = working_days([one, other])
    assert shared[number[0], number[1]] == shared[number[1], number[0]] == minutes


def test_local_hours_become_utc():
    assert working_hours(540, 1020, 60) == ((480, 960),)
    assert working_hours(540, 1020, 780) == ((1200, 1680),)
