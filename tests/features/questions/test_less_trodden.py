"""Paths that are walked less: leaving in the middle, giving back and taking again, asking anew, very long words."""

from datetime import timedelta

from bot.features.questions import store
from bot.features.questions.asking import views as asking_views
from bot.features.questions.routing import step_views
from bot.features.questions.routing import views as routing_views
from bot.features.questions.threads import views
from bot.members import changes
from bot.members import store as members
from tests.features.questions import answering_people as router
from tests.features.questions import asking_people
from tests.features.questions.test_ladder import lead, opened
from tests.features.questions.threads_people import (
    ask,
    asked_root,
    carried_to,
    in_channel,
    joined,
    kept,
    lines_to,
    press,
    put_to,
    said,
    tell,
    texts,
    whole,
    writes,
)
from tests.features.reflections.writing import dm
from tests.members import walk
from tests.world import World

LONG = "A first paragraph of some length, which says what to do. " * 200


async def test_a_reply_sent_to_the_channel_as_well_is_one_answer_and_follows_its_edits(world: World):
    ana, eve = await joined(world, "Ana", "Eve")
    number = await ask(world, ana)
    channel, ts = await in_channel(world, number, eve, ana)
    loud = {
        "subtype": "thread_broadcast", "user": eve, "text": "Say it early.", "ts": "1900000001.1", "thread_ts": ts,
        "root": {"user": world.slack.bot_user_id, "ts": ts, "text": "Somebody asks"}, "team": world.slack.team_id,
    }  # fmt: skip
    about = {"channel": channel, "channel_type": "channel"}
    await tell(world, loud, "Ev1", **about)
    plain = {name: value for name, value in loud.items() if name not in ("subtype", "root")}
    await tell(world, plain, "Ev2", **about)
    assert await texts(world, number) == ["Say it early."]
    edited = loud | {"text": "Say it first.", "edited": {"user": eve, "ts": "1900000002.0"}}
    await tell(
        world, {"subtype": "message_changed", "message": edited, "previous_message": loud}, "Ev3", **about
    )  # fmt: skip
    assert len(carried_to(world, ana, asked_root(world, ana))) == 1
    assert "Say it first." in carried_to(world, ana, asked_root(world, ana))[0]
    gone = {"subtype": "message_deleted", "deleted_ts": loud["ts"], "previous_message": edited}
    await tell(world, gone, "Ev4", **about)
    assert carried_to(world, ana, asked_root(world, ana)) == []


async def test_a_mentor_who_leaves_in_the_middle_hands_on_and_what_they_said_stays(any_world: World):
    world = any_world
    ana, hana = await joined(world, "Ana", "Hana")
    (ben,) = await joined(world, "Ben", offers=("Negotiation",))
    number = await ask(world, ana, skills=("negotiation",))
    root = await put_to(world, number, hana)
    await writes(world, hana, root, "Say it early.")
    async with world.bot.database.transaction() as session:
        member = await members.by_slack_id(session, 1, hana)
        assert member is not None
        await changes.leave(session, member, now=world.clock())
    await world.settle()
    await world.move(minutes=1)
    assert await router.states(world, number, hana, ben) == ["released", "asked"]
    mine = asked_root(world, ana)
    assert "Hana can't go on with it just now, so I am asking somebody else." in lines_to(world, ana, mine)
    assert "Hana handed it on." in whole(mine) and "One answer so far" in whole(mine)
    await writes(world, ana, mine, "And if it is late already?")
    await writes(world, hana, root, "I am gone.")
    assert "late already" not in str(lines_to(world, hana, root))
    await router.press(world, ben, routing_views.TAKE)
    assert carried_to(world, ben, router_message(world, ben, "took it")) == [
        "*Hana* answers | Say it early.",
        "*Ana* adds | And if it is late already?",
    ]
    assert await texts(world, number) == ["Say it early.", "And if it is late already?"]


async def test_given_back_after_some_hours_and_taken_again_the_same_thread_goes_on(world: World):
    ana, hana = await joined(world, "Ana", "Hana")
    number = await ask(world, ana)
    root = await put_to(world, number, hana)
    await world.move(hours=3)
    await press(world, hana, root, routing_views.HAND_ON)
    await writes(world, ana, asked_root(world, ana), "Meanwhile it is urgent.")
    assert carried_to(world, hana, root) == []
    await walk.press(
        world, hana, channel=dm(world, hana), ts=root["ts"], action_id=routing_views.TAKE, value=str(number),
        anyway=True,
    )  # fmt: skip
    await world.settle()
    await world.move(minutes=1)
    assert await router.states(world, number, hana) == ["claimed"]
    assert carried_to(world, hana, root) == ["*Ana* adds | Meanwhile it is urgent."]
    await writes(world, hana, root, "Call them now.")
    assert "Call them now." in carried_to(world, ana, asked_root(world, ana))[-1]
    assert (await said(world, number))[-1].held


async def test_a_lead_posts_it_to_a_channel_that_was_opened_since(world: World):
    ana, lea = await joined(world, "Ana", "Lea")
    await lead(world, lea)
    number = await ask(world, ana)
    await world.move_to(world.clock().replace(hour=9, minute=5))
    await again(world, number)
    channel = await opened(world, "ask-here")
    shown = router_message(world, lea, "Nobody has taken this so far.")
    await walk.press(
        world, lea, channel=dm(world, lea), ts=shown["ts"], action_id=routing_views.POST, value=f"{number}:{channel}",
        anyway=True,
    )  # fmt: skip
    await world.settle()
    await world.move(minutes=1)
    (post,) = [each for each in world.slack.history(channel, viewer=lea) if "asks" in each["text"]]
    assert (await kept(world, number)).channel_ts == post["ts"]
    assert f"It stands in <#{channel}>" in whole(asked_root(world, ana))
    shown = router_message(world, lea, "Nobody has taken this so far.")
    assert f"It stands in <#{channel}>, too." in whole(shown) and "Post it to" not in whole(shown)


def router_message(world: World, user: str, words: str) -> dict[str, object]:
    return [each for each in world.messages_to(user) if words in each["text"]][-1]


async def again(world: World, number: int) -> None:
    """The router looks at it now."""
    async with world.bot.database.transaction() as session:
        (await store.get(session, 1, number, lock=True)).due_at = world.clock()
    await world.settle()
    await world.move(minutes=1)


async def test_asked_again_next_week_whoever_found_no_time_is_asked_first_and_who_passed_is_not(world: World):
    (ana,) = await joined(world, "Ana")
    hana, ben = await joined(world, "Hana", "Ben", offers=("Negotiation",))
    number = await router_ask(world, ana)
    await world.move(hours=2)
    first, other = (hana, ben) if (await router.states(world, number, hana)) == ["asked"] else (ben, hana)
    await router.press(world, first, routing_views.PASS)
    await world.move(days=5)
    assert await router.states(world, number, first, other) == ["passed", "lapsed"]
    line = [each for each in router.thread_of(world, ana, asked_root(world, ana)) if step_views.AGAIN in str(each)][-1]
    await press(world, ana, line, step_views.AGAIN)
    assert "I ask again" in str(lines_to(world, ana, asked_root(world, ana)))
    assert step_views.AGAIN not in str(router.thread_of(world, ana, asked_root(world, ana)))
    await world.move(days=6)
    assert await router.states(world, number, first, other) == ["passed", "over"]
    await world.move(days=1, hours=4)
    assert await router.states(world, number, first, other) == ["passed", "asked"]
    await router.press(world, other, routing_views.TAKE, router_message(world, other, "asks"))
    assert (await kept(world, number)).state == "held"
    await press(world, ana, asked_root(world, ana), asking_views.CLOSE)
    said_then = str(lines_to(world, ana, asked_root(world, ana)))
    assert "I ask again" in said_then  # what was chosen stays
    assert step_views.SECOND not in str(router.thread_of(world, ana, asked_root(world, ana)))


async def router_ask(world: World, user: str) -> int:
    return await asking_people.ask(world, user, skills=("negotiation",))


async def test_a_long_answer_is_read_whole_by_those_it_is_for_alone(world: World):
    ana, hana, eve = await joined(world, "Ana", "Hana", "Eve")
    number, _ = await ask(world, ana), await ask(world, eve)
    root = await put_to(world, number, hana)
    await writes(world, hana, root, LONG + "The end.")
    line = [each for each in router.thread_of(world, ana, asked_root(world, ana)) if views.REST in str(each)][-1]
    assert "The end." not in str(line)
    await press(world, ana, line, views.REST)
    assert walk.said(walk.modal(world, ana)).endswith("The end.")
    (answer,) = await said(world, number)
    theirs = world.last_message_to(eve)
    await walk.press(
        world, eve, channel=dm(world, eve), ts=theirs["ts"], action_id=views.REST, value=str(answer.id), anyway=True
    )
    answer_to_eve = str(world.slack.history(dm(world, eve), viewer=eve))
    assert "That belongs to somebody else" in answer_to_eve and "The end." not in answer_to_eve
    async with world.bot.database.transaction() as session:
        row = await session.get_one(type(answer), answer.id)
        row.state = "hidden"
    await press(world, ana, line, views.REST)
    assert "hidden after a report" in walk.said(walk.modal(world, ana))


async def test_without_any_answer_it_is_closed_after_four_weeks_and_opened_again_it_is_asked_anew(world: World):
    (ana,) = await joined(world, "Ana")
    (hana,) = await joined(world, "Hana", offers=("Negotiation",))
    number = await router_ask(world, ana)
    await world.move(days=29)
    row = await kept(world, number)
    assert (row.state, row.closing, row.outcome_due_at) == ("closed", "quiet", None)
    mine = asked_root(world, ana)
    assert "within four weeks" in whole(mine) and "two weeks" not in whole(mine)
    closed = [each for each in router.thread_of(world, ana, mine) if "Nobody here had an answer" in whole(each)][-1]
    assert "Keep as insight" not in str(router.thread_of(world, ana, mine))
    await press(world, ana, closed, views.REOPEN)
    await world.move(hours=3)
    assert await router.states(world, number, hana) == ["asked"]
    assert asking_views.CLOSE in str(asked_root(world, ana))
    assert (await kept(world, number)).quiet_at > world.clock() + timedelta(days=27)
