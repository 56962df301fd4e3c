"""What somebody writes for themselves opens with their key alone, in its own place alone, and dies with the key."""

import pytest
from sqlalchemy import select

from bot.db import Database
from bot.errors import Gone, WrongSetting
from bot.members import private
from bot.members.models import Member, MemberKey, Workspace
from bot.vault import Vault, new_key
from tests.conftest import MONDAY


@pytest.fixture
async def people(database: Database) -> tuple[int, int]:
    """Ada and Grace, in one workspace."""
    async with database.transaction() as session:
        session.add(Workspace(team_id="T1", name="Tidewater", installed_at=MONDAY, options={}))
        await session.flush()
        both = [Member(workspace_id=1, slack_id=f"U{name}", name=name, seen_at=MONDAY) for name in ("Ada", "Grace")]
        session.add_all(both)
        await session.flush()
        return both[0].id, both[1].id


async def test_what_ada_seals_opens_with_her_seal_and_with_no_other(database: Database, people: tuple[int, int]):
    ada, grace = people
    async with database.transaction() as session:
        hers = await private.seal_of(session, 1, ada)
        other = await private.seal_of(session, 1, grace)
    sealed = hers.seal("I am afraid of the talk.", "goal:1:why")
    assert b"afraid" not in sealed
    async with database.reading() as session:
        again = await private.open_seal(session, 1, ada)
    assert again.open(sealed, "goal:1:why") == "I am afraid of the talk."
    with pytest.raises(WrongSetting):
        other.open(sealed, "goal:1:why")
    with pytest.raises(WrongSetting):
        again.open(sealed, "goal:2:why")


async def test_a_key_is_made_once_and_belongs_to_its_workspace(database: Database, people: tuple[int, int]):
    async with database.transaction() as session:
        sealed = (await private.seal_of(session, 1, people[0])).seal("a", "x")
    async with database.transaction() as session:
        assert (await private.seal_of(session, 1, people[0])).open(sealed, "x") == "a"
        assert await private.seals_of(session, 2, list(people)) == {}


async def test_without_the_key_nothing_opens_again(database: Database, people: tuple[int, int]):
    async with database.transaction() as session:
        sealed = (await private.seal_of(session, 1, people[0])).seal("a", "x")
        await private.forget_key(session, 1, people[0])
    async with database.reading() as session:
        with pytest.raises(Gone):
            await private.open_seal(session, 1, people[0])
    async with database.transaction() as session:
        with pytest.raises(WrongSetting):
            (await private.seal_of(session, 1, people[0])).open(sealed, "x")


async def test_a_new_server_key_wraps_the_members_keys_and_leaves_what_they_seal(
    database: Database, people: tuple[int, int]
):
    old = new_key()
    database.lent["vault"] = Vault.from_setting(old)
    async with database.transaction() as session:
        sealed = [(await private.seal_of(session, 1, each)).seal("a", "x") for each in people]
    newest = new_key()
    database.lent["vault"] = Vault.from_setting(f"{newest},{old}")
    async with database.transaction() as session:
        assert await private.rewrap(session) == sorted(people)
        assert await private.rewrap(session, beyond=max(people)) == []
    database.lent["vault"] = Vault.from_setting(newest)
    async with database.reading() as session:
        seals = await private.seals_of(session, 1, people)
        assert [seals[each].open(text, "x") for each, text in zip(people, sealed, strict=True)] == ["a", "a"]
        wrapped = (await session.execute(select(MemberKey.wrapped))).scalars().all()
    assert all(newest.encode() not in each for each in wrapped)
