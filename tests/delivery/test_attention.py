"""The rules at work in the outbox: what is held, until exactly when, what it costs, and what is given back."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.delivery import outbox
from bot.delivery.models import Charge
from bot.members.models import Member
from bot.messages import Kind, MessageClass, People, Recipient
from tests.delivery.conftest import Post
from tests.world import World

WORK_DAYS = (0, 1, 2, 3, 4)


class Known:
    """Somebody the bot knows, whose hours are the usual ones in their zone."""

    def __init__(self, post: Post, name: str, tz: str = "Europe/Berlin") -> None:
        self.post, self.name, self.tz = post, name, tz
        self.user = post.world.person(name)
        self.id = 0

    async def keep(self) -> "Known":
        async with self.post.world.bot.database.transaction() as session:
            now = self.post.world.clock()
            member = (await session.execute(select(Member).where(Member.slack_id == self.user))).scalar_one_or_none()
            if member is None:
                member = Member(workspace_id=1, slack_id=self.user, name=self.name, seen_at=now)
                session.add(member)
            await session.flush()
            self.id = member.id
        self.change()
        return self

    def change(self, **facts: object) -> None:
        person = self.post.recipients.get(self.id)
        if person is None:
            person = Recipient(self.id, self.user, self.tz, 9 * 60, 17 * 60, WORK_DAYS, 4, None, True)
        self.post.recipients[self.id] = replace(person, **facts)

    @property
    def to(self) -> People:
        return People((self.user,), (self.id,))

    def at(self, text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(self.tz))


@pytest.fixture
async def ada(post: Post) -> Known:
    return await Known(post, "Ada").keep()


async def charges(world: World) -> list[tuple[int, str]]:
    async with world.bot.database.reading() as session:
        rows = await session.execute(select(Charge.member_id, Charge.local_date).order_by(Charge.id))
        return [(member_id, day.isoformat()) for member_id, day in rows.all()]


async def test_a_week_of_suggestions_stops_at_two_a_day_and_four_a_week(world: World, post: Post, ada: Known):
    for number in range(7):
        await post.queue(ada.to, f"{number}", kind="test.suggestion")
    await world.move_to(ada.at("2026-03-02T18:00"))
    assert post.texts_to(ada.user) == ["0", "1"]
    await world.move_to(ada.at("2026-03-08T23:00"))
    assert post.texts_to(ada.user) == ["0", "1", "2", "3"]
    await world.move_to(ada.at("2026-03-09T08:59"))
    assert len(post.texts_to(ada.user)) == 4
    await world.move_to(ada.at("2026-03-09T09:01"))
    assert post.texts_to(ada.user) == ["0", "1", "2", "3", "4", "5"]
    assert await charges(world) == [(ada.id, f"2026-03-{day:02}") for day in (2, 2, 3, 3, 9, 9)]
    await world.move_to(ada.at("2026-03-20T12:00"))
    assert (await post.states()).count("sent") == 7


async def test_what_matters_less_leaves_room_for_what_may_still_come(world: World, post: Post, ada: Known):
    world.bot.registry.kinds.add(Kind("test.small", MessageClass.SUGGESTION, priority=70, expires=timedelta(days=10)))
    for number in range(4):
        await post.queue(ada.to, f"small {number}", kind="test.small")
    await world.move_to(ada.at("2026-03-04T12:00"))
    assert post.texts_to(ada.user) == ["small 0", "small 1"]
    await post.queue(ada.to, "matters", kind="test.suggestion")
    await world.settle()
    assert post.texts_to(ada.user)[-1] == "matters"
    await world.move_to(ada.at("2026-03-06T12:00"))
    assert post.texts_to(ada.user)[-1] == "small 2"
    assert len(await charges(world)) == 4


async def test_an_appointment_later_today_leaves_room_for_one_suggestion_only(world: World, post: Post, ada: Known):
    for hour in (14, 15):
        await post.queue(ada.to, f"At {hour}", kind="test.appointment", due_at=ada.at(f"2026-03-02T{hour}:00"))
    await post.queue(ada.to, "First", kind="test.suggestion")
    await post.queue(ada.to, "Second", kind="test.suggestion")
    await world.move_to(ada.at("2026-03-02T20:00"))
    assert post.texts_to(ada.user) == ["First", "At 14", "At 15"]


async def test_a_request_in_the_night_waits_for_the_morning_and_time_jumps_there(world: World, post: Post, ada: Known):
    await world.move_to(ada.at("2026-03-02T21:00"))
    await post.queue(ada.to, "May I send you a question?", kind="test.request")
    held = await post.queue(ada.to, "And a late answer")
    await world.move(seconds=2)
    assert post.texts_to(ada.user) == ["And a late answer"]
    assert (await post.look(held)).state == "sent"
    async with world.bot.database.reading() as session:
        due = await world.bot.registry.schedule.jobs["deliver"].next_due(session)
    assert due == ada.at("2026-03-03T09:00")
    await world.move_to(due)
    assert len(post.texts_to(ada.user)) == 2


async def test_ending_a_pause_early_lets_what_waited_leave(world: World, post: Post, ada: Known):
    ada.change(paused_until=ada.at("2026-04-01T00:00"))
    queued = await post.queue(ada.to, kind="test.request")
    await world.move_to(ada.at("2026-03-03T12:00"))
    assert (await post.look(queued)).held == "paused"
    ada.change(paused_until=None)
    async with world.bot.database.transaction() as session:
        assert await outbox.reconsider(session, 1, ada.id, now=world.clock()) == 1
    await world.settle()
    assert post.texts_to(ada.user) == ["Hello"]


async def test_what_did_not_arrive_cost_nothing(world: World, post: Post, ada: Known):
    await world.move_to(ada.at("2026-03-02T10:00"))
    world.server.faults.fail("chat.postMessage", error="is_archived")
    await post.queue(ada.to, kind="test.suggestion")
    await world.settle()
    assert await charges(world) == []
    world.server.faults.rate_limit("chat.postMessage", retry_after=10)
    await post.queue(ada.to, kind="test.suggestion")
    await world.settle()
    assert await charges(world) == []
    await world.move(seconds=15)
    assert await charges(world) == [(ada.id, "2026-03-02")]


async def test_a_group_costs_each_of_them_one_in_hours_they_share(world: World, post: Post, ada: Known):
    grace = await Known(post, "Grace", tz="America/New_York").keep()
    both = People((ada.user, grace.user), (ada.id, grace.id))
    queued = await post.queue(both, "You two", kind="test.appointment")
    await world.move_to(ada.at("2026-03-02T14:59"))
    assert (await post.look(queued)).state == "queued"
    await world.move_to(ada.at("2026-03-02T15:01"))
    assert (await post.look(queued)).state == "sent"
    assert sorted(await charges(world)) == [(ada.id, "2026-03-02"), (grace.id, "2026-03-02")]


async def test_a_group_with_somebody_who_left_is_dropped_and_the_feature_hears_of_it(
    world: World, post: Post, ada: Known
):
    grace = await Known(post, "Grace").keep()
    queued = await post.queue(People((ada.user, grace.user), (ada.id, grace.id)), kind="test.appointment")
    grace.change(reachable=False)
    await world.move_to(ada.at("2026-03-02T12:00"))
    assert post.ended == [(queued, "dropped")]


async def test_a_change_to_a_message_asks_for_nobodys_attention(world: World, post: Post, ada: Known):
    await world.move_to(ada.at("2026-03-02T10:00"))
    sent = await post.queue(ada.to, "Who comes?", kind="test.suggestion")
    await world.move_to(ada.at("2026-03-02T23:00"))
    await post.update(sent, "Nobody", ada.to, kind="test.suggestion")
    await world.settle()
    assert post.texts_to(ada.user) == ["Nobody"]
    assert len(await charges(world)) == 1


async def test_what_expires_while_it_waits_ends_at_that_moment(world: World, post: Post, ada: Known):
    await world.move_to(ada.at("2026-03-06T18:00"))
    expires = ada.at("2026-03-07T12:00")
    queued = await post.queue(ada.to, kind="test.request", expires_at=expires)
    await world.move_to(expires - timedelta(minutes=1))
    assert post.ended == []
    await world.move_to(expires)
    assert post.ended == [(queued, "expired")]


async def test_a_message_of_a_feature_that_is_gone_holds_up_nobody(world: World, post: Post, ada: Known):
    world.bot.registry.kinds.add(Kind("test.gone", MessageClass.ANSWER))
    queued = await post.queue(ada.to, kind="test.gone")
    del world.bot.registry.kinds._kinds["test.gone"]
    await post.queue(ada.to, "Still served")
    await world.move(seconds=3)
    assert (await post.look(queued)).error == "a kind nobody knows"
    assert post.texts_to(ada.user) == ["Still served"]
