"""Somebody joins after the round was seated."""

from __future__ import annotations

from dataclasses import replace

from bot.pairing.engine import History, LateSeat, Person, RoundInputs, as_pair, late_joiner
from tests.pairing.companies import company

PEOPLE = tuple(replace(person, team=person.id) for person in company(8))
GROUPS = [(1, 2), (3, 4), (5, 6)]


def inputs(**more) -> RoundInputs:
    return RoundInputs(PEOPLE, **more)


def test_two_late_joiners_meet_each_other():
    assert late_joiner(7, inputs(), GROUPS, waiting=[8, 7]) == LateSeat(joins=(), group=(7, 8))


def test_a_late_joiner_becomes_the_third_of_the_pair_where_they_fit_best():
    people = [Person(number, team=number, hours=((540, 1020),)) for number in range(1, 8)]
    people[3] = replace(people[3], interests=frozenset({"tea"}))
    people[6] = replace(people[6], interests=frozenset({"tea"}))
    assert late_joiner(7, RoundInputs(tuple(people)), GROUPS) == LateSeat(joins=(3, 4), group=(3, 4, 7))


def test_groups_that_have_met_are_left_alone():
    seat = late_joiner(7, inputs(), GROUPS, closed=[(2, 1), (3, 4)])
    assert seat is not None
    assert seat.joins == (5, 6)


def test_a_trio_has_no_room():
    assert late_joiner(7, inputs(), [(1, 2, 3)]) is None


def test_nobody_joins_somebody_they_do_not_want_to_meet():
    blocked = frozenset({as_pair(7, 8), as_pair(7, 1), as_pair(7, 4)})
    seat = late_joiner(7, inputs(blocked=blocked), GROUPS, waiting=[8])
    assert seat is not None
    assert seat.joins == (5, 6)


def test_a_late_joiner_met_last_round_is_second_choice():
    seat = late_joiner(7, inputs(history=History({(7, 8): 1})), GROUPS, waiting=[8])
    assert seat is not None
    assert len(seat.group) == 3
