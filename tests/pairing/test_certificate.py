"""The proof behind a round: prices that no pair of the whole company exceeds."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest

from bot.pairing.bound import solve
from bot.pairing.company import company_of, part_of
from bot.pairing.engine import History, RoundInputs
from bot.pairing.pairs import pairs_from
from bot.pairing.result import account_of
from bot.pairing.scan import Scan
from bot.pairing.small import best_groups
from bot.pairing.trios import groups_from
from bot.pairing.worth import SHARES, quality_of, weight_table
from tests.pairing.companies import company


def a_company(size, seed=1, teams=None, in_debt=True):
    chance = random.Random(seed)
    pairs = [tuple(sorted(chance.sample(range(1, size + 1), 2))) for _ in range(size)]
    return company_of(
        RoundInputs(
            tuple(company(size, seed, teams, in_debt)),
            History({pair: chance.randint(1, 9) for pair in pairs[: size // 2]}),
            frozenset(pairs[size // 2 :]),
        )
    )


@pytest.mark.parametrize(
    ("size", "teams", "in_debt"), [(80, None, True), (501, None, True), (900, 3, True), (700, None, False)]
)
def test_no_pair_of_the_company_is_worth_more_than_its_two_prices(size, teams, in_debt):
    people = a_company(size, teams=teams, in_debt=in_debt)
    prices = solve(people).covering
    table = weight_table(people, np.arange(size))
    assert (prices >= 0).all()
    assert (prices[:, None] + prices[None, :] >= table).all()


@pytest.mark.parametrize("seed", range(25))
def test_the_way_of_large_companies_finds_what_comparing_all_rounds_finds(seed):
    people = a_company(6 + seed % 5, seed, teams=2 + seed % 4)
    solution = solve(people)
    groups, left = groups_from(people, pairs_from(people, solution))
    best, nobody = best_groups(people, (2,), (3,))
    most = account_of(people, best).weight
    assert most <= SHARES * solution.bound
    assert len(left) == len(nobody)
    assert account_of(people, groups).evil == account_of(people, best).evil
    assert account_of(people, groups).weight >= most * (1 - 1e-9)


@pytest.mark.parametrize("size", [70, 600])
def test_a_row_of_the_scan_is_what_the_facts_are_worth(size):
    people = a_company(size)
    scan = Scan(people)
    for place in range(0, size, 7):
        person = int(scan.order[place])
        expected = quality_of(people, np.full(size, person), scan.order)
        assert scan.row(place).tolist() == expected.tolist()
        assert scan.row(place, place + 1).tolist() == expected[place + 1 :].tolist()


def test_a_part_of_a_company_is_worth_what_it_is_worth_in_the_whole():
    whole = a_company(200)
    people = np.flatnonzero(whole.function != 1)
    part = part_of(whole, people)
    assert weight_table(part, np.arange(len(people))).tolist() == weight_table(whole, people).tolist()
    scan = Scan(part)
    row = scan.row(5).tolist()
    assert row == quality_of(part, np.full(part.size, scan.order[5]), scan.order).tolist()


def test_the_scan_misses_no_pair_above_its_prices():
    people = a_company(300)
    chance = np.random.default_rng(3)
    prices = solve(people).covering // 16 * 16 - 16 * chance.integers(0, 400_000, 300)
    table = weight_table(people, np.arange(300))
    over = {(a, b) for a, b in combinations(range(300), 2) if table[a, b] > prices[a] + prices[b]}
    found = {
        (min(a, b), max(a, b))
        for i, j in Scan(people).above(prices)
        for a, b in zip(i.tolist(), j.tolist(), strict=True)
    }
    assert over
    assert over <= found


def test_a_company_where_everybody_is_alike_is_no_burden():
    people = company_of(RoundInputs(tuple(type(p)(id=p.id, team=p.id % 40) for p in company(800))))
    solution = solve(people)
    mate = pairs_from(people, solution)
    assert (mate >= 0).all()
