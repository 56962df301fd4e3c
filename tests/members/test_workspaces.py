"""An installation is asked for once and remembered for some seconds; whoever changes it is heard at once."""

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.members import workspaces
from bot.members.models import Workspace
from tests.conftest import MONDAY


async def install(session: AsyncSession, token: str) -> Workspace:
    return await workspaces.keep(session, team_id="T1", name="Tidewater", token=token, now=MONDAY, bot_user_id="UBOT")


async def test_what_this_process_changes_is_known_at_once(database: Database):
    known = workspaces.Known(database)
    database.lent["forget_installations"] = known.forget
    assert await known.find("T1") is None
    async with database.transaction() as session:
        await install(session, "xoxb-1")
    first = await known.find("T1")
    assert first is not None and (first.token, first.state) == ("xoxb-1", "active")
    async with database.transaction() as session:
        await install(session, "xoxb-2")
    assert (await known.find("T1") or first).token == "xoxb-2"
    async with database.transaction() as session:
        await workspaces.stop(session, first.workspace_id, "token_revoked")
    assert (await known.find("T1") or first).state == "stopped"


async def test_a_change_that_was_undone_is_not_believed(database: Database):
    known = workspaces.Known(database)
    database.lent["forget_installations"] = known.forget
    async with database.transaction() as session:
        await install(session, "xoxb-1")
    before = await known.find("T1")
    try:
        async with database.transaction() as session:
            await install(session, "xoxb-2")
            raise LookupError
    except LookupError:
        after = await known.find("T1")
    assert before == after


async def test_it_is_asked_for_again_when_it_was_remembered_long_enough(database: Database):
    times = iter([0.0, 1.0, 4.9, 5.1, 5.1])
    known = workspaces.Known(database, stopwatch=lambda: next(times))
    async with database.transaction() as session:
        workspace = await install(session, "xoxb-1")
    assert await known.find("T1") is not None  # asked at 0.0
    async with database.transaction() as session:  # as another process would
        await session.execute(update(Workspace).where(Workspace.id == workspace.id).values(state="uninstalled"))
    assert (await known.find("T1")).state == "active"  # at 1.0
    assert (await known.find("T1")).state == "active"  # at 4.9
    assert (await known.find("T1")).state == "uninstalled"  # at 5.1
