"""How good and how fast rounds are, on companies made up here; run as `python -m benchmarks.pairing`.

Every size runs in a process of its own on one core; seconds are that core's. Beside each figure stands the one that
must be reached, and beside the engine what a shuffle and a greedy choice make of the same company.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import time
from itertools import combinations

import numpy as np

from bot.pairing.company import Company, company_of
from bot.pairing.engine import History, Person, RoundInputs, RoundResult, evaluate, make_round
from bot.pairing.engine import working_hours as hours
from bot.pairing.worth import POINT, weights_with, worth_of

SIZES = {100: (100.0, 0.2, 0), 1_000: (99.9, 1.0, 0), 10_000: (99.9, 5.0, 300), 50_000: (99.6, 40.0, 700)}
"""People: percent of the bound, seconds and megabytes (0: none named) that must be reached."""
GREEDY_UP_TO = 10_000
FAIR_ROUNDS = 20
FAIR_PEOPLE = 200
MUST_BE_FAIRER = 1.6

SKILLS = [f"skill {number}" for number in range(80)]
INTERESTS = [f"interest {number}" for number in range(60)]
FUNCTIONS = ["engineering", "design", "product", "sales", "support", "marketing", "finance", "people", "legal"]
ZONES = {-480: 20, -300: 20, 0: 15, 60: 25, 120: 5, 330: 10, 600: 5}


def made_up_company(size: int, seed: int = 1) -> list[Person]:
    """People of many zones and trades; some answer everything, some hardly anything."""
    chance = random.Random(seed)
    popular = [1 / (1 + rank / 8) for rank in range(len(SKILLS))]
    people = []
    for number in range(1, size + 1):
        function = chance.choice(FUNCTIONS)
        start = chance.choice([420, 480, 540, 540, 540, 600])
        people.append(
            Person(
                id=number,
                team=chance.randrange(max(3, size // 9)),
                hours=hours(start, start + 480, chance.choices(list(ZONES), list(ZONES.values()))[0]),
                offers=frozenset(chance.choices(SKILLS, popular, k=chance.randint(0, 5))),
                wants=frozenset(chance.choices(SKILLS, popular, k=chance.randint(0, 4))),
                interests=frozenset(chance.sample(INTERESTS, chance.randint(0, 6))),
                level=chance.choices(range(5), [15, 30, 30, 18, 7])[0],
                function=function,
                functions_met=frozenset({function, *chance.sample(FUNCTIONS, chance.randint(0, 3))}),
                debt=chance.choice([0.0, 0.0, 0.0, 0.25, 0.5, 1.0]),
            )
        )
    return people


def some_history(size: int, seed: int = 1) -> History:
    """Ten rounds of chance meetings."""
    chance = random.Random(seed)
    history = History()
    ids = list(range(1, size + 1))
    for _ in range(10):
        chance.shuffle(ids)
        history = history.after(zip(ids[0::2], ids[1::2], strict=False))
    return history


def shuffled(people: list[Person], seed: int) -> list[tuple[int, int]]:
    """What most bots do."""
    ids = [person.id for person in people]
    random.Random(seed).shuffle(ids)
    return list(zip(ids[0::2], ids[1::2], strict=False))


def greedy(inputs: RoundInputs) -> list[tuple[int, int]]:
    """The best pair of all, then the best of the rest, and so on."""
    company = company_of(inputs)
    free = np.ones(company.size, dtype=np.bool_)
    order = np.random.default_rng(1).permutation(company.size)
    pairs = []
    if company.size <= 2_000:
        rows = [weights_with(company, person) for person in range(company.size)]
        one, other = np.triu_indices(company.size, 1)
        best_first = np.argsort(-np.array(rows)[one, other], kind="stable")
        for a, b in zip(one[best_first].tolist(), other[best_first].tolist(), strict=True):
            if free[a] and free[b]:
                free[a] = free[b] = False
                pairs.append((a, b))
    else:
        # All pairs at once do not fit; one person after the other takes the best who is left.
        for person in order.tolist():
            if free[person]:
                free[person] = False
                others = np.flatnonzero(free)
                partner = int(others[np.argmax(weights_with(company, person, others))])
                free[partner] = False
                pairs.append((person, partner))
    return [(int(company.ids[a]), int(company.ids[b])) for a, b in pairs]


def measure(size: int) -> dict[str, float]:
    """One company in this process."""
    people, history = made_up_company(size), some_history(size)
    make_round(made_up_company(60), seed=1)
    began = time.process_time()
    result = make_round(people, history, seed=1)
    seconds = time.process_time() - began
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    inputs = RoundInputs(tuple(people), history, seed=1)
    figures = {
        "percent": result.percent,
        "seconds": seconds,
        "megabytes": megabytes,
        "needless_same_team": len(result.same_team),
        "repeats": len(result.repeats),
        "left_out": len(result.left_out),
        "shuffle_percent": share(inputs, shuffled(people, 1_000), result),
    }
    if size <= GREEDY_UP_TO:
        figures["greedy_percent"] = share(inputs, greedy(inputs), result)
    return figures


def share(inputs: RoundInputs, groups: list[tuple[int, int]], best: RoundResult) -> float:
    return evaluate(inputs, groups, bound=best.bound).percent


def fairness() -> dict[str, float]:
    """Many rounds of one company, debts carried on: what the worst-served twentieth gets, against a shuffle."""
    people = made_up_company(FAIR_PEOPLE, seed=5)
    served = {name: dict.fromkeys((person.id for person in people), 0.0) for name in ("engine", "shuffle")}
    debts = dict.fromkeys((person.id for person in people), 0.0)
    histories = {"engine": History(), "shuffle": History()}
    for number in range(1, FAIR_ROUNDS + 1):
        now = [_owed(person, debts[person.id]) for person in people]
        plain = tuple(_owed(person, 0.0) for person in people)
        seatings = {
            "engine": make_round(now, histories["engine"], seed=1, round_number=number).groups,
            "shuffle": shuffled(people, 1_000 + number),
        }
        for name, groups in seatings.items():
            company = company_of(RoundInputs(plain, histories[name], seed=1, round_number=number))
            values = {person: value for group in groups for person, value in _shares(company, group).items()}
            for person, value in values.items():
                served[name][person] += value
            if name == "engine":
                middle = float(np.median(list(values.values())))
                for person, debt in debts.items():
                    short = max(0.0, 1 - values.get(person, 0.0) / middle)
                    debts[person] = min(1.0, 2 / 3 * debt + short / 3)
            histories[name] = histories[name].after(groups)
    worst = {name: np.sort(list(values.values()))[: FAIR_PEOPLE // 20].mean() for name, values in served.items()}
    return {"worst_served_against_shuffle": worst["engine"] / worst["shuffle"]}


def _shares(company: Company, group: tuple[int, ...]) -> dict[int, float]:
    """What each member of a group gets: the mean over the others (ids count from one here)."""
    return {
        a: float(np.mean([_value(company, a, b) for b in group if b != a])) if len(group) > 1 else 0.0 for a in group
    }


def _value(company: Company, a: int, b: int) -> float:
    return float(worth_of(company, np.array([a - 1]), np.array([b - 1])).value[0]) / POINT


def _owed(person: Person, debt: float) -> Person:
    return Person(**{name: getattr(person, name) for name in Person.__slots__} | {"debt": round(debt, 2)})


def repeats_among_fifty() -> int:
    """Fifty people, twenty rounds: how many pairs met twice."""
    people, history, repeats = made_up_company(50, seed=3), History(), 0
    met: set[tuple[int, ...]] = set()
    for number in range(1, 21):
        result = make_round(people, history, seed=number, round_number=number)
        for group in result.groups:
            pairs = set(combinations(group, 2))
            repeats += len(pairs & met)
            met |= pairs
        history = history.after(result.groups)
    return repeats


def in_a_process_of_its_own(size: int) -> dict[str, float]:
    alone = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.pairing", str(size)], env=alone, capture_output=True, text=True, check=True
    )
    figures: dict[str, float] = json.loads(run.stdout)
    return figures


def main() -> None:
    if len(sys.argv) > 1:
        print(json.dumps(measure(int(sys.argv[1]))))
        return
    for size, (percent, seconds, megabytes) in SIZES.items():
        figures = in_a_process_of_its_own(size)
        for name, figure in figures.items():
            required = {
                "percent": f" (must reach {percent:g})",
                "seconds": f" (at most {seconds:g})",
                "megabytes": f" (at most {megabytes})" if megabytes else "",
                "needless_same_team": " (must be 0)",
                "repeats": " (must be 0)",
                "left_out": " (must be 0)",
            }.get(name, "")
            print(f"pairing_{size}_{name}: {figure:.2f}{required}", flush=True)
    for name, figure in fairness().items():
        print(f"pairing_{name}: {figure:.2f} (must reach {MUST_BE_FAIRER})", flush=True)
    print(f"pairing_50_people_20_rounds_repeats: {repeats_among_fifty()} (must be 0)")


if __name__ == "__main__":
    main()
