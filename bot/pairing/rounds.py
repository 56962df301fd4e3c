"""Making a round: who meets whom, as well as can be, and a proof of how well that is."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from .bound import EVERY_PAIR, Progress, Solution, solve, value_bound
from .company import Company, Numbers, company_of, part_of
from .exact import settle
from .inputs import History, RoundInputs, Wishes
from .options import Options
from .pairs import pairs_from
from .people import Pair, Person
from .result import Account, RoundResult, account_of, result_of
from .small import EVERY_ROUND, best_groups
from .tables import LARGEST, grown, join_table
from .trios import Groups, groups_from, join
from .wishes import kept_together
from .worth import MET_EVER, POINT, SHARES

NO_WISHES = Wishes()
NO_OPTIONS = Options()
NO_HISTORY = History()


def make_round(
    people: Iterable[Person],
    history: History = NO_HISTORY,
    blocked: Iterable[Pair] = (),
    options: Options = NO_OPTIONS,
    seed: int = 0,
    round_number: int = 1,
    *,
    wishes: Wishes = NO_WISHES,
    progress: Progress | None = None,
) -> RoundResult:
    """Seat everybody who can be seated; the same values in any order make the same round."""
    inputs = RoundInputs(tuple(people), history, frozenset(blocked), options, seed, round_number, wishes)
    return replay(inputs, progress=progress)


def replay(inputs: RoundInputs, *, progress: Progress | None = None) -> RoundResult:
    """Make the round these inputs make, today or in a year."""
    if inputs.options.group_size > LARGEST:
        raise ValueError("groups of five or six are tables; make_tables makes them")
    company = company_of(inputs)
    kept, refused = kept_together(company, inputs)
    fixed = {person for group in kept for person in group}
    free = np.array([person for person in range(company.size) if person not in fixed], dtype=np.int64)
    groups, left, most = seat(part_of(company, free), inputs.options.group_size, progress)
    groups = [[int(free[person]) for person in group] for group in groups]
    account = account_of(company, groups)
    held = account_of(company, kept)
    everybody = groups + kept
    for person in left:
        _last_seat(company, everybody, int(free[person]), inputs.options.group_size)
    bound = most.over(account) + held.points
    return result_of(company, everybody, account_of(company, everybody), bound, refused)


def evaluate(
    inputs: RoundInputs,
    groups: Iterable[Iterable[int]],
    *,
    bound: float | None = None,
    progress: Progress | None = None,
) -> RoundResult:
    """What any seating is worth, however it came about; without a bound, everybody's best is looked for again."""
    company = company_of(inputs)
    index = company.index_of()
    seated = [[index[person] for person in group] for group in groups]
    if len({person for group in seated for person in group}) != sum(map(len, seated)):
        raise ValueError("somebody sits in two groups")
    kept, refused = kept_together(company, inputs)
    if bound is None:
        fixed = {person for group in kept for person in group}
        free = np.array([person for person in range(company.size) if person not in fixed], dtype=np.int64)
        apart = [[person for person in group if person not in fixed] for group in seated]
        most = _most(part_of(company, free), inputs.options.group_size, progress)
        bound = most.over(account_of(company, apart)) + account_of(company, kept).points
    return result_of(company, seated, account_of(company, seated), bound, refused)


class _Most:
    """The most any round can be worth, said in points of value once a round's evils are known."""

    def __init__(self, company: Company, solution: Solution | None, best: int | None = None) -> None:
        self.company = company
        self.solution = solution
        self.best = best

    def over(self, account: Account) -> float:
        bound = self.best if self.best is not None else SHARES * self.solution.bound if self.solution else 0
        slack = max(bound - account.weight, 0)
        points = (account.value + slack) / (SHARES * POINT)
        if self.solution is not None and slack >= MET_EVER:
            # The other proof is about value alone: evils that cannot be avoided do not blur it.
            points = min(points, value_bound(self.company, self.solution) / POINT)
        return points


def seat(company: Company, group_size: int, progress: Progress | None) -> tuple[Groups, list[int], _Most]:
    if company.size < 2:
        return [], list(range(company.size)), _Most(company, None)
    if company.size <= EVERY_ROUND and group_size == 2:
        groups, left = best_groups(company, sizes=(2,), spare=(3,))
        return groups, left, _Most(company, None, account_of(company, groups).weight)
    solution = solve(company, progress)
    mate: Numbers = pairs_from(company, solution)
    if group_size > 2:
        groups, left = grown(company, mate, group_size)
        return groups, left, _Most(company, solution)
    groups, left = groups_from(company, mate)
    best = None
    if company.size <= EVERY_PAIR and not left:
        ours = account_of(company, groups).weight
        settled = settle(company, solution, groups, ours)
        if settled is not None:
            best = settled.bound
            if account_of(company, settled.groups).weight > ours:
                groups = settled.groups
    if progress is not None:
        progress(1.0, "everybody is seated")
    return groups, left, _Most(company, solution, best)


def _most(company: Company, group_size: int, progress: Progress | None) -> _Most:
    if company.size <= EVERY_ROUND:
        return seat(company, group_size, progress)[2]
    return _Most(company, solve(company, progress))


def _last_seat(company: Company, groups: Groups, person: int, group_size: int) -> bool:
    """A pair a lead put together takes in a third only when there is no other seat."""
    return join(company, groups, person) if group_size == 2 else join_table(company, groups, person)
