"""Somebody asks: by the form, which keeps what is good and says what is not."""

from datetime import timedelta

from sqlalchemy import delete, select

from bot.features.questions import askers
from bot.features.questions.models import AliasMute, Question
from bot.members import changes
from bot.members import store as members
from bot.members.commitments.models import Room
from bot.programs import store as programs
from tests.archive.finding.reading import published
from tests.features.questions.asking_forms import (
    WORDS,
    all_kept,
    ask_by_form,
    card,
    choose,
    hand_in,
    open_form,
    settle,
    typed,
)
from tests.features.questions.asking_people import ask, joined, kept, member_of
from tests.members import walk
from tests.programs.conftest import program as program_row
from tests.world import World

CROWD = tuple(f"Crowd{number}" for number in range(10))  # so many that an alias can hide among them


async def test_a_question_handed_in_stands_in_its_askers_messages(any_world: World):
    (ana,) = await joined(any_world, "Ana")
    form = await open_form(any_world, ana, f"How do I say no to <@{ana}> & stay kind?")
    assert form["blocks"][0]["element"]["initial_value"] == "How do I say no to @Ana & stay kind?"
    given = {"context": "A big client.", "skills": ["Negotiating"], "kind": "review:document", "pace": "week"}
    reply = await hand_in(any_world, ana, **given)
    assert reply.ok and reply.request is not None
    assert "on its way" in walk.said(walk.modal(any_world, ana))
    await any_world.acts.resend(reply.request)
    (question,) = await all_kept(any_world)
    assert (question.kind, question.checklist, question.pace) == ("review", "document", "week")
    assert (question.audience, question.alias) == ("everyone", "")
    assert "How do I say no to @Ana &amp; stay kind?" in walk.said(card(any_world, ana))
    assert "about Negotiating" in walk.said(card(any_world, ana))


async def test_the_form_opens_from_the_shortcut_and_from_the_home_tab(world: World):
    (ana,) = await joined(world, "Ana")
    assert world.side is not None
    assert (await world.acts.shortcut(ana, "questions.ask")).ok
    await world.side.quiet()
    await world.acts.close(ana, walk.modal(world, ana)["id"])
    home = await walk.open_home(world, ana)
    assert "What could a colleague tell you in ten minutes" in walk.said(home)
    await walk.press(world, ana, action_id="questions.ask", block_id="questions_invitation")
    assert walk.modal(world, ana)["title"]["text"] == "Ask mentors"


async def test_whoever_is_not_in_is_told_how_to_be(world: World):
    ben = world.person("Ben")
    reply = await world.acts.command(ben, await world.acts.open_messages(ben), "ask How?")
    assert reply.ok
    await settle(world)
    assert world.slack.modals(ben) == []
    assert "press Join" in world.last_message_to(ben)["text"]


async def test_what_is_wrong_is_said_under_its_field_and_nothing_is_kept(world: World):
    ana, ben = await joined(world, "Ana", "Ben")
    world.person("Cleo")
    await open_form(world, ana)
    assert "one sentence is enough" in (await hand_in(world, ana, question=" \n ")).errors["question"]
    long = await hand_in(world, ana, question="x" * 501, context="y" * 2001, anyway=True)
    assert "501 characters" in long.errors["question"]
    assert "2,001 characters" in long.errors["context"]
    assert (
        "40 is the most" in (await hand_in(world, ana, question=WORDS, context="", skills=["s" * 41])).errors["skills"]
    )
    usual = {"kind": "question", "pace": "days", "audience": "everyone"}
    for field, forged in (("kind", "order"), ("kind", "review:soup"), ("pace", "now"), ("audience", "program:1")):
        option = {"selected_option": walk.option(forged)}
        reply = await hand_in(world, ana, question=WORDS, skills=[], **(usual | {field: option}))
        assert list(reply.errors) == [field]
    await choose(world, ana, "mentor", question=WORDS)
    assert "Choose the person" in (await hand_in(world, ana, anyway=True)).errors["person"]
    assert "That is you" in (await hand_in(world, ana, person=ana)).errors["person"]
    assert "is not in Perennial" in (await hand_in(world, ana, person=world.users["Cleo"])).errors["person"]
    async with world.bot.database.transaction() as session:
        row = await member_of(world, ben)
        session.add(Room(member_id=row.id, workspace_id=row.workspace_id, cap=0))
    assert "takes on nothing new" in (await hand_in(world, ana, person=ben)).errors["person"]
    async with world.bot.database.transaction() as session:
        await session.execute(delete(Room))
        found = await members.by_id(session, row.workspace_id, row.id, lock=True)
        assert found is not None
        await changes.leave(session, found, now=world.clock())
    assert "Ben is not in Perennial" in (await hand_in(world, ana, person=ben)).errors["person"]
    assert await all_kept(world) == []


async def test_one_mentor_is_asked_by_name_and_reads_it_in_their_own_messages(world: World):
    ana, ben = await joined(world, "Ana", "Ben")
    await open_form(world, ana)
    await choose(world, ana, "mentor", question=WORDS)
    assert "I carry it between you two" in str(walk.modal(world, ana))
    assert (await hand_in(world, ana, person=ben)).ok
    await world.move(hours=2)
    (question,) = await all_kept(world)
    assert question.audience == f"mentor:{(await member_of(world, ben)).id}"
    assert WORDS in walk.said(world.last_message_to(ben))


async def test_an_alias_stays_one_for_a_question_and_shows_on_its_card(world: World):
    ana, *_ = await joined(world, "Ana", *CROWD)
    reply = await ask_by_form(world, ana, name="alias")
    assert reply.ok
    (question,) = await all_kept(world)
    assert question.alias and question.asker_id is None
    assert f"You asked as {question.alias}" in walk.said(card(world, ana))
    asked = await kept(world, question.id)
    assert asked.alias == question.alias


async def test_under_an_alias_three_are_open_and_a_closed_one_makes_room(world: World):
    ana, *_ = await joined(world, "Ana", *CROWD)
    numbers = [await ask(world, ana, alias=f"Calm Oak {number}") for number in range(3)]
    await open_form(world, ana)
    reply = await hand_in(world, ana, question=WORDS, name="alias")
    assert "Close one first" in reply.errors["name"]
    async with world.bot.database.transaction() as session:
        row = await session.get_one(Question, numbers[0])
        row.state = "closed"
    assert (await hand_in(world, ana, question=WORDS, name="alias")).ok


async def test_whoever_is_muted_asks_under_their_own_name_and_is_told_until_when(world: World):
    ana, *_ = await joined(world, "Ana", *CROWD)
    row = await member_of(world, ana)
    form = await open_form(world, ana)
    async with world.bot.database.transaction() as session:
        mark = askers.hash_of(session, row.workspace_id, row.id, under_alias=True)
        until = world.clock() + timedelta(days=30)
        session.add(AliasMute(workspace_id=row.workspace_id, asker_hash=mark, asker_sealed=b"x", until=until))
    said = "You ask under your own name until Wednesday 1 April."
    reply = await hand_in(world, ana, question=WORDS, name="alias")  # the form is older than that
    assert said in reply.errors["name"]
    await world.acts.close(ana, form["id"])
    form = await open_form(world, ana)
    assert said in walk.said(form)
    assert "name" not in [block.get("block_id") for block in form["blocks"]]
    assert (await hand_in(world, ana, question=WORDS)).ok
    assert [each.alias for each in await all_kept(world)] == [""]


async def test_among_too_few_an_alias_goes_out_only_once_that_was_read(world: World):
    ana, ben, *_ = await joined(world, "Ana", "Ben", *CROWD)
    async with world.bot.database.transaction() as session:
        workspace_id = (await member_of(world, ana)).workspace_id
        program = await program_row(session, workspace_id, name="Coffee", kind="introductions")
        for user in (ana, ben):
            await programs.enrol(session, program, (await member_of(world, user)).id, "joined", world.clock())
    await open_form(world, ana)
    assert "Everybody in Coffee" in walk.said(walk.modal(world, ana))
    group = f"program:{program.id}"
    assert (await hand_in(world, ana, question=WORDS, audience=group, name="alias")).ok
    assert "An alias cannot hide you there" in walk.said(walk.modal(world, ana))
    assert await all_kept(world) == []
    assert (await hand_in(world, ana)).ok
    (question,) = await all_kept(world)
    assert (question.audience, bool(question.alias)) == (group, True)
    await open_form(world, ben)
    await choose(world, ben, group, question=WORDS, name="alias")
    assert "An alias cannot hide you there" in walk.said(walk.modal(world, ben))


async def test_words_of_distress_are_met_with_help_first_and_go_out_only_if_still_wished(world: World):
    (ana,) = await joined(world, "Ana")
    await open_form(world, ana)
    before = len(world.messages_to(ana))
    assert (await hand_in(world, ana, question="How do I go on? I want to die.", pace="today")).ok
    form = walk.modal(world, ana)
    assert "You don't have to carry this alone" in walk.said(form)
    assert (form["submit"]["text"], form["close"]["text"]) == ("Send it", "Not now")
    assert await all_kept(world) == []
    assert len(world.messages_to(ana)) == before
    assert (await hand_in(world, ana)).ok
    (question,) = await all_kept(world)
    assert question.pace == "today"


async def test_looking_first_says_how_long_people_wait_and_keeps_what_was_typed(world: World):
    (ana,) = await joined(world, "Ana")
    for _ in range(5):
        await ask(world, ana)
    async with world.bot.database.transaction() as session:
        for row in (await session.execute(select(Question))).scalars():
            row.first_answer_at = row.asked_at + timedelta(hours=4)
    form = await open_form(world, ana)
    assert "usually four hours" in str(form)
    state = typed(world, ana, question=WORDS, context="Typed before.")
    pressed = await walk.press(world, ana, view_id=form["id"], action_id="questions.look", state=state)
    assert pressed.request is not None
    await world.acts.resend(pressed.request)  # of a form that is drawn anew already: Slack refuses, and nothing is lost
    shown = walk.said(walk.modal(world, ana))
    assert "The archive holds no answer to this yet" in shown
    assert "People usually wait about four hours for this." in shown
    assert (await hand_in(world, ana)).ok
    assert len(await all_kept(world)) == 6


async def test_a_card_of_the_archive_that_answers_it_opens_over_the_form(world: World):
    (ana,) = await joined(world, "Ana")
    await published(world, "How do I say no to a client without losing them?", "How do I bake bread?")
    form = await open_form(world, ana)
    await walk.press(
        world, ana, view_id=form["id"], action_id="questions.look", state=typed(world, ana, question=WORDS)
    )
    shown = walk.said(walk.modal(world, ana))
    assert "without losing them" in shown and "bread" not in shown
    await walk.press(world, ana, view_id=form["id"], action_id="archive.read")
    assert len(world.slack.modals(ana)) == 2
    assert "without losing them" in walk.said(walk.modal(world, ana))
    await world.acts.close(ana, walk.modal(world, ana)["id"])
    assert (await hand_in(world, ana)).ok
