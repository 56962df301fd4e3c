"""Who acts, who can be reached, who may be in a pool: asked of both databases, and never across workspaces."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.delivery import outbox
from bot.delivery.models import Charge
from bot.errors import NotALead, NotAMember, PerennialError
from bot.members import changes, store, vocabulary
from bot.members.changes import About, Skills
from bot.members.errors import Deactivated, NotForBots, NotFromHere
from bot.members.front.store import messages_this_week
from bot.members.models import Apart, Member, Workspace
from bot.messages import Content, Message, People
from bot.slack.act import Act, read_act

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
TODAY = date(2026, 3, 2)


async def workspace(session: AsyncSession, team_id: str = "T1", **facts: Any) -> int:
    row = Workspace(team_id=team_id, name=team_id, installed_at=NOW, bot_user_id="UBOT", options={}, **facts)
    session.add(row)
    await session.flush()
    return row.id


async def person(session: AsyncSession, workspace_id: int, slack_id: str, **facts: Any) -> Member:
    row = Member(
        workspace_id=workspace_id, slack_id=slack_id, name=slack_id, **{"seen_at": NOW, "joined_at": NOW} | facts
    )
    session.add(row)
    await session.flush()
    return row


def act(workspace_id: int, user: str, **facts: Any) -> Act:
    body = {"team": {"id": "T1"}, "user": {"id": user, "name": "somebody", "team_id": "T1"} | facts}
    return read_act(workspace_id, body)


@pytest.mark.parametrize(
    ("user", "facts", "error"),
    [
        ("U1", {"team_id": "T2"}, NotFromHere),
        ("UBOT", {}, NotForBots),
        ("USLACKBOT", {}, NotForBots),
        ("", {}, NotForBots),
        ("UGONE", {}, Deactivated),
    ],
)
async def test_who_may_not_act(database: Database, user: str, facts: dict[str, Any], error: type[PerennialError]):
    async with database.transaction() as session:
        ours = await workspace(session)
        await person(session, ours, "UGONE", deactivated_at=NOW)
        with pytest.raises(error):
            await store.actor(session, act(ours, user, **facts))


async def test_a_team_that_is_not_the_workspaces_own_is_refused(database: Database):
    async with database.transaction() as session:
        other = await workspace(session, "T2")
        with pytest.raises(NotFromHere):
            await store.actor(session, act(other, "U1"))


async def test_who_acts_is_known_from_then_on_and_not_yet_in(database: Database):
    async with database.transaction() as session:
        ours = await workspace(session)
        first = await store.actor(session, act(ours, "U1"))
        assert (first.name, first.seen_at, first.joined_at) == ("somebody", None, None)
        assert (await store.actor(session, act(ours, "U1"))).id == first.id
        with pytest.raises(NotAMember):
            await store.joined_actor(session, act(ours, "U1"))
        with pytest.raises(NotALead):
            await store.lead_actor(session, act(ours, "U1"))
        await changes.join(session, first, now=NOW)
        assert (await store.joined_actor(session, act(ours, "U1"))).id == first.id


@pytest.mark.parametrize(
    ("facts", "is_in"),
    [
        ({}, True),
        ({"joined_at": None}, False),
        ({"left_at": NOW}, False),
        ({"deactivated_at": NOW}, False),
        ({"seen_at": None}, False),
        ({"is_guest": True}, False),
        ({"paused_until": TODAY}, True),
        ({"paused_until": date(2026, 3, 3)}, False),
    ],
)
async def test_who_may_be_in_a_pool(database: Database, facts: dict[str, Any], is_in: bool):
    async with database.transaction() as session:
        await person(session, await workspace(session), "U1", **facts)
        found = (await session.execute(select(Member.slack_id).where(store.pool_filter(TODAY)))).scalars().all()
        assert found == (["U1"] if is_in else [])


async def test_guests_are_in_where_their_own_workspace_allows_it(database: Database):
    async with database.transaction() as session:
        for team_id, allowed in (("T1", True), ("T2", False)):
            await person(
                session, await workspace(session, team_id, guests_allowed=allowed), "U" + team_id, is_guest=True
            )
        found = (await session.execute(select(Member.slack_id).where(store.pool_filter(TODAY)))).scalars().all()
        assert found == ["UT1"]


async def test_nothing_is_read_across_workspaces(database: Database):
    async with database.transaction() as session:
        ours, theirs = await workspace(session), await workspace(session, "T2")
        ada, eve = await person(session, ours, "U1"), await person(session, theirs, "U1")
        for member in (ada, eve):
            await changes.set_about(session, member, About(f"Team {member.id}", "design", 2))
            await changes.set_skills(session, member, Skills((f"Skill {member.id}",), (), (f"Like {member.id}",)))
        session.add(Apart(workspace_id=theirs, member_id=eve.id, other_id=eve.id))
        await session.flush()
        both = [ada.id, eve.id]
        assert await store.names(session, ours, both) == {ada.id: "U1"}
        assert set(await store.recipients(session, ours, both)) == {ada.id}
        assert set(await store.profiles(session, ours, both)) == {ada.id}
        assert await store.aparts(session, ours) == set()
        assert await store.by_id(session, ours, eve.id) is None
        assert await store.viewer(session, ours, eve.id, NOW) is None
        for kind, typed in (("team", "team"), ("skill", "skill"), ("interest", "like")):
            found = await vocabulary.find(session, ours, kind, typed)
            assert [name.rpartition(" ")[2] for _, name in found] == [str(ada.id)]
            assert not await vocabulary.is_known(session, ours, kind, f"{typed} {eve.id}")


async def test_what_delivery_must_respect(database: Database):
    async with database.transaction() as session:
        ours = await workspace(session)
        ada = await person(session, ours, "U1", tz="Asia/Tokyo", paused_until=date(2026, 3, 9), weekly_budget=2)
        ben = await person(session, ours, "U2", left_at=NOW)
        found = await store.recipients(session, ours, [ada.id, ben.id])
        assert found[ada.id].paused_until == datetime(2026, 3, 8, 15, tzinfo=UTC)
        assert (found[ada.id].weekly_budget, found[ada.id].work_days) == (2, (0, 1, 2, 3, 4))
        assert (found[ada.id].reachable, found[ben.id].reachable) == (True, False)


async def test_facts_of_many_are_read_at_once(database: Database):
    async with database.transaction() as session:
        ours = await workspace(session)
        people = [await person(session, ours, f"U{number}") for number in range(5)]
        await changes.set_about(session, people[0], About("Design", "design", 3))
        await changes.set_skills(session, people[0], Skills(("SQL", "sql "), ("Saying no",), ("Bread",)))
        await changes.set_skills(session, people[1], Skills((), ("SQL",), ()))
        await changes.set_skills(session, people[1], Skills((), ("sql",), ()))
        await session.flush()
        found = await store.profiles(session, ours, [member.id for member in people])
        assert len(found) == 5
        ada = found[people[0].id]
        assert (ada.team, ada.function, ada.level) == ("Design", "design", 3)
        assert (ada.offers, ada.wants, ada.interests) == (
            {"sql": "SQL"},
            {"saying-no": "Saying no"},
            {"bread": "Bread"},
        )
        assert found[people[1].id].wants == {"sql": "SQL"}
        assert found[people[4].id].team == ""


async def test_the_week_that_is_counted_begins_on_their_own_monday(database: Database):
    async with database.transaction() as session:
        ours = await workspace(session)
        ada = await person(session, ours, "U1", tz="Pacific/Auckland")
        monday_there = datetime(2026, 3, 1, 20, tzinfo=UTC)  # still Sunday in Europe
        message = Message(
            workspace_id=ours,
            kind="members.pause_ended",
            subject="member:1",
            to=People(("U1",), (ada.id,)),
            dedupe_key="once",
            due_at=NOW,
            content=Content("Hello"),
        )
        delivery_id = await outbox.enqueue(session, message, now=NOW)
        for day, cost in ((date(2026, 3, 1), 1), (date(2026, 3, 2), 2)):
            session.add(
                Charge(
                    workspace_id=ours,
                    delivery_id=delivery_id,
                    member_id=ada.id,
                    message_class="suggestion",
                    cost=cost,
                    local_date=day,
                    charged_at=NOW,
                )
            )
            await session.flush()
            delivery_id = await outbox.enqueue(session, replace(message, dedupe_key="twice"), now=NOW)
        assert await messages_this_week(session, ada, monday_there) == 2
