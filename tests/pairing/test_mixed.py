"""Mixed tables: several teams in groups of four to six."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cpu import OtherProcess
from bot.pairing import work
from bot.pairing.ceiling import ceiling
from bot.pairing.company import company_of
from bot.pairing.engine import History, Options, RoundInputs, Wishes, as_pair, make_tables, replay, table_sizes
from bot.pairing.people import pairs_within
from bot.pairing.result import RoundResult, account_of
from bot.pairing.small import best_groups
from bot.pairing.worth import weight_table
from bot.plain import pack, unpack
from tests.pairing.companies import Judge, company, rounds

WANTED = [4, 5, 6]
some_round = st.sampled_from(WANTED).flatmap(lambda size: rounds(most=26, group_size=size))


@pytest.mark.parametrize("wanted", WANTED)
def test_tables_are_of_four_to_six_wherever_the_number_of_people_allows_it(wanted: int):
    for people in range(2, 200):
        sizes = table_sizes(people, wanted)
        assert sum(sizes) == people
        assert people in (2, 3, 7) or set(sizes) <= {4, 5, 6}
        assert max(sizes) - min(sizes) <= 1
        assert people < 60 or sizes.count(wanted) >= len(sizes) / 2
    assert [table_sizes(people, wanted) for people in (0, 1, 2, 3, 7)] == [[], [], [2], [3], [4, 3]]


@settings(deadline=None, max_examples=60)
@given(some_round)
def test_everybody_sits_once_and_with_nobody_they_must_not_meet(inputs: RoundInputs):
    result = make_tables(inputs)
    judge = Judge(inputs)
    seated = [person for table in result.groups for person in table]
    assert sorted([*seated, *result.left_out]) == [person.id for person in inputs.people]
    assert all(2 <= len(table) <= 6 and judge.allowed(table) for table in result.groups)
    for person in result.left_out:
        assert not any(judge.allowed((*table, person)) for table in result.groups if len(table) < 6)
        # Nobody could even have been taken away from another table to sit with them.
        assert not any(judge.allowed((member, person)) for table in result.groups if len(table) > 2 for member in table)
        assert not any(judge.allowed((other, person)) for other in result.left_out if other != person)


@settings(deadline=None, max_examples=30)
@given(some_round.filter(lambda inputs: len(inputs.people) > 10))
def test_fewer_than_four_share_a_table_only_where_no_fourth_may_join(inputs: RoundInputs):
    result = make_tables(inputs)
    judge = Judge(inputs)
    spare = [person for table in result.groups if len(table) > 4 for person in table]
    for table in result.groups:
        assert len(table) >= 4 or not any(judge.allowed((*table, person)) for person in spare)
    if not inputs.blocked:
        assert sorted(map(len, result.groups)) == sorted(table_sizes(len(inputs.people), inputs.options.group_size))


@settings(deadline=None, max_examples=25)
@given(some_round, st.randoms(use_true_random=False))
def test_the_order_people_come_in_changes_nothing(inputs: RoundInputs, chance: random.Random):
    people, met = list(inputs.people), list(inputs.history.met.items())
    chance.shuffle(people)
    chance.shuffle(met)
    turned = frozenset((b, a) for a, b in inputs.blocked)
    again = replace(inputs, people=tuple(people), blocked=turned, history=History(dict(met), inputs.history.ever))
    assert json.dumps(make_tables(again).to_json()) == json.dumps(make_tables(inputs).to_json())


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(WANTED).flatmap(lambda size: rounds(most=7, group_size=size)))
def test_a_small_roundtable_is_the_best_of_all_there_are(inputs: RoundInputs):
    compare_with_every_seating(inputs)


def test_two_tables_of_four_are_the_best_of_all_there_are():
    people = tuple(replace(person, team=person.id % 3) for person in company(8, seed=5))
    blocked = frozenset({(1, 2), (3, 4)})
    compare_with_every_seating(RoundInputs(people, History({(1, 5): 1}), blocked, Options(group_size=4)))


def compare_with_every_seating(inputs: RoundInputs) -> None:
    """The engine's seating beside the best that plain enumeration finds: seats, sizes, evils, value, in this order."""
    judge = Judge(inputs)
    fitting = set(table_sizes(len(inputs.people), inputs.options.group_size))

    def rank(tables: list[tuple[int, ...]]) -> tuple[float, ...]:
        seats, _, *evils, value = judge.seating(tables)
        return (seats, sum(len(table) not in fitting for table in tables), *(round(evil, 6) for evil in evils), value)

    best = min(map(rank, judge.all_seatings(largest=6)))
    ours = rank(list(make_tables(inputs).groups))
    assert ours[:-1] == best[:-1]
    assert ours[-1] == pytest.approx(best[-1], abs=0.02)


@settings(deadline=None, max_examples=40)
@given(st.integers(2, 9), st.sampled_from(WANTED), st.integers(1, 9), st.integers(0, 1000))
def test_no_seating_has_fewer_team_mates_at_one_table(tables: int, wanted: int, teams: int, seed: int):
    chance = random.Random(seed)
    people = [replace(person, team=chance.randrange(teams)) for person in company(tables * wanted, seed)]
    result = make_tables(RoundInputs(tuple(people), options=Options(group_size=wanted)))
    assert len(result.groups) == tables
    assert len(result.same_team) == fewest_team_mates(Counter(person.team for person in people), tables)


def fewest_team_mates(teams: Counter, tables: int) -> int:
    """Pigeons and holes: a team spread as evenly as can be still has so many pairs at one table."""
    return sum(
        (tables - size % tables) * (size // tables) * (size // tables - 1) // 2
        + size % tables * (size // tables + 1) * (size // tables) // 2
        for size in teams.values()
    )


@settings(deadline=None, max_examples=60)
@given(rounds(most=9, group_size=4), st.sampled_from([(4,), (5,), (6,), (3, 4), (4, 5, 6)]))
def test_no_seating_of_a_small_company_passes_the_bound(inputs: RoundInputs, sizes: tuple[int, ...]):
    whole = company_of(inputs)
    weights = weight_table(whole, np.arange(whole.size))
    np.fill_diagonal(weights, 0)
    groups, _ = best_groups(whole, sizes, ())
    if whole.size:
        assert account_of(whole, groups).points <= ceiling(weights, min(sizes) - 1) + 1e-9


@pytest.mark.parametrize("wanted", WANTED)
def test_tables_are_worth_far_more_than_a_shuffle_and_never_more_than_the_bound(wanted: int):
    people = tuple(replace(person, team=person.id % 20) for person in company(120))
    inputs = RoundInputs(people, options=Options(group_size=wanted))
    result = make_tables(inputs)
    judge = Judge(inputs)
    assert result.same_team == ()
    assert 0.8 * result.bound < result.value <= result.bound
    assert -judge.seating(result.groups)[-1] == pytest.approx(result.value, rel=1e-3)
    ids = [person.id for person in people]
    random.Random(1).shuffle(ids)
    chance = -judge.seating([ids[at : at + wanted] for at in range(0, 120, wanted)])[-1]
    assert chance < 0.7 * result.value


def test_nobody_meets_twice_while_there_are_others():
    people = tuple(replace(person, team=person.id % 12) for person in company(48))
    history, met = History(), set()
    for number in range(1, 7):
        result = make_tables(RoundInputs(people, history, options=Options(group_size=4), round_number=number))
        pairs = {as_pair(a, b) for table in result.groups for a, b in combinations(table, 2)}
        assert not met & pairs
        met |= pairs
        history = history.after(result.groups)


def test_a_leads_wishes_are_kept_but_never_against_a_do_not_pair_list():
    people = tuple(company(40))
    wishes = Wishes(
        keep_together=frozenset({(1, 2), (2, 3), (4, 5)}),
        keep_apart=frozenset({(6, 7)}),
        leave_out=frozenset({8}),
    )
    result = make_tables(RoundInputs(people, blocked=frozenset({(4, 5)}), options=Options(group_size=5), wishes=wishes))
    together = {pair for table in result.groups for pair in pairs_within(table)}
    assert {(1, 2), (2, 3)} <= together
    assert not {(4, 5), (6, 7)} & together
    assert result.refused == ((4, 5),)
    assert sum(map(len, result.groups)) == 39


def test_somebody_few_may_meet_gets_a_seat_even_if_others_have_to_move():
    people = tuple(company(24))
    blocked = frozenset((1, other) for other in range(4, 25))
    result = make_tables(RoundInputs(people, blocked=blocked, options=Options(group_size=6)))
    assert result.left_out == ()
    assert set(next(table for table in result.groups if 1 in table)) <= {1, 2, 3}


@pytest.mark.parametrize("size", [0, 1, 5, 14])
def test_people_none_of_whom_may_meet_stay_without_a_table(size: int):
    blocked = frozenset(combinations(range(1, size + 1), 2))
    result = make_tables(RoundInputs(tuple(company(size)), blocked=blocked, options=Options(group_size=4)))
    assert result.groups == ()
    assert result.left_out == tuple(range(1, size + 1))
    assert result.bound == 0


def test_more_people_than_one_room_holds_are_mixed_in_several():
    people = tuple(replace(person, team=person.id % 90) for person in company(2_102))
    blocked = frozenset(as_pair(number, number + 1) for number in range(1, 2_102))
    result = make_tables(RoundInputs(people, blocked=blocked, options=Options(group_size=5)))
    together = {pair for table in result.groups for pair in pairs_within(table)}
    assert sorted(person for table in result.groups for person in table) == list(range(1, 2_103))
    assert {len(table) for table in result.groups} == {5, 6}
    assert result.same_team == ()
    assert not blocked & together
    assert 0 < result.value <= result.bound


def test_sizes_belong_to_what_makes_them():
    people = tuple(company(12))
    with pytest.raises(ValueError, match="not of 3"):
        make_tables(RoundInputs(people, options=Options(group_size=3)))
    with pytest.raises(ValueError, match="make_tables"):
        replay(RoundInputs(people, options=Options(group_size=5)))


def test_the_other_process_makes_the_same_tables():
    inputs = RoundInputs(tuple(company(31)), options=Options(group_size=5), seed=9)
    other = OtherProcess()
    try:
        answer = unpack(other.submit(work.seat_tables, pack(inputs.to_json())).result(60))
    finally:
        other.shutdown()
    result = make_tables(inputs)
    assert RoundResult.from_json(answer["result"]) == result
    assert answer["certificate"] == result.certificate
