"""Live roundtables through Slack: seated, told, moved, kept apart; another date, called off, and two hosts at once."""

from datetime import timedelta

from bot.features.roundtables.live import acting, views
from bot.gatherings import acts
from bot.gatherings.errors import NotYoursToHost
from bot.members.models import Member
from tests.features.roundtables.live.room import NAMES, Room, room
from tests.gatherings.table import at
from tests.members import walk
from tests.world import World

START = at(10, 10)
PAGE = "gathering:1"
DAY_BEFORE = START - timedelta(hours=23, minutes=50)


async def seated(world: World, many: int, **options) -> Room:
    """So many say that they come, and the tables are made."""
    of = await room(world, *NAMES[:many], **options)
    await of.come(*NAMES[:many])
    await world.move_to(DAY_BEFORE)
    return of


async def form_of(of: Room, name: str = "Lead") -> dict:
    await of.home(name, PAGE)
    await of.press_home(name, views.MOVE)
    return of.form(name)


async def errors(of: Room, who: str, number: str) -> dict[str, str]:
    reply = await of.submit("Lead", {views.WHO: of.users[who], views.WHERE: number})
    return reply.errors


async def test_six_people_share_one_table_and_hear_with_whom_they_sit(world: World):
    of = await seated(world, 6, place="Kitchen")
    assert await of.tables() == {1: sorted(NAMES[:6])}
    (told,) = of.told("Ada")
    assert told == (
        "Roundtable, Tuesday 10 March, 10:00, your time: one table for everybody. You sit with Ben, Cleo, Eva and Finn "
        "from other teams, and Dan from yours."
    )
    page = walk.said(await of.home("Lead", PAGE))
    assert "*Table 1*: Ada (Sales), Ben (Design), Cleo (Data), Dan (Sales), Eva (Design), Finn (Data)" in page
    assert "Move somebody" not in page
    assert "You sit with" in walk.said(await of.home("Ada", PAGE))
    assert "*Table 1*" not in walk.said(await of.home("Ada", PAGE))


async def test_a_host_moves_somebody_and_is_told_what_to_mend(world: World):
    of = await seated(world, 10)
    tables = await of.tables()
    assert [len(table) for table in tables.values()] == [5, 5]
    mine = 1 if "Ada" in tables[1] else 2
    other = 3 - mine
    await of.keep_apart(tables[other][0], "Ada")
    await form_of(of)
    assert await errors(of, "Ada", str(other)) == {views.WHERE: acting.NOT_THERE}
    assert await errors(of, "Ada", str(mine)) == {views.WHERE: acting.SAME}
    assert await errors(of, "Lead", "1") == {views.WHO: acting.NOT_SEATED}
    assert await of.tables() == tables

    # Two forms open at once: the second is not saved on tables it has never seen.
    form = of.form("Lead")
    free, another = tables[other][1:3]
    assert await errors(of, free, str(mine)) == {}
    assert free in (await of.tables())[mine]
    assert len(of.told(free)) == 2
    answer = await of.submit_elsewhere("Lead", form, {views.WHO: of.users[another], views.WHERE: str(mine)})
    assert acting.STALE in str(answer)
    # The first one, arriving a second time, does no harm.
    assert await of.submit_elsewhere("Lead", form, {views.WHO: of.users[free], views.WHERE: str(mine)}) == {}
    assert another in (await of.tables())[other]
    assert all(len(of.told(name)) == 1 for name in NAMES[:10] if name != free)
    # Whoever neither hosts nor leads moves nobody, and writes nothing down.
    for action_id in (views.MOVE, views.CAME_OF_IT):
        await of.forge("Gus", action_id, "1")
        assert str(NotYoursToHost.__doc__) in walk.said(of.form("Gus"))


async def test_another_date_seats_people_anew_and_calling_off_seats_nobody(world: World):
    of = await seated(world, 12)
    await of.home("Lead", PAGE)
    await of.press_home("Lead", acts.MOVE)
    assert (await of.submit("Lead", {"day": "2026-03-12", "time": "15:00"})).ok
    assert await of.tables() == {}
    await world.move_to(at(10, 12))
    assert await of.tables() == {}
    await world.move_to(at(11, 15, 20))
    assert sorted(name for table in (await of.tables()).values() for name in table) == sorted(NAMES[:12])
    assert len(of.told("Ada")) == 2
    await of.home("Lead", PAGE)
    await of.press_home("Lead", acts.CALL_OFF)
    live = await of.live()
    assert (live.due_at, live.state) == (None, "waiting")
    assert "*Table 1*" not in walk.said(await of.home("Lead", PAGE))


async def test_who_said_no_before_the_message_left_hears_of_no_table(world: World):
    of = await room(world, *NAMES[:8])
    await of.come(*NAMES[:8])
    # Their day begins after the tables were made, so their message waits.
    async with of.database.transaction() as session:
        member = await session.get_one(Member, of.ids["Ada"])
        member.hours_start, member.hours_end = 13 * 60, 20 * 60
    await world.move_to(START - timedelta(hours=23))
    assert of.told("Ada") == []
    await of.cannot("Ada")
    await world.move_to(START - timedelta(minutes=10))
    assert of.told("Ada") == []
    assert await of.table_of("Ben") is not None
    assert all("Ada" not in table for table in (await of.tables()).values())
