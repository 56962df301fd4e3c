"""A row is found by the id that a button names, in its own workspace, and nothing else is an id."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from bot import lookup
from bot.db import Database
from bot.errors import Gone
from bot.members.models import Member, Workspace

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


async def two_workspaces(database: Database) -> tuple[Member, Member]:
    async with database.transaction() as session:
        homes = [Workspace(team_id=each, name=each, installed_at=NOW, options={}) for each in ("T1", "T2")]
        session.add_all(homes)
        await session.flush()
        ada, ben = (Member(workspace_id=each.id, slack_id="U1", name="Ada") for each in homes)
        session.add_all([ada, ben])
    return ada, ben


@pytest.mark.parametrize("named", ["1", "2147483647", 12])
def test_an_id_is_a_whole_number_that_fits_its_column(named: object):
    assert lookup.id_in(named) == int(str(named))


@pytest.mark.parametrize("named", ["", "-1", "1.5", "1:2", " 1", "١", "²", "2147483648", "9" * 30, None])
def test_what_no_button_of_ours_has_written_is_gone(named: object):
    with pytest.raises(Gone):
        lookup.id_in(named)


@pytest.mark.parametrize("carried", ["", "-1", "1.5", "²", "١", "100000", "9" * 30, None])
def test_a_page_nobody_can_have_turned_to_is_the_first(carried: object):
    assert (lookup.number_in("0012"), lookup.number_in(carried), lookup.number_in(carried, otherwise=1)) == (12, 0, 1)


async def test_a_row_is_found_in_its_own_workspace_alone(database: Database):
    ada, ben = await two_workspaces(database)
    async with database.reading() as session:
        assert (await lookup.get(session, Member, ada.workspace_id, str(ada.id))).workspace_id == ada.workspace_id
        assert await lookup.find(session, Member, ada.workspace_id, ben.id) is None
        with pytest.raises(Gone):
            await lookup.get(session, Member, ada.workspace_id, ben.id)


async def test_a_locked_row_is_read_afresh(database: Database):
    ada, _ = await two_workspaces(database)
    async with database.transaction() as session:
        known = await lookup.get(session, Member, ada.workspace_id, ada.id)
        await session.execute(text("UPDATE members SET name = 'Ada L.' WHERE id = :id"), {"id": ada.id})
        assert (await lookup.get(session, Member, ada.workspace_id, ada.id)).name == "Ada"
        assert (await lookup.get(session, Member, ada.workspace_id, ada.id, lock=True)).name == "Ada L."
        assert known.name == "Ada L."
