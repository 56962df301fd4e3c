"""Two changes at one instant, as on a clock that stands still: what is shown is what came last, and each is said."""

from bot.features.questions import lifecycle, store
from bot.features.questions.asking import views
from tests.features.questions.threads_people import ask, asked_root, joined, lines_to, put_to, whole
from tests.features.reflections.writing import dm
from tests.members import walk
from tests.world import World


async def change(world: World, number: int, state: str) -> None:
    """It ends or is open again; whatever that changes has left before the clock moves."""
    async with world.bot.database.transaction() as session:
        question = await store.get(session, 1, number, lock=True)
        if state == "open":
            await lifecycle.reopen(session, question, now=world.clock())
            question.due_at = None
        else:
            await lifecycle.end(session, question, state, closing="asker", now=world.clock())
    await world.settle()


def card(world: World, user: str) -> str:
    return whole(asked_root(world, user))


async def test_the_card_shows_the_last_of_two_changes(world: World):
    (ana,) = await joined(world, "Ana")
    number = await ask(world, ana)
    await world.move(minutes=1)
    await change(world, number, "withdrawn")
    assert "You took it back." in card(world, ana)
    await change(world, number, "open")
    await world.move(seconds=10)
    assert "I am looking for somebody who fits." in card(world, ana)


async def test_taken_handed_on_and_taken_again_says_each_and_ends_as_taken(world: World):
    ana, hana = await joined(world, "Ana", "Hana")
    number = await ask(world, ana)
    root = await put_to(world, number, hana, state="asked")
    for action_id in ("questions.take", "questions.hand_on", "questions.take"):
        about = {"channel": dm(world, hana), "ts": root["ts"], "value": str(number), "anyway": True}
        assert (await walk.press(world, hana, action_id=action_id, **about)).ok
        await world.settle()
    await world.move(seconds=20)
    assert "Hana took it." in card(world, ana)
    said = [line for line in lines_to(world, ana, asked_root(world, ana)) if "Hana" in line]
    assert [line.split(".")[0] for line in said] == [
        "*Hana took it",
        "Hana handed it on, so that it need not wait",
        "*Hana took it",
    ]
    assert views.CLOSE in str(asked_root(world, ana))
