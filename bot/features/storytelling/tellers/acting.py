"""Follows what tellers and hosts say: a story offered, a yes, a no, somebody invited, or fewer stories than planned."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import TooLate
from bot.features.storytelling.models import StorySession, Telling
from bot.features.storytelling.tellers import asking, messages, rota, store
from bot.features.storytelling.tellers.settling import HELD, EnoughStories, check_ahead, count, let_go, settle
from bot.features.storytelling.tellers.store import ACCEPTED, ASKED, DECLINED, STEPPED_BACK
from bot.gatherings import announcing, calendars, reminding
from bot.gatherings import store as gatherings
from bot.gatherings.models import Gathering
from bot.members.models import Member

ENOUGH = "This session has its stories. To have one more, wait until somebody steps back."
HAS_IT = "They were asked already. Choose somebody else."
TWICE = "They tell at the session before or after this one. Choose somebody else, so that more of you are heard."
UNREACHED = (
    "A question would not reach them before this session, by the days and hours they chose. Choose somebody else, or ask "
    "them yourself."
)


class TwiceRunning(TooLate):
    """You tell at the session before or after this one, so this one is for somebody else's story. A later one is glad of yours."""


async def sign_up(
    session: AsyncSession, gathering: Gathering, story: StorySession, member_id: int, *, now: datetime
) -> Telling:
    """Somebody has a story: theirs at once, while not all are promised. A yes counts also after a no."""
    check_ahead(gathering, now)
    turns = await store.of_session(session, gathering)
    mine = next((each for each in turns if each.member_id == member_id), None)
    if mine is not None and mine.state == ACCEPTED:
        return mine
    if count(turns, ACCEPTED) >= story.wanted:
        raise EnoughStories
    if member_id in await rota.tell_beside(session, gathering):
        raise TwiceRunning
    via = mine.via if mine else "signed_up"
    turn = await store.put(session, gathering, member_id, via=via, state=ACCEPTED, answer_by=None, now=now)
    await promised(session, gathering, story, turn, now)
    return turn


async def decline(
    session: AsyncSession, gathering: Gathering, story: StorySession, turn: Telling, *, now: datetime
) -> None:
    """[Not this time]: the next is asked at once."""
    check_ahead(gathering, now)
    if turn.state == ASKED:
        await settle(session, gathering, turn, DECLINED, now)
        asking.hear_again(story, turn)
        await asking.look(session, gathering, story, now=now, said_no=True)


async def step_back(
    session: AsyncSession, gathering: Gathering, story: StorySession, turn: Telling, *, now: datetime
) -> None:
    """Somebody who had promised cannot after all: the next is asked, or the host hears of it."""
    if turn.state not in HELD:
        return
    await settle(session, gathering, turn, STEPPED_BACK, now)
    story.told_host_at = None
    await asking.look(session, gathering, story, now=now)
    await announcing.refresh(session, gathering, now)


async def invite(
    session: AsyncSession, gathering: Gathering, story: StorySession, person: Member, *, now: datetime
) -> str | None:
    """The host asks somebody themselves; or why they can't be asked."""
    check_ahead(gathering, now)
    turns = await store.of_session(session, gathering)
    if count(turns, ACCEPTED) >= story.wanted:
        return ENOUGH
    if any(each.member_id == person.id and each.state in HELD for each in turns):
        return HAS_IT
    if person.id in await rota.tell_beside(session, gathering):
        return TWICE
    if not await rota.reaches_in_time(session, gathering, person.id, now):
        return UNREACHED
    until = await rota.time_to_answer(session, gathering, person.id, now)
    await asking.ask(session, gathering, person.id, via="invited", answer_by=until, now=now)
    story.due_at = min(story.due_at or until, until)
    return None


async def go_on_with(session: AsyncSession, gathering: Gathering, story: StorySession, *, now: datetime) -> int:
    """The host is content with the stories that are promised: nobody else is asked. How many those are."""
    check_ahead(gathering, now)
    turns = await store.of_session(session, gathering)
    stories = count(turns, ACCEPTED)
    if stories == 0:
        raise TooLate("Nobody has promised a story yet. Invite somebody, or call the session off.")
    story.wanted, story.due_at = stories, None
    await let_go(session, gathering, turns, now)
    return stories


async def promised(
    session: AsyncSession, gathering: Gathering, story: StorySession, turn: Telling, now: datetime
) -> None:
    """A story is promised: its teller has a seat, everybody reads who tells, nobody is asked beyond what is wanted."""
    await _give_seat(session, gathering, turn.member_id, now)
    await messages.show(session, gathering, turn, now=now)
    turns = await store.of_session(session, gathering)
    if count(turns, ACCEPTED) >= story.wanted:
        await let_go(session, gathering, turns, now)
    story.due_at = asking.look_again(gathering, story, turns)
    await announcing.refresh(session, gathering, now)


async def _give_seat(session: AsyncSession, gathering: Gathering, member_id: int, now: datetime) -> None:
    """A teller comes, whether or not the seats for listeners are taken."""
    before = await gatherings.seat_of(session, gathering, member_id)
    if before is not None and before.state == gatherings.COMING:
        return
    seat = await gatherings.say(session, gathering, member_id, gatherings.COMING, now)
    await calendars.give(session, gathering, seat, now)
    await reminding.remind_late(session, gathering, member_id, now)
