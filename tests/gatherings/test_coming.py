"""People say that they come, or can't; seats fill up, a line forms, and what they read is true at every moment."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.db import Database
from bot.delivery.models import Delivery
from bot.gatherings import acts, announcing, messages, planning, store
from bot.gatherings.coming import acting
from bot.gatherings.models import Gathering, Seat
from bot.gatherings.rounds import Details
from tests.gatherings.conftest import Supper, person, supper_program, workspace
from tests.gatherings.table import at, laid
from tests.members import walk
from tests.programs.conftest import MONDAY
from tests.world import World

TEN = datetime(2026, 3, 17, 10, tzinfo=UTC)


async def test_somebody_comes_has_it_in_the_calendar_and_can_change_their_mind(supper_world: World):
    table = await laid(supper_world, "Ada", "Ben")
    assert (await table.gathering()).starts_at == TEN
    post = walk.said(table.post())
    assert "*Supper*" in post and "Told by Femi." in post and "12 seats." in post

    await table.press_post("Ada", acts.COME)
    assert "You come to *Supper*: Tuesday 17 March, 10:00, your time." in walk.said(table.whispered("Ada"))
    assert "1 of 12 seats are taken." in walk.said(table.post())
    assert await table.files("Ada") == [("REQUEST", 1000)]

    await table.press_post("Ada", acts.COME)  # pressed again, it is what it was
    assert await table.seats() == {"Ada": store.COMING}
    assert len(await table.files("Ada")) == 1

    whispered = table.whispered("Ada")
    await walk.press(table.world, table.users["Ada"], action_id=acts.CHANGE, channel=table.channel, ts=whispered["ts"])
    await table.settle()
    assert await table.seats() == {"Ada": store.COMING}  # nothing is given up by looking at the choices again
    whispered = table.whispered("Ada")
    await walk.press(table.world, table.users["Ada"], action_id=acts.CANNOT, channel=table.channel, ts=whispered["ts"])
    await table.settle()
    assert await table.seats() == {"Ada": store.CANNOT}
    assert "Nobody is told." in walk.said(table.whispered("Ada"))
    assert await table.files("Ada") == [("REQUEST", 1000), ("CANCEL", 1001)]
    assert "12 seats." in walk.said(table.post())

    await table.press_post("Ada", acts.COME)
    assert await table.files("Ada") == [("REQUEST", 1000), ("CANCEL", 1001), ("REQUEST", 1002)]


async def test_a_full_table_forms_a_line_and_a_free_seat_goes_to_whoever_waits_longest(
    supper_world: World, supper: Supper
):
    supper.details = Details(minutes=20, seats=1)
    table = await laid(supper_world, "Ada", "Ben", "Cleo")
    for name in ("Ada", "Ben", "Cleo"):
        await table.press_post(name, acts.COME)
    assert "You are second in line" in walk.said(table.whispered("Cleo"))
    assert "The only seat is taken: you would be third in line." in walk.said(table.post())
    assert await table.files("Ben") == []

    await table.press_post("Ada", acts.CANNOT)
    assert await table.seats() == {"Ada": store.CANNOT, "Ben": store.COMING, "Cleo": store.WAITING}
    assert any("A seat became free, and it is yours: Supper" in each for each in table.texts("Ben"))
    assert await table.files("Ben") == [("REQUEST", 1000)]

    message = next(each for each in table.messages("Ben") if "A seat became free" in each["text"])
    await table.press("Ben", acts.CANNOT, message=message)
    assert await table.seats() == {"Ada": store.CANNOT, "Ben": store.CANNOT, "Cleo": store.COMING}
    now = next(each for each in table.messages("Ben") if each["ts"] == message["ts"])
    assert "Not this time: *Supper*" in walk.said(now)  # the used button is replaced by what was chosen


async def test_somebody_outside_joins_first_and_comes_by_it(supper_world: World):
    table = await laid(supper_world, "Ada")
    zoe = table.world.person("Zoe", tz="Europe/Lisbon")
    table.world.slack.join(zoe, table.channel)
    await table.world.settle()
    await walk.press(table.world, zoe, action_id=acts.COME, channel=table.channel, ts=table.post()["ts"])
    assert walk.modal(table.world, zoe)["callback_id"] == "members.join_about"
    assert "12 seats." in walk.said(table.post())  # a yes that can't be reminded is not counted
    await walk.answer_steps(table.world, zoe, str(walk.modal(table.world, zoe)["id"]))
    await table.settle()
    assert "1 of 12 seats" in walk.said(table.post())
    assert any("You come to Supper" in each["text"] for each in table.world.messages_to(zoe))


async def test_a_guest_comes_by_invitation_only(supper_world: World):
    table = await laid(supper_world, "Ada")
    gus = table.world.person("Gus", tz="Europe/Lisbon", is_restricted=True)
    table.world.slack.join(gus, table.channel)
    await table.world.move(minutes=5)
    await walk.press(table.world, gus, action_id=acts.COME, channel=table.channel, ts=table.post()["ts"])
    await table.settle()
    assert await table.seats() == {}
    await table.home("Lead", "gathering:1")
    await table.press_home("Lead", acts.INVITE)
    assert (await table.submit("Lead", {"people": [gus]})).ok
    await table.world.move(hours=3)
    invitation = table.world.last_message_to(gus)
    assert invitation["text"] == "Lead invites you to Supper: Tuesday 17 March, 10:00, your time."
    dm = table.world.slack.open_dm(table.world.slack.bot_user_id, gus)
    await walk.press(table.world, gus, action_id=acts.COME, channel=dm, ts=invitation["ts"])
    await table.settle()
    assert "1 of 12 seats" in walk.said(table.post())
    await table.world.move_to(TEN - timedelta(minutes=14))
    assert table.world.last_message_to(gus)["text"].startswith("10:00, your time: Supper.")


async def test_two_at_the_same_time_are_pointed_out(supper_world: World):
    table = await laid(supper_world, "Ada")
    async with table.database.transaction() as session:
        first = await store.get(session, table.workspace_id, 1)
        other = await supper_program(
            session, table.workspace_id, table.world.clock(), name="Late supper", channel=table.channel
        )
        await planning.plan(
            session, other, first.starts_at + timedelta(minutes=10), minutes=20, title="Soup", now=table.world.clock()
        )
    await table.settle()
    await table.press_post("Ada", acts.COME)
    await table.press_post("Ada", acts.COME, nth=1)
    assert "You also said you come to *Supper*, which is on at the same time." in walk.said(table.whispered("Ada"))


@pytest.mark.parametrize("seats", [12])
async def test_of_fifty_who_press_at_once_twelve_get_a_seat_and_the_others_a_place_in_line(
    kitchen: Database, seats: int
):
    async with kitchen.transaction() as session:
        home = await workspace(session)
        people = [(await person(session, home.id, f"P{number}")).id for number in range(50)]
        club = await supper_program(session, home.id, MONDAY)
        made = await planning.plan(session, club, TEN, minutes=20, seats=seats, now=MONDAY)
        await announcing.announce(session, made, MONDAY)
        (await session.get_one(Delivery, made.announced_id)).state = "sent"

    async def press(member_id: int) -> None:
        async with kitchen.transaction() as session:
            gathering = await store.get(session, home.id, made.id, lock=True)
            await acting.say_yes(session, gathering, member_id, now=MONDAY)

    await asyncio.gather(*(press(each) for each in people))
    assert await _said(kitchen, made) == {store.COMING: seats, store.WAITING: 50 - seats}
    async with kitchen.reading() as session:
        refreshed = select(Delivery.state).where(Delivery.kind == messages.REFRESHED.name)
        assert (await session.execute(refreshed)).scalars().all() == ["queued"]  # fifty presses, one update

    async def press_no(member_id: int) -> None:
        async with kitchen.transaction() as session:
            gathering = await store.get(session, home.id, made.id, lock=True)
            await acting.say_no(session, gathering, member_id, now=MONDAY + timedelta(hours=1))

    await asyncio.gather(*(press_no(each) for each in people[:30]))
    assert await _said(kitchen, made) == {store.COMING: seats, store.WAITING: 8, store.CANNOT: 30}


async def _said(database: Database, gathering: Gathering) -> dict[str, int]:
    found: dict[str, int] = {}
    async with database.reading() as session:
        query = select(Seat.state).where(Seat.gathering_id == gathering.id)
        for state in (await session.execute(query)).scalars():
            found[state] = found.get(state, 0) + 1
    return found


async def test_what_is_over_or_called_off_can_no_longer_be_chosen(supper_world: World):
    table = await laid(supper_world, "Ada")
    await table.world.move_to(at(17, 11))
    assert "is over" in walk.said(table.post())
    await table.forge("Ada", acts.COME, "1")
    await table.forge("Ada", acts.COME, "no number")
    assert await table.seats() == {}
