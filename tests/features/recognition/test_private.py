"""Words of thanks are sealed with their writer's key: in no file, no log, no payload of ours; and nobody reads across."""

from pathlib import Path

import pytest
from sqlalchemy import text

from bot.db import Database
from bot.errors import Gone
from bot.features.recognition import store
from bot.features.recognition.rules import Said
from bot.members import private
from bot.members import store as members
from bot.members.models import Workspace
from tests.canaries import assert_nowhere
from tests.conftest import MONDAY
from tests.features.goals.people import found
from tests.features.recognition.thanking import offers, open_form, thank
from tests.world import World

CANARY = "kanarienvogel"


async def test_a_canary_through_the_form_is_in_no_file_and_no_log(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
):
    people = await found(world)
    await offers(people, "Ben", "Negotiation")
    await world.move(hours=2)
    first = await thank(
        people, "Ada", "Ben", words=f"{CANARY} words", skill="negotiation", evidence=f"{CANARY} seen", share=True
    )
    await people.press("Ben", "recognition.share")
    assert CANARY in str(people.last("Ben")), "the test would prove nothing"
    assert CANARY in str(await people.home("Ben", "recognition"))
    await people.home("Ada", "recognition:given")
    await people.press_home("Ada", "recognition.take_back", str(first.id))
    await thank(people, "Ada", "Ben", words=f"{CANARY} again")
    await world.move(hours=2)
    assert_nowhere(CANARY, tmp_path, capsys, caplog)


async def test_ids_alone_are_in_keys_and_in_what_forms_remember(world: World):
    people = await found(world)
    await world.move(hours=2)
    await thank(people, "Ada", "Ben", words=CANARY)
    async with people.database.reading() as session:
        keys = list((await session.execute(text("SELECT dedupe_key, subject FROM deliveries"))).all())
    assert keys
    assert CANARY not in str(keys)
    await open_form(people, "Ada")
    assert people.form("Ada").get("private_metadata", "") == ""


async def test_what_is_said_dies_with_its_writers_key(any_world: World):
    people = await found(any_world)
    row = await thank(people, "Ada", "Ben")
    async with people.database.transaction() as session:
        await private.forget_key(session, people.workspace_id, people.ids["Ada"])
    async with people.database.reading() as session:
        assert await store.opened(session, [row]) == []
    assert (await people.home("Ben", "recognition"))["blocks"]


async def test_no_words_are_found_from_another_workspace_or_moved_to_another_reader(database: Database):
    async with database.transaction() as session:
        here, there = [
            Workspace(team_id=team, name=team, installed_at=MONDAY, state="active", scopes="", options={})
            for team in ("T1", "T2")
        ]
        session.add_all([here, there])
        await session.flush()
        ada, ben = [await members.meet(session, here.id, user, name=user) for user in ("U1", "U2")]
        stranger = await members.meet(session, there.id, "U3", name="U3")
        row = await store.add(
            session, ada, ben.id, Said("Words"), may_share=True, occasion="introduction:1", folded_on=None, now=MONDAY
        )
        assert (await store.open_one(session, row)).said == Said("Words")
        assert await store.find(session, there.id, row.id) is None
        assert await store.about(session, there.id, ["introduction:1"]) == []
        for asks in (store.received_by, store.given_by):
            with pytest.raises(Gone):
                await asks(session, stranger, row.id)
        assert (await store.to_member(session, there.id, ben.id, put_away=False, limit=9)) == ([], 0)
        row.receiver_id = stranger.id
        with pytest.raises(Exception, match="sealed for another place"):
            await store.opened(session, [row])
        row.receiver_id = ben.id
        assert await kept_by(session, here.id, ben.id) == 1


async def kept_by(session, workspace_id, member_id):
    return (await store.to_member(session, workspace_id, member_id, put_away=False, limit=9))[1]
