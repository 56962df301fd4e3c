"""Decides when tables are made and looked at again, and who sits where after late changes. Values in, values out."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

LOOKS = tuple(timedelta(minutes=60 * hours) for hours in (24, 12, 6, 3, 2, 1, 0.5))  # before the start
SIZES = (4, 5, 6)
SMALLEST, LARGEST = SIZES[0], SIZES[-1]
LONELY = 3  # a table that lost somebody and has fewer is taken apart
CROWDED = 8  # more than a host may put at one table: nobody hears the far end of it
Pair = tuple[int, int]
Tables = Mapping[int, Sequence[int]]  # number → who sits there, by member id


def first_look(starts_at: datetime, now: datetime) -> datetime | None:
    """When tables are made; None where it has begun."""
    return max(now, starts_at - LOOKS[0]) if now < starts_at else None


def are_made(starts_at: datetime, now: datetime) -> bool:
    """Whether tables stand, so that whoever comes or goes from now on is looked at at once."""
    return starts_at - LOOKS[0] <= now < starts_at


def on_their_way(starts_at: datetime, now: datetime) -> bool:
    """Whether people set out already: then nobody is sent to another table for the sake of a late one."""
    return now >= starts_at - LOOKS[-1]


def next_look(starts_at: datetime, now: datetime) -> datetime | None:
    """When all of it is looked at next, whatever was missed; None where people are on their way already."""
    return next((moment for before in LOOKS if (moment := starts_at - before) > now), None)


@dataclass(frozen=True)
class Company:
    """What decides who may sit with whom."""

    teams: Mapping[int, object]
    apart: Collection[Pair]

    def may_join(self, person: int, table: Sequence[int]) -> bool:
        """Whether nobody at a table is to be kept apart from somebody."""
        return not any((min(pair), max(pair)) in self.apart for pair in ((person, other) for other in table))

    def mates(self, person: int, table: Sequence[int]) -> int:
        """How many at a table are of somebody's own team."""
        team = self.teams.get(person)
        return 0 if team is None else sum(self.teams.get(other) == team for other in table)


@dataclass(frozen=True)
class Arrangement:
    """Tables by number, and who has no seat so far."""

    tables: dict[int, list[int]]
    without: list[int]


def arrange(
    tables: Tables, here: Collection[int], company: Company, wanted: int, *, closely: bool = False
) -> Arrangement:
    """Only whoever is new, or would be left nearly alone, is seated; everybody else stays where they are.

    Four or more newcomers whom no table has room for get tables of their own, so they are left `without`; fewer are
    taken in by tables that are full, up to six; `closely`: up to eight, where nobody else is to move any more.
    """
    kept = _still_taken(tables, set(here), company)
    seated = {person for table in kept.values() for person in table}
    rest = _sit_down(sorted(set(here) - seated), kept, company, wanted)
    for most in (LARGEST, CROWDED) if closely else (LARGEST,):
        if len(rest) < SMALLEST:
            rest = _sit_down(rest, kept, company, most)
    return Arrangement(kept, rest)


def _still_taken(tables: Tables, here: set[int], company: Company) -> dict[int, list[int]]:
    kept: dict[int, list[int]] = {}
    for number, table in sorted(tables.items()):
        kept[number] = []
        for person in table:
            if person in here and company.may_join(person, kept[number]):
                kept[number].append(person)
    lonely = [number for number, table in kept.items() if len(table) < min(LONELY, len(tables[number]))]
    if len(lonely) == len(kept):  # somewhere everybody has to sit
        lonely = sorted(lonely, key=lambda number: (-len(kept[number]), number))[1:]
    return {number: table for number, table in kept.items() if number not in lonely and table}


def _sit_down(people: Sequence[int], tables: dict[int, list[int]], company: Company, most: int) -> list[int]:
    """Each at the table with fewest of their team, then at the smallest; whoever fits nowhere."""
    rest = []
    for person in people:
        open_to = [
            (company.mates(person, table), len(table), number)
            for number, table in tables.items()
            if len(table) < most and company.may_join(person, table)
        ]
        if open_to:
            tables[min(open_to)[2]].append(person)
        else:
            rest.append(person)
    return rest


def settled(tables: Tables, without: Collection[int], here: Collection[int], company: Company) -> bool:
    """Whether nobody came or went, and nobody sits with somebody they are to be kept apart from."""
    seated = {person for table in tables.values() for person in table}
    if seated | set(without) != set(here):
        return False
    return all(company.may_join(person, table) for table in tables.values() for person in table)


def numbered(groups: Sequence[Sequence[int]], after: Collection[int] = ()) -> dict[int, list[int]]:
    """Tables by number, counted on from those there are."""
    return {number: list(group) for number, group in enumerate(groups, max(after, default=0) + 1)}


def places(tables: Tables, without: Sequence[int]) -> dict[int, int | None]:
    """Everybody's table; None: no seat at any."""
    found: dict[int, int | None] = dict.fromkeys(without)
    found.update({person: number for number, table in tables.items() for person in table})
    return found


def to_tell(before: Mapping[int, int | None], after: Mapping[int, int | None], *, drawn_anew: bool) -> list[int]:
    """Who sits elsewhere than they were told; and who is nearly alone there now.

    Where everybody was seated anew: also who sits with others than they were told.
    """
    was, now = _company_of(before), _company_of(after)
    moved = {person for person, number in after.items() if person not in before or before[person] != number}
    moved |= {person for person, table in now.items() if len(table) < min(LONELY, len(was.get(person, ())))}
    if drawn_anew:
        moved |= {person for person in after if was.get(person) != now.get(person)}
    return sorted(moved)


def _company_of(seats: Mapping[int, int | None]) -> dict[int, frozenset[int]]:
    tables: dict[int, list[int]] = {}
    for person, number in seats.items():
        if number is not None:
            tables.setdefault(number, []).append(person)
    return {person: frozenset(table) for table in tables.values() for person in table}


def met_before(past: Sequence[Sequence[Sequence[int]]], here: Collection[int]) -> dict[Pair, int]:
    """Who sat together how many times ago; `past`: the tables of earlier ones, newest first."""
    inside = set(here)
    met: dict[Pair, int] = {}
    for ago, pair in _sat_together(past):
        if inside.issuperset(pair):
            met.setdefault(pair, ago)
    return met


def _sat_together(past: Sequence[Sequence[Sequence[int]]]) -> Iterator[tuple[int, Pair]]:
    for ago, tables in enumerate(past, 1):
        for table in tables:
            for pair in combinations(sorted(table), 2):
                yield ago, pair
