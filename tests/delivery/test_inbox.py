"""Events are kept before Slack is answered, handled once, tried again, and set aside where a lead can see them."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import inbox, queries, submissions
from bot.delivery.models import InboxRow
from bot.errors import Gone
from bot.members.models import Team
from bot.registry import Answer, Event, Tools
from bot.slack.act import read_act
from tests.world import World


class Handler:
    """Keeps what it is given in the database, and fails as often as it is told."""

    def __init__(self, world: World, *, fails: int = 0, error: type[Exception] = RuntimeError) -> None:
        self.calls, self.fails, self.error = 0, fails, error
        self.answered = 0
        world.bot.registry.events.on("app_home_opened", self.run)

    async def run(self, session: AsyncSession, event: Event, tools: Tools) -> list[Answer]:
        self.calls += 1
        session.add(Team(workspace_id=event.workspace_id, slug=f"effect-{event.event_id}", name=event.payload["user"]))
        await session.flush()
        if self.calls <= self.fails:
            raise self.error
        return [self._answer]

    async def _answer(self) -> None:
        self.answered += 1


async def rows(world: World) -> list[InboxRow]:
    async with world.bot.database.reading() as session:
        mine = select(InboxRow).where(InboxRow.handler == f"{__name__}.run").order_by(InboxRow.id)
        return list((await session.execute(mine)).scalars())


async def effects(world: World) -> int:
    async with world.bot.database.reading() as session:
        return len(list((await session.execute(select(Team).where(Team.slug.like("effect-%")))).scalars()))


async def test_an_event_is_handled_once_and_what_it_said_is_emptied(world: World):
    handler = Handler(world)
    await world.acts.open_home(world.person("Ada"))
    await world.settle()
    (row,) = await rows(world)
    assert (row.state, row.payload, handler.calls, handler.answered) == ("done", None, 1, 1)
    assert await effects(world) == 1


async def test_the_same_event_delivered_again_changes_nothing(world: World):
    handler = Handler(world)
    event = Event(1, "Ev1", "app_home_opened", {"user": "U1"}, world.clock())
    for _ in range(2):
        async with world.bot.database.transaction() as session:
            kept = await inbox.keep(session, world.bot.registry.events, event, now=world.clock())
        await inbox.work(world.bot.tools, world.bot.registry.events, kept.row_ids)
    assert handler.calls == 1
    assert await effects(world) == 1


async def test_a_handler_that_fails_once_is_run_again_and_leaves_its_effect_once(world: World):
    handler = Handler(world, fails=1)
    await world.acts.open_home(world.person("Ada"))
    await world.settle()
    assert (await rows(world))[0].state == "open"
    assert await effects(world) == 0
    await world.move(minutes=2)
    (row,) = await rows(world)
    assert (row.state, row.payload, handler.calls) == ("done", None, 2)
    assert await effects(world) == 1


async def test_a_handler_that_always_fails_is_parked_and_counted(world: World):
    handler = Handler(world, fails=100)
    await world.acts.open_home(world.person("Ada"))
    await world.move(hours=3)
    (row,) = await rows(world)
    assert (row.state, row.error, handler.calls) == ("parked", "RuntimeError", inbox.MOST_ATTEMPTS)
    async with world.bot.database.reading() as session:
        assert await queries.parked_events(session, 1) == {"app_home_opened": 1}
        assert await queries.parked_events(session, 2) == {}


async def test_a_refusal_we_foresaw_is_not_tried_again(world: World):
    handler = Handler(world, fails=100, error=Gone)
    await world.acts.open_home(world.person("Ada"))
    await world.move(hours=1)
    (row,) = await rows(world)
    assert (row.state, row.error, row.payload, handler.calls) == ("done", "Gone", None, 1)


async def test_an_event_whose_process_died_is_run_after_its_lease_and_parked_in_the_end(world: World):
    handler = Handler(world)
    event = Event(1, "Ev1", "app_home_opened", {"user": "U1"}, world.clock())
    async with world.bot.database.transaction() as session:  # kept, acknowledged, and then the power went
        await inbox.keep(session, world.bot.registry.events, event, now=world.clock())
    await world.move(seconds=50)
    assert handler.calls == 0
    await world.move(seconds=15)
    assert handler.calls == 1
    poison = Event(1, "Ev2", "app_home_opened", {"user": "U1"}, world.clock())
    async with world.bot.database.transaction() as session:
        (row_id,) = (await inbox.keep(session, world.bot.registry.events, poison, now=world.clock())).row_ids
        row = await session.get_one(InboxRow, row_id)
        row.attempts = inbox.MOST_ATTEMPTS  # it took its process with it each time
    await world.move(minutes=5)
    assert (handler.calls, (await rows(world))[-1].state) == (1, "parked")


async def test_what_waits_is_sealed(world: World):
    Handler(world, fails=100)
    event = Event(1, "Ev1", "app_home_opened", {"user": "a canary"}, world.clock())
    async with world.bot.database.transaction() as session:
        await inbox.keep(session, world.bot.registry.events, event, now=world.clock())
    (row,) = await rows(world)
    assert row.payload is not None and b"canary" not in row.payload


async def test_what_was_handled_is_forgotten_after_a_week(world: World):
    Handler(world)
    began = world.clock()
    await world.acts.open_home(world.person("Ada"))
    await world.settle()
    async with world.bot.database.reading() as session:
        night = await inbox.next_forgetting(session)
    assert night is not None and timedelta(days=7) < night - began <= timedelta(days=8)
    world.clock.move_to(began + timedelta(days=6))
    assert await inbox.forget_handled(world.bot.tools) == 0
    world.clock.move_to(night)
    assert await inbox.forget_handled(world.bot.tools) >= 1
    assert await rows(world) == []


async def test_a_form_is_handed_in_once(any_world: World):
    def act(view: str, team: int = 1) -> Any:
        return read_act(team, {"type": "view_submission", "user": {"id": "U1"}, "view": {"id": view}})

    database = any_world.bot.database
    async with database.transaction() as session:
        assert await submissions.first_time(session, act("V1"))
    async with database.transaction() as session:
        assert not await submissions.first_time(session, act("V1"))
        assert await submissions.first_time(session, act("V2"))
    with pytest.raises(Gone):
        async with database.transaction() as session:
            assert await submissions.first_time(session, act("V3"))
            raise Gone
    async with database.transaction() as session:
        assert await submissions.first_time(session, act("V3"))


async def test_an_event_for_a_handler_that_is_gone_is_parked(world: World):
    Handler(world)
    event = Event(1, "Ev1", "app_home_opened", {"user": "U1"}, world.clock())
    async with world.bot.database.transaction() as session:
        await inbox.keep(session, world.bot.registry.events, event, now=world.clock())
    world.bot.registry.events = type(world.bot.registry.events)()  # the next release knows it no more
    await world.move(minutes=2)
    (row,) = await rows(world)
    assert (row.state, row.error) == ("parked", "HandlerGone")
    assert row.payload is not None


async def test_of_events_handled_together_only_the_one_that_fails_waits_for_its_next_try(any_world: World):
    world, registry = any_world, any_world.bot.registry
    calls: list[str] = []

    async def mostly(session: AsyncSession, event: Event, tools: Tools) -> None:
        calls.append(event.event_id)
        session.add(Team(workspace_id=event.workspace_id, slug=f"effect-{event.event_id}", name="x"))
        await session.flush()
        if event.event_id == "Ev2":
            raise RuntimeError("on purpose")

    registry.events.on("app_home_opened", mostly)
    event = Event(1, "Ev0", "app_home_opened", {"user": "U1"}, world.clock())
    three = [replace(event, event_id=f"Ev{number}") for number in (1, 2, 3)]
    async with world.bot.database.transaction() as session:
        kept = await inbox.keep_all(session, registry.events, [*three, three[0]], now=world.clock())
    assert [bool(each.row_ids) for each in kept] == [True, True, True, False]
    await inbox.work_all(world.bot.tools, registry.events, kept)
    async with world.bot.database.reading() as session:
        ours = select(InboxRow).where(InboxRow.handler.like("%mostly%")).order_by(InboxRow.id)
        found = list((await session.execute(ours)).scalars())
    assert [(row.event_id, row.state) for row in found] == [("Ev1", "done"), ("Ev2", "open"), ("Ev3", "done")]
    assert calls.count("Ev2") == 1
    assert await effects(world) == 2


async def test_a_burst_of_events_is_kept_and_handled_each_once(any_world: World):
    handler = Handler(any_world)
    ada = any_world.person("Ada")
    await asyncio.gather(*(any_world.acts.open_home(ada) for _ in range(40)))
    await any_world.settle()
    found = await rows(any_world)
    assert {row.state for row in found} == {"done"}
    assert len(found) == handler.calls == await effects(any_world) == 40
