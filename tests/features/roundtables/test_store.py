"""What is remembered of written roundtables stays in its workspace, sealed, and in order; on both databases."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from sqlalchemy import text

from bot.db import Database
from bot.errors import Gone
from bot.features.roundtables.models import Roundtable, RoundtableTurn
from bot.features.roundtables.written import reactions_store, replies_store, store, summaries, tags
from bot.features.roundtables.written.rules import Had
from bot.members.models import Member, Workspace
from bot.programs.models import Program, Round
from bot.slack.reacted import Reacted
from bot.slack.said import Said

NOW = datetime(2026, 3, 10, 10, tzinfo=UTC)
CANARY = "canary-4711 sang here"


async def begun(database: Database) -> tuple[int, int, int]:
    """Two workspaces; in the first a round with a thread in C1 and a member; (workspace, other workspace, member)."""
    async with database.transaction() as session:
        ours, theirs = (Workspace(team_id=each, name=each, installed_at=NOW, options={}) for each in ("T1", "T2"))
        session.add_all([ours, theirs])
        await session.flush()
        ada = Member(workspace_id=ours.id, slack_id="U1", name="Ada", joined_at=NOW, seen_at=NOW)
        program = Program(
            workspace_id=ours.id, kind=store.KIND, name="Across", channel="C1", state="active", tz="UTC",
            every_weeks=1, starts_on=date(2026, 3, 10), weekday=1, at_minute=600, options={}, created_at=NOW,
        )  # fmt: skip
        session.add_all([ada, program])
        await session.flush()
        for number in (1, 2):
            row = Round(
                workspace_id=ours.id, program_id=program.id, number=number, state="sealed", opened_at=NOW, due_at=None
            )
            session.add(row)
            await session.flush()
            session.add(
                Roundtable(
                    round_id=row.id, workspace_id=ours.id, program_id=program.id, slug=f"p{number}", theme="x",
                    question="Why?", hint="", opened_at=NOW, closes_at=NOW + timedelta(days=number),
                    step=store.CLOSE, due_at=NOW + timedelta(days=number),
                )
            )  # fmt: skip
            session.add(
                RoundtableTurn(
                    round_id=row.id, member_id=ada.id, workspace_id=ours.id, asked_at=NOW + timedelta(days=number),
                    state=store.SUMMED_UP if number == 1 else store.ASKED,
                )
            )  # fmt: skip
        await session.flush()
        roundtable = await store.get(session, ours.id, 1)
        await store.add_threads(session, roundtable, ["C1", "C2"])
        await store.add_threads(session, roundtable, ["C1", "C2"])
        thread = (await store.threads(session, roundtable))[0]
        thread.ts, thread.state = "1.1", store.OPEN
        said = Said("written", "group", "C1", "2.2", "1.1", "U1")
        await replies_store.add(session, thread, said, ada.id, store.KEPT, CANARY)
        roundtable.moderator_id = ada.id
        await summaries.keep(session, roundtable, ada.id, CANARY)
        return ours.id, theirs.id, ada.id


async def test_nobody_reads_across_workspaces(database: Database):
    ours, theirs, ada = await begun(database)
    async with database.reading() as session:
        roundtable = await store.get(session, ours, 1)
        assert [each.channel for each in await store.threads(session, roundtable)] == ["C1", "C2"]
        assert await store.writers(session, ours, 1) == {ada}
        assert await store.waiting_for(session, ours, ada) == [2]
        assert await replies_store.at(session, ours, "C1", "2.2") is not None
        assert await replies_store.thread_at(session, ours, "C1", "1.1") is not None

        assert await store.find(session, theirs, 1) is None
        with pytest.raises(Gone):
            await store.get(session, theirs, 1)
        assert await store.writers(session, theirs, 1) == set()
        assert await store.waiting_for(session, theirs, ada) == []
        assert await store.people(session, theirs, [ada]) == {}
        assert await replies_store.at(session, theirs, "C1", "2.2") is None
        assert await replies_store.thread_at(session, theirs, "C1", "1.1") is None


async def test_what_is_due_and_what_was_had_come_in_order(database: Database):
    ours, _, ada = await begun(database)
    async with database.reading() as session:
        assert await store.next_due(session) == NOW + timedelta(days=1)
        assert await store.due(session, NOW + timedelta(days=2)) == [(ours, 1), (ours, 2)]
        program = await session.get_one(Program, 1)
        assert await store.had(session, program) == [Had("p2", "x", None), Had("p1", "x", None)]
        assert await store.turns(session, program, NOW) == {ada: (1, NOW + timedelta(days=2))}
        assert await store.turns(session, program, NOW + timedelta(days=400)) == {}


async def test_words_are_sealed_and_forgotten(database: Database):
    ours, _, _ = await begun(database)
    async with database.transaction() as session:
        for table in ("roundtables", "roundtable_replies", "roundtable_threads", "roundtable_turns"):
            for row in (await session.execute(text(f"SELECT * FROM {table}"))).all():  # noqa: S608 - our own names
                assert "canary" not in repr(tuple(row))
        roundtable = await store.get(session, ours, 1)
        (found,) = await replies_store.texts(session, await replies_store.kept(session, roundtable))
        assert (found[1], found[0].private) == (CANARY, True)
        assert await summaries.words_of(session, roundtable) == CANARY
        await replies_store.forget_words(session, roundtable)
    async with database.reading() as session:
        assert await replies_store.kept(session, await store.get(session, ours, 1)) == []
        assert len(await store.writers(session, ours, 1)) == 1


async def test_whatever_order_reactions_are_told_in_the_newest_of_each_counts_and_nobody_twice(database: Database):
    ours, _, _ = await begun(database)
    happened = [("heart", True, 1), ("heart", False, 2), ("eyes", True, 3), ("heart", True, 4), ("eyes", False, 5)]
    async with database.transaction() as session:
        reply = await replies_store.at(session, ours, "C1", "2.2")
        roundtable = await store.get(session, ours, 1)
        assert reply is not None
        ben = Member(workspace_id=ours, slack_id="U2", name="Ben", joined_at=NOW, seen_at=NOW)
        session.add(ben)
        await session.flush()
        for told in permutations(happened):
            for name, there, at in (*told, told[0]):  # one of them twice
                reacted = Reacted(there, "C1", "2.2", "U2", name, f"19.{at}", own=False)
                await reactions_store.keep(session, reply, ben.id, reacted)
            assert await reactions_store.counted(session, roundtable) == {reply.id: 1}
            await reactions_store.forget_reply(session, reply)
            session.expunge_all()
            assert await reactions_store.counted(session, roundtable) == {}


async def test_reactions_stay_in_their_workspace_and_show_no_emoji(database: Database):
    ours, theirs, ada = await begun(database)
    async with database.transaction() as session:
        reply = await replies_store.at(session, ours, "C1", "2.2")
        roundtable = await store.get(session, ours, 1)
        assert reply is not None
        for name in (CANARY, "heart"):
            await reactions_store.keep(session, reply, ada, Reacted(True, "C1", "2.2", "U1", name, "19.1", own=False))
        found = (await session.execute(text("SELECT * FROM roundtable_reactions"))).all()
        assert len(found) == 2
        assert "canary" not in repr(found)
        assert "heart" not in repr(found)
        await reactions_store.forget_person(session, theirs, ada)
        assert await reactions_store.counted(session, roundtable) == {reply.id: 1}
        assert await reactions_store.has(session, reply, "U1")
        assert not await reactions_store.has(session, reply, "U2")
        await reactions_store.forget_round(session, await store.get(session, ours, 2))
        assert await reactions_store.counted(session, roundtable) == {reply.id: 1}
        await reactions_store.forget_round(session, roundtable)
        assert not await reactions_store.has(session, reply, "U1")


async def test_a_choice_of_tags_is_kept_once_for_each(database: Database):
    ours, _, ada = await begun(database)
    async with database.transaction() as session:
        assert await tags.choice_of(session, ours, ada) == [tags.SKILLS]
        for ticked in ([tags.GOALS], [], [tags.SKILLS, tags.GOALS]):
            await tags.choose(session, ours, ada, ticked)
            await session.flush()
            assert await tags.choice_of(session, ours, ada) == ticked
