"""The ladder: best fit, two more, the channel, a lead; and, where nobody is left, a plain word to the asker.

Whoever calls holds the question's lock. A step at which nobody fits is passed over at once.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import after_commit
from bot.delivery import outbox
from bot.features.questions import askers, lifecycle, messages, store
from bot.features.questions.models import Asked, Question
from bot.features.questions.routing import asking_people, places, posting, rules, step_views, times
from bot.features.questions.rules import PACES
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Content

WAITING = ("asked", "not_now")
Telling = Callable[[str, bool], Content]  # (the asker's zone, whether a step was passed over)


@dataclass(frozen=True)
class Taken:
    """A step that was taken: until when it is waited for, and what the asker reads of it."""

    until: datetime
    tell: Telling


async def look(session: AsyncSession, question: Question, *, now: datetime) -> None:
    """It is time to look at an open question: who let their time pass, who is asked again, and what comes next."""
    rows = [each for each in await store.asked_for(session, question, lock=True) if each.role != "second"]
    for row in rows:
        if row.state == "asked" and (row.due_at is None or row.due_at <= now):
            await lifecycle.let_go(session, row, "lapsed", now=now)
            row.ended_at = now if row.ts is not None else None  # what never reached them is no silence of theirs
        elif row.state == "not_now" and row.due_at is not None and row.due_at <= now:
            await _ask_again(session, question, row, now=now)
    waiting = _waiting(rows)
    if waiting:
        question.due_at = min(waiting)
    else:
        await _go_on(session, question, rows, now=now)
    await session.flush()
    await lifecycle.changed(session, question, now=now)


async def hurry(session: AsyncSession, question: Question, *, now: datetime) -> None:
    """Somebody who was waited for said no or is gone: where nobody else is waited for, the next step comes at once."""
    rows = await store.asked_for(session, question)
    if question.state != "open" or question.due_at is None:
        return
    waiting = _waiting([each for each in rows if each.role != "second"])
    if waiting:
        question.due_at = min([*waiting, question.due_at])
    elif question.step != rules.CHANNEL:  # in a channel everybody is waited for
        question.due_at = now
        _wake(session)


def go_on_at_once(session: AsyncSession, question: Question, *, now: datetime) -> None:
    """Nobody holds it any more: it is open again, and the ladder goes on where it was."""
    question.state, question.due_at = "open", now
    _wake(session)


def _waiting(rows: list[Asked]) -> list[datetime]:
    return [each.due_at for each in rows if each.state in WAITING and each.due_at is not None]


def _wake(session: AsyncSession) -> None:
    if wake := session.info.get("wake"):
        after_commit(session, wake)


async def _go_on(session: AsyncSession, question: Question, rows: list[Asked], *, now: datetime) -> None:
    begun = any(each.step == question.step and each.state != "over" for each in rows)
    step = first = rules.next_step(question.step, begun=begun)
    if any(each.role == "lead" and each.state == "over" for each in rows):
        step = first = rules.LEADS  # a lead had taken it: the others are asked again
    if question.audience.startswith("channel:") and question.channel is None:
        await _post_at_once(session, question, now=now)
    while step < rules.NOBODY:
        taken = await STEPS[step](session, question, now)
        if taken is not None:
            question.step, question.due_at = step, taken.until
            asker = await _asker(session, question)
            if asker is not None:
                content = taken.tell(asker.tz, step > first)
                await messages.tell(
                    session, question, content, now=now, key=f"step:{step}:{outbox.moment(session, now)}"
                )
            return
        step += 1
    await _nobody(session, question, rows, now=now)


async def _best(session: AsyncSession, question: Question, now: datetime) -> Taken | None:
    return await _ask_some(session, question, rules.BEST, now)


async def _two_more(session: AsyncSession, question: Question, now: datetime) -> Taken | None:
    return None if _is_for_one(question) else await _ask_some(session, question, rules.TWO_MORE, now)


async def _ask_some(session: AsyncSession, question: Question, step: int, now: datetime) -> Taken | None:
    found = await asking_people.ask(session, question, rules.HOW_MANY[step], step=step, now=now)
    if not found:
        return None
    names, until = [each.name for each in found], max(each.until for each in found)
    return Taken(until, lambda tz, passed: step_views.asked(names, until, tz, passed_over=passed))


async def _channel(session: AsyncSession, question: Question, now: datetime) -> Taken | None:
    """Nothing where there is no channel, or where it has stood in one while others were asked."""
    if _is_for_one(question):
        return None
    place = await places.place_for(session, question)
    if place is None:
        return None
    fresh = await posting.post(session, question, place[0], now=now)
    if not fresh and (question.channel != place[0] or question.step > rules.BEST):
        return None
    channel, until = place[0], await _lead_hours(session, question, now)
    return Taken(until, lambda tz, passed: step_views.posted(channel, until, tz, passed_over=passed))


async def _leads(session: AsyncSession, question: Question, now: datetime) -> Taken | None:
    """Every lead but the asker, and whoever is kept apart from them."""
    if _is_for_one(question):
        return None
    found = await asking_people.ask_leads(session, question, now=now)
    if not found:
        return None
    many, until = len(found), max(each.until for each in found)
    return Taken(until, lambda tz, passed: step_views.with_leads(many, until, tz, passed_over=passed))


STEPS: dict[int, Callable[[AsyncSession, Question, datetime], Awaitable[Taken | None]]] = {
    rules.BEST: _best,
    rules.TWO_MORE: _two_more,
    rules.CHANNEL: _channel,
    rules.LEADS: _leads,
}


async def _nobody(session: AsyncSession, question: Question, rows: list[Asked], *, now: datetime) -> None:
    """The end: nothing more happens by itself, and the asker reads so and chooses."""
    question.step, question.due_at = rules.NOBODY, None
    if _is_for_one(question):
        mentor = int(question.audience.split(":")[1])
        name = (await members.names(session, question.workspace_id, [mentor])).get(mentor, "Whom you asked")
        content = step_views.not_from(name, question.id, asked=any(each.member_id == mentor for each in rows))
    else:
        content = step_views.nobody(question.id)
    await messages.tell(session, question, content, now=now, key=f"nobody:{outbox.moment(session, now)}")


async def _ask_again(session: AsyncSession, question: Question, row: Asked, *, now: datetime) -> None:
    """Their next working morning has come."""
    found = await asking_people.ask_once_more(session, question, row, now=now)
    asker = await _asker(session, question)
    if found is not None and asker is not None:
        content = step_views.asked_again(found.name, found.until, asker.tz)
        await messages.tell(session, question, content, now=now, key=f"again:{outbox.moment(session, now)}")


async def _post_at_once(session: AsyncSession, question: Question, *, now: datetime) -> None:
    """A question to a channel stands there from the beginning; those of its programs who fit are asked besides."""
    if (place := await places.place_for(session, question)) is not None:
        await posting.post(session, question, place[0], now=now)


async def _lead_hours(session: AsyncSession, question: Question, now: datetime) -> datetime:
    """A channel has no hours, and the asker's would tell where somebody under an alias lives: a lead's, who is next."""
    leads = await members.leads(session, question.workspace_id)
    asker = askers.asker_of(session, question).member_id
    ids = [each.id for each in leads if each.id != asker][:1]
    people = await members.recipients(session, question.workspace_id, ids)
    promised = [times.promised(each, now, PACES[question.pace][1]) for each in people.values()]
    return next((each for each in promised if each is not None), now + timedelta(days=1))


async def _asker(session: AsyncSession, question: Question) -> Member | None:
    return await members.by_id(session, question.workspace_id, askers.asker_of(session, question).member_id)


def _is_for_one(question: Question) -> bool:
    return question.audience.startswith("mentor:")
