"""Nobody is left out while a seat exists: an odd one joins a pair, wherever three cost least."""

from __future__ import annotations

import numpy as np

from .company import Company, Numbers
from .cycles import ALONE
from .worth import FORBIDDEN, weights_of, weights_with

Groups = list[list[int]]
TRIES = 60


def groups_from(company: Company, mate: Numbers) -> tuple[Groups, list[int]]:
    """Pairs, trios where somebody was left, and whoever has no seat at all."""
    groups = [[a, int(b)] for a, b in enumerate(mate) if a < b]
    left = np.flatnonzero(mate == ALONE).tolist()
    unseated = [person for person in left if not join(company, groups, person)]
    unseated = [person for person in unseated if not _make_room(company, groups, person)]
    _rotate(company, groups)
    return groups, unseated


def join(company: Company, groups: Groups, person: int) -> bool:
    """Add somebody to the pair where a trio costs least; False where every pair has someone they must not meet."""
    pairs = [place for place, group in enumerate(groups) if len(group) == 2]
    if not pairs:
        return False
    one = np.array([groups[place][0] for place in pairs])
    other = np.array([groups[place][1] for place in pairs])
    beside, across = weights_with(company, person, one), weights_with(company, person, other)
    gain = np.where((beside > 0) & (across > 0), beside + across - weights_of(company, one, other), FORBIDDEN)
    best = int(np.argmax(gain))
    if gain[best] == FORBIDDEN:
        return False
    groups[pairs[best]].append(person)
    return True


def _make_room(company: Company, groups: Groups, person: int) -> bool:
    """Take one member of a group as partner, if the others of that group then still have a seat."""
    weight = weights_with(company, person)
    for place in sorted(range(len(groups)), key=lambda place: -int(weight[groups[place]].max())):
        for partner in groups[place]:
            if weight[partner] <= 0:
                continue
            others = [member for member in groups[place] if member != partner]
            rest = [group for at, group in enumerate(groups) if at != place]
            if len(others) == 2:
                rest.append(others)
            elif not join(company, rest, others[0]):
                continue
            groups[:] = [*rest, [partner, person]]
            return True
    return False


def _rotate(company: Company, groups: Groups) -> None:
    """Let the members of trios change places with anybody, or move on to another pair, while the round gains."""
    for _ in range(TRIES):
        trios = [place for place, group in enumerate(groups) if len(group) == 3]
        if not any(_improve(company, groups, place) for place in trios):
            return


def _improve(company: Company, groups: Groups, place: int) -> bool:
    """The best single change for one trio, in halves of a worth: a pair counts twice, each pair of a trio once."""
    pairs = [at for at, group in enumerate(groups) if len(group) == 2]
    if not pairs:
        return False
    one = np.array([groups[at][0] for at in pairs] + [groups[at][1] for at in pairs])
    other = np.array([groups[at][1] for at in pairs] + [groups[at][0] for at in pairs])
    theirs = weights_of(company, one, other)
    best, change = 0, None
    trio = groups[place]
    for member in trio:
        a, b = (person for person in trio if person != member)
        between = int(weights_with(company, a, np.array([b]))[0])
        now = between + int(weights_with(company, member, np.array([a, b])).sum())
        with_a, with_b = weights_with(company, a, one), weights_with(company, b, one)
        with_one, with_other = weights_with(company, member, one), weights_with(company, member, other)
        swap = between + with_a + with_b + 2 * with_other - now - 2 * theirs
        move = 2 * between + with_one + with_other - now - theirs
        swap[(with_a < 0) | (with_b < 0) | (with_other < 0)] = FORBIDDEN
        move[(with_one < 0) | (with_other < 0)] = FORBIDDEN
        for gain, moves in ((swap, False), (move, True)):
            at = int(np.argmax(gain))
            if gain[at] > best:
                best, change = int(gain[at]), (member, a, b, at, moves)
    if change is None:
        return False
    member, a, b, at, moves = change
    pair = pairs[at % len(pairs)]
    if moves:
        groups[place], groups[pair] = [a, b], [int(one[at]), int(other[at]), member]
    else:
        groups[place], groups[pair] = [a, b, int(one[at])], [member, int(other[at])]
    return True
