"""Members of a program who are not in its channel: they can't read the post, so each is asked in direct message.

Slack alone knows who is in a channel, and is asked at that moment; whoever is there is not written to.
"""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.gatherings import messages, rules, store, subjects, views
from bot.gatherings.facts import about, facts_of, hosts, now_in
from bot.gatherings.models import Gathering
from bot.members import store as members
from bot.messages import Content
from bot.programs import rules as calendar
from bot.programs import store as programs
from bot.registry import Tools

BATCH = 250  # people asked in one transaction
PAGE, MOST_PAGES = 999, 20
TRY_AGAIN = timedelta(hours=1)
PATIENCE = 10  # seconds for all pages together: reminders of other sessions are queued behind it


@dataclass(frozen=True)
class Answer:
    """Slack ids of everybody in a channel; None where Slack did not say, or where they are too many to be read."""

    people: frozenset[str] | None = None
    too_many: bool = False


async def who_is_there(tools: Tools, workspace_id: int, gathering_id: int) -> Answer | None:
    """Who is in the channel of one that is at this step; None for one that is not, so that nobody was asked."""
    async with tools.database.reading() as session:
        gathering = await store.get(session, workspace_id, gathering_id)
    if gathering.step != rules.OUTSIDE:
        return None
    if gathering.channel is None:
        return Answer(frozenset())
    client, found, cursor = await tools.client_for(workspace_id), set[str](), ""
    try:
        async with asyncio.timeout(PATIENCE):
            for _ in range(MOST_PAGES):
                page = await client.conversations_members(channel=gathering.channel, limit=PAGE, cursor=cursor)
                found.update(page["members"])
                cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
                if not cursor:
                    return Answer(frozenset(found))
    except (SlackApiError, ClientError, TimeoutError) as error:
        tools.log.warning("members of a channel not read", gathering=gathering_id, error=type(error).__name__)
        return Answer()
    tools.log.warning("members of a channel too many to read", gathering=gathering_id, read=len(found))
    return Answer(too_many=True)


async def ask_some(
    session: AsyncSession, gathering: Gathering, there: Collection[str], beyond: int, now: datetime
) -> int | None:
    """Ask one batch of a locked gathering's people; the last member id reached, None where nobody is left."""
    program = await programs.get(session, gathering.workspace_id, gathering.program_id)
    if program.state != "active" or gathering.state != store.PLANNED:
        return None
    day = calendar.local_date(gathering.starts_at, gathering.tz)
    ids = await programs.joined_members(session, program, day, beyond=beyond, limit=BATCH)
    said = {each.member_id for each in await store.seats(session, gathering, *rules.SAID)} | hosts(gathering)
    people = await members.recipients(session, gathering.workspace_id, [each for each in ids if each not in said])
    asked = [
        messages.to_one(
            gathering,
            messages.OUTSIDE,
            person,
            key=f"outside:{gathering.sequence}",
            now=now,
            subject=subjects.of(gathering.id),
            expires_at=gathering.starts_at,
        )
        for person in people.values()
        if person.reachable and person.slack_id not in there
    ]
    await outbox.enqueue_all(session, asked, now=now)
    return ids[-1] if len(ids) == BATCH else None


def try_again(gathering: Gathering, said: Answer, now: datetime) -> bool:
    """Slack did not say who is there: wait a little, but never so long that a reminder would be late by it."""
    if said.people is not None or said.too_many:
        return False
    _, following = rules.next_step("announce", gathering.starts_at, gathering.minutes, now)
    if following is None or following <= now + TRY_AGAIN:
        return False
    gathering.due_at = now + TRY_AGAIN
    return True


async def draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    """As it leaves: nothing for whoever said something meanwhile, and nothing once it has begun."""
    gathering, member = await about(session, delivery)
    now = now_in(session)
    seat = await store.seat_of(session, gathering, member.id)
    if gathering.state != store.PLANNED or gathering.starts_at <= now or seat is not None:
        return None
    program = await programs.get(session, gathering.workspace_id, gathering.program_id)
    said = await programs.enrolment(session, program, member.id)
    if said is None or said.state != "joined":
        return None
    facts = await facts_of(session, gathering)
    return views.outside(facts, program.id, program.name, gathering.channel, member.tz, now)
