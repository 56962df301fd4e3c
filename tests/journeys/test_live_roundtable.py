"""A live roundtable over three teams: topics voted on, everybody seated, one leaves, one comes late, one is moved."""

from datetime import timedelta

from sqlalchemy import select

from bot.archive.models import Insight
from bot.features.roundtables.live import views
from bot.gatherings.ballots import views as ballots
from bot.gatherings.models import Proposal
from tests.features.roundtables.live.room import NAMES, room
from tests.gatherings.table import at
from tests.members import walk
from tests.world import World

START = at(10, 10)
PAGE = "gathering:1"


async def test_three_teams_of_eight_meet_at_mixed_tables(world: World):
    of = await room(world, place="Kitchen")
    await propose_and_vote(of)
    await of.world.move_to(at(5, 12))
    await of.come(*NAMES[:-1])
    agenda = "On the table: Meetings we could do without"
    assert agenda in walk.said(await of.home("Ada", PAGE))

    await of.world.move_to(START - timedelta(hours=23, minutes=50))
    tables = await of.tables()
    assert sorted(name for table in tables.values() for name in table) == sorted(NAMES[:-1])
    for table in tables.values():
        assert len(table) in (4, 5) and len({NAMES.index(name) % 3 for name in table}) == 3
    (told,) = of.told("Ada")
    number = await of.table_of("Ada")
    assert f"your table is number {number}" in told
    assert "from other teams" in told
    assert agenda in "\n".join(of.texts("Ada"))

    # One leaves an hour before, and one comes late: nobody else hears anything new.
    before = await of.tables()
    await of.world.move_to(START - timedelta(minutes=70))
    await of.cannot("Ben")
    await of.come("Xenia")
    await of.world.move_to(START - timedelta(minutes=55))
    after = await of.tables()
    assert {each: [name for name in table if name != "Ben"] for each, table in before.items()} == {
        each: [name for name in table if name != "Xenia"] for each, table in after.items()
    }
    assert len(of.told("Xenia")) == 1
    assert all(len(of.told(name)) == 1 for name in NAMES[:-1])

    # The host moves one person.
    there = next(each for each in after if each != number and len(after[each]) < 6)
    await of.home("Lead", PAGE)
    await of.press_home("Lead", views.MOVE)
    assert (await of.submit("Lead", {views.WHO: of.users["Ada"], views.WHERE: str(there)})).ok
    assert await of.table_of("Ada") == there
    assert f"your table is now number {there}" in of.told("Ada")[-1]
    await of.world.move_to(START - timedelta(minutes=14))
    assert await of.table_of("Ada") == there
    assert f"You sit at table {there}. 45 minutes. Kitchen." in of.texts("Ada")[-1]

    # Afterwards the host writes down what came of it.
    await of.world.move_to(START + timedelta(minutes=50))
    assert "What came of it" in of.texts("Lead")[-1]
    await of.press("Lead", views.CAME_OF_IT)
    written = [str(each["element"].get("initial_value", "")) for each in of.form("Lead")["blocks"] if "element" in each]
    assert "Meetings we could do without" in written
    kept = await of.submit(
        "Lead", {"gist": "Three teams dropped the same Monday call.", "tips": "Ask who would miss it."}
    )
    assert kept.ok and not kept.errors
    async with of.database.reading() as session:
        card = (await session.execute(select(Insight))).scalar_one()
    assert (card.source_kind, card.state) == ("roundtable", "published")

    # Whoever came can thank the host on its page; whoever could not has nothing to thank for.
    assert "Say thanks" in walk.said(await of.home("Ada", PAGE))
    assert "Say thanks" not in walk.said(await of.home("Ben", PAGE))
    assert "Say thanks" not in walk.said(await of.home("Lead", PAGE))


async def propose_and_vote(of) -> None:
    """Ada proposes something, and with Ben and Cleo votes for it."""
    ts = of.said_in_channel()[0]["ts"]
    for each in of.said_in_channel():
        if ballots.PROPOSE in str(each):
            ts = each["ts"]
    await walk.press(of.world, of.users["Ada"], action_id=ballots.PROPOSE, channel=of.channel, ts=ts)
    assert (await of.submit("Ada", {ballots.TEXT: "Meetings we could do without"})).ok
    async with of.database.reading() as session:
        mine = (await session.execute(select(Proposal).where(Proposal.member_id.is_not(None)))).scalar_one()
    for name in ("Ada", "Ben", "Cleo"):
        value = f"{mine.ballot_id}:{mine.id}"
        await walk.press(of.world, of.users[name], action_id=ballots.VOTE, value=value, channel=of.channel, ts=ts)
