"""Late changes through Slack: who comes after the tables were made, who can't any more, and who is left nearly alone."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.delivery.models import Charge, Delivery
from bot.gatherings import acts
from bot.members.models import Member
from tests.features.roundtables.live.room import NAMES, Room, room
from tests.gatherings.table import at
from tests.members import walk
from tests.world import World

START = at(10, 10)
PAGE = "gathering:1"
DAY_BEFORE = START - timedelta(hours=23, minutes=50)


async def seated(world: World, many: int, **options) -> Room:
    """So many of ten come, and the tables are made."""
    of = await room(world, *NAMES[: max(many, 10)], **options)
    await of.come(*NAMES[:many])
    await world.move_to(DAY_BEFORE)
    return of


async def costs(of: Room, name: str) -> list[tuple[str, str, int]]:
    """What messages about tables cost somebody: class, kind, how much."""
    async with of.database.reading() as session:
        query = (
            select(Charge.message_class, Delivery.kind, Charge.cost)
            .join(Delivery, Delivery.id == Charge.delivery_id)
            .where(Charge.member_id == of.ids[name], Delivery.kind.startswith("roundtables.table"))
        )
        return [tuple(each) for each in (await session.execute(query.order_by(Charge.id))).all()]


@pytest.mark.parametrize("before", [timedelta(hours=18), timedelta(minutes=10)])
async def test_whoever_comes_late_is_seated_at_once_and_nobody_else_hears_of_it(world: World, before: timedelta):
    of = await seated(world, 8)
    tables = await of.tables()
    await world.move_to(START - before)
    await of.come("Ines")
    await world.move(minutes=1)
    number = await of.table_of("Ines")
    assert number is not None
    assert {each: [name for name in table if name != "Ines"] for each, table in (await of.tables()).items()} == tables
    assert [len(of.told(name)) for name in NAMES[:9]] == [1] * 9
    assert f"your table is *number {number}*" in str(of.messages("Ines")) or len(tables) == 1


async def test_whoever_gets_a_seat_that_became_free_is_seated_at_once(world: World):
    of = await seated(world, 8, seats=8)
    await of.come("Ines")
    await world.move_to(START - timedelta(minutes=50))
    assert of.told("Ines") == []
    await of.cannot("Ada")
    await world.move(minutes=1)
    assert len(of.told("Ines")) == 1
    assert sorted(name for table in (await of.tables()).values() for name in table) == sorted(NAMES[1:9])


async def test_two_who_are_left_of_a_table_minutes_before_join_another_one_and_hear_of_it(world: World):
    of = await seated(world, 10)
    tables = await of.tables()
    assert [len(table) for table in tables.values()] == [5, 5]
    await world.move_to(START - timedelta(minutes=20))
    for name in tables[1][:3]:
        await of.cannot(name)
    await world.move(minutes=1)
    left = tables[1][3:]
    assert await of.tables() == {2: sorted([*tables[2], *left])}
    assert [len(of.told(name)) for name in left] == [2, 2]
    assert [len(of.told(name)) for name in tables[2]] == [1] * 5
    assert of.messages("Lead") == [] or "comes to" not in of.texts("Lead")[-1]


async def test_where_only_two_and_then_one_are_left_they_hear_of_it_and_so_does_the_host(world: World):
    of = await seated(world, 4)
    await world.move_to(START - timedelta(minutes=55))
    await of.cannot("Ada")
    await world.move(minutes=1)
    assert [len(of.told(name)) for name in NAMES[1:4]] == [1, 1, 1], "three are a table"
    await of.cannot("Ben")
    await world.move(minutes=1)
    assert [len(of.told(name)) for name in NAMES[2:4]] == [2, 2]
    assert "Two people come to Roundtable" in of.texts("Lead")[-1]
    await of.cannot("Cleo")
    await world.move(minutes=1)
    assert "nobody else comes so far" in of.texts("Dan")[-1]
    assert "One person comes to Roundtable" in of.texts("Lead")[-1]
    assert "Nobody else comes so far" in walk.said(await of.home("Dan", PAGE))
    # Somebody comes after all: then it is a table again, and the host has heard of two before.
    many = len(of.texts("Lead"))
    await of.come("Eva")
    await world.move(minutes=1)
    assert await of.tables() == {1: ["Dan", "Eva"]}
    assert "You sit with Eva" in of.texts("Dan")[-1]
    assert len(of.texts("Lead")) == many


async def test_whoever_is_deactivated_the_day_before_leaves_their_table_at_once(world: World):
    of = await seated(world, 8)
    number = await of.table_of("Ada")
    await world.move(hours=1)
    await of.deactivate("Ada")
    await world.move(minutes=1)
    assert "Ada" not in (await of.tables())[number]
    assert "Ada" not in walk.said(await of.home("Lead", PAGE)).partition("For hosts")[2]


async def test_a_table_counts_in_the_week_of_whoever_sits_there_and_another_one_is_a_change_that_does_not(world: World):
    of = await seated(world, 10)
    assert await costs(of, "Ada") == [("appointment", "roundtables.table", 1)]
    tables = await of.tables()
    mine = 1 if "Ada" in tables[1] else 2
    await world.move_to(START - timedelta(hours=20))
    for name in [each for each in tables[mine] if each != "Ada"][:3]:
        await of.cannot(name)
    await world.move_to(START - timedelta(minutes=50))
    assert len(of.told("Ada")) == 2
    assert await costs(of, "Ada") == [("appointment", "roundtables.table", 1)]


async def test_what_waits_to_be_said_of_a_table_is_taken_back_with_its_date(world: World):
    of = await room(world, *NAMES[:8])
    await of.come(*NAMES[:8])
    async with of.database.transaction() as session:
        member = await session.get_one(Member, of.ids["Ada"])
        member.hours_start, member.hours_end = 9 * 60 + 15, 9 * 60 + 45
    await world.move_to(at(9, 20, 30))  # moved to tomorrow afternoon, so tables are made anew tonight
    assert len(of.told("Ben")) == 1
    await of.home("Lead", PAGE)
    await of.press_home("Lead", acts.MOVE)
    assert (await of.submit("Lead", {"day": "2026-03-10", "time": "15:00"})).ok
    await world.move_to(at(10, 12))
    assert len(of.told("Ada")) == 1
    await of.home("Lead", PAGE)
    await of.press_home("Lead", acts.CALL_OFF)
    assert all(each.state != "queued" for each in await of.queued("roundtables.table"))
