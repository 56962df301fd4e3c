"""Who is asked, in which order, until somebody answers or a lead knows."""

import asyncio
from datetime import timedelta

from bot.features.questions import store
from bot.features.questions.routing import jobs, places, step_views, views
from bot.features.questions.routing.leading import views as leading
from bot.members import changes
from bot.members import store as members
from tests.features.questions.answering_people import asked_rows, kept, press, said_to_asker, states
from tests.features.questions.asking_people import ask, joined, member_of, thread_of
from tests.members import walk
from tests.world import World


async def opened(world: World, name: str = "ask-mentors") -> str:
    """A channel the bot is in, open for questions."""
    channel = world.slack.add_channel(name, creator=next(iter(world.users.values())))
    world.slack.join(world.slack.bot_user_id, channel)
    async with world.bot.database.transaction() as session:
        lead = next(iter(world.users.values()))
        await places.add(session, (await member_of(world, lead)).workspace_id, channel, name)
    return channel


async def lead(world: World, user: str) -> None:
    """Somebody leads from now on."""
    async with world.bot.database.transaction() as session:
        row = await members.by_slack_id(session, (await member_of(world, user)).workspace_id, user)
        assert row is not None
        row.is_lead = True


async def test_a_question_finds_who_knows_and_its_asker_reads_who_took_it(world: World):
    ana, _ = await joined(world, "Ana", "Cleo")
    (hana,) = await joined(world, "Hana", offers=("Negotiation",))
    number = await ask(world, ana, skills=("negotiation",))
    await world.move(hours=2)
    asked = world.last_message_to(hana)
    assert asked["text"] == "Ana asks: How do I say no to a client?"
    assert "you offer Negotiation" in str(asked["blocks"])
    assert (await press(world, hana, views.TAKE)).ok
    assert "You took it" in world.last_message_to(hana)["text"]
    assert (await kept(world, number)).state == "held"
    assert said_to_asker(world, ana) == ["I asked Hana.", "Hana took your question."]
    assert await states(world, number, hana) == ["claimed"]


async def test_in_silence_a_question_climbs_to_the_lead_and_then_says_so(any_world: World):
    ana, lea = await joined(any_world, "Ana", "Lea")
    await lead(any_world, lea)
    knowing = await joined(any_world, "Hana", "Ben", "Mina", "Omar", offers=("Negotiation",))
    channel = await opened(any_world)
    number = await ask(any_world, ana, skills=("negotiation",))
    await any_world.move(days=1, hours=2)
    assert sorted(str(each) for each in await states(any_world, number, *knowing)) == [
        "None",
        "asked",
        "asked",
        "lapsed",
    ]
    await any_world.move(days=1)
    post = any_world.slack.history(channel, viewer=lea)[-1]
    assert post["text"] == "Ana asks: How do I say no to a client?"
    assert (await kept(any_world, number)).channel_ts == post["ts"]
    await any_world.move(days=1)
    told = any_world.last_message_to(lea)
    assert told["text"].startswith("Nobody has taken this so far.")
    assert await states(any_world, number, lea) == ["asked"]
    await any_world.move(days=4)
    row_now = await kept(any_world, number)
    assert (row_now.step, row_now.due_at, row_now.state) == (4, None, "open")
    said = said_to_asker(any_world, ana)
    assert said[0].startswith("I asked ") and " and " in said[1]
    assert said[2:] == [
        "Your question stands in a channel now.",
        "A lead knows of your question.",
        "I found nobody for your question.",
    ]


async def test_a_job_that_runs_twice_at_once_asks_nobody_twice(any_world: World):
    (ana,) = await joined(any_world, "Ana")
    await joined(any_world, "Hana", "Ben", offers=("Negotiation",))
    number = await ask(any_world, ana, skills=("negotiation",))
    async with any_world.bot.database.transaction() as session:
        question = await store.get(session, (await member_of(any_world, ana)).workspace_id, number, lock=True)
        question.due_at = any_world.clock()
        for row in await store.asked_for(session, question):
            row.due_at = any_world.clock()
    await asyncio.gather(*(jobs.route(any_world.bot.tools) for _ in range(3)))
    rows = await asked_rows(any_world, number)
    assert [each.state for each in rows] == ["lapsed", "asked"]
    assert len({each.member_id for each in rows}) == 2


async def test_everybody_passing_early_is_the_next_step_at_once_and_a_pass_can_be_undone(world: World):
    (ana,) = await joined(world, "Ana")
    hana, ben = await joined(world, "Hana", "Ben", offers=("Negotiation",))
    number = await ask(world, ana, skills=("negotiation",))
    await world.move(hours=2)
    first, other = (hana, ben) if (await states(world, number, hana)) == ["asked"] else (ben, hana)
    await press(world, first, views.PASS)
    assert await states(world, number, first, other) == ["passed", "asked"]
    assert world.last_message_to(first)["text"] == "You passed, and I go on asking."
    await press(world, first, views.WHY["time"])
    assert (await asked_rows(world, number))[0].pass_reason == "time"
    await press(world, first, views.UNPASS)
    await press(world, first, views.TAKE)
    assert await states(world, number, first, other) == ["claimed", "over"]
    assert "took it" in str(world.last_message_to(other)["blocks"])


async def test_not_now_is_asked_once_more_on_their_next_morning(world: World):
    (ana,) = await joined(world, "Ana")
    (hana,) = await joined(world, "Hana", offers=("Negotiation",))
    number = await ask(world, ana, skills=("negotiation",))
    await world.move(hours=2)
    await press(world, hana, views.NOT_NOW)
    assert "once more" in str(world.last_message_to(hana)["blocks"])
    await world.move(days=1)
    assert await states(world, number, hana) == ["asked"]
    assert "I asked Hana once more." in said_to_asker(world, ana)
    (asked,) = [each for each in world.messages_to(hana) if each["text"].startswith("Ana asks")]
    assert [each["text"] for each in thread_of(world, hana, asked)] == [
        "Once more: Ana asks: How do I say no to a client?"
    ]
    await press(world, hana, views.NOT_NOW, asked)
    assert (await kept(world, number)).step == 4
    assert said_to_asker(world, ana)[-1] == "I found nobody for your question."


async def test_a_question_to_one_mentor_is_put_to_nobody_else_until_its_asker_says_so(world: World):
    (ana,) = await joined(world, "Ana")
    hana, ben = await joined(world, "Hana", "Ben", offers=("Negotiation",))
    number = await ask(world, ana, audience=f"mentor:{(await member_of(world, hana)).id}", skills=("negotiation",))
    await world.move(days=2)
    assert await states(world, number, hana, ben) == ["lapsed", None]
    (root,) = [each for each in world.messages_to(ana) if each["text"].startswith("You asked")]
    choices = thread_of(world, ana, root)[-1]
    assert choices["text"] == "No answer from Hana so far."
    await press(world, ana, step_views.WAIT, choices)
    assert await states(world, number, hana) == ["asked"]
    await world.move(days=3)
    choices = thread_of(world, ana, root)[-1]
    await press(world, ana, step_views.OTHERS, choices)
    assert thread_of(world, ana, root)[-2]["text"] == "I ask others, too."
    assert await states(world, number, hana, ben) == ["lapsed", "asked"]


async def test_under_an_alias_a_longer_wait_does_not_tell_the_minute_it_was_chosen_in(world: World):
    (ana,) = await joined(world, "Ana")
    (hana,) = await joined(world, "Hana", offers=("Negotiation",))
    only_her = f"mentor:{(await member_of(world, hana)).id}"
    number = await ask(world, ana, alias="Quiet Heron", audience=only_her, skills=("negotiation",))
    await world.move(days=2, minutes=17)
    (root,) = [each for each in world.messages_to(ana) if each["text"].startswith("You asked")]
    await press(world, ana, step_views.WAIT, thread_of(world, ana, root)[-1])
    (row,) = await asked_rows(world, number)
    assert row.due_at is not None and row.due_at.minute == 0
    assert (await kept(world, number)).due_at == row.due_at > world.clock() + timedelta(days=1, hours=23)


async def test_a_lead_can_name_somebody_and_never_learns_why_they_were_not_asked(world: World):
    lea, ana, hana = await joined(world, "Lea", "Ana", "Hana")
    await lead(world, lea)
    number = await ask(world, ana, alias="Quiet Heron")
    await world.move(hours=2)
    shown = world.last_message_to(lea)
    assert "Ana" not in str(shown)
    answers = []
    for person in (ana, hana):
        await press(world, lea, views.NAME, shown)
        view = walk.modal(world, lea)
        reply = await world.acts.submit(lea, view["id"], {leading.WHO: {leading.PICK_PERSON: person}})
        assert reply.ok and not reply.errors
        answers.append(walk.said(walk.modal(world, lea)))
        await world.acts.close(lea, view["id"], all_views=True)
    assert answers[0] == answers[1]
    await world.move(minutes=2)
    assert await states(world, number, ana, hana) == [None, "asked"]


async def test_whoever_leaves_or_pauses_hands_on_what_waits_and_what_they_hold(world: World):
    (ana,) = await joined(world, "Ana")
    hana, ben = await joined(world, "Hana", "Ben", offers=("Negotiation",))
    number = await ask(world, ana, skills=("negotiation",))
    await world.move(hours=2)
    first, other = (hana, ben) if (await states(world, number, hana)) == ["asked"] else (ben, hana)
    async with world.bot.database.transaction() as session:
        row = await members.by_slack_id(session, (await member_of(world, first)).workspace_id, first)
        assert row is not None
        await changes.leave(session, row, now=world.clock())
    await world.move(minutes=2)
    assert await states(world, number, first, other) == ["released", "asked"]
    await press(world, other, views.TAKE)
    async with world.bot.database.transaction() as session:
        row = await members.by_slack_id(session, (await member_of(world, other)).workspace_id, other)
        assert row is not None
        today = world.clock().date()
        await changes.rest(session, row, today.replace(day=today.day + 2), now=world.clock())
        assert (await store.get(session, row.workspace_id, number)).state == "held"
        await changes.rest(session, row, today.replace(day=today.day + 20), now=world.clock())
    await world.move(minutes=2)
    assert await states(world, number, other) == ["released"]
    assert any("somebody else" in each for each in said_to_asker(world, ana))


async def test_a_silent_holder_is_asked_once_and_then_it_goes_on(world: World):
    (ana,) = await joined(world, "Ana")
    hana, ben = await joined(world, "Hana", "Ben", offers=("Negotiation",))
    number = await ask(world, ana, skills=("negotiation",))
    await world.move(hours=2)
    holder = hana if (await states(world, number, hana)) == ["asked"] else ben
    await press(world, holder, views.TAKE)
    await world.move(days=2, hours=1)
    (root,) = [each for each in world.messages_to(holder) if "took it" in each["text"]]
    (still,) = thread_of(world, holder, root)
    assert still["text"] == "Are you still on the question from Ana?"
    await press(world, holder, views.STILL, still)
    await world.move(days=3)
    assert await states(world, number, holder) == ["claimed"]
    await world.move(days=3)
    assert await states(world, number, holder) == ["released"]
    assert (await kept(world, number)).state == "open"


async def test_a_channel_that_is_gone_is_no_place_to_wait_and_leads_post_to_another(world: World):
    lea, ana = await joined(world, "Lea", "Ana")
    await lead(world, lea)
    channel = await opened(world)
    number = await ask(world, ana)
    await world.move(hours=1, minutes=30)
    assert said_to_asker(world, ana) == ["Your question stands in a channel now."]
    world.slack.leave(world.slack.bot_user_id, channel)
    await world.settle()
    other = await opened(world, "second-try")
    await world.move(minutes=2)
    shown = world.last_message_to(lea)
    assert shown["text"].startswith("Nobody has taken this so far.")
    assert (await kept(world, number)).channel is None
    await world.move(days=2)
    assert said_to_asker(world, ana)[1:] == ["A lead knows of your question.", "I found nobody for your question."]
    assert [each["text"] for each in world.slack.history(other, viewer=lea) if "asks" in each["text"]] == []


async def test_no_more_for_now_hands_on_what_waits_at_once(world: World):
    (ana,) = await joined(world, "Ana")
    hana, ben = await joined(world, "Hana", "Ben", offers=("Negotiation",))
    number = await ask(world, ana, skills=("negotiation",))
    await world.move(hours=2)
    first, other = (hana, ben) if (await states(world, number, hana)) == ["asked"] else (ben, hana)
    await press(world, first, "commitments.no_more")
    assert await states(world, number, first, other) == ["released", "asked"]


async def test_what_is_taken_back_is_gone_from_those_as_well_whose_time_had_passed(world: World):
    (ana,) = await joined(world, "Ana")
    (hana,) = await joined(world, "Hana", offers=("Negotiation",))
    number = await ask(world, ana, skills=("negotiation",))
    await world.move(days=1, hours=2)
    assert await states(world, number, hana) == ["lapsed"]
    assert views.TAKE in str(world.last_message_to(hana))
    (root,) = [each for each in world.messages_to(ana) if each["text"].startswith("You asked")]
    await press(world, ana, "questions.withdraw", root)
    assert "say no to a client" not in str(world.last_message_to(hana))
    assert views.TAKE not in str(world.last_message_to(hana))
    await press(world, ana, "questions.reopen", root)
    assert views.TAKE in str(world.last_message_to(hana))
