"""Finds tellers: lets go who did not answer, asks the next by the rota, and tells the host in time."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.storytelling.models import StorySession, Telling
from bot.features.storytelling.tellers import messages, rota, rules, store
from bot.features.storytelling.tellers.settling import HELD, count, is_ahead, settle
from bot.features.storytelling.tellers.store import ACCEPTED, ASKED, LAPSED
from bot.gatherings import store as gatherings
from bot.gatherings.models import Gathering
from bot.programs import store as programs


async def look(
    session: AsyncSession, gathering: Gathering, story: StorySession, *, now: datetime, said_no: bool = False
) -> None:
    """See to a locked session's tellers, and say when to look again. `said_no`: somebody who was asked just did."""
    if not is_ahead(gathering, now):
        story.due_at = None
        return
    turns = await store.of_session(session, gathering)
    for turn in turns:
        if turn.state == ASKED and turn.answer_by is not None and turn.answer_by <= now:
            await settle(session, gathering, turn, LAPSED, now)
            hear_again(story, turn)
            said_no = True
    lacking = story.wanted - count(turns, *HELD)
    if lacking > 0:
        lacking -= await _ask_next(session, gathering, lacking, now)
    turns = await store.of_session(session, gathering)
    if said_no and lacking > 0 and count(turns, ASKED) == 0:
        story.told_host_at = None  # what the host read last was that somebody is thinking about it
    late = now >= rules.host_hears_at(gathering.starts_at) and count(turns, ACCEPTED) < story.wanted
    waited = now >= rules.host_hears_from(gathering.created_at, gathering.starts_at)
    if story.told_host_at is None and ((lacking > 0 and waited) or late):
        story.told_host_at = now
        await messages.tell_host(session, gathering, story, count(turns, ACCEPTED), count(turns, ASKED), now=now)
    story.due_at = look_again(gathering, story, turns)


async def look_for_more(
    session: AsyncSession, workspace_id: int, program_id: int, member_id: int, now: datetime
) -> None:
    """Somebody joined the program: sessions that lack tellers may ask them."""
    for gathering in await gatherings.coming_up(session, workspace_id, now, program_id=program_id):
        await store.look_soon(session, gathering, now)


def hear_again(story: StorySession, turn: Telling) -> None:
    """Somebody the host invited does not tell: the host, who counted on them, is told what is lacking once more."""
    if turn.via == "invited":
        story.told_host_at = None


async def _ask_next(session: AsyncSession, gathering: Gathering, many: int, now: datetime) -> int:
    program = await programs.get(session, gathering.workspace_id, gathering.program_id)
    people, heard, until = await rota.candidates(session, gathering, program, now)
    chosen = rules.next_of(people, heard, many, f"{gathering.workspace_id}:{gathering.id}")
    for member_id in chosen:
        await ask(session, gathering, member_id, via="rota", answer_by=until[member_id], now=now)
    return len(chosen)


async def ask(
    session: AsyncSession, gathering: Gathering, member_id: int, *, via: str, answer_by: datetime, now: datetime
) -> Telling:
    """Ask one person to tell at a locked session."""
    turn = await store.put(session, gathering, member_id, via=via, state=ASKED, answer_by=answer_by, now=now)
    await messages.show(session, gathering, turn, now=now)
    return turn


def look_again(gathering: Gathering, story: StorySession, turns: Collection[Telling]) -> datetime | None:
    """When somebody's time to answer is over, or the host is to hear; None where nobody is being waited for."""
    moments = [each.answer_by for each in turns if each.state == ASKED and each.answer_by is not None]
    if story.told_host_at is None and count(turns, *HELD) < story.wanted:
        moments.append(rules.host_hears_from(gathering.created_at, gathering.starts_at))
    elif moments and story.told_host_at is None:
        moments.append(rules.host_hears_at(gathering.starts_at))
    return min(moments, default=None)
