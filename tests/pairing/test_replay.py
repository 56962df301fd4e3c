"""The same values make the same round, in any order, on any day, in any process."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings

from bot.pairing.engine import (
    History,
    Options,
    Person,
    RoundInputs,
    RoundResult,
    Weights,
    make_round,
    replay,
)
from tests.pairing.companies import company, rounds

ROOT = Path(__file__).parents[2]


def written(result: RoundResult) -> bytes:
    return json.dumps(result.to_json()).encode()


def some_round(size: int) -> tuple[list, dict, set]:
    chance = random.Random(size)
    ids = range(1, size + 1)
    met = {tuple(sorted(chance.sample(ids, 2))): chance.randint(1, 12) for _ in range(size)}
    blocked = {tuple(chance.sample(ids, 2)) for _ in range(size // 4)}
    return company(size), met, blocked - set(met)


@pytest.mark.parametrize(("size", "group_size"), [(9, 2), (61, 2), (61, 3), (62, 4), (620, 2)])
def test_the_order_of_the_inputs_changes_nothing(size, group_size):
    people, met, blocked = some_round(size)
    options = Options(group_size=group_size)
    before = make_round(people, History(met), blocked, options, seed=4, round_number=2)
    chance = random.Random(0)
    chance.shuffle(people)
    shuffled_met = list(met.items())
    chance.shuffle(shuffled_met)
    turned = {(b, a): age for (a, b), age in shuffled_met}
    after = make_round(people, History(turned), [(b, a) for a, b in blocked], options, seed=4, round_number=2)
    assert written(before) == written(after)


@settings(deadline=None, max_examples=30)
@given(rounds(most=20))
def test_a_stored_round_replays_to_the_byte(inputs):
    stored = json.dumps(inputs.to_json())
    again = RoundInputs.from_json(json.loads(stored))
    assert json.dumps(again.to_json()) == stored
    first = replay(inputs)
    assert written(replay(again)) == written(first)
    assert RoundResult.from_json(json.loads(written(first))) == first


SCRIPT = """
import json, sys
from bot.pairing.engine import RoundInputs, replay
print(json.dumps(replay(RoundInputs.from_json(json.load(sys.stdin))).to_json()))
"""


def test_another_process_with_other_hashes_makes_the_same_round():
    people, met, blocked = some_round(120)
    inputs = RoundInputs(tuple(people), History(met), frozenset(blocked), seed=9)
    stored = json.dumps(inputs.to_json())
    other = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        input=stored,
        env={**os.environ, "PYTHONHASHSEED": "4242"},
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    assert other.stdout.strip() == written(replay(inputs)).decode()


def test_another_seed_breaks_ties_another_way():
    alike = [Person(id=number, team=number) for number in range(1, 41)]
    assert make_round(alike, seed=1).groups != make_round(alike, seed=2).groups
    assert make_round(alike, seed=1).groups != make_round(alike, seed=1, round_number=2).groups


def test_options_survive_being_stored():
    options = Options(window=3, group_size=4, weights=Weights(hours=50, skills=20))
    assert Options.from_json(json.loads(json.dumps(options.to_json()))) == options


def test_progress_is_told_in_order():
    told: list[tuple[float, str]] = []
    make_round(company(600), progress=lambda share, words: told.append((share, words)))
    assert [share for share, _ in told] == sorted(share for share, _ in told)
    assert told[-1][0] == 1.0


@pytest.mark.parametrize("wrong", [{"level": 5}, {"level": -1}, {"debt": 1.5}])
def test_impossible_people_are_refused(wrong):
    with pytest.raises(ValueError, match="person 1"):
        type(company(1)[0])(id=1, **wrong)


def test_nobody_can_be_in_a_round_twice():
    with pytest.raises(ValueError, match="same id"):
        make_round([*company(3), *company(1)])
