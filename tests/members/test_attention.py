"""What waits for somebody can be read now; what found no place is told of once a week, and is nobody else's to read."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.delivery import outbox
from bot.delivery.models import Charge, Delivery
from bot.members import changes, rules, store
from bot.members.attention import views
from bot.messages import Content, Kind, Message, MessageClass, People
from bot.slack import blocks
from tests.goldens import Golden
from tests.world import World

NUDGE = Kind("test.nudge", MessageClass.SUGGESTION, priority=70, expires=timedelta(days=3), noun=("a nudge", "nudges"))
BERLIN = ZoneInfo("Europe/Berlin")


class Someone:
    """A colleague in Berlin who is in, and hears of whatever a test suggests."""

    def __init__(self, world: World, name: str) -> None:
        self.world, self.user, self.count, self.id = world, world.person(name, tz="Europe/Berlin"), 0, 0
        world.bot.registry.kinds.add(NUDGE)

    async def join(self, *, budget: int = 4) -> "Someone":
        await self.world.settle()
        async with self.world.bot.database.transaction() as session:
            member = await store.meet(session, 1, self.user)
            member.weekly_budget = budget
            await changes.join(session, member, now=self.world.clock())
            self.id = member.id
        await self.world.settle()
        return self

    async def hear(self, *texts: str) -> None:
        now = self.world.clock()
        async with self.world.bot.database.transaction() as session:
            for text in texts:
                self.count += 1
                key = f"test:{self.id}:{self.count}"
                to = People((self.user,), (self.id,))
                await outbox.enqueue(session, Message(1, NUDGE.name, key, to, key, now, Content(text)), now=now)

    def texts(self) -> list[str]:
        return [each["text"] for each in self.world.messages_to(self.user)]

    async def press(self, action_id: str, value: str | None = None, *, anyway: bool = False) -> Any:
        reply = await self.world.acts.click(self.user, action_id=action_id, value=value, anyway=anyway)
        await self.world.settle()
        return reply

    async def look(self) -> str:
        await self.world.acts.open_home(self.user)
        await self.world.move(seconds=6)
        return str(self.world.slack.home(self.user))


@pytest.fixture
async def ada(world: World) -> Someone:
    return await Someone(world, "Ada").join()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


async def waiting_ids(world: World, person: Someone) -> list[int]:
    async with world.bot.database.reading() as session:
        query = (
            select(Delivery.id).where(Delivery.lane == person.user, Delivery.state == "queued").order_by(Delivery.id)
        )
        return list((await session.execute(query)).scalars())


async def test_what_waits_is_listed_and_read_at_once_and_costs_nothing(any_world: World):
    ada = await Someone(any_world, "Ada").join()
    await any_world.move_to(at("2026-03-02T12:00"))
    await ada.hear("one", "two", "three", "four")
    await any_world.move(seconds=20)
    assert ada.texts() == ["one", "two"]
    assert "Waiting for you" in await ada.look()
    third, fourth = await waiting_ids(any_world, ada)
    assert (await ada.press(views.READ, str(third), anyway=True)).ok
    assert ada.texts() == ["one", "two", "three"]
    await ada.press(views.READ, str(third), anyway=True)  # a second press finds nothing that waits
    assert ada.texts() == ["one", "two", "three"]
    async with any_world.bot.database.reading() as session:
        assert len((await session.execute(select(Charge.id))).all()) == 2
    assert await waiting_ids(any_world, ada) == [fourth]


async def test_all_of_it_is_read_with_one_press(world: World, ada: Someone):
    await world.move_to(at("2026-03-02T20:00"))
    await ada.hear("one", "two", "three")
    await world.settle()
    await ada.look()
    assert ada.texts() == []
    await ada.press(views.READ_ALL)
    await world.move(seconds=10)
    assert sorted(ada.texts()) == ["one", "three", "two"]
    assert "Waiting for you" not in await ada.look()


async def test_nobody_reads_what_waits_for_somebody_else(world: World, ada: Someone):
    grace = await Someone(world, "Grace").join()
    await world.move_to(at("2026-03-02T20:00"))
    await ada.hear("for Ada alone")
    await world.settle()
    (waits,) = await waiting_ids(world, ada)
    await grace.look()
    await grace.press(views.READ, str(waits), anyway=True)
    assert ada.texts() == grace.texts() == []
    assert await waiting_ids(world, ada) == [waits]


async def test_what_found_no_place_is_told_of_on_the_last_working_day_and_once(any_world: World):
    ada = await Someone(any_world, "Ada").join()
    await any_world.move_to(at("2026-03-02T09:30"))
    await ada.hear("one", "two", "three", "four", "five")
    await any_world.move_to(at("2026-03-06T08:59"))
    assert ada.texts() == ["one", "two"]
    await any_world.move_to(at("2026-03-06T12:00"))
    assert ada.texts() == ["one", "two", "Your week had no room for three nudges"]
    await any_world.move_to(at("2026-03-20T12:00"))
    assert len(ada.texts()) == 3


async def test_a_week_in_which_everything_found_its_place_has_no_digest(world: World, ada: Someone):
    await world.move_to(at("2026-03-02T09:30"))
    await ada.hear("one", "two")
    await world.move_to(at("2026-03-09T08:00"))
    assert ada.texts() == ["one", "two"]


async def test_what_is_missed_after_this_weeks_digest_is_told_of_in_the_next(world: World, ada: Someone):
    await world.move_to(at("2026-03-02T09:30"))
    await ada.hear("one", "two", "three", "four")
    async with world.bot.database.transaction() as session:
        member = await store.by_id(session, 1, ada.id)
        assert member is not None
        member.weekly_budget = 2
    await world.move_to(at("2026-03-03T15:00"))
    await ada.hear("five", "six", "seven")  # they last until Friday at 15:00
    await world.move_to(at("2026-03-06T20:00"))
    assert ada.texts() == ["one", "Your week had no room for three nudges"]
    await world.move_to(at("2026-03-13T12:00"))
    assert ada.texts()[2:] == ["Your week had no room for three nudges"]


async def test_somebody_who_paused_or_welcomes_nothing_missed_nothing(world: World, ada: Someone):
    await world.move_to(at("2026-03-02T18:00"))
    await ada.hear("one")
    async with world.bot.database.transaction() as session:
        member = await store.by_id(session, 1, ada.id)
        assert member is not None
        changes.pause(member, at("2026-03-16T00:00").date())
    await world.move_to(at("2026-03-13T12:00"))
    assert ada.texts() == []
    quiet = await Someone(world, "Grace").join(budget=0)
    await quiet.hear("one")
    await world.move_to(at("2026-03-27T12:00"))
    assert quiet.texts() == []


async def test_one_small_thing_that_was_missed_is_no_news_and_one_that_matters_is(world: World, ada: Someone):
    await world.move_to(at("2026-03-02T09:30"))
    await ada.hear("one", "two", "three")
    await world.move_to(at("2026-03-09T08:00"))
    assert ada.texts() == ["one", "two"]
    world.bot.registry.kinds.add(replace(NUDGE, priority=30, noun=("a check-in", "check-ins")))
    await ada.hear(*"abcde")  # four find a place this week, two a day
    await world.move_to(at("2026-03-13T12:00"))
    assert ada.texts()[2:] == ["a", "b", "c", "d"]
    await world.move_to(at("2026-03-20T12:00"))
    assert ada.texts()[-1] == "Your week had no room for two check-ins"


@pytest.mark.parametrize(
    ("now", "days", "morning"),
    [
        ("2026-03-02T10:00", (0, 1, 2, 3, 4), "2026-03-06T09:00"),
        ("2026-03-06T10:00", (0, 1, 2, 3, 4), "2026-03-06T09:00"),
        ("2026-03-07T10:00", (0, 1, 2, 3, 4), "2026-03-13T09:00"),
        ("2026-03-25T10:00", (0, 6), "2026-03-29T09:00"),
        ("2026-03-25T10:00", (), "2026-03-29T09:00"),
    ],
)
def test_the_last_working_morning(now: str, days: tuple[int, ...], morning: str):
    assert rules.last_working_morning(at(now), "Europe/Berlin", days, 540) == at(morning)


def test_the_words(golden: Golden):
    golden("members/digest", views.digest([(("a check-in", "check-ins"), 1), (("a nudge", "nudges"), 3)]))
    now = at("2026-03-02T10:00")
    rows = [
        views.Waiting(7, ("a check-in", "check-ins"), at("2026-03-03T09:00"), "day"),
        views.Waiting(8, ("a nudge", "nudges"), at("2026-03-06T09:00"), "budget"),
        views.Waiting(9, ("a nudge", "nudges"), None, "hours"),
        views.Waiting(10, ("a nudge", "nudges"), None, "hours"),
    ]
    golden("members/waiting", blocks.home(views.waiting(rows, "Europe/Berlin", now)))
    assert views.waiting([], "Europe/Berlin", now) == []
