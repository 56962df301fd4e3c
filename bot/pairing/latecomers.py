"""Whoever sits beside somebody they must not meet stands up, and gets another seat as long as there is one anywhere."""

from __future__ import annotations

import numpy as np

from .company import Company, Numbers
from .tables import join_table
from .trios import Groups
from .worth import weights_with


def parted(weights: Numbers, groups: Groups) -> tuple[Groups, list[int]]:
    """The same tables without those who must not meet somebody there: as few as possible stand up, one by one."""
    kept: Groups = []
    up: list[int] = []
    for group in groups:
        staying = list(group)
        while len(staying) > 1:
            against = (weights[np.ix_(staying, staying)] < 0).sum(axis=1)
            worst = int(np.argmax(against))
            if not against[worst]:
                break
            up.append(staying.pop(worst))
        if len(staying) > 1:
            kept.append(staying)
        else:
            up += staying
    return kept, up


def seat_all(company: Company, groups: Groups, up: list[int], smallest: int, largest: int) -> list[int]:
    """Seat whoever stands, in place; those for whom nobody can make room come back."""
    waiting = sorted(up, key=lambda person: (int(company.hashes[person]), person))
    moved = True
    while moved:
        before = len(waiting)
        for person in list(waiting):
            if person in waiting and (
                join_table(company, groups, person, largest)
                or _move_up(company, groups, person, largest)
                or _begin(company, groups, person, waiting)
            ):
                waiting.remove(person)
        moved = _fill(company, groups, smallest) or len(waiting) < before
    return sorted(waiting)


def _move_up(company: Company, groups: Groups, person: int, largest: int) -> bool:
    """Take the place of somebody whom another table has room for."""
    weight = weights_with(company, person)
    for group in sorted(groups, key=lambda group: (-int(weight[group].max()), group)):
        blocked = [member for member in group if weight[member] <= 0]
        if len(blocked) > 1:
            continue
        for member in blocked or sorted(group):
            others = [other for other in group if other != member]
            elsewhere = [table for table in groups if table is not group]
            if join_table(company, elsewhere, member, largest):
                group[:] = [*others, person]
                return True
    return False


def _begin(company: Company, groups: Groups, person: int, waiting: list[int]) -> bool:
    """Begin a table with somebody else who stands, or with somebody whose table is large enough to miss one."""
    weight = weights_with(company, person)
    others = [other for other in waiting if other != person and weight[other] > 0]
    if others:
        partner = max(others, key=lambda other: (int(weight[other]), -other))
        waiting.remove(partner)
        groups.append([person, partner])
        return True
    offers = [(len(group), int(weight[member]), -member) for group in groups if len(group) > 2 for member in group]
    offers = [offer for offer in offers if offer[1] > 0]
    if not offers:
        return False
    partner = -max(offers)[2]
    _leave(groups, partner)
    groups.append([person, partner])
    return True


def _leave(groups: Groups, person: int) -> None:
    for group in groups:
        if person in group:
            group.remove(person)


def _fill(company: Company, groups: Groups, smallest: int) -> bool:
    """Bring small tables up to size with people from tables that can spare one; whether anybody moved."""
    moved = False
    for short in sorted((group for group in groups if len(group) < smallest), key=lambda group: (-len(group), group)):
        while len(short) < smallest:
            spare = np.array([p for group in groups if len(group) > smallest for p in group], dtype=np.int64)
            beside = np.array([weights_with(company, member, spare) for member in short])
            fits = (beside > 0).all(axis=0)
            if not fits.any():
                break
            chosen = int(spare[np.argmax(np.where(fits, beside.sum(axis=0), 0))])
            _leave(groups, chosen)
            short.append(chosen)
            moved = True
    return moved
