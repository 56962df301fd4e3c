"""Asked at night under an alias, answered in the morning, and found by the next person: one question's whole way."""

from datetime import UTC, datetime

from bot.archive.finding import store as finding
from tests.features.questions.answering_people import press
from tests.features.questions.asking_forms import ask_by_form, card
from tests.features.questions.asking_people import joined, kept, member_of, thread_of
from tests.features.questions.threads_people import root_of, whole, writes
from tests.members import walk
from tests.world import World

NIGHT = datetime(2026, 3, 2, 22, 40, tzinfo=UTC)
MORNING = datetime(2026, 3, 3, 9, 5, tzinfo=UTC)
QUESTION = "How do I answer a client who asks for one more round of changes, for free?"
ANSWER = (
    "Name what it would cost before you say yes or no. I would write that it is another day, and ask whether to send a new "
    "quote or to leave something else out."
)
CROWD = ("Dan", "Eva", "Finn", "Gil", "Hal", "Ida", "Jon", "Kim", "Lou")


async def in_thread(world: World, user: str, root: dict, action_id: str) -> None:
    """Press the newest button of that name in somebody's thread."""
    found = [each for each in thread_of(world, user, root) if f'"{action_id}"' in str(each).replace("'", '"')]
    assert found, f"no {action_id} in the thread of {user}"
    await press(world, user, action_id, found[-1])


async def test_a_question_asked_at_night_is_answered_kept_and_found_again(any_world: World):
    world = any_world
    (ben,) = await joined(world, "Ben", offers=("Negotiation",))
    yuki, cleo, *_ = await joined(world, "Yuki", "Cleo", *CROWD)

    await world.move_to(NIGHT)
    reply = await ask_by_form(world, yuki, QUESTION, skills=["Negotiation"], name="alias", context="The third time.")
    assert reply.ok and not reply.errors
    assert not [each for each in world.messages_to(ben) if " asks: " in each["text"]], "nobody is woken at night"

    await world.move_to(MORNING)
    asked = root_of(world, ben, " asks: ")
    assert "Yuki" not in whole(asked) and "you offer Negotiation" in whole(asked)
    await press(world, ben, "questions.take", asked)
    assert "Ben" in whole(card(world, yuki))

    await writes(world, ben, asked, ANSWER)
    answers = thread_of(world, yuki, card(world, yuki))
    assert any("Name what it would cost" in whole(each) for each in answers)
    await writes(world, yuki, card(world, yuki), "And if they say that others do it for free?")
    back = " ".join(whole(each) for each in thread_of(world, ben, asked))
    assert "others do it for free" in back and "Yuki" not in back

    await in_thread(world, yuki, card(world, yuki), "questions.helped")
    await world.move(hours=1)  # under an alias, the minute of a press is nobody's to see
    assert "helped" in " ".join(each["text"] for each in thread_of(world, ben, asked))
    await in_thread(world, yuki, card(world, yuki), "questions.close_helped")
    number = 1
    assert (await kept(world, number)).closing == "helped"
    await world.move(hours=1)

    await in_thread(world, ben, asked, "questions.keep")
    await in_thread(world, ben, asked, "archive.edit")
    form = walk.modal(world, ben)
    assert "Yuki" not in str(form)
    assert (await world.acts.submit(ben, form["id"], {})).ok
    await world.settle()
    await world.move(hours=1)
    for user, yes in ((yuki, "archive.fine"), (ben, "archive.fine_named")):
        for each in [each for each in world.messages_to(user) if yes in str(each.get("blocks"))]:
            await press(world, user, yes, each)

    reply = await world.acts.command(cleo, await world.acts.open_messages(cleo), "find one more round of chagnes")
    await world.settle()
    assert reply.ok
    cleo_row = await member_of(world, cleo)
    async with world.bot.database.reading() as session:
        found = await finding.find(session, cleo_row.workspace_id, "one more round of chagnes", member_id=cleo_row.id)
    assert [each.question for each in found.cards] == [QUESTION]
    assert "Yuki" not in str(found.cards)

    await world.move(days=33)
    await in_thread(world, yuki, card(world, yuki), "questions.outcome_worked")
    await world.move(hours=1)
    assert any("tried it, and it worked" in whole(each) for each in thread_of(world, ben, asked))
    async with world.bot.database.reading() as session:
        found = await finding.find(session, cleo_row.workspace_id, "one more round", member_id=cleo_row.id)
    assert found.cards[0].worked == 1
    everything = " ".join(str(each) for user in (ben, cleo) for each in world.messages_to(user))
    assert "Yuki" not in everything and yuki not in everything
