"""Finds tellers and follows what they say: asks the next, hears an answer, swaps, and tells the host in time."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import TooLate
from bot.features.storytelling.models import StorySession, Telling
from bot.features.storytelling.tellers import messages, rules, store
from bot.features.storytelling.tellers.store import ACCEPTED, ASKED, DECLINED, LAPSED, OVER, STEPPED_BACK, SWAPPED
from bot.gatherings import announcing, calendars, reminding, seating
from bot.gatherings import store as gatherings
from bot.gatherings.models import Gathering
from bot.members import store as members
from bot.members.models import Member
from bot.programs import store as programs

HELD = (ASKED, ACCEPTED)


class EnoughStories(TooLate):
    """That session has its stories already, so there is nothing for you to do. The next one is glad of yours."""


class HasBegun(TooLate):
    """That session has begun, so its tellers can't be changed any more."""


async def look(session: AsyncSession, gathering: Gathering, story: StorySession, *, now: datetime) -> None:
    """See to a locked session's tellers: let go who did not answer, ask the next, tell the host, and when to look again."""
    turns = await store.of_session(session, gathering)
    if gathering.state != gatherings.PLANNED or gathering.starts_at <= now:
        story.due_at = None
        return
    for turn in turns:
        if turn.state == ASKED and turn.answer_by is not None and turn.answer_by <= now:
            await _settle(session, turn, LAPSED, now)
    lacking = story.wanted - _count(turns, HELD)
    if lacking > 0:
        lacking -= len(await _ask_next(session, gathering, lacking, now))
    turns = await store.of_session(session, gathering)
    promised, late = _count(turns, (ACCEPTED,)), now >= rules.host_hears_at(gathering.starts_at)
    if story.told_host_at is None and (lacking > 0 or (late and promised < story.wanted)):
        story.told_host_at = now
        await messages.tell_host(session, gathering, story, promised, now=now)
    story.due_at = _look_again(gathering, story, turns)


async def _ask_next(session: AsyncSession, gathering: Gathering, many: int, now: datetime) -> list[Telling]:
    answer_by = rules.answer_by(now, gathering.starts_at)
    if answer_by is None:
        return []
    program = await programs.get(session, gathering.workspace_id, gathering.program_id)
    people, heard = await store.candidates(session, gathering, program, now)
    chosen = rules.next_of(people, heard, many, f"{gathering.workspace_id}:{gathering.id}")
    return [await ask(session, gathering, each, via="rota", answer_by=answer_by, now=now) for each in chosen]


async def ask(
    session: AsyncSession, gathering: Gathering, member_id: int, *, via: str, answer_by: datetime, now: datetime
) -> Telling:
    """Ask one person to tell at a locked session."""
    turn = await store.put(session, gathering, member_id, via=via, state=ASKED, answer_by=answer_by, now=now)
    await messages.show(session, gathering, turn, now=now)
    return turn


async def sign_up(
    session: AsyncSession, gathering: Gathering, story: StorySession, member_id: int, *, now: datetime
) -> Telling:
    """Somebody has a story: theirs at once, while not all are promised."""
    _check(gathering, now)
    turns = await store.of_session(session, gathering)
    mine = next((each for each in turns if each.member_id == member_id), None)
    if mine is not None and mine.state == ACCEPTED:
        return mine
    if _count(turns, (ACCEPTED,)) >= story.wanted:
        raise EnoughStories
    turn = await store.put(
        session, gathering, member_id, via=mine.via if mine else "signed_up", state=ACCEPTED, answer_by=None, now=now
    )
    await _promised(session, gathering, story, turn, now)
    return turn


async def accept(
    session: AsyncSession, gathering: Gathering, story: StorySession, turn: Telling, *, now: datetime
) -> None:
    """[I'll tell]: also after a no, or after it went on, while a story is lacking."""
    await sign_up(session, gathering, story, turn.member_id, now=now)


async def decline(
    session: AsyncSession, gathering: Gathering, story: StorySession, turn: Telling, *, now: datetime
) -> None:
    """[Not this time]: the next is asked at once."""
    _check(gathering, now)
    if turn.state == ASKED:
        await _settle(session, turn, DECLINED, now)
        await look(session, gathering, story, now=now)


async def step_back(
    session: AsyncSession, gathering: Gathering, story: StorySession, turn: Telling, *, now: datetime
) -> None:
    """Somebody who had promised cannot after all: the next is asked, or the host hears of it."""
    if turn.state not in HELD:
        return
    await _settle(session, turn, STEPPED_BACK, now)
    story.told_host_at = None
    await look(session, gathering, story, now=now)
    await announcing.refresh(session, gathering, now)


async def go_on_with(session: AsyncSession, gathering: Gathering, story: StorySession, *, now: datetime) -> int:
    """The host is content with the stories that are promised: nobody else is asked. How many those are."""
    _check(gathering, now)
    turns = await store.of_session(session, gathering)
    promised = _count(turns, (ACCEPTED,))
    if promised == 0:
        raise TooLate("Nobody has promised a story yet. Invite somebody, or call the session off.")
    story.wanted = promised
    for turn in turns:
        if turn.state == ASKED:
            await _settle(session, turn, OVER, now)
    story.due_at = None
    return promised


async def offer_swap(
    session: AsyncSession, gathering: Gathering, turn: Telling, other_id: int, *, now: datetime
) -> None:
    """Ask somebody to tell in one's place; it stays one's own until they say yes."""
    _check(gathering, now)
    if turn.state != ACCEPTED:
        raise TooLate("You don't hold this turn any more, so there is nothing to swap.")
    others = [each for each in await store.of_session(session, gathering) if each.member_id == other_id]
    if any(each.state == ACCEPTED for each in others):
        raise TooLate("They tell at this session already. Ask somebody else.")
    turn.swap_with = other_id
    await session.flush()
    await messages.offer_swap(session, gathering, turn, now=now)
    await messages.show(session, gathering, turn, now=now)


async def take_over(
    session: AsyncSession, gathering: Gathering, story: StorySession, turn: Telling, *, now: datetime
) -> None:
    """Whoever was asked to swap says yes: the turn is theirs."""
    _check(gathering, now)
    if turn.state != ACCEPTED or turn.swap_with is None:
        raise TooLate("They found another way meanwhile, so there is nothing for you to do.")
    other_id = turn.swap_with
    await _settle(session, turn, SWAPPED, now)
    taken = await store.put(session, gathering, other_id, via="swap", state=ACCEPTED, answer_by=None, now=now)
    await _promised(session, gathering, story, taken, now)


async def leave_swap(session: AsyncSession, gathering: Gathering, turn: Telling, *, now: datetime) -> None:
    """Whoever was asked to swap says no, or the asker takes it back: the turn stays where it was."""
    if turn.swap_with is not None:
        turn.swap_with = None
        await session.flush()
        await messages.show(session, gathering, turn, now=now)


async def _promised(
    session: AsyncSession, gathering: Gathering, story: StorySession, turn: Telling, now: datetime
) -> None:
    """A story is promised: its teller has a seat, everybody reads who tells, and nobody is asked beyond what is wanted."""
    await _give_seat(session, gathering, turn.member_id, now)
    await messages.show(session, gathering, turn, now=now)
    turns = await store.of_session(session, gathering)
    if _count(turns, (ACCEPTED,)) >= story.wanted:
        for other in turns:
            if other.state == ASKED:
                await _settle(session, other, OVER, now)
    story.due_at = _look_again(gathering, story, await store.of_session(session, gathering))
    await announcing.refresh(session, gathering, now)


async def _give_seat(session: AsyncSession, gathering: Gathering, member_id: int, now: datetime) -> None:
    """A teller comes, whether or not the seats for listeners are taken."""
    seating.check_open(gathering)
    seat = await gatherings.say(session, gathering, member_id, gatherings.COMING, now)
    await calendars.give(session, gathering, seat, now)
    await reminding.remind_late(session, gathering, member_id, now)


async def _settle(session: AsyncSession, turn: Telling, state: str, now: datetime) -> None:
    turn.state, turn.answer_by, turn.swap_with = state, None, None
    await session.flush()
    gathering = await gatherings.get(session, turn.workspace_id, turn.gathering_id)
    await messages.show(session, gathering, turn, now=now)


def _look_again(gathering: Gathering, story: StorySession, turns: Collection[Telling]) -> datetime | None:
    """When somebody's time to answer is over, or the host is to hear; None where nobody is being waited for."""
    moments = [each.answer_by for each in turns if each.state == ASKED and each.answer_by is not None]
    if moments and story.told_host_at is None:
        moments.append(rules.host_hears_at(gathering.starts_at))
    return min(moments, default=None)


def _count(turns: Collection[Telling], states: Collection[str]) -> int:
    return sum(each.state in states for each in turns)


def _check(gathering: Gathering, now: datetime) -> None:
    seating.check_open(gathering)
    if gathering.starts_at <= now:
        raise HasBegun


async def leave(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """Somebody left, was deactivated or pauses: their turns go on, in time to find somebody else."""
    for turn in await store.of_member(session, workspace_id, member_id):
        gathering, story = await store.lock(session, workspace_id, turn.gathering_id)
        turn = await store.get(session, workspace_id, turn.id)
        member = await members.by_id(session, workspace_id, member_id)
        if gathering.state != gatherings.PLANNED or not _is_away(member, gathering):
            continue
        await step_back(session, gathering, story, turn, now=now)


def _is_away(member: Member | None, gathering: Gathering) -> bool:
    if member is None or member.left_at is not None or member.deactivated_at is not None:
        return True
    return member.paused_until is not None and member.paused_until > gathering.starts_at.date()
