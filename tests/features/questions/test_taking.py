"""Taking a question: one holder however many press at once, nobody over what they take on, a thread for whoever took it."""

import asyncio

from sqlalchemy import func, select

from bot.features.questions import store
from bot.features.questions.routing import holding, taken_views, views
from bot.features.questions.routing.errors import TakenAlready
from bot.members import store as members
from bot.members.commitments.errors import NoRoom
from bot.members.commitments.models import Commitment, Room
from tests.features.questions.answering_people import asked_rows, kept, press, said_to_asker, states
from tests.features.questions.asking_people import ask, joined, member_of
from tests.features.reflections.writing import go, press_home
from tests.members import walk
from tests.world import World

MANY = 50


async def take(world: World, workspace_id: int, number: int, user: str) -> str:
    """Somebody presses [I'll take it], past Slack: what came of it."""
    try:
        async with world.bot.database.transaction() as session:
            member = await members.by_slack_id(session, workspace_id, user)
            assert member is not None
            await holding.lock(session, member)
            question = await store.get(session, workspace_id, number, lock=True)
            await holding.take(session, question, member, now=world.clock())
    except TakenAlready:
        return "late"
    except NoRoom:
        return "full"
    return "taken"


async def test_fifty_who_press_at_once_are_one_holder(any_world: World):
    users = await joined(any_world, "Ana", *(f"Person {number}" for number in range(MANY)))
    workspace_id = (await member_of(any_world, users[0])).workspace_id
    number = await ask(any_world, users[0])
    said = await asyncio.gather(*(take(any_world, workspace_id, number, user) for user in users[1:]))
    assert sorted(said) == ["late"] * (MANY - 1) + ["taken"]
    async with any_world.bot.database.reading() as session:
        assert (await session.execute(select(func.count()).select_from(Commitment))).scalar_one() == 1
    assert [each.state for each in await asked_rows(any_world, number)].count("claimed") == 1


async def test_nobody_takes_more_at_once_than_they_said(any_world: World):
    ana, hana = await joined(any_world, "Ana", "Hana")
    member = await member_of(any_world, hana)
    async with any_world.bot.database.transaction() as session:
        session.add(Room(member_id=member.id, workspace_id=member.workspace_id, cap=2))
    numbers = [await ask(any_world, ana, f"Question {number}?") for number in range(5)]
    said = await asyncio.gather(*(take(any_world, member.workspace_id, number, hana) for number in numbers))
    assert sorted(said) == ["full", "full", "full", "taken", "taken"]


async def test_from_the_home_tab_it_is_taken_and_gets_a_thread_and_who_is_late_sees_what_waits(world: World):
    ana, cleo = await joined(world, "Ana", "Cleo")
    number = await ask(world, ana, alias="Quiet Heron")
    other = await ask(world, cleo, "Who decides?")
    hana, ben = await joined(world, "Hana", "Ben", offers=("Cooking",))
    shown = await go(world, hana, taken_views.PAGE)
    assert "Quiet Heron asks" in shown and "Who decides?" in shown and "Ana" not in shown
    await press_home(world, hana, views.TAKE, value=str(number))
    assert "Who decides?" in walk.said(walk.look(world, hana))
    await world.move(minutes=1)
    assert world.last_message_to(hana)["text"].startswith("You took it. Quiet Heron asks")
    (row,) = [each for each in await asked_rows(world, number) if each.state == "claimed"]
    assert row.ts == world.last_message_to(hana)["ts"]
    await go(world, ben, taken_views.PAGE)
    await walk.press(world, ben, action_id=views.TAKE, value=str(number), anyway=True)
    assert "Hana took it a moment ago" in walk.said(walk.modal(world, ben))
    assert (await kept(world, other)).state == "open"


async def test_handed_on_within_the_hour_it_never_weighed_and_later_its_credit_stays(world: World):
    (ana,) = await joined(world, "Ana")
    (hana,) = await joined(world, "Hana", offers=("Negotiation",))
    for late in (False, True):
        number = await ask(world, ana, skills=("negotiation",))
        await world.move(days=1)
        await press(world, hana, views.TAKE)
        await world.move(hours=3 if late else 0)
        await press(world, hana, views.HAND_ON)
        assert await states(world, number, hana) == ["released"]
        async with world.bot.database.reading() as session:
            weighing = list((await session.execute(select(Commitment))).scalars())
        assert len(weighing) == late and all(each.ended_at for each in weighing)


async def test_a_second_opinion_has_a_thread_of_its_own_and_inherits_what_the_first_hands_on(world: World):
    (ana,) = await joined(world, "Ana")
    hana, ben = await joined(world, "Hana", "Ben", offers=("Negotiation",))
    number = await ask(world, ana, skills=("negotiation",))
    await world.move(hours=2)
    first, other = (hana, ben) if (await states(world, number, hana)) == ["asked"] else (ben, hana)
    await press(world, first, views.TAKE)
    await press(world, first, views.SECOND)
    asked = world.last_message_to(other)
    assert "a second opinion is wished for" in str(asked["blocks"])
    await press(world, other, views.TAKE)
    assert await states(world, number, first, other) == ["claimed", "claimed"]
    (mine,) = [each for each in world.messages_to(first) if each["text"].startswith("You took it")]
    await press(world, first, views.HAND_ON, mine)
    assert (await kept(world, number)).state == "held"
    assert [each.role for each in await asked_rows(world, number) if each.state == "claimed"] == ["mentor"]
    assert said_to_asker(world, ana)


async def test_a_question_to_a_channel_stands_there_at_once_and_says_who_took_it(world: World):
    lea, ana, hana = await joined(world, "Lea", "Ana", "Hana")
    channel = world.slack.add_channel("design", creator=lea)
    world.slack.join(world.slack.bot_user_id, channel)
    world.slack.join(hana, channel)
    number = await ask(world, ana, audience=f"channel:{channel}")
    await world.move(minutes=1)
    post = world.slack.history(channel, viewer=lea)[-1]
    assert post["text"] == "Ana asks: How do I say no to a client?"
    await walk.press(world, hana, channel=channel, ts=post["ts"], action_id=views.TAKE)
    await world.move(minutes=1)
    assert await states(world, number, hana) == ["claimed"]
    assert "Hana took it" in str(world.slack.history(channel, viewer=lea)[-1]["blocks"])
    assert world.last_message_to(hana)["text"].startswith("You took it.")
