"""What the bot's database says about a lived quarter: whom people met, and when they were written to."""

import json
import sqlite3
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

MADE = (
    "SELECT i.id, r.number, m.member_id FROM introductions i JOIN rounds r ON r.id = i.round_id "
    "JOIN introduction_members m ON m.introduction_id = i.id WHERE i.sent_at IS NOT NULL ORDER BY r.number, i.id"
)


def groups(database: sqlite3.Connection) -> list[tuple[int, list[int]]]:
    """(round number, member ids) of every introduction that was made."""
    found: dict[int, tuple[int, list[int]]] = {}
    for introduction, number, member in database.execute(MADE):
        found.setdefault(introduction, (number, []))[1].append(member)
    return list(found.values())


def repeated(database: sqlite3.Connection) -> tuple[int, int]:
    """How many pairs met in two rounds running, and how many rounds there were."""
    met: dict[int, set[frozenset[int]]] = defaultdict(set)
    for number, group in groups(database):
        met[number] |= {frozenset((one, other)) for one in group for other in group if one < other}
    numbers = sorted(met)
    return sum(len(met[one] & met[following]) for one, following in pairwise(numbers)), len(numbers)


def beyond(database: sqlite3.Connection) -> tuple[int, int, int]:
    """How many suggestions left in all, how many outside somebody's hours, and how many over a budget or two a day."""
    people = {
        row[0]: row[1:]
        for row in database.execute("SELECT id, tz, hours_start, hours_end, work_days, weekly_budget FROM members")
    }
    weekly: Counter[tuple[int, object]] = Counter()
    daily: Counter[tuple[int, object]] = Counter()
    sent = outside = 0
    for members, at in database.execute(
        "SELECT member_ids, started_at FROM deliveries WHERE message_class = 'suggestion' AND state = 'sent'"
    ):
        sent += 1
        for member in json.loads(members):
            tz, start, end, days, _ = people[member]
            local = datetime.fromisoformat(at).replace(tzinfo=UTC).astimezone(ZoneInfo(tz))
            awake = start <= local.hour * 60 + local.minute < end and local.weekday() in json.loads(days)
            outside += not awake and len(json.loads(members)) == 1  # a group's leaves at the hour nearest to all
            weekly[member, local.date() - timedelta(days=local.weekday())] += 1
            daily[member, local.date()] += 1
    over = sum(1 for (member, _), count in weekly.items() if count > people[member][4])
    return sent, outside, over + sum(1 for count in daily.values() if count > 2)
