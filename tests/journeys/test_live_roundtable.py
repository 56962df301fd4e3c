"""A live roundtable over three teams: voted on, seated, one leaves, one comes late, one is moved; and what came of it."""

from datetime import timedelta

from sqlalchemy import select

from bot.archive.models import Insight
from bot.features.roundtables.live import views
from bot.gatherings.ballots import views as ballots
from bot.gatherings.models import Proposal
from bot.gatherings.takeaways import views as asked
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

    # Afterwards everybody who came is asked what they take from their table; two share a line, one keeps it.
    await of.world.move_to(START + timedelta(minutes=50))
    await of.world.move_to(START + timedelta(minutes=80))
    assert "What do you take from your table?" in of.texts("Ada")[-1]
    assert "What do you take" not in "\n".join([*of.texts("Ben"), *of.texts("Lead")]), "one had left, one hosts"
    await share(of, "Ada", "Three teams sit in the same Monday call")
    await share(of, "Xenia", "Ask who would miss it before you plan the next one")
    await of.press("Cleo", asked.NOTHING)
    post = next(each for each in of.said_in_channel() if "is over" in str(each))
    thread = [str(each["text"]) for each in of.world.slack.thread(of.channel, post["ts"])]
    (gathered,) = [each for each in thread if "Monday call" in each]
    assert gathered.startswith("Ada, on “Meetings we could do without”: ")

    # Six days later the host writes down what came of it, from what was shared; whoever is quoted agrees first.
    await of.world.move_to(START + timedelta(days=6, minutes=50))
    assert "Two lines were shared" in of.texts("Lead")[-1]
    await of.press("Lead", views.CAME_OF_IT)
    written = {
        each["block_id"]: str(each["element"].get("initial_value", ""))
        for each in of.form("Lead")["blocks"] if "element" in each
    }  # fmt: skip
    assert written["question"] == "Meetings we could do without"
    assert written["gist"] == "Three teams sit in the same Monday call"
    kept = await of.submit("Lead", {name: written[name] for name in ("question", "gist", "tips")})
    assert kept.ok and not kept.errors
    await of.settle()
    for name in ("Ada", "Xenia"):
        await of.press(name, "archive.fine")
    async with of.database.reading() as session:
        card = (await session.execute(select(Insight))).scalar_one()
    assert (card.source_kind, card.state) == ("roundtable", "published")
    assert "Monday call" in card.gist

    # Two weeks later each of the two is asked, alone, what came of it, and the card counts the answer.
    await of.world.move_to(START + timedelta(days=15, hours=4))
    await of.press("Xenia", asked.OUTCOMES["yes"])
    async with of.database.reading() as session:
        card = (await session.execute(select(Insight))).scalar_one()
    assert (card.worked, card.tried) == (1, 1)

    # Whoever came can thank the host on its page; whoever could not has nothing to thank for.
    assert "Say thanks" in walk.said(await of.home("Ada", PAGE))
    assert "Say thanks" not in walk.said(await of.home("Ben", PAGE))
    assert "Say thanks" not in walk.said(await of.home("Lead", PAGE))


async def share(of, name: str, words: str) -> None:
    """Somebody shares a line by the button of their question, about the topic that won."""
    await of.press(name, asked.SAY)
    topics = next(each["element"]["options"] for each in of.form(name)["blocks"] if each.get("block_id") == asked.ABOUT)
    topic = next(each["value"] for each in topics if each["text"]["text"] == "Meetings we could do without")
    assert (await of.submit(name, {"takeaway": words, asked.ABOUT: topic})).ok
    await of.world.acts.close(of.users[name], of.form(name)["id"])
    await of.settle()


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
