"""What is remembered of programs, on SQLite and on PostgreSQL: dates, pools, drafts, and other people's workspaces."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bot.db import Database
from bot.errors import Gone, TooLate
from bot.programs import rounds, store
from bot.programs.models import Round
from tests.programs.conftest import MONDAY, Tea, enrolled, person, program, workspace

TUESDAY = date(2026, 3, 3)
TEN = datetime(2026, 3, 3, 10, tzinfo=UTC)
WEEK = timedelta(weeks=1)


async def test_an_active_program_knows_its_next_date_its_hour_and_when_people_hear_of_it(store_with_tea: Database):
    async with store_with_tea.transaction() as session:
        tea = await program(session, (await workspace(session)).id)
        await store.reschedule(session, tea, MONDAY)
        assert (tea.next_date, tea.due_at, tea.notice_at) == (TUESDAY, TEN, TEN - timedelta(days=1))
        assert await store.next_due(session) == TEN
        assert await store.next_notice(session) == TEN - timedelta(days=1)
        tea.state = "paused"
        await store.reschedule(session, tea, MONDAY)
        assert (tea.next_date, tea.due_at, tea.notice_at) == (None, None, None)


async def test_a_round_takes_the_next_number_and_the_program_looks_ahead(store_with_tea: Database):
    async with store_with_tea.transaction() as session:
        tea = await program(session, (await workspace(session)).id)
        await store.reschedule(session, tea, MONDAY)
        first = await rounds.open_due(session, tea, TEN)
        assert first is not None
        assert (first.number, first.state, first.local_date, first.due_at, first.sends_at) == (
            1,
            "claimed",
            TUESDAY,
            TEN,
            TEN,
        )
        assert (tea.next_date, tea.due_at) == (TUESDAY + WEEK, TEN + WEEK)
        second = await rounds.open_due(session, tea, TEN + WEEK)
        assert second is not None
        assert second.number == 2


async def test_the_next_date_is_known_after_a_change_of_clocks_too(store_with_tea: Database):
    async with store_with_tea.transaction() as session:
        tea = await program(session, (await workspace(session)).id)
        await store.reschedule(session, tea, datetime(2026, 3, 25, tzinfo=UTC))
        assert tea.due_at == datetime(2026, 3, 31, 9, tzinfo=UTC)  # Lisbon went to summer time on the 29th


async def test_a_round_more_than_a_day_late_is_moved_to_the_next_date(store_with_tea: Database):
    async with store_with_tea.transaction() as session:
        tea = await program(session, (await workspace(session)).id)
        await store.reschedule(session, tea, MONDAY)
        assert await rounds.open_due(session, tea, TEN + timedelta(days=1, minutes=1)) is None
        assert (tea.next_date, tea.last_number) == (TUESDAY + WEEK, 0)
        assert (await session.execute(select(Round))).all() == []


async def test_weeks_of_downtime_open_one_round_and_no_burst(store_with_tea: Database):
    async with store_with_tea.transaction() as session:
        tea = await program(session, (await workspace(session)).id)
        await store.reschedule(session, tea, MONDAY)
        later = TEN + 5 * WEEK + timedelta(days=2)
        assert await rounds.open_due(session, tea, later) is None
        assert tea.due_at is not None
        assert tea.due_at > later


async def test_one_date_can_never_have_two_rounds(store_with_tea: Database):
    async with store_with_tea.transaction() as session:
        tea = await program(session, (await workspace(session)).id)
        await store.reschedule(session, tea, MONDAY)
        await rounds.open_due(session, tea, TEN)
    with pytest.raises(IntegrityError):
        async with store_with_tea.transaction() as session:
            again = await store.get(session, tea.workspace_id, tea.id, lock=True)
            again.next_date, again.due_at = TUESDAY, TEN
            await rounds.open_due(session, again, TEN)


async def test_a_program_has_one_draft_and_it_becomes_the_round(store_with_tea: Database):
    async with store_with_tea.transaction() as session:
        tea = await program(session, (await workspace(session)).id)
        await store.reschedule(session, tea, MONDAY)
        draft = await rounds.draft(session, tea, MONDAY)
        assert (draft.state, draft.number, draft.local_date) == ("draft", 1, TUESDAY)
        assert await rounds.draft(session, tea, MONDAY) is draft
        await rounds.skip_next(session, tea, MONDAY)
        assert draft.local_date == TUESDAY + WEEK
        opened = await rounds.open_due(session, tea, TEN + WEEK)
        assert opened is draft
        assert (opened.state, opened.opened_at, opened.local_date) == ("claimed", TEN + WEEK, TUESDAY + WEEK)


async def test_two_drafts_of_one_program_are_refused_by_the_database(store_with_tea: Database):
    async with store_with_tea.transaction() as session:
        tea = await program(session, (await workspace(session)).id)
        await rounds.draft(session, tea, MONDAY)
    with pytest.raises(IntegrityError):
        async with store_with_tea.transaction() as session:
            session.add(
                Round(workspace_id=tea.workspace_id, program_id=tea.id, number=7, state="draft", opened_at=MONDAY)
            )


async def test_a_round_sent_by_hand_waits_ten_minutes_and_can_be_taken_back(store_with_tea: Database, tea: Tea):
    async with store_with_tea.transaction() as session:
        made = await program(session, (await workspace(session)).id)
        await store.reschedule(session, made, MONDAY)
        sent = await rounds.send_now(session, made, MONDAY)
        assert (sent.state, sent.local_date, sent.due_at) == ("claimed", None, MONDAY)
        assert sent.sends_at == MONDAY + timedelta(minutes=10)
        assert made.next_date == TUESDAY
        with pytest.raises(TooLate):
            await rounds.send_now(session, made, MONDAY)
        await rounds.undo_send(session, sent, made, MONDAY + timedelta(minutes=9))
        assert (sent.state, sent.due_at, tea.undone) == ("stopped", None, [1])


async def test_a_kind_that_keeps_its_seating_gets_the_draft_back(store_with_tea: Database, tea: Tea):
    tea.keeps_drafts = True
    async with store_with_tea.transaction() as session:
        made = await program(session, (await workspace(session)).id)
        await store.reschedule(session, made, MONDAY)
        draft = await rounds.draft(session, made, MONDAY)
        sent = await rounds.send_now(session, made, MONDAY)
        await rounds.undo_send(session, sent, made, MONDAY)
        assert await rounds.draft(session, made, MONDAY) is draft is sent
        assert (draft.state, draft.local_date, draft.sends_at) == ("draft", TUESDAY, None)


async def test_what_has_begun_to_leave_is_not_taken_back_but_stopped(store_with_tea: Database, tea: Tea):
    async with store_with_tea.transaction() as session:
        made = await program(session, (await workspace(session)).id)
        sent = await rounds.send_now(session, made, MONDAY)
        later = MONDAY + timedelta(minutes=10)
        with pytest.raises(TooLate):
            await rounds.undo_send(session, sent, made, later)
        assert await rounds.stop_round(session, sent, made, later) == "two people got theirs."
        assert (sent.state, sent.note, tea.stopped) == ("stopped", "two people got theirs.", [1])
        with pytest.raises(TooLate):
            await rounds.stop_round(session, sent, made, later)


async def test_skipping_the_next_date_can_be_taken_back(store_with_tea: Database):
    async with store_with_tea.transaction() as session:
        tea = await program(session, (await workspace(session)).id)
        await store.reschedule(session, tea, MONDAY)
        assert await rounds.skip_next(session, tea, MONDAY) == TUESDAY
        assert tea.next_date == TUESDAY + WEEK
        assert await rounds.skip_next(session, tea, MONDAY) == TUESDAY + WEEK
        assert await rounds.undo_skip(session, tea, MONDAY) == TUESDAY


async def test_a_holiday_moves_what_falls_on_it(store_with_tea: Database):
    async with store_with_tea.transaction() as session:
        tea = await program(session, (await workspace(session)).id)
        assert await store.add_holiday(session, tea.workspace_id, TUESDAY, "Shrovetide")
        assert not await store.add_holiday(session, tea.workspace_id, TUESDAY, "Again")
        await store.reschedule(session, tea, MONDAY)
        assert tea.next_date == date(2026, 3, 4)
        assert await store.remove_holiday(session, tea.workspace_id, TUESDAY)
        await store.reschedule(session, tea, MONDAY)
        assert tea.next_date == TUESDAY


async def test_only_those_who_would_be_seated_are_in_the_pool(store_with_tea: Database):
    async with store_with_tea.transaction() as session:
        home = await workspace(session)
        tea = await program(session, home.id)
        ada = await person(session, home.id, "Ada")
        grace = await person(session, home.id, "Grace", paused_until=TUESDAY)  # back on that day
        for name, facts in {
            "Paused": {"paused_until": TUESDAY + timedelta(days=1)},
            "Gone": {"left_at": MONDAY},
            "Deactivated": {"deactivated_at": MONDAY},
            "Guest": {"is_guest": True},
            "Outside": {"joined_at": None},
        }.items():
            await enrolled(session, tea, await person(session, home.id, name, **facts))
        await enrolled(session, tea, ada)
        await enrolled(session, tea, grace)
        await enrolled(session, tea, await person(session, home.id, "Skipper"), skip_date=TUESDAY)
        await enrolled(session, tea, await person(session, home.id, "Left"), state="left")
        await enrolled(session, tea, await person(session, home.id, "Waiting"), state="waiting")
        await person(session, home.id, "Bystander")
        assert await store.joined_members(session, tea, TUESDAY) == [ada.id, grace.id]
        assert await store.joined_members(session, tea, TUESDAY, beyond=ada.id, limit=5) == [grace.id]
        roster = await store.roster(session, tea, TUESDAY)
        assert len(roster.joined) == 4
        assert (len(roster.paused), len(roster.skipping)) == (1, 1)


async def test_saying_the_same_twice_changes_nothing(store_with_tea: Database):
    async with store_with_tea.transaction() as session:
        home = await workspace(session)
        tea = await program(session, home.id)
        ada = await person(session, home.id, "Ada")
        assert await store.enrol(session, tea, ada.id, "joined", MONDAY)
        assert not await store.enrol(session, tea, ada.id, "joined", MONDAY)
        assert await store.enrolments_of(session, home.id, ada.id, "joined") == [tea]
        assert await store.open_to(session, home.id, ada.id) == []
        assert await store.enrol(session, tea, ada.id, "left", MONDAY)
        assert await store.open_to(session, home.id, ada.id) == [tea]
        assert await store.enrol(session, tea, ada.id, "declined", MONDAY)
        assert await store.open_to(session, home.id, ada.id) == [tea]


async def test_another_workspaces_programs_rounds_and_people_are_out_of_reach(store_with_tea: Database):
    async with store_with_tea.transaction() as session:
        ours, theirs = await workspace(session), await workspace(session, "T2")
        tea = await program(session, theirs.id)
        opened = await rounds.send_now(session, tea, MONDAY)
        stranger = await person(session, theirs.id, "Eve")
        for look in (
            store.get(session, ours.id, tea.id),
            store.get_round(session, ours.id, opened.id),
        ):
            with pytest.raises(Gone):
                await look
        assert await store.living(session, ours.id) == []
        assert await store.members_by_id(session, ours.id, [stranger.id]) == {}
        assert await store.open_to(session, ours.id, stranger.id) == []
        await store.add_holiday(session, theirs.id, TUESDAY, "")
        assert await store.holidays(session, ours.id) == {}


async def test_a_workspace_that_took_perennial_out_has_nothing_due(store_with_tea: Database):
    async with store_with_tea.transaction() as session:
        home = await workspace(session)
        tea = await program(session, home.id)
        await store.reschedule(session, tea, MONDAY)
        for state, expected in (("active", TEN), ("uninstalled", None), ("stopped", None)):
            home.state = state
            await session.flush()
            assert await store.next_due(session) == expected
            assert await store.due(session, TEN) == ([(home.id, tea.id)] if expected else [])
            assert bool(await store.notices_due(session, TEN)) is bool(expected)
