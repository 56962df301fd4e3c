"""What a round always is: nobody blocked, nobody needlessly left, and the best there can be."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings

from bot.pairing.engine import History, Options, Person, RoundInputs, as_pair, make_round, replay
from tests.pairing.companies import Judge, company, rounds

PATIENT = settings(deadline=None, max_examples=30)


@PATIENT
@given(rounds(most=7))
def test_a_small_round_is_the_best_of_all_rounds(inputs):
    judge = Judge(inputs)
    best = min(judge.seating(groups) for groups in judge.all_seatings())
    ours = judge.seating(replay(inputs).groups)
    assert ours[:-1] == pytest.approx(best[:-1])
    assert ours[-1] == pytest.approx(best[-1], abs=0.05)


@PATIENT
@given(rounds(most=7))
def test_the_bound_covers_every_round_with_as_few_evils(inputs):
    judge = Judge(inputs)
    result = replay(inputs)
    best = min(judge.seating(groups) for groups in judge.all_seatings())
    assert -best[-1] <= result.bound + 0.05
    assert result.percent == 100


@PATIENT
@given(rounds(most=24))
def test_everybody_sits_once_and_nobody_with_somebody_they_do_not_want_to_meet(inputs):
    result = replay(inputs)
    seated = [person for group in result.groups for person in group]
    assert sorted([*seated, *result.left_out]) == [person.id for person in inputs.people]
    assert all(Judge(inputs).allowed(group) for group in result.groups)


@PATIENT
@given(rounds(most=24))
def test_nobody_is_left_out_while_a_seat_exists(inputs):
    judge = Judge(inputs)
    result = replay(inputs)
    for person in result.left_out:
        assert not any(judge.allowed((*group, person)) for group in result.groups if len(group) == 2)
    assert not any(judge.allowed(pair) for pair in combinations(result.left_out, 2))


@PATIENT
@given(rounds(most=24))
def test_the_result_says_what_is_wrong_with_the_round(inputs):
    judge = Judge(inputs)
    result = replay(inputs)
    pairs = [pair for group in result.groups for pair in combinations(group, 2)]
    assert result.same_team == tuple(sorted(pair for pair in pairs if judge.pair(*pair)[0]))
    assert result.repeats == tuple(sorted(pair for pair in pairs if judge.pair(*pair)[1]))
    assert result.value == pytest.approx(-judge.seating(result.groups)[-1], abs=0.05)


@pytest.mark.parametrize("size", [2, 3, 30, 101, 640])
def test_without_obstacles_everybody_meets_another_team(size):
    people = [replace(person, team=f"team {person.id % max(2, size // 3)}") for person in company(size)]
    result = make_round(people)
    assert not result.left_out
    assert result.statistics.trios == size % 2
    assert size == 3 or not result.same_team


def test_nobody_at_all_is_a_round_too():
    result = make_round([])
    assert (result.groups, result.left_out, result.percent) == ((), (), 100.0)


def test_one_person_is_left_out():
    assert make_round(company(1)).left_out == (1,)


def test_two_people_meet_again_and_again_because_there_is_nobody_else():
    assert make_round(company(2), History({(1, 2): 1})).groups == ((1, 2),)


def test_two_who_do_not_want_to_meet_stay_out():
    assert make_round(company(2), blocked={(2, 1)}).left_out == (1, 2)


@pytest.mark.parametrize("size", [7, 40])
def test_when_nobody_wants_to_meet_anybody_nobody_does(size):
    result = make_round(company(size), blocked=combinations(range(1, size + 1), 2))
    assert result.groups == ()
    assert len(result.left_out) == size
    assert result.percent == 100


@pytest.mark.parametrize("size", [6, 25, 44])
def test_people_of_one_team_meet_each_other_when_there_is_no_other_team(size):
    result = make_round(company(size, teams=1))
    assert len(result.left_out) == 0
    assert result.percent == 100


def test_a_big_team_meets_inside_only_as_often_as_it_must():
    people = [replace(person, team="big" if person.id <= 40 else person.id) for person in company(60)]
    result = make_round(people)
    assert len(result.same_team) == 10
    assert not result.left_out


def test_somebody_with_a_single_possible_partner_gets_that_partner():
    blocked = {as_pair(1, other) for other in range(2, 31) if other != 17}
    assert (1, 17) in make_round(company(30), blocked=blocked).groups


def test_a_debt_is_paid_with_a_better_meeting():
    same = Person(1, "a", ((540, 1020),), wants=frozenset({"listening"}))
    owed, other = replace(same, id=2, team="b", debt=1.0), replace(same, id=3, team="c")
    teacher = Person(4, "d", ((540, 1020),), offers=frozenset({"listening"}))
    assert (2, 4) in make_round([same, owed, other, teacher]).groups


def test_fifty_people_meet_for_twenty_rounds_without_one_repeat():
    people = [replace(person, team=f"team {person.id % 10}") for person in company(50)]
    history = History()
    met = set()
    for number in range(1, 21):
        result = make_round(people, history, round_number=number, seed=number)
        pairs = {pair for group in result.groups for pair in combinations(group, 2)}
        assert not met & pairs
        assert not result.left_out and not result.same_team
        met |= pairs
        history = history.after(result.groups)


def test_six_people_with_a_window_of_six_still_meet_every_round():
    people = [replace(person, team=person.id) for person in company(6)]
    history = History()
    for number in range(1, 12):
        result = make_round(people, history, round_number=number)
        assert result.statistics.seated == 6
        assert not result.repeats
        history = history.after(result.groups)


def test_twenty_random_rounds_are_never_better_than_the_bound():
    people = company(120)
    result = make_round(people)
    judge = Judge(RoundInputs(tuple(people)))
    chance = random.Random(7)
    ids = [person.id for person in people]
    for _ in range(20):
        chance.shuffle(ids)
        value = -judge.seating(zip(ids[0::2], ids[1::2], strict=True))[-1]
        assert value <= result.bound
        assert value < result.value


@pytest.mark.parametrize("size", [40, 99, 100, 250])
def test_up_to_hundreds_of_people_the_round_is_proven_to_be_the_best(size):
    result = make_round(company(size, seed=size))
    assert result.percent == 100
    assert result.certificate == "the best possible"


def test_a_thousand_people_sit_within_a_thousandth_of_the_best():
    result = make_round(company(1000), options=Options(window=3))
    assert result.percent >= 99.9
    assert result.statistics.seated == 1000


def test_a_company_that_is_one_big_team_but_for_a_few_is_proven_too():
    people = [replace(person, team="big" if person.id % 20 else None) for person in company(700)]
    result = make_round(people)
    assert len(result.same_team) == (700 - 2 * 35) // 2
    assert result.percent >= 99.9


@pytest.mark.parametrize("size", [41, 560])
def test_where_almost_nobody_may_meet_the_bound_still_holds(size):
    chance = random.Random(size)
    blocked = {pair for pair in combinations(range(1, size + 1), 2) if chance.random() < 0.9}
    result = make_round(company(size), blocked=blocked)
    assert 0 < result.value <= result.bound
    assert not blocked & {pair for group in result.groups for pair in combinations(group, 2)}
