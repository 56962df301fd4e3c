"""Tables of four to six that several teams share: teams mixed as far as they can be, few repeats, then value.

Everybody is dealt to the tables team by team, which leaves as few team-mates together as there can be, and from then
on only changes that gain are made.
"""

from __future__ import annotations

import numpy as np

from .bound import solve, value_bound
from .ceiling import ceiling
from .company import Company, Numbers, company_of, part_of
from .inputs import RoundInputs
from .latecomers import parted, seat_all
from .people import Pair, pairs_within
from .result import RoundResult, account_of, result_of
from .seating import Seating
from .small import EVERY_ROUND, best_by
from .tables import evenly
from .trios import Groups
from .wishes import kept_together
from .worth import POINT, weight_table

SMALLEST = 4
LARGEST = 6
ONE_ROOM = 2_000
"""People whose meetings are held in one table of numbers; more are seated in several rooms, each team in all of them."""
TOGETHER = 1 << 42
"""What a lead's wish for two people outweighs: several team-mates at a table, not anybody's seat."""
FIRST_OF_ALL = 1 << 56
OTHER_SIZE = 1 << 52
"""A seat for one person, and a table of another size than wanted, where every seating is compared: neither can be bought."""


def table_sizes(people: int, wanted: int) -> list[int]:
    """As even as possible, as near to `wanted` as four to six allow; seven make a four and a three, fewer one table."""
    if people < 2:
        return []
    counts = range(-(-people // LARGEST), people // SMALLEST + 1)
    nearest = min(counts, key=lambda count: (abs(people / count - wanted), -count), default=-(-people // LARGEST))
    return evenly(people, nearest)


def make_tables(inputs: RoundInputs) -> RoundResult:
    """Seat everybody at tables of about `group_size`; fewer than four share one only where no fourth may join them."""
    wanted = inputs.options.group_size
    if wanted < SMALLEST:
        raise ValueError(f"tables are of {SMALLEST} to {LARGEST}, not of {wanted}")
    company = company_of(inputs)
    kept = kept_together(company, inputs)[0]
    if company.size <= EVERY_ROUND:
        groups = _every_seating(company, kept, wanted)
        account = account_of(company, groups)
        return result_of(company, groups, account, account.points, _refused(company, groups, inputs))
    rooms = _rooms(company, kept)
    groups, up, most = [], [], 0.0
    for people in rooms:
        found, left, most = _in_one_room(company, people, kept, wanted)
        groups += found
        up += left
    if len(rooms) > 1:
        seat_all(company, groups, up, SMALLEST, LARGEST)
        # What bounds pairs bounds tables as well, if less closely.
        most = value_bound(company, solve(company)) / POINT
    return result_of(company, groups, account_of(company, groups), most, _refused(company, groups, inputs))


def _refused(company: Company, groups: Groups, inputs: RoundInputs) -> list[Pair]:
    """Wishes that came to nothing: of people who do not want to meet, or who would cost others too much."""
    home = {int(company.ids[person]): at for at, group in enumerate(groups) for person in group}
    here = set(company.ids.tolist())
    wishes = [(a, b) for a, b in inputs.wishes.keep_together if a != b and a in here and b in here]
    return [(a, b) for a, b in wishes if a not in home or home[a] != home.get(b)]


def _weights(company: Company, kept: Groups) -> Numbers:
    """Everybody with everybody; those a lead wants together a little more."""
    table = weight_table(company, np.arange(company.size))
    for a, b in (pair for group in kept for pair in pairs_within(group)):
        table[a, b] = table[b, a] = table[a, b] + TOGETHER
    return table


def _every_seating(company: Company, kept: Groups, wanted: int) -> Groups:
    sizes = tuple(sorted(set(table_sizes(company.size, wanted)), reverse=True))
    spare = tuple(size for size in range(LARGEST, 1, -1) if size not in sizes)
    weights = _weights(company, kept)
    weights[weights > 0] += 2 * FIRST_OF_ALL
    return best_by(weights, sizes, spare, OTHER_SIZE)[0]


def _rooms(company: Company, kept: Groups) -> list[Numbers]:
    """Each team, and of it each working day, spread evenly over the rooms; whoever is wished together shares one."""
    count = -(-company.size // ONE_ROOM)
    order = np.lexsort((company.hashes, company.day, company.team))
    room = np.zeros(company.size, dtype=np.int64)
    room[order] = np.arange(company.size) % count
    for group in kept:
        room[group] = room[group[0]]
    return [np.flatnonzero(room == at) for at in range(count)]


def _in_one_room(company: Company, people: Numbers, kept: Groups, wanted: int) -> tuple[Groups, list[int], float]:
    """The tables of some of the people, whoever has no seat among them, and the most any seating of them is worth."""
    place = {int(person): at for at, person in enumerate(people)}
    room = part_of(company, people)
    weights = _weights(room, [[place[person] for person in group] for group in kept if group[0] in place])
    np.fill_diagonal(weights, 0)
    seating = Seating(weights, _dealt(room, table_sizes(room.size, wanted)))
    seating.exchange()
    seating.stand_up(room.hashes)
    seating.exchange()
    groups, up = parted(weights, seating.groups())
    if up:
        up = seat_all(room, groups, up, SMALLEST, LARGEST)
        seating = Seating(weights, groups)
        seating.exchange()
        groups = seating.groups()
        up = seat_all(room, groups, up, SMALLEST, LARGEST)
    fewest_others = min((len(group) for group in groups), default=2) - 1
    most = ceiling(weights, fewest_others)
    return [people[group].tolist() for group in groups], people[up].tolist(), most


def _dealt(room: Company, sizes: list[int]) -> Groups:
    """One to each table in turn, team by team, so that no table gets a second of a team before all have a first."""
    order = np.lexsort((room.hashes, room.team)).tolist()
    return [order[at :: len(sizes)] for at in range(len(sizes))]
