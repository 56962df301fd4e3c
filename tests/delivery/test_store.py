"""Claiming and recording, on both databases: order, limits, fences, and several workers at once."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from slack_bolt.async_app import AsyncApp

from bot.db import Database
from bot.delivery import outbox, queues, renumbering, settling, steps, store
from bot.delivery.errors import ErrorClass
from bot.delivery.limits import Limits
from bot.delivery.models import Delivery
from bot.delivery.outcomes import NotThere, Opened, Outcome, Refused, Sent, Unreadable
from bot.delivery.settling import Settled
from bot.members.models import Workspace
from bot.messages import Channel, Content, Message, People
from bot.registry import Registry
from tests.delivery.conftest import KINDS

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


@dataclass
class Outbox:
    """Two workspaces and short ways to queue, claim and record in them."""

    database: Database
    registry: Registry
    limits: Limits
    count: int = 0

    async def queue(self, channel: str, *, workspace_id: int = 1, kind: str = "test.answer", **more: object) -> int:
        self.count += 1
        given = {
            "workspace_id": workspace_id,
            "kind": kind,
            "subject": f"s:{self.count}",
            "to": Channel(channel),
            "dedupe_key": f"k:{self.count}",
            "due_at": NOW,
            "content": Content("Hello"),
        }
        async with self.database.transaction() as session:
            queued = await outbox.enqueue(session, Message(**(given | more)), now=NOW)
        assert queued is not None
        return queued

    async def claim(self, now: datetime = NOW, *, workspaces: tuple[int, ...] = (1, 2)) -> list[Delivery]:
        async with self.database.transaction() as session:
            claimed = await store.claim(session, self.registry, self.limits, list(workspaces), now=now, most=100)
        return claimed.deliveries

    async def settle(self, delivery: Delivery, outcome: Outcome, now: datetime = NOW) -> None:
        async with self.database.transaction() as session:
            await settling.settle(session, self.registry, self.limits, [Settled(delivery, outcome, now)], now=now)

    async def look(self, delivery_id: int) -> Delivery:
        async with self.database.reading() as session:
            return await session.get_one(Delivery, delivery_id)

    async def next_due(self) -> datetime | None:
        async with self.database.reading() as session:
            return await queues.next_due(session, self.limits)


@pytest.fixture
async def box(database: Database) -> AsyncIterator[Outbox]:
    registry = Registry(AsyncApp(name="test", signing_secret="s", token="xoxb-t", request_verification_enabled=False))
    for kind in KINDS:
        registry.kinds.add(kind)
    database.lent["kinds"] = registry.kinds
    async with database.transaction() as session:
        for team in ("T1", "T2"):
            session.add(Workspace(team_id=team, name=team, installed_at=NOW, options={}))
            await session.flush()
    yield Outbox(database, registry, Limits())


async def test_class_then_priority_then_age_decide_who_leaves_first(box: Outbox):
    box.limits = Limits.off(in_flight=1)
    late = await box.queue("C1", kind="test.suggestion", due_at=NOW - timedelta(hours=2))
    old = await box.queue("C2", kind="test.request", due_at=NOW - timedelta(hours=1))
    young = await box.queue("C3", kind="test.request", due_at=NOW)
    answer = await box.queue("C4")
    order = []
    for _ in range(4):
        (delivery,) = await box.claim()
        order.append(delivery.id)
        await box.settle(delivery, Sent(delivery.channel, "1.0"))
    assert order == [answer, old, young, late]


async def test_at_most_ten_posts_of_a_workspace_are_in_flight(box: Outbox):
    for number in range(15):
        await box.queue(f"C{number}")
    first = await box.claim()
    assert len(first) == 10
    assert await box.claim() == []
    assert await box.next_due() == NOW + store.LEASE
    await box.settle(first[0], Sent("C0", "1.0"))
    assert len(await box.claim(NOW + timedelta(seconds=1))) == 1


async def test_one_conversation_has_one_message_in_flight_and_a_second_between_two(box: Outbox):
    ids = [await box.queue("C1") for _ in range(3)]
    (first,) = await box.claim()
    assert first.id == ids[0]
    assert await box.claim() == []
    await box.settle(first, Sent("C1", "1.0"), NOW)
    assert await box.next_due() == NOW + timedelta(seconds=1)
    assert await box.claim() == []
    (second,) = await box.claim(NOW + timedelta(seconds=1))
    assert second.id == ids[1]


async def test_a_pause_and_the_tokens_are_kept_apart(box: Outbox):
    for number in range(3):
        await box.queue(f"C{number}")
    first, second, third = await box.claim()
    await box.settle(first, Refused("ratelimited", ErrorClass.RATE, pause=30))
    await box.settle(second, Sent("C1", "1.0"))  # settling beside it must not shorten the pause
    await box.settle(third, Refused("ratelimited", ErrorClass.RATE, pause=5))
    assert await box.claim(NOW + timedelta(seconds=29)) == []
    assert await box.next_due() == NOW + timedelta(seconds=30)
    assert len(await box.claim(NOW + timedelta(seconds=30))) == 2


async def test_a_pause_in_one_workspace_is_no_pause_in_another(box: Outbox):
    await box.queue("C1")
    (delivery,) = await box.claim()
    await box.settle(delivery, Refused("ratelimited", ErrorClass.RATE, pause=30))
    other = await box.queue("C1", workspace_id=2)
    assert [each.id for each in await box.claim()] == [other]


async def test_a_busy_workspace_leaves_room_for_another(box: Outbox):
    for number in range(40):
        await box.queue(f"C{number}", due_at=NOW - timedelta(hours=1))
    other = await box.queue("C1", workspace_id=2)
    claimed = await box.claim()
    assert len(claimed) == 11
    assert other in [each.id for each in claimed]


async def test_workers_at_the_same_time_never_take_the_same_message(box: Outbox):
    box.limits = Limits.off()
    ids = {await box.queue(f"C{number}") for number in range(40)}
    claimed: list[int] = []
    while len(claimed) < len(ids):
        for batch in await asyncio.gather(*[box.claim() for _ in range(4)]):
            claimed += [each.id for each in batch]
            for each in batch:
                await box.settle(each, Sent(each.channel, "1.0"))
    assert sorted(claimed) == sorted(ids)


async def test_a_worker_whose_lease_ran_out_cannot_overwrite_its_successor(box: Outbox):
    queued = await box.queue("C1")
    (slow,) = await box.claim()
    later = NOW + store.LEASE
    assert await box.claim(later) == []  # it is to be looked for first
    assert (await box.look(queued)).state == "unknown"
    await box.settle(slow, Refused("is_archived", ErrorClass.CHANNEL), later)
    assert (await box.look(queued)).state == "unknown"
    (lookup,) = await box.claim(later)
    await box.settle(lookup, Sent("C1", "7.0"), later)
    assert ((await box.look(queued)).state, (await box.look(queued)).ts) == ("sent", "7.0")


async def test_what_repeats_safely_is_repeated_after_a_crash_without_looking(box: Outbox):
    queued = await box.queue("", to=People(("U1", "U2"), ()))
    (opening,) = await box.claim()
    assert opening.method == steps.OPEN
    (again,) = await box.claim(NOW + store.LEASE)
    assert (again.id, again.method, again.attempts) == (queued, steps.OPEN, 2)


async def test_what_is_withdrawn_while_it_is_claimed_does_not_leave_a_second_time(box: Outbox):
    queued = await box.queue("C1", subject="session:1")
    (delivery,) = await box.claim()
    async with box.database.transaction() as session:
        assert await outbox.withdraw(session, 1, "session:1", now=NOW) == 0
    await box.settle(delivery, Refused("ratelimited", ErrorClass.RATE, pause=1))
    assert await box.claim(NOW + timedelta(minutes=1)) == []
    assert (await box.look(queued)).state == "withdrawn"
    assert await box.next_due() is None


async def test_withdrawing_names_its_workspace(box: Outbox):
    queued = await box.queue("C1", subject="session:1")
    async with box.database.transaction() as session:
        assert await outbox.withdraw(session, 2, "session:1", now=NOW) == 0
    assert (await box.look(queued)).state == "queued"


async def test_expired_messages_take_nobodys_place(box: Outbox):
    for number in range(30):
        await box.queue(f"C{number}", expires_at=NOW - timedelta(minutes=1))
    fresh = await box.queue("C99")
    assert [each.id for each in await box.claim()] == [fresh]


async def test_an_answer_leaves_before_a_backlog_of_thousands(box: Outbox):
    box.limits = Limits.off()
    messages = [
        Message(1, "test.request", "s", Channel(f"C{number}"), f"many:{number}", NOW, Content("Hello"))
        for number in range(3_000)
    ]
    async with box.database.transaction() as session:
        await outbox.enqueue_all(session, messages, now=NOW)
    answer = await box.queue("C9999")
    claimed = await box.claim()
    assert claimed[0].id == answer
    assert len(claimed) == 50


async def renumber(box: Outbox, old: str, new: str, now: datetime = NOW) -> None:
    async with box.database.transaction() as session:
        await renumbering.move(session, 1, old, new, now=now)


async def test_what_arrives_under_the_old_id_of_a_channel_is_known_by_the_new_one(box: Outbox):
    queued = await box.queue("C1")
    elsewhere = await box.queue("C1", workspace_id=2)
    (delivery, other) = await box.claim()
    await renumber(box, "C1", "C2")
    await box.settle(delivery, Sent("C1", "1.0"))
    await box.settle(other, Sent("C1", "1.0"))
    found = await box.look(queued)
    assert (found.state, found.channel, found.lane) == ("sent", "C2", "C2")
    assert (await box.look(elsewhere)).channel == "C1"


@pytest.mark.parametrize("seen", [Unreadable("channel_not_found"), NotThere("C1")], ids=["unreadable", "not there"])
async def test_what_was_looked_for_under_the_old_id_of_a_channel_is_looked_for_under_the_new_one(
    box: Outbox, seen: Outcome
):
    queued = await box.queue("C1")
    (delivery,) = await box.claim()
    await box.settle(delivery, Refused("timeout", ErrorClass.UNKNOWN))
    (looked,) = await box.claim(NOW + timedelta(minutes=1))
    await renumber(box, "C1", "C2", NOW + timedelta(minutes=1))
    await box.settle(looked, seen, NOW + timedelta(minutes=1))
    assert ((found := await box.look(queued)).state, found.channel) == ("unknown", "C2")
    (again,) = await box.claim(NOW + timedelta(minutes=30))
    assert (again.id, again.channel) == (queued, "C2")


async def test_what_is_refused_under_the_old_id_of_a_channel_leaves_again_under_the_new_one(box: Outbox):
    queued = await box.queue("C1")
    (delivery,) = await box.claim()
    await renumber(box, "C1", "C2")
    await box.settle(delivery, Refused("channel_not_found", ErrorClass.PERSON))
    (again,) = await box.claim(NOW + timedelta(seconds=10))
    assert (again.id, again.channel) == (queued, "C2")


async def test_what_was_refused_just_before_a_channels_new_id_was_known_leaves_under_it(box: Outbox):
    late, long_ago, left = await box.queue("C1"), await box.queue("C1"), await box.queue("C1")
    errors = {late: "channel_not_found", long_ago: "channel_not_found", left: "not_in_channel"}
    for place, delivery_id in enumerate(errors):
        (delivery,) = await box.claim(NOW + timedelta(seconds=2 * place))
        assert delivery.id == delivery_id
        refused = Refused(errors[delivery_id], ErrorClass.PERSON)
        await box.settle(delivery, refused, NOW - timedelta(days=2) if delivery_id == long_ago else NOW)
    await renumber(box, "C1", "C2", NOW + timedelta(minutes=1))
    (again,) = await box.claim(NOW + timedelta(minutes=2))
    assert (again.id, again.channel) == (late, "C2")
    assert [(await box.look(each)).state for each in (long_ago, left)] == ["failed", "failed"]


async def test_a_group_that_became_a_channel_keeps_its_conversation(box: Outbox):
    people = People(("U1", "U2"), ())
    first = await box.queue("", to=people)
    (opening,) = await box.claim()
    await box.settle(opening, Opened("G1"))
    (delivery,) = await box.claim(NOW + timedelta(seconds=2))
    await box.settle(delivery, Sent("G1", "1.0"))
    await renumber(box, "G1", "C9")
    assert (await box.look(first)).channel == "C9"
    await box.queue("", to=people)
    await box.claim(NOW + timedelta(minutes=1))
    (second,) = await box.claim(NOW + timedelta(minutes=1))
    assert second.channel == "C9"
