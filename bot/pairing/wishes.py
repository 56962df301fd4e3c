"""What a lead asked for, turned into groups that are seated before everybody else."""

from __future__ import annotations

from .company import Company
from .inputs import RoundInputs
from .people import Pair, pairs_within
from .trios import Groups

LARGEST = 4


def kept_together(company: Company, inputs: RoundInputs) -> tuple[Groups, list[Pair]]:
    """Groups of indices that belong together, and the wishes that somebody's do-not-pair list refuses."""
    index = company.index_of()
    apart = inputs.blocked | inputs.wishes.keep_apart
    largest = max(3, inputs.options.group_size)
    home: dict[int, list[int]] = {}
    refused: list[Pair] = []
    for a, b in sorted(inputs.wishes.keep_together):
        if a not in index or b not in index or a == b:
            continue
        one, other = home.get(a, [a]), home.get(b, [b])
        joined = one if one is other else sorted([*one, *other])
        if len(joined) > largest or any(pair in apart for pair in pairs_within(joined)):
            refused.append((a, b))
            continue
        home.update((person, joined) for person in joined)
    groups = {tuple(group) for group in home.values()}
    return [[index[person] for person in group] for group in sorted(groups)], refused
