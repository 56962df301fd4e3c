"""How questions stand, on the Home tab: as many queries for many of them as for one, and the unreadable left out."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from bot.features.questions.asking import home
from bot.features.questions.models import Asked
from bot.members import private
from bot.registry import Viewer
from tests.features.questions.asking_people import ask, joined, member_of
from tests.members import walk
from tests.world import World


@contextmanager
def statements(world: World) -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    asked: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        asked.append(statement)

    engine = world.bot.database.reader.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def looked(world: World, user: str) -> tuple[str, int]:
    """Somebody's page of questions, and how many queries it took."""
    member = await member_of(world, user)
    viewer = Viewer(member.workspace_id, member.id, user, member.tz, False, True, "questions", world.clock())
    with statements(world) as asked:
        async with world.bot.database.reading() as session:
            blocks = await home.page(session, viewer)
    return walk.said({"blocks": blocks}), sum(each.startswith("SELECT") for each in asked)


async def hold(world: World, user: str, question_id: int) -> None:
    member = await member_of(world, user)
    async with world.bot.database.transaction() as session:
        session.add(
            Asked(
                workspace_id=member.workspace_id,
                question_id=question_id,
                member_id=member.id,
                step=1,
                role="mentor",
                state="claimed",
                reasons=[],
                asked_at=world.clock(),
            )
        )


async def test_four_questions_take_no_more_queries_than_one(world: World):
    ana, hana = await joined(world, "Ana", "Hana")
    numbers = [await ask(world, ana, "What is a fair price?")]
    await hold(world, hana, numbers[0])
    ana_one, hana_one = await looked(world, ana), await looked(world, hana)
    for words in ("Who reads contracts?", "When do I say no?", "Where do I begin?"):
        numbers.append(await ask(world, ana, words))
        await hold(world, hana, numbers[-1])
    for user, (_, before) in ((ana, ana_one), (hana, hana_one)):
        said, queries = await looked(world, user)
        assert all(each in said for each in ("fair price", "contracts", "say no", "begin"))
        assert queries == before


async def test_what_can_not_be_opened_any_more_is_left_out(world: World):
    ana, hana = await joined(world, "Ana", "Hana")
    (bo,) = await joined(world, "Bo")
    for asker, words in ((ana, "What is a fair price?"), (bo, "Who reads contracts?")):
        await hold(world, hana, await ask(world, asker, words))
    async with world.bot.database.transaction() as session:
        member = await member_of(world, ana)
        await private.forget_key(session, member.workspace_id, member.id)
    said, _ = await looked(world, hana)
    assert "contracts" in said
    assert "fair price" not in said
    assert "fair price" not in (await looked(world, ana))[0]
