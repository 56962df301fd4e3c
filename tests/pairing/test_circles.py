"""Groups of three and four."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pairing.engine import History, Options, RoundInputs, as_pair, make_round, replay
from bot.pairing.tables import group_sizes
from tests.pairing.companies import Judge, company, rounds


@pytest.mark.parametrize("wanted", [3, 4])
@pytest.mark.parametrize("people", [2, 3, 4, 5, 6, 7, 10, 11, 23, 97, 1000])
def test_everybody_sits_in_a_group_of_three_or_four_where_that_is_possible(people, wanted):
    sizes = group_sizes(people, wanted)
    assert sum(sizes) == people
    assert people in (2, 5) or set(sizes) <= {3, 4}
    assert people < 12 or max(sizes.count(3), sizes.count(4)) == sizes.count(wanted)


@pytest.mark.parametrize("wanted", [3, 4])
@pytest.mark.parametrize("size", [3, 10, 47, 520])
def test_groups_of_a_round_have_the_sizes_asked_for(size, wanted):
    people = [replace(person, team=person.id % 12) for person in company(size)]
    result = make_round(people, options=Options(group_size=wanted))
    assert sorted(map(len, result.groups)) == sorted(group_sizes(size, wanted))
    assert not result.left_out


@settings(deadline=None, max_examples=30)
@given(st.sampled_from([3, 4]).flatmap(lambda size: rounds(most=20, group_size=size)))
def test_nobody_sits_in_a_circle_with_somebody_they_do_not_want_to_meet(inputs):
    result = replay(inputs)
    judge = Judge(inputs)
    seated = [person for group in result.groups for person in group]
    assert sorted([*seated, *result.left_out]) == [person.id for person in inputs.people]
    assert all(judge.allowed(group) for group in result.groups)
    assert max(map(len, result.groups), default=0) <= 4
    for person in result.left_out:
        assert not any(judge.allowed((*group, person)) for group in result.groups if len(group) < 4)


@pytest.mark.parametrize("wanted", [3, 4])
def test_circles_are_worth_far_more_than_a_shuffle_and_never_more_than_the_bound(wanted):
    people = [replace(person, team=person.id % 15) for person in company(60)]
    result = make_round(people, options=Options(group_size=wanted))
    assert not result.same_team
    assert result.value <= result.bound
    judge = Judge(RoundInputs(tuple(people), options=Options(group_size=wanted)))
    ids = [person.id for person in people]
    random.Random(1).shuffle(ids)
    chance = -judge.seating([ids[at : at + wanted] for at in range(0, 60, wanted)])[-1]
    assert chance < 0.75 * result.value


def test_circles_do_not_repeat_while_they_need_not():
    people = [replace(person, team=person.id % 12) for person in company(36)]
    history = History()
    met: set = set()
    for number in range(1, 6):
        result = make_round(people, history, options=Options(group_size=3), round_number=number)
        pairs = {as_pair(a, b) for group in result.groups for a, b in combinations(group, 2)}
        assert not met & pairs
        met |= pairs
        history = history.after(result.groups)
