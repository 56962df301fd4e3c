"""Whatever is queued, in whatever order, for people in different zones, over a night the clocks change: the promises hold."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.delivery.models import Delivery
from bot.messages import Kind, MessageClass, People, Recipient
from tests.conftest import MONDAY
from tests.delivery.conftest import Post
from tests.world import World

KINDS = (
    Kind("any.answer", MessageClass.ANSWER),
    Kind("any.appointment", MessageClass.APPOINTMENT, expires=timedelta(hours=4)),
    Kind("any.request", MessageClass.REQUEST, expires=timedelta(days=4)),
    Kind("any.digest", MessageClass.SUGGESTION, priority=1, expires=timedelta(days=7)),
    Kind("any.check_in", MessageClass.SUGGESTION, priority=30, expires=timedelta(days=4)),
    Kind("any.nudge", MessageClass.SUGGESTION, priority=70, expires=timedelta(days=2)),
)
STARTS = datetime(2026, 3, 23, tzinfo=UTC)  # clocks change in Berlin on the 29th, in Auckland on 5 April
WEEKS = 3
PEOPLE = (
    ("Ana", "Europe/Berlin", 9 * 60, 17 * 60, (0, 1, 2, 3, 4), 4),
    ("Ben", "America/New_York", 8 * 60, 16 * 60 + 30, (0, 1, 2, 3), 2),
    ("Hana", "Pacific/Auckland", 10 * 60, 18 * 60, (1, 2, 3, 4, 5), 5),
    ("Sam", "Asia/Kolkata", 20 * 60, 4 * 60, (0, 1, 2, 3, 4), 3),
)
AT_ONCE = timedelta(minutes=2)  # many answers to one person leave a second apart


class Somebody:
    """A recipient, and what is true of a moment where they are."""

    def __init__(self, number: int, user: str) -> None:
        _, tz, starts, ends, days, budget = PEOPLE[number]
        self.recipient = Recipient(number + 1, user, tz, starts, ends, days, budget, None, True)
        self.zone = ZoneInfo(tz)

    def works(self, moment: datetime) -> bool:
        local, person = moment.astimezone(self.zone), self.recipient
        minute = local.hour * 60 + local.minute
        if person.hours_start < person.hours_end:
            return local.weekday() in person.work_days and person.hours_start <= minute < person.hours_end
        late = local.weekday() in person.work_days and minute >= person.hours_start
        return late or ((local.weekday() - 1) % 7 in person.work_days and minute < person.hours_end)

    def week(self, moment: datetime) -> tuple[int, int]:
        return moment.astimezone(self.zone).isocalendar()[:2]


async def live(world: World, post: Post, seed: int) -> dict[int, Somebody]:
    """Three weeks in which anything may be queued at any time; then long enough for all of it to end."""
    chance, everybody = random.Random(seed), {}
    for kind in KINDS:
        world.bot.registry.kinds.add(kind)
    for number, (name, *_) in enumerate(PEOPLE):
        somebody = Somebody(number, world.person(name))
        everybody[number + 1] = somebody
        post.recipients[number + 1] = somebody.recipient
    await world.move_to(STARTS)
    moments = sorted(chance.uniform(0, WEEKS * 7 * 24) for _ in range(110))
    for hours in moments:
        await world.move_to(STARTS + timedelta(hours=hours))
        person = chance.choice(list(everybody.values())).recipient
        ahead = timedelta(hours=chance.choice([0, 0, 1, 30]))
        await post.queue(
            People((person.slack_id,), (person.member_id,)),
            kind=chance.choice(KINDS).name,
            due_at=world.clock() + ahead,
        )
    await world.move(days=14)
    return everybody


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_the_promises_hold_whatever_is_queued(world: World, post: Post, seed: int):
    assert world.clock() == MONDAY
    everybody = await live(world, post, seed)
    async with world.bot.database.reading() as session:
        found = (await session.execute(select(Delivery).where(Delivery.kind.like("any.%")))).scalars().all()
    assert {each.state for each in found} <= {"sent", "expired"}
    assert len(found) == 110
    costs: Counter[tuple[int, tuple[int, int]]] = Counter()
    suggestions: Counter[tuple[int, object]] = Counter()
    for each in sorted(found, key=lambda each: each.started_at or each.due_at):
        (member_id,) = each.member_ids
        somebody, left = everybody[member_id], each.started_at
        if each.message_class in ("answer", "appointment"):
            assert each.state == "sent" and left is not None, "never lost"
            assert timedelta(0) <= left - each.due_at <= AT_ONCE, f"{each.kind} was held"
        if each.state == "expired" or left is None:
            continue
        if each.message_class in ("request", "suggestion"):
            assert somebody.works(left), f"{each.kind} outside hours at {left}"
            assert each.expires_at is None or left < each.expires_at
        if each.message_class in ("appointment", "suggestion"):
            costs[member_id, somebody.week(left)] += 1
        if each.message_class == "suggestion":
            day = left.astimezone(somebody.zone).date()
            suggestions[member_id, day] += 1
            assert suggestions[member_id, day] <= 2
            assert costs[member_id, somebody.week(left)] <= somebody.recipient.weekly_budget
    assert suggestions, "somebody was suggested something"
    requests = [each for each in found if each.message_class == "request"]
    assert all(each.state == "sent" for each in requests), "four days hold a working hour of everybody's"
