"""Who hears what the day before: once each, in batches, and only what is still true."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.app import Perennial
from bot.db import Database
from bot.delivery.models import Delivery
from bot.programs import jobs, rounds, store, telling, views
from bot.programs.models import Enrolment, Program
from bot.settings import Settings
from bot.vault import Vault, new_key
from tests.programs.conftest import MONDAY, Tea, enrolled, person, program, workspace

TUESDAY = date(2026, 3, 3)
NOTICE = datetime(2026, 3, 2, 10, tzinfo=UTC)
PEOPLE = 5


@pytest.fixture
async def bot(store_url: str, store_with_tea: Database, tea: Tea) -> AsyncIterator[Perennial]:
    """A bot at the moment at which five people are to hear of tomorrow."""
    settings = Settings(_env_file=None, slack_bot_token="xoxb-t", slack_signing_secret="s", database_url=store_url)
    made = Perennial(settings, Vault.from_setting(new_key()), lambda: NOTICE)
    made.registry.program_kinds.clear()
    made.registry.program_kinds["tea"] = tea.kind()
    async with store_with_tea.transaction() as session:
        home = await workspace(session)
        tea_program = await program(session, home.id)
        await store.reschedule(session, tea_program, MONDAY)
        for number in range(PEOPLE):
            await enrolled(session, tea_program, await person(session, home.id, f"P{number}", tz="Europe/Lisbon"))
    yield made
    await made.close()


async def deliveries(bot: Perennial) -> list[Delivery]:
    async with bot.database.reading() as session:
        return list((await session.execute(select(Delivery).order_by(Delivery.id))).scalars())


async def the_program(bot: Perennial) -> Program:
    async with bot.database.reading() as session:
        return (await session.execute(select(Program))).scalar_one()


async def test_everybody_is_told_once_however_often_it_is_begun(bot: Perennial, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(jobs, "BATCH", 2)
    found = await the_program(bot)
    assert await jobs._tell_some(bot.tools, (found.workspace_id, found.id), 0) is not None  # and there it died
    assert len(await deliveries(bot)) == 2
    assert await jobs.tell_of_tomorrow(bot.tools) == 1
    rows = await deliveries(bot)
    assert len({tuple(row.member_ids) for row in rows}) == len(rows) == PEOPLE
    assert {row.message_class for row in rows} == {"appointment"}
    assert {row.expires_at for row in rows} == {NOTICE + timedelta(days=1)}
    assert (await the_program(bot)).notice_at is None
    assert await jobs.tell_of_tomorrow(bot.tools) == 0


async def test_a_notice_is_dropped_for_whom_it_is_no_longer_true(bot: Perennial):
    await jobs.tell_of_tomorrow(bot.tools)
    rows = await deliveries(bot)
    async with bot.database.transaction() as session:
        stays, skips, leaves = (row.member_ids[0] for row in rows[:3])
        for member_id, facts in ((skips, {"skip_date": TUESDAY}), (leaves, {"state": "left"})):
            row = (await session.execute(select(Enrolment).where(Enrolment.member_id == member_id))).scalar_one()
            for name, value in facts.items():
                setattr(row, name, value)
    async with bot.database.reading() as session:
        drawn = {row.member_ids[0]: await telling.draw_notice(session, row) for row in rows}
    assert drawn[stays] == views.notice((await the_program(bot)).id, TUESDAY, "Tea: tea on Tuesday.")
    assert drawn[skips] is None
    assert drawn[leaves] is None


async def test_a_skipped_round_takes_back_what_has_not_left(bot: Perennial):
    await jobs.tell_of_tomorrow(bot.tools)
    found = await the_program(bot)
    async with bot.database.transaction() as session:
        locked = await store.get(session, found.workspace_id, found.id, lock=True)
        told = telling.told_of(locked)
        await rounds.skip_next(session, locked, NOTICE)
        await telling.call_off(session, locked, told, NOTICE)
    rows = await deliveries(bot)
    assert {row.state for row in rows} == {"withdrawn"}
    assert len(rows) == PEOPLE
    async with bot.database.reading() as session:
        assert await telling.draw_notice(session, rows[0]) is None


async def test_a_program_nobody_joined_tells_nobody_and_is_done(bot: Perennial):
    found = await the_program(bot)
    async with bot.database.transaction() as session:
        for row in (await session.execute(select(Enrolment))).scalars():
            row.state = "left"
    assert await jobs.tell_of_tomorrow(bot.tools) == 1
    assert await deliveries(bot) == []
    assert (await the_program(bot)).notice_at is None
    assert found.notice_at == NOTICE
