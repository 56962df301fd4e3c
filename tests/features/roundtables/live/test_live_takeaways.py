"""After a roundtable: everybody who came is asked what they take from their table; what they share gathers in its thread."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.archive.models import Insight, InsightPiece, InsightQuote
from bot.delivery.models import Delivery
from bot.features.roundtables.live import harvest, views
from bot.gatherings import acts
from bot.gatherings import store as gatherings
from bot.gatherings.ballots import acting as ballot_acts
from bot.gatherings.ballots import reporting as hiding
from bot.gatherings.ballots import store as ballots
from bot.gatherings.models import Proposal, Takeaway
from bot.gatherings.takeaways import acting as taking
from bot.gatherings.takeaways import messages, store
from bot.gatherings.takeaways import views as asked
from bot.members import store as members
from bot.members.models import Member
from tests.features.roundtables.live.room import NAMES, Room, room
from tests.gatherings.table import at
from tests.goldens import Golden
from tests.members import walk
from tests.world import World

START = at(10, 10)
OVER = START + timedelta(minutes=45, seconds=30)
ASKED = START + timedelta(minutes=76)
PAGE, WORDS = "gathering:1", harvest.KIND.asking
SAID = "Ask <!channel> before *Friday* & write it down"


async def held(world: World, many: int = 6, **options: Any) -> Room:
    """So many came; it is over, and those who came were asked."""
    of = await room(world, *NAMES[:8], **options)
    await of.come(*NAMES[:many])
    await world.move_to(OVER)
    await world.move_to(ASKED)
    return of


def shown(message: dict[str, Any]) -> dict[str, Any]:
    """What a golden keeps of a message."""
    return {"text": message["text"], "blocks": message["blocks"]}


def questions(of: Room, name: str) -> list[str]:
    return [each for each in of.texts(name) if "What do you take" in each]


def gathered(of: Room) -> list[dict[str, Any]]:
    """The posts of the thread on which takeaways stand, and those that are empty by now."""
    post = next(each for each in of.said_in_channel() if "is over" in str(each))
    thread = of.world.slack.thread(of.channel, post["ts"])[1:]
    return [each for each in thread if "What people take" in str(each) or "taken back" in str(each)]


async def share(of: Room, name: str, words: str, topic: str | None = None) -> dict[str, str]:
    """By the button of their own question, or where they have none by the page."""
    if any(asked.SAY in str(each) for each in of.messages(name)):
        message = next(each for each in of.messages(name) if asked.SAY in str(each))
        await of.press(name, asked.SAY, message=message)
    else:
        await of.home(name, PAGE)
        await of.press_home(name, asked.SAY)
    said = {WORDS.field: words} | ({asked.ABOUT: topic} if topic else {})
    reply = await of.submit(name, said)
    if not reply.errors:
        await of.world.acts.close(of.users[name], of.form(name)["id"])
    await of.settle()
    return reply.errors


async def was_not_there(of: Room, name: str) -> None:
    """[No], under its post."""
    line = await below_its_post(of, acts.NOT_THERE)
    await walk.press(of.world, of.users[name], action_id=acts.NOT_THERE, channel=of.channel, ts=line["ts"])
    await of.settle()


async def below_its_post(of: Room, action_id: str) -> dict[str, Any]:
    """The message of the thread that has this button."""
    post = next(each for each in of.said_in_channel() if "is over" in str(each))
    return next(each for each in of.world.slack.thread(of.channel, post["ts"]) if action_id in str(each))


async def takeaways(of: Room) -> list[Takeaway]:
    async with of.database.reading() as session:
        return list((await session.execute(select(Takeaway).order_by(Takeaway.id))).scalars())


async def test_everybody_who_came_is_asked_one_thing_and_nobody_else_is(world: World, golden: Golden):
    of = await room(world, *NAMES[:8])
    await of.come(*NAMES[:6], "Lead")
    await of.cannot("Ben")
    await world.move_to(OVER)
    await was_not_there(of, "Cleo")
    assert questions(of, "Ada") == []
    await world.move_to(ASKED)
    assert [name for name in NAMES[:8] if questions(of, name)] == ["Ada", "Dan", "Eva", "Finn"]
    assert questions(of, "Lead") == [], "hosts are asked for a card instead"
    golden("roundtables/takeaway_question", shown(of.last("Ada")))
    async with of.database.reading() as session:
        query = select(Delivery).where(Delivery.kind == messages.QUESTION.name)
        sent = list((await session.execute(query)).scalars())
    assert {(each.message_class, each.state) for each in sent} == {("suggestion", "sent")}
    await world.move(days=8)
    assert len(questions(of, "Ada")) == 1
    assert len([each for each in of.texts("Lead") if "What came of" in each]) == 1


async def test_it_waits_for_their_hours_and_asks_nobody_who_shared_something_meanwhile(world: World):
    of = await room(world, *NAMES[:8])
    await of.come(*NAMES[:6])
    async with of.database.transaction() as session:
        for name in ("Ada", "Ben"):
            member = await session.get_one(Member, of.ids[name])
            member.hours_start, member.hours_end = 14 * 60, 16 * 60
    await world.move_to(OVER)
    await world.move_to(ASKED)
    assert questions(of, "Ada") == questions(of, "Ben") == []
    await share(of, "Ben", "Say no on Monday")
    await world.move_to(at(10, 14, 30))
    assert len(questions(of, "Ada")) == 1
    assert questions(of, "Ben") == []


async def test_whoever_s_week_is_full_is_asked_when_the_next_one_begins(world: World):
    of = await room(world, *NAMES[:8])
    await of.come(*NAMES[:6])
    async with of.database.transaction() as session:
        (await session.get_one(Member, of.ids["Ada"])).weekly_budget = 2
    await world.move_to(OVER)
    await world.move_to(at(15, 12))
    assert questions(of, "Ada") == []
    await world.move_to(at(16, 9, 30))
    assert len(questions(of, "Ada")) == 1


async def test_what_people_share_gathers_under_the_post_with_its_topic_and_a_way_to_report_it(
    world: World, golden: Golden
):
    of = await room(world, *NAMES[:8])
    topic = await chosen_topic(of)
    await of.come(*NAMES[:6])
    await world.move_to(OVER)
    await world.move_to(ASKED)
    assert await share(of, "Ada", "  ") == {WORDS.field: "Write one thing, in a line."}
    assert (await of.submit("Ada", {WORDS.field: SAID, asked.ABOUT: str(topic)})).ok
    await of.settle()
    await world.acts.close(of.users["Ada"], of.form("Ada")["id"])
    await share(of, "Ben", "Nothing is decided before Tuesday")
    (post,) = gathered(of)
    golden("roundtables/takeaways_gathered", shown(post))
    assert "<!channel>" not in str(post)
    assert SAID not in str(await takeaways(of))
    # A topic that a moderator hides leaves the lines about it, and comes back with it.
    name = next(each.text for each in await _proposals(of) if each.id == topic)
    for act, stands in ((hiding.hide, False), (hiding.restore, True)):
        async with of.database.transaction() as session:
            await act(session, of.workspace_id, topic, world.clock())
        await world.move(minutes=1)
        assert (name in walk.said(gathered(of)[0])) == stands
    # Whoever reads it can report it: it is hidden at once, and put back by a moderator.
    row = (await takeaways(of))[0]
    await walk.press(
        world, of.users["Gus"], action_id=asked.MORE, selected=f"report:takeaway:{row.id}",
        channel=of.channel, ts=post["ts"],
    )  # fmt: skip
    await world.acts.submit(of.users["Gus"], of.form("Gus")["id"], {})
    await world.move(minutes=1)
    assert "write it down" not in str(gathered(of))
    assert any("what somebody takes from a session" in each for each in of.texts("Ada"))
    # Taking it back and saying it again puts nothing back that was hidden.
    await share(of, "Ada", "Write it down twice")
    await of.press("Ada", asked.SAY, message=next(each for each in of.messages("Ada") if asked.SAY in str(each)))
    await walk.press(world, of.users["Ada"], action_id=asked.TAKE_BACK, view_id=of.form("Ada")["id"])
    await world.acts.close(of.users["Ada"], of.form("Ada")["id"])
    assert (await takeaways(of))[0].body == b""
    await of.press("Ada", asked.SAY, message=next(each for each in of.messages("Ada") if asked.SAY in str(each)))
    assert (await of.submit("Ada", {WORDS.field: SAID})).ok
    assert asked.HIDDEN in walk.said(of.form("Ada"))
    await world.acts.close(of.users["Ada"], of.form("Ada")["id"])
    await of.settle()
    assert "write it down" not in str(gathered(of))
    await of.press("Lead", "moderation.put_back")
    await world.move(minutes=1)
    assert "write it down" in str(gathered(of))


async def chosen_topic(of: Room) -> int:
    """One of our own topics, voted for by Ada."""
    async with of.database.transaction() as session:
        gathering = await gatherings.get(session, of.workspace_id, 1, lock=True)
        ballot = await ballots.about(session, of.workspace_id, f"topic:{gathering.id}", lock=True)
        assert ballot is not None
        first = (await ballots.up(session, ballot))[0].id
        await ballots.vote(session, ballot, of.ids["Ada"], first, of.world.clock())
        await ballot_acts.count(session, ballot, now=of.world.clock())
    await of.settle()
    return first


async def _proposals(of: Room) -> list[Proposal]:
    async with of.database.reading() as session:
        return list((await session.execute(select(Proposal))).scalars())


async def test_it_can_be_said_better_taken_back_and_said_again_even_before_it_left(any_world: World):
    of = await held(any_world)
    await share(of, "Ada", "Ask one user")
    await share(of, "Ada", "Ask two users")
    (post,) = gathered(of)
    assert "Ask two users" in walk.said(post) and "Ask one user" not in walk.said(post)
    assert "You shared: Ask two users" in walk.said(await of.home("Ada", PAGE))
    await of.press_home("Ada", asked.SAY)
    form = of.form("Ada")
    await walk.press(any_world, of.users["Ada"], action_id=asked.TAKE_BACK, view_id=form["id"])
    await of.settle()
    assert "Taken back" in walk.said(of.form("Ada"))
    assert "Ask two users" not in str(gathered(of))
    await any_world.acts.close(of.users["Ada"], of.form("Ada")["id"])
    await share(of, "Ada", "Ask three users")
    (row,) = await takeaways(of)
    await of.forge("Ben", asked.TAKE_BACK, str(row.id))
    await of.forge("Ben", asked.OUTCOMES["yes"], str(row.id))
    assert "Ask three users" in walk.said(gathered(of)[0]), "it is nobody else's to take back"
    assert (await takeaways(of))[0].outcome is None


async def test_one_taken_back_before_it_left_leaves_room_for_the_next(world: World):
    of = await held(world)
    async with of.database.transaction() as session:
        gathering = await gatherings.get(session, of.workspace_id, 1, lock=True)
        row = await store.say(session, gathering, of.ids["Ada"], "Too early", now=world.clock())
        await store.take_back(session, row)
        await messages.gather(session, gathering, row, now=world.clock())
    await world.move(minutes=1)
    assert gathered(of) == []
    await share(of, "Ben", "Right on time")
    assert "Right on time" in walk.said(gathered(of)[0])


async def test_whoever_was_not_there_shares_nothing_and_the_week_for_it_ends(world: World):
    of = await room(world, *NAMES[:8])
    await of.come(*NAMES[:6])
    assert taking.NOT_YET in await refused(of, "Ada")
    await world.move_to(OVER)
    await world.move_to(ASKED)
    assert taking.NOT_THERE in await refused(of, "Gus")
    await was_not_there(of, "Ben")
    assert taking.NOT_THERE in await refused(of, "Ben")
    assert asked.SAY not in str(await of.home("Ben", PAGE))
    await world.move(days=8)
    assert WORDS.closed in await refused(of, "Ada")
    assert asked.SAY not in str(await of.home("Ada", PAGE))
    assert await takeaways(of) == []


async def test_whoever_said_no_and_came_after_all_shares_something_too(world: World):
    of = await room(world, *NAMES[:8])
    await of.come(*NAMES[:6])
    await of.cannot("Gus")
    await world.move_to(OVER)
    line = await below_its_post(of, acts.THERE)
    await walk.press(world, of.users["Gus"], action_id=acts.THERE, channel=of.channel, ts=line["ts"])
    await of.settle()
    assert await share(of, "Gus", "Ask whoever is quiet first") == {}


async def refused(of: Room, name: str) -> str:
    await of.forge(name, asked.SAY, "1")
    words = walk.said(of.form(name))
    await of.world.acts.close(of.users[name], of.form(name)["id"])
    return words


async def test_nothing_and_never_are_answers_and_never_can_be_taken_back(world: World):
    of = await held(world)
    await of.press("Ada", asked.NOTHING)
    assert of.last("Ada")["text"] == WORDS.nothing
    message = of.last("Ben")
    await walk.press(world, of.users["Ben"], action_id=asked.STOP, selected="1", channel=of.dm("Ben"), ts=message["ts"])
    await of.settle()
    assert of.last("Ben")["text"] == asked.STOPPED
    async with of.database.reading() as session:
        gathering = await gatherings.get(session, of.workspace_id, 1)
        assert await store.not_to_be_asked(session, gathering, list(of.ids.values())) == {of.ids["Ben"]}
    assert "I don't ask you after these sessions" in walk.said(await of.home("Ben", PAGE))
    await of.press_home("Ben", asked.AGAIN)
    assert "I don't ask you after these sessions" not in walk.said(await of.home("Ben", PAGE))


async def test_what_somebody_shared_leaves_with_them_and_they_are_asked_nothing_more(world: World):
    of = await held(world)
    await share(of, "Ada", "Ask Ada first")
    await share(of, "Ben", "Ask Ben first")
    await of.deactivate("Ada")
    await world.move(minutes=1)
    assert [(each.state, each.ask_at is None) for each in await takeaways(of)] == [
        ("taken_back", True),
        ("shown", False),
    ]
    assert "Ask Ada first" not in str(gathered(of)) and "Ask Ben first" in str(gathered(of))


async def test_a_host_s_card_begins_with_what_was_shared_and_quotes_nobody_who_was_not_asked(world: World):
    of = await held(world)
    await share(of, "Ada", "Sales would rather hear no on Monday than maybe on Friday")
    await share(of, "Ben", "Write down what you expect before you look at the numbers")
    await share(of, "Cleo", "A line that is taken back later on, before anybody drafts")
    async with of.database.transaction() as session:
        await store.take_back(session, await session.get_one(Takeaway, 3))
    assert not any("What came of" in each for each in of.texts("Lead")), "hosts are asked days later"
    await world.move_to(OVER + timedelta(days=6, minutes=2))
    assert "Two lines were shared, and your draft begins with them" in of.texts("Lead")[-1]
    await of.press("Lead", views.CAME_OF_IT)
    form = {
        each["block_id"]: str(each["element"].get("initial_value", ""))
        for each in of.form("Lead")["blocks"] if "element" in each
    }  # fmt: skip
    assert form["gist"] == "Sales would rather hear no on Monday than maybe on Friday"
    assert form["tips"] == "Write down what you expect before you look at the numbers"
    assert (await of.submit("Lead", {"question": "Meetings"} | {name: form[name] for name in ("gist", "tips")})).ok
    await world.move(minutes=1)
    async with of.database.reading() as session:
        card = (await session.execute(select(Insight))).scalar_one()
        pieces = {each.member_id for each in (await session.execute(select(InsightPiece))).scalars()}
        quotes = {each.member_id: each.state for each in (await session.execute(select(InsightQuote))).scalars()}
    assert (card.state, card.gist) == ("asking", "")
    assert pieces == {of.ids["Ada"], of.ids["Ben"]}
    assert quotes == {of.ids["Ada"]: "asked", of.ids["Ben"]: "asked"}


async def test_two_weeks_later_each_is_asked_once_what_came_of_it_and_the_card_counts_it(world: World, golden: Golden):
    of = await held(world)
    await share(of, "Ada", "Ask one user")
    await share(of, "Ben", "Ask two users")
    await of.home("Lead", PAGE)
    await of.press_home("Lead", views.CAME_OF_IT)
    await world.acts.close(of.users["Lead"], of.form("Lead")["id"])
    await world.move(days=13)
    assert not any("What came of it?" in each for each in of.texts("Ada"))
    await world.move(days=2)
    golden("roundtables/takeaway_follow_up", shown(of.last("Ada")))
    await of.press("Ada", asked.OUTCOMES["yes"])
    assert of.last("Ada")["text"].startswith("It helped.")
    await of.forge("Ada", asked.OUTCOMES["no"], "1")
    await world.move(days=20)
    assert sum("What came of it?" in each for each in of.texts("Ben")) == 1
    async with of.database.reading() as session:
        card = (await session.execute(select(Insight))).scalar_one()
    assert (card.worked, card.tried) == (1, 1)


@pytest.mark.parametrize("many", [45])
async def test_many_stand_twenty_on_a_post(world: World, many: int):
    of = await held(world)
    async with of.database.transaction() as session:
        gathering = await gatherings.get(session, of.workspace_id, 1, lock=True)
        for number in range(many):
            who = await members.meet(session, of.workspace_id, f"UCROWD{number:05}", name=f"Guest {number}")
            who.joined_at = who.seen_at = world.clock()
            said = await store.say(session, gathering, who.id, f"Thing {number}", now=world.clock())
            await messages.gather(session, gathering, said, now=world.clock())
    await world.move(minutes=2)
    assert [len(each["blocks"]) - 1 for each in gathered(of)] == [20, 20, 5]
