"""Mixed tables: how good and how fast, on companies made up here; run as `python -m benchmarks.tables`.

Every case runs in a process of its own on one core; seconds are that core's. Beside the engine stands what a shuffle
makes of the same company, and a greedy choice that fills one table after the other with whoever fits best.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace

import numpy as np

from benchmarks.pairing import made_up_company, some_history
from bot.pairing.company import Company, company_of
from bot.pairing.engine import Options, Person, RoundInputs, make_tables, table_sizes
from bot.pairing.result import account_of, percent_of
from bot.pairing.worth import weight_table

CASES = {
    "2000_of_4": (2_000, 4, None),
    "2000_of_5": (2_000, 5, None),
    "2000_of_6": (2_000, 6, None),
    "2000_of_5_over_3_teams": (2_000, 5, 3),
    "60_of_5_over_3_teams": (60, 5, 3),
    "10000_of_5": (10_000, 5, None),
}
"""People, size wanted, teams (none named: about one for nine people)."""
MOST_SECONDS = {2_000: 2.0}


def measure(case: str) -> dict[str, float]:
    """One company in this process."""
    size, wanted, teams = CASES[case]
    people = made_up_company(size)
    if teams:
        people = [replace(person, team=person.id % teams) for person in people]
    inputs = RoundInputs(tuple(people), some_history(size), options=Options(group_size=wanted), seed=1)
    make_tables(RoundInputs(tuple(made_up_company(60)), options=Options(group_size=wanted)))
    began = time.process_time()
    result = make_tables(inputs)
    seconds = time.process_time() - began
    figures = {
        "seconds": seconds,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "left_out": len(result.left_out),
        "needless_same_team": len(result.same_team) - fewest_team_mates(people, len(result.groups)),
        "repeats": len(result.repeats),
        "percent_of_the_bound": result.percent,
    }
    company = company_of(inputs)
    others = {"shuffle": shuffled(size, wanted)}
    if size <= 2_000:
        others["greedy"] = greedy(company, wanted)
    for name, groups in others.items():
        account = account_of(company, groups)
        figures[f"{name}_needless_same_team"] = len(account.same_team) - fewest_team_mates(people, len(groups))
        figures[f"{name}_repeats"] = len(account.repeats)
        figures[f"{name}_percent_of_the_bound"] = percent_of(account.points, result.bound, size)
    return figures


def fewest_team_mates(people: list[Person], tables: int) -> int:
    """Pairs of team-mates at one table that no seating avoids: each team spread as evenly as can be."""
    sizes = Counter(person.team for person in people).values()
    spread = [size // tables + (1 if place < size % tables else 0) for size in sizes for place in range(tables)]
    return sum(count * (count - 1) // 2 for count in spread)


def shuffled(size: int, wanted: int) -> list[list[int]]:
    """Chance alone."""
    people = list(range(size))
    random.Random(1_000).shuffle(people)
    return cut(people, wanted)


def greedy(company: Company, wanted: int) -> list[list[int]]:
    """Somebody sits down; whoever is worth most to the table joins it, until it is full."""
    weights = weight_table(company, np.arange(company.size))
    free = np.ones(company.size, dtype=np.bool_)
    line: list[int] = []
    for size in table_sizes(company.size, wanted):
        table = [int(np.argmax(free))]
        free[table] = False
        while len(table) < size:
            chosen = int(np.argmax(np.where(free, weights[table].sum(axis=0), np.iinfo(np.int64).min)))
            free[chosen] = False
            table.append(chosen)
        line += table
    return cut(line, wanted)


def cut(line: list[int], wanted: int) -> list[list[int]]:
    """People in a line, at tables one after the other."""
    groups, start = [], 0
    for size in table_sizes(len(line), wanted):
        groups.append(line[start : start + size])
        start += size
    return groups


def in_a_process_of_its_own(case: str) -> dict[str, float]:
    alone = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.tables", case], env=alone, capture_output=True, text=True, check=True
    )
    figures: dict[str, float] = json.loads(run.stdout)
    return figures


def main() -> None:
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1])))
        return
    for case, (size, _, _) in CASES.items():
        for name, figure in in_a_process_of_its_own(case).items():
            required = {"left_out": " (must be 0)", "needless_same_team": " (must be 0)"}.get(name, "")
            if name == "seconds" and size in MOST_SECONDS:
                required = f" (at most {MOST_SECONDS[size]:g})"
            print(f"tables_{case}_{name}: {figure:.2f}{required}", flush=True)


if __name__ == "__main__":
    main()
