"""The monthly page of thanks: chosen by a lead, read on the first working morning, of what both sides like to share."""

from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import select

from bot.features.recognition.models import ThanksPlace
from bot.members.recognising import reached
from bot.programs import store as programs
from tests.features.goals.people import People, found
from tests.features.recognition.thanking import kept, texts, thank
from tests.members import walk
from tests.world import World

IN_APRIL = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)  # a Wednesday; 10:00 in Lisbon


async def with_place(world: World, *names: str, channel: str = "thanks") -> tuple[People, str]:
    """A lead has chosen a channel, by the form under Settings."""
    people = await found(world, *(names or ("Ada", "Ben", "Cleo")))
    place = world.slack.add_channel(channel, creator=people.users["Lead"])
    await world.move(hours=2)
    await people.home("Lead", "settings")
    await people.press_home("Lead", "recognition.place")
    reply = await people.submit("Lead", {"channel": place})
    assert reply.ok, reply.errors or reply.problems
    return people, place


def read_in(people: People, channel: str) -> list[dict[str, Any]]:
    """What the bot posted there, oldest first."""
    history = people.world.slack.history(channel, viewer=people.users["Lead"])
    return sorted((each for each in history if each.get("blocks")), key=lambda each: float(each["ts"]))


async def shared(people: People, giver: str, receiver: str, words: str) -> int:
    """Said, and shared by both."""
    row = await thank(people, giver, receiver, words=words, share=True)
    await people.press(receiver, "recognition.share")
    return row.id


async def test_what_both_share_is_read_once_with_names_and_without_counts(any_world: World):
    people, channel = await with_place(any_world)
    await shared(people, "Ada", "Ben", "The <!channel> page")
    await thank(people, "Ben", "Cleo", words="Only offered", share=True)
    await thank(people, "Cleo", "Ada", words="Never offered")
    assert read_in(people, channel) == []
    await any_world.move_to(IN_APRIL)
    (page,) = read_in(people, channel)
    assert page["text"] == "Thanks in March: what people here like to share"
    assert "*Ada* thanks *Ben*:\n> The &lt;!channel&gt; page" in texts(page)
    assert "Only offered" not in texts(page)
    assert "Never offered" not in texts(page)
    await any_world.move(weeks=5)
    assert len(read_in(people, channel)) == 1, "in April nothing was shared, so nothing is read in May"


async def test_taken_out_before_the_morning_it_never_stands_there(world: World):
    people, channel = await with_place(world)
    await shared(people, "Ada", "Ben", "Changed my mind")
    await people.press("Ben", "recognition.unshare")
    await world.move_to(IN_APRIL)
    assert read_in(people, channel) == []


async def test_taken_out_afterwards_the_page_follows(world: World):
    people, channel = await with_place(world)
    first = await shared(people, "Ada", "Ben", "Goes away")
    await shared(people, "Cleo", "Ben", "Stays there")
    await world.move_to(IN_APRIL)
    await people.home("Ada", "recognition:given")
    await people.press_home("Ada", "recognition.take_back", str(first))
    (page,) = read_in(people, channel)
    assert "Goes away" not in texts(page)
    assert "Stays there" in texts(page)
    await _keep_the_last_private(people)
    assert "private again" in texts(read_in(people, channel)[0])


async def _keep_the_last_private(people: People) -> None:
    last = (await kept(people))[-1]
    await people.home("Ben", "recognition")
    await people.press_home("Ben", "recognition.unshare", str(last.id))


async def test_who_left_meanwhile_is_not_named(world: World):
    people, channel = await with_place(world)
    await shared(people, "Ada", "Ben", "From one who leaves")
    await shared(people, "Cleo", "Ben", "From one who stays")
    await people.leave("Ada")
    await world.move_to(IN_APRIL)
    (page,) = read_in(people, channel)
    assert "Ada" not in texts(page)
    await people.leave("Cleo")
    await people.settle()
    assert "Cleo" not in texts(read_in(people, channel)[0])


async def test_milestones_stand_there_only_for_those_who_like_it_aloud(world: World):
    people, channel = await with_place(world)
    for name, volume in (("Ada", "share"), ("Ben", "note"), ("Cleo", "page")):
        await people.home(name, "settings")
        await people.press_home(name, "recognition.liking")
        assert (await people.submit(name, {"volume": volume})).ok
    async with people.database.transaction() as session:
        for name in ("Ada", "Ben", "Cleo"):
            await reached(session, people.workspace_id, people.ids[name], "goal_done", 0, world.clock())
    await world.move_to(IN_APRIL)
    assert read_in(people, channel) == [], "what no longer holds is not told: none of them has such a goal"
    for name in ("Ada", "Ben", "Cleo"):
        await _reach_a_goal(people, name)
    await world.move_to(datetime(2026, 5, 4, 9, 0, tzinfo=UTC))
    (page,) = read_in(people, channel)
    assert "Ada has reached a goal." in texts(page)
    assert "Ben" not in texts(page)
    assert "Cleo" not in texts(page)


async def _reach_a_goal(people: People, name: str) -> None:
    goal = await people.set_goal(name)
    await people.home(name, f"goals:{goal.id}")
    await people.press_home(name, "goals.done")
    assert (await people.submit(name, {})).ok


async def test_a_holiday_moves_the_morning(world: World):
    people, channel = await with_place(world)
    async with people.database.transaction() as session:
        await programs.add_holiday(session, people.workspace_id, date(2026, 5, 1), "Labour Day")
    await world.move_to(IN_APRIL)
    async with people.database.reading() as session:
        (place,) = (await session.execute(select(ThanksPlace))).scalars()
    assert place.due_at == datetime(2026, 5, 4, 8, 30, tzinfo=UTC)
    assert (place.channel, place.tz) == (channel, "Europe/Lisbon")


async def test_only_a_lead_chooses_and_a_channel_that_will_not_do_is_refused(world: World):
    people = await found(world)
    await people.forge("Ada", "recognition.place", "")
    assert people.world.slack.modals(people.users["Ada"])[-1]["callback_id"] != "recognition.place_form"
    secret = world.slack.add_channel("secret", creator=people.users["Lead"], is_private=True)
    await people.home("Lead", "settings")
    await people.press_home("Lead", "recognition.place")
    assert "invite me there first" in (await people.submit("Lead", {"channel": secret})).errors["channel"]


async def test_when_the_channel_goes_away_leads_see_it_and_nothing_is_read(world: World):
    people, channel = await with_place(world)
    await shared(people, "Ada", "Ben", "Words")
    world.slack.archive(channel)
    await people.settle()
    await world.move_to(IN_APRIL)
    assert read_in(people, channel) == []
    assert "is archived, so I post nothing there" in walk.said(await people.home("Lead", "settings"))


async def test_leads_read_a_count_only_where_it_points_at_nobody(world: World):
    names = ["Ada", "Ben", "Cleo", "Dan", "Eva"]
    people, _ = await with_place(world, *names)
    for giver, receiver in pairwise(names):
        await thank(people, giver, receiver)
    await world.move_to(IN_APRIL)
    assert "said thanks in" not in walk.said(await people.home("Lead", "settings"))
    for giver, receiver in zip(names, [*names[1:], "Ada"], strict=True):
        await thank(people, giver, receiver, words="Once more")
    await world.move_to(datetime(2026, 5, 4, 9, 0, tzinfo=UTC))
    assert "5 people said thanks in April." in walk.said(await people.home("Lead", "settings"))
    assert "said thanks in" not in walk.said(await people.home("Ada", "settings"))
