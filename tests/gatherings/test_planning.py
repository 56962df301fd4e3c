"""A date of a program that plans ahead becomes a gathering once; people say they come; it moves; it is called off."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.delivery.models import Delivery
from bot.errors import Gone, TooLate
from bot.gatherings import messages, planning, rounds, seating, store
from bot.gatherings.errors import CalledOff, HasBegun, InThePast
from bot.gatherings.models import Gathering
from bot.programs import rounds as program_rounds
from bot.programs import store as programs
from bot.programs.models import Program, Round
from tests.gatherings.conftest import AHEAD, Supper, person, supper_program, workspace
from tests.programs.conftest import MONDAY

TEN = datetime(2026, 3, 3, 10, tzinfo=UTC)


async def opened(session: AsyncSession, of: Program, now: datetime) -> Round:
    row = await program_rounds.open_due(session, of, now)
    assert row is not None
    return row


async def test_a_round_opens_weeks_before_its_date_and_becomes_a_gathering_of_that_date(
    kitchen: Database, supper: Supper
):
    async with kitchen.transaction() as session:
        host = await person(session, (await workspace(session)).id, "Lin")
        club = await supper_program(session, host.workspace_id, MONDAY, owner_id=host.id)
        assert (club.next_date, club.due_at, club.notice_at) == (date(2026, 3, 3), MONDAY, None)
        row = await opened(session, club, MONDAY)
        gathering = await rounds.plan_round(session, row, club, supper.details, now=MONDAY)
        assert gathering is not None
        assert (gathering.starts_at, gathering.local_date, gathering.host_id) == (TEN, date(2026, 3, 3), host.id)
        assert (gathering.kind, gathering.seats, gathering.step, gathering.due_at) == ("supper", 12, "announce", MONDAY)
        assert (row.state, row.due_at) == ("closed", None)
        assert supper.told == ["planned"]
        # The next one is on its way already, because three weeks hold several dates.
        assert (club.next_date, club.due_at) == (date(2026, 3, 10), MONDAY)


async def test_a_round_that_is_planned_twice_gives_the_same_gathering(kitchen: Database, supper: Supper):
    async with kitchen.transaction() as session:
        club = await supper_program(session, (await workspace(session)).id, MONDAY)
        row = await opened(session, club, MONDAY)
        first = await rounds.plan_round(session, row, club, supper.details, now=MONDAY)
        row.state, row.due_at = "claimed", MONDAY
        again = await rounds.plan_round(session, row, club, supper.details, now=MONDAY)
        assert first is again
        assert supper.told == ["planned"]


async def test_a_round_of_a_program_that_stopped_meanwhile_plans_nothing(kitchen: Database, supper: Supper):
    async with kitchen.transaction() as session:
        club = await supper_program(session, (await workspace(session)).id, MONDAY)
        row = await opened(session, club, MONDAY)
        club.state = "ended"
        assert await rounds.plan_round(session, row, club, supper.details, now=MONDAY) is None
        assert (row.state, row.note, row.local_date) == ("stopped", "its program had stopped", None)
        assert (await session.execute(select(Gathering))).scalars().all() == []


async def test_what_is_planned_ahead_is_neither_sent_by_hand_nor_skipped_and_its_next_date_is_the_planned_one(
    kitchen: Database, supper: Supper
):
    async with kitchen.transaction() as session:
        club = await supper_program(session, (await workspace(session)).id, MONDAY)
        for _ in range(3):
            await rounds.plan_round(session, await opened(session, club, MONDAY), club, supper.details, now=MONDAY)
        assert club.next_date == date(2026, 3, 24)
        assert club.due_at == datetime(2026, 3, 24, 10, tzinfo=UTC) - AHEAD
        assert await programs.next_moment(session, club, MONDAY) == TEN
        with pytest.raises(TooLate):
            await program_rounds.send_now(session, club, MONDAY)
        with pytest.raises(TooLate):
            await program_rounds.skip_next(session, club, MONDAY)
        club.state = "paused"
        await programs.reschedule(session, club, MONDAY)
        assert await programs.next_moment(session, club, MONDAY) == TEN  # what is planned stays


async def test_plan_come_move_and_call_off(kitchen: Database, supper: Supper):
    async with kitchen.transaction() as session:
        home = await workspace(session)
        ada, ben = [await person(session, home.id, name) for name in ("Ada", "Ben")]
        club = await supper_program(session, home.id, MONDAY)
        gathering = await planning.plan(session, club, TEN, minutes=20, seats=1, now=MONDAY)
        assert (await seating.come(session, gathering, ada.id, now=MONDAY)).state == store.COMING
        assert (await seating.come(session, gathering, ben.id, now=MONDAY)).state == store.WAITING
        assert [each.member_id for each in await seating.cannot(session, gathering, ada.id, now=MONDAY)] == [ben.id]
        later = TEN + timedelta(days=2)
        await planning.move(session, gathering, later, now=MONDAY)
        assert (gathering.starts_at, gathering.step, gathering.due_at, gathering.version) == (later, "moved", MONDAY, 2)
        await planning.call_off(session, gathering, now=MONDAY)
        assert (gathering.state, gathering.step, gathering.due_at) == ("called_off", "called_off", MONDAY)
        with pytest.raises(CalledOff):
            await seating.come(session, gathering, ada.id, now=MONDAY)
        assert supper.told == ["planned", "moved", "called off"]


async def test_what_would_lie_in_the_past_is_not_planned_and_one_of_elsewhere_is_not_found(kitchen: Database):
    async with kitchen.transaction() as session:
        here, elsewhere = await workspace(session), await workspace(session, "T2")
        club = await supper_program(session, here.id, MONDAY)
        with pytest.raises(InThePast):
            await planning.plan(session, club, MONDAY, minutes=20, now=MONDAY)
        made = await planning.plan(session, club, TEN, minutes=20, now=MONDAY)
        with pytest.raises(Gone):
            await store.get(session, elsewhere.id, made.id)
        assert await store.coming_up(session, elsewhere.id, MONDAY) == []


async def test_a_date_that_another_one_was_moved_onto_is_planned_and_its_host_hears_of_it(
    kitchen: Database, supper: Supper
):
    async with kitchen.transaction() as session:
        host = await person(session, (await workspace(session)).id, "Lin")
        club = await supper_program(session, host.workspace_id, MONDAY, owner_id=host.id)
        first = await rounds.plan_round(session, await opened(session, club, MONDAY), club, supper.details, now=MONDAY)
        assert first is not None
        await planning.move(session, first, TEN + timedelta(days=7, minutes=10), now=MONDAY)
        await rounds.plan_round(session, await opened(session, club, MONDAY), club, supper.details, now=MONDAY)
        told = select(Delivery.member_ids).where(Delivery.kind == messages.HOST.name)
        assert (await session.execute(told)).scalars().all() == [[host.id]]


async def test_what_has_begun_is_not_moved(kitchen: Database):
    async with kitchen.transaction() as session:
        club = await supper_program(session, (await workspace(session)).id, MONDAY)
        gathering = await planning.plan(session, club, TEN, minutes=20, now=MONDAY)
        with pytest.raises(HasBegun):
            await planning.move(session, gathering, TEN + timedelta(days=1), now=TEN)
