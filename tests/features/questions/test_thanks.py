"""What whoever asked does with an answer: thanks, closing, opening again, and telling a month later how it went."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.archive.models import Insight
from bot.errors import NotYours
from bot.features.questions import lifecycle, store
from bot.features.questions.models import Answer
from bot.features.questions.threads import keeping, moderating, moments, outcome_views, review_views, thanking, views
from bot.features.questions.threads import store as answers
from bot.members import store as members
from tests.features.questions.threads_people import (
    Doc,
    ask,
    asked_root,
    carried_to,
    joined,
    kept,
    lines_to,
    member_of,
    press,
    put_to,
    said,
    texts,
    thread_of,
    whole,
    writes,
)
from tests.features.reflections.writing import hand_in
from tests.members import walk
from tests.world import World


def message_with(world: World, user: str, root: Doc, words: str) -> Doc:
    """The newest message in somebody's thread that says this."""
    return [each for each in thread_of(world, user, root) if words in whole(each)][-1]


async def answered(world: World, *, alias: str = "", **draft: object) -> tuple[str, str, int, Doc]:
    """Ana asked, Hana took it and wrote one line; her thread."""
    ana, hana = await joined(world, "Ana", "Hana")
    number = await ask(world, ana, alias=alias, **draft)
    root = await put_to(world, number, hana)
    await writes(world, hana, root, "Say it early.")
    return ana, hana, number, root


async def a_month_after_its_end(world: World, asker: str, number: int) -> tuple[Doc, Doc]:
    """Whoever asked closed it, and a month went by; their thread, and the question in it how it worked out."""
    async with world.bot.database.transaction() as session:
        question = await store.get(session, 1, number, lock=True)
        await lifecycle.end(session, question, "closed", closing="asker", now=world.clock())
    await world.move(days=31)
    mine = asked_root(world, asker)
    return mine, message_with(world, asker, mine, "A month ago you asked")


async def helped_count(world: World, user: str) -> int:
    member = await member_of(world, user)
    async with world.bot.database.reading() as session:
        return await answers.helped_count(session, member.workspace_id, member.id)


async def test_this_helped_is_noted_counted_told_once_and_offers_to_close(any_world: World):
    world = any_world
    ana, hana, number, root = await answered(world)
    mine = asked_root(world, ana)
    await press(world, ana, message_with(world, ana, mine, "answers"), views.HELPED)
    assert "You said that this helped. | Undo" in carried_to(world, ana, mine)[0]
    assert await helped_count(world, hana) == 1
    await world.move(minutes=1)
    thanks = [line for line in lines_to(world, hana, root) if "says that this helped" in line]
    assert thanks == ["*Ana* says that this helped:\n&gt; Say it early. | They had asked: How do I say no to a client?"]
    await press(world, ana, message_with(world, ana, mine, "Is your question answered"), views.CLOSE)
    row = await kept(world, number)
    assert (row.state, row.closing) == ("closed", "helped")
    assert row.outcome_due_at is not None
    closed = message_with(world, ana, mine, "Closed. Whoever helped")
    await press(world, ana, closed, views.REOPEN)
    assert (await kept(world, number)).state in ("open", "held")
    await world.stepper.let_a_moment_pass()  # in one conversation a message a second leaves
    assert "Open again. Somebody is asked" in str(lines_to(world, ana, mine))


async def test_a_thank_you_taken_back_at_once_is_told_to_nobody(world: World):
    ana, hana, _, root = await answered(world)
    mine = asked_root(world, ana)
    await press(world, ana, message_with(world, ana, mine, "answers"), views.HELPED)
    await press(world, ana, message_with(world, ana, mine, "answers"), views.NOT_HELPED)
    await world.move(minutes=2)
    assert await helped_count(world, hana) == 0
    assert "says that this helped" not in str(lines_to(world, hana, root))
    assert "This helped | Ask for more" in carried_to(world, ana, mine)[0]


async def test_only_whoever_asked_can_say_that_it_helped(world: World):
    _, hana, number, _ = await answered(world)
    (eve,) = await joined(world, "Eve")
    (answer,) = await said(world, number)
    async with world.bot.database.transaction() as session:
        for user in (hana, eve):
            member = await members.by_slack_id(session, 1, user)
            assert member is not None
            with pytest.raises(NotYours):
                await thanking.helped(session, member, answer.id, now=world.clock())
    assert await helped_count(world, hana) == 0


async def test_ask_for_more_says_how(world: World):
    ana, _, _, _ = await answered(world)
    await press(world, ana, message_with(world, ana, asked_root(world, ana), "answers"), views.MORE)
    assert "I carry it to Hana" in walk.said(walk.modal(world, ana))


async def test_two_quiet_weeks_after_an_answer_close_it_kindly_and_a_word_keeps_it_open(world: World):
    ana, hana, number, root = await answered(world)
    await world.move(days=13)
    await writes(world, hana, root, "One more thing.")
    await world.move(days=13)
    assert (await kept(world, number)).state == "held"
    await world.move(days=2)
    row = await kept(world, number)
    assert (row.state, row.closing, row.quiet_at) == ("closed", "quiet", None)
    *_, why, offer = lines_to(world, ana, asked_root(world, ana))
    assert why.endswith("The answers stay, and so do your thanks. | Open again")
    assert "may help the next person" in offer
    await writes(world, hana, root, "And a late one.")  # answers after the end still arrive
    assert carried_to(world, ana, asked_root(world, ana))[-1].endswith("This helped | Open again | Report")


async def test_what_is_closed_at_night_is_told_in_the_morning_and_not_where_it_is_open_again(world: World):
    ana, hana, number, root = await answered(world)
    other = await ask(world, ana, "And to a friend?")
    theirs = await put_to(world, other, hana)
    mine = asked_root(world, ana)
    await world.move_to(world.clock().replace(hour=23, minute=30))
    for thread in (root, theirs):
        await writes(world, hana, thread, "Sleep on it, then say it.")
    await world.move(days=14, minutes=5)
    rows = [await kept(world, each) for each in (number, other)]
    assert [(row.state, row.closing) for row in rows] == [("closed", "quiet")] * 2
    for user, thread in ((ana, mine), (hana, root), (hana, theirs)):
        assert "quiet here" not in str(lines_to(world, user, thread)), "it is night"
        assert "may help the next person" not in str(lines_to(world, user, thread))
    await press(world, ana, asked_root(world, ana), "questions.reopen")
    await world.move_to(world.clock().replace(hour=9, minute=30) + timedelta(hours=24 if world.clock().hour > 9 else 0))
    first = next(each for each in world.messages_to(ana) if "How do I say no" in each["text"])
    *_, why, offer = lines_to(world, ana, first)
    assert why.endswith("The answers stay, and so do your thanks. | Open again")
    assert "may help the next person" in offer
    assert "I closed your question" not in str(lines_to(world, ana, mine))
    assert "may help the next person" in str(lines_to(world, hana, root))


async def test_a_month_after_the_end_its_asker_is_asked_once_and_whoever_helped_hears(any_world: World):
    world = any_world
    ana, hana, number, root = await answered(world, alias="Quiet Heron")
    mine, asked = await a_month_after_its_end(world, ana, number)
    assert "Did what Hana wrote work?" in whole(asked)
    await press(world, ana, asked, outcome_views.SAY["worked"])
    assert (await kept(world, number)).outcome == "worked"
    assert "You said: it worked. Whoever helped reads it, too." in lines_to(world, ana, mine)
    await world.move(hours=1)
    assert "*Quiet Heron* tried it, and it worked." in str(lines_to(world, hana, root))
    assert "Ana" not in str(thread_of(world, hana, root))
    await world.move(days=40)
    assert str(lines_to(world, ana, mine)).count("A month ago you asked") == 0


async def test_who_would_rather_not_be_asked_says_so_behind_the_dots_and_nobody_hears(world: World):
    ana, hana, number, root = await answered(world)
    mine, asked = await a_month_after_its_end(world, ana, number)
    assert len(asked["blocks"][1]["elements"]) == 3
    await press(world, ana, asked, outcome_views.SAY["none"], selected=f"none:{number}")
    assert "Fine, I won't ask about this one." in lines_to(world, ana, mine)
    assert (await kept(world, number)).outcome is None
    assert "tried it" not in str(lines_to(world, hana, root))


async def test_whoever_merged_theirs_into_it_is_asked_as_well_and_their_card_counts_both(any_world: World):
    world = any_world
    ana, hana, number, root = await answered(world)
    (ben,) = await joined(world, "Ben")
    other = await ask(world, ben, "How do I refuse a client?", alias="Quiet Heron")
    async with world.bot.database.transaction() as session:
        question = await store.get(session, 1, other, lock=True)
        question.merged_into_id = number
        await lifecycle.end(session, question, "merged", now=world.clock())
        card = await keeping.draft(session, 1, await session.merge(await member_of(world, ana)), number, world.clock())
    async with world.bot.database.transaction() as session:
        question = await store.get(session, 1, number, lock=True)
        await lifecycle.end(session, question, "closed", closing="helped", now=world.clock())
    await world.move(days=31)
    for user, said_by in ((ana, "Ana"), (ben, "Quiet Heron")):
        asked = message_with(world, user, asked_root(world, user), "A month ago you asked")
        assert "Did what Hana wrote work?" in whole(asked)
        await press(world, user, asked, outcome_views.SAY["worked"])
        await world.move(hours=1)
        assert f"*{said_by}* tried it, and it worked." in str(lines_to(world, hana, root))
    assert [(await kept(world, each)).outcome for each in (number, other)] == ["worked", "worked"]
    async with world.bot.database.reading() as session:
        found = await session.get_one(Insight, card.id)
    assert (found.tried, found.worked) == (2, 2)


async def test_what_was_reopened_or_taken_back_is_not_asked_about(world: World):
    ana, _, number, _ = await answered(world)
    async with world.bot.database.transaction() as session:
        question = await store.get(session, 1, number, lock=True)
        await lifecycle.end(session, question, "closed", closing="asker", now=world.clock())
    await world.move(days=29)
    async with world.bot.database.transaction() as session:
        question = await store.get(session, 1, number, lock=True)
        await lifecycle.end(session, question, "withdrawn", now=world.clock())
    await world.move(days=5)
    assert "A month ago" not in str(lines_to(world, ana, asked_root(world, ana)))


async def test_a_review_is_saved_in_parts_and_read_as_one_message_that_changes(any_world: World):
    world = any_world
    ana, hana = await joined(world, "Ana", "Hana")
    number = await ask(world, ana, kind="review", checklist="document")
    root = await put_to(world, number, hana)
    await press(world, hana, root, "questions.review")
    await hand_in(world, hana, {"comment_first-lines": {"comment": "Begin with the date."}})
    mine = asked_root(world, ana)
    (line,) = carried_to(world, ana, mine)
    assert line.startswith("*Hana* went through it | *The first three lines say")
    await press(world, hana, root, "questions.review")
    assert "Begin with the date." in str(walk.modal(world, hana))
    await hand_in(world, hana, {"tick_order": {review_views.TICK: ["fine"]}})
    (line,) = carried_to(world, ana, mine)
    assert "Begin with the date." in line
    assert "*Fine as it is*\n• What matters most comes first" in line
    assert str(lines_to(world, hana, root)).count("Your review is carried to Ana.") == 1
    await press(world, ana, message_with(world, ana, mine, "went through it"), views.HELPED)
    assert await helped_count(world, hana) == 1


async def test_a_hidden_answer_is_hidden_in_every_copy_and_comes_back(world: World):
    ana, hana, number, root = await answered(world)
    (answer,) = await said(world, number)
    async with world.bot.database.transaction() as session:
        written = await moderating.look(session, 1, answer.id, world.clock())
        assert written is not None
        assert (written.words, written.author_id) == ("Say it early.", answer.author_id)
        await moderating.hide(session, 1, answer.id, world.clock())
        await moderating.tell(session, 1, answer.id, "It is hidden for now.", world.clock())
    await world.settle()
    await world.move(seconds=5)
    mine = asked_root(world, ana)
    assert "hidden after a report" in carried_to(world, ana, mine)[0]
    assert "It is hidden for now." in lines_to(world, hana, root)
    async with world.bot.database.transaction() as session:
        await moderating.restore(session, 1, answer.id, world.clock())
    await world.settle()
    await world.move(seconds=5)
    assert "Say it early." in carried_to(world, ana, mine)[0]


async def test_those_of_a_merged_question_read_the_answers_and_not_each_other(world: World):
    ana, ben, hana = await joined(world, "Ana", "Ben", "Hana")
    one, two = await ask(world, ana), await ask(world, ben, "And how do I say it to my lead?", alias="Calm Otter")
    root = await put_to(world, one, hana)
    await writes(world, hana, root, "Before it was merged.")
    async with world.bot.database.transaction() as session:
        question = await store.get(session, 1, two, lock=True)
        question.merged_into_id = one
        await lifecycle.end(session, question, "merged", now=world.clock())
    await world.settle()
    await world.move(seconds=5)
    mine = asked_root(world, ben)
    assert "Before it was merged." in carried_to(world, ben, mine)[0]
    await writes(world, ben, mine, "Mine is about a lead.")
    assert carried_to(world, hana, root)[-1] == "*Calm Otter* adds | Mine is about a lead."
    assert "about a lead" not in str(lines_to(world, ana, asked_root(world, ana)))
    await writes(world, hana, root, "For both of you.")
    assert "For both of you." in carried_to(world, ana, asked_root(world, ana))[-1]
    await press(world, ben, message_with(world, ben, mine, "For both of you."), views.HELPED)
    await world.move(minutes=2)
    assert "says that this helped" not in str(lines_to(world, hana, root))  # at the full hour, under an alias
    await world.move(hours=1)
    assert "*Calm Otter* says that this helped" in str(lines_to(world, hana, root))
    assert "Ben" not in str(thread_of(world, hana, root))


async def test_what_was_learned_can_be_kept_from_everybodys_words(world: World):
    ana, hana, number, root = await answered(world, alias="Quiet Heron")
    async with world.bot.database.transaction() as session:
        question = await store.get(session, 1, number, lock=True)
        await lifecycle.end(session, question, "closed", closing="asker", now=world.clock())
    await world.settle()
    await world.move(seconds=5)
    assert "Keep as insight" in str(lines_to(world, ana, asked_root(world, ana)))
    assert "Keep as insight" not in str(lines_to(world, hana, root))  # under an alias, not at the minute of a press
    await world.move(hours=1)
    await press(world, hana, message_with(world, hana, root, "Keep as insight"), "questions.keep")
    async with world.bot.database.reading() as session:
        insight = (await session.execute(select(Insight))).scalar_one()
    assert insight.source == f"private:question:{number}"
    assert insight.made_by == (await member_of(world, hana)).id
    assert walk.modal(world, hana)["type"] == "modal"
    await press(world, ana, message_with(world, ana, asked_root(world, ana), "Keep as insight"), "questions.keep")
    async with world.bot.database.reading() as session:
        assert len(list((await session.execute(select(Insight))).scalars())) == 1


async def test_whoever_answered_lately_has_a_moment_for_a_nudge(world: World):
    _, hana, number, _ = await answered(world)
    member = await member_of(world, hana)
    async with world.bot.database.reading() as session:
        found = await moments.answered(session, 1, [member.id], world.clock())
        later = await moments.answered(session, 1, [member.id], world.clock() + timedelta(days=3))
    assert [each.name for each in found[member.id]] == ["question-answered"]
    assert later == {}
    assert await texts(world, number) == ["Say it early."]


async def test_whoever_erased_their_key_is_not_read_any_more(world: World):
    _, _, number, _ = await answered(world)
    async with world.bot.database.transaction() as session:
        row = (await session.execute(select(Answer))).scalar_one()
        row.author_id = None
    assert await texts_or_none(world, number) == {}


async def texts_or_none(world: World, number: int) -> dict[int, str]:
    async with world.bot.database.reading() as session:
        question = await store.get(session, 1, number)
        found = await answers.of_questions(session, 1, [number])
        return await answers.texts_of(session, [(question, each) for each in found])
