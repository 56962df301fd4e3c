"""A second opinion: one more person, with a thread of their own, beside whoever holds the question."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.questions import askers, lifecycle, messages, store
from bot.features.questions.models import Question
from bot.features.questions.routing import asking_people, step_views
from bot.features.questions.routing.errors import NotAskedOfYou, OverNow
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Content, Kind, MessageClass
from bot.slack import blocks
from bot.slack.act import Act
from bot.slack.used import in_place

USED = Kind("questions.used", MessageClass.ANSWER, priority=9, expires=timedelta(days=1), cost=0, private=True)


async def ask(
    session: AsyncSession, question: Question, member: Member, *, now: datetime
) -> tuple[Content, str | None]:
    """Ask one more who fits; what whoever wanted it reads at once, and, if its asker did, who holds it."""
    row = await store.asked_as(session, question, member.id)
    holds = row is not None and row.state == "claimed"
    if not holds and not askers.is_mine(session, question, member.id):
        raise NotAskedOfYou
    if question.state != "held":
        raise OverNow
    rows = await store.asked_for(session, question, lock=True)
    if any(each.role == "second" and each.state in ("asked", "claimed") for each in rows):
        text = "Somebody was asked for a second opinion already."
        return Content(text, [blocks.section(text)]), None
    found = await asking_people.ask(session, question, 1, step=question.step, now=now, role="second")
    if not found:
        return step_views.no_second(), None
    asker = await members.by_id(session, question.workspace_id, askers.asker_of(session, question).member_id)
    content = step_views.second(found[0].name, found[0].until, asker.tz if asker is not None else "UTC")
    await messages.tell(session, question, content, now=now, key=f"second:{outbox.moment(session, now)}")
    await lifecycle.changed(session, question, now=now)
    held = [each.member_id for each in rows if each.state == "claimed"]
    names = await members.names(session, question.workspace_id, [] if holds else held)
    return step_views.second(found[0].name, found[0].until, member.tz), next(iter(names.values()), None)


async def replace(session: AsyncSession, act: Act, question: Question, content: Content, *, now: datetime) -> None:
    """Put the choice in words where the buttons of a message to somebody who answers were."""
    if not act.message_ts:
        return
    key = f"questions.used:{question.id}:{act.message_ts}:{outbox.moment(session, now)}"
    shown = in_place(act, USED, f"question:{question.id}:shown", content, key=key, now=now)
    await outbox.enqueue(session, shown, now=now)
