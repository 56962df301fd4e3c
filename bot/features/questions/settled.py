"""Once a question is over, no line in its asker's thread goes on offering what was to be chosen before."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.errors import Gone
from bot.features.questions import askers, messages, store
from bot.features.questions.models import Question
from bot.features.questions.routing import step_views
from bot.features.questions.rules import OPEN
from bot.members import store as members
from bot.messages import Content, Kind, MessageClass, Verb

SETTLED = Kind(  # after everything else that ends with a question, such as words that go with it
    "questions.settled", MessageClass.ANSWER, priority=40, expires=timedelta(days=3), cost=0, private=True
)
NOBODY, TAKEN = "nobody", "taken"  # how the keys of these lines begin


async def put_away(session: AsyncSession, question: Question, *, now: datetime) -> None:
    """Whatever stands there is to say what was so, without its buttons; where something was chosen, that stays."""
    begins = {messages.key_to_asker(session, question, messages.TOLD, f"{what}:"): what for what in (NOBODY, TAKEN)}
    query = select(Delivery.id, Delivery.dedupe_key).where(
        Delivery.workspace_id == question.workspace_id,
        Delivery.subject == askers.subject_of(session, question.id),
        Delivery.verb == Verb.POST.value,
        or_(*(Delivery.dedupe_key.startswith(each, autoescape=True) for each in begins)),
        ~_was_changed(),
    )
    for line, key in (await session.execute(query.order_by(Delivery.id))).all():
        what = next(what for begin, what in begins.items() if key.startswith(begin))
        key = f"{what}:{line}:{outbox.moment(session, now)}"
        await messages.to_asker(session, question, SETTLED, None, now=now, key=key, verb=Verb.UPDATE, target_id=line)


async def draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    """Nothing, where it is open again, or something was chosen in that very line."""
    about = (Delivery.workspace_id == delivery.workspace_id, Delivery.id == delivery.target_id)
    if (await session.execute(select(Delivery.id).where(*about, ~_was_changed()))).first() is None:
        return None
    try:
        question = await store.get(session, delivery.workspace_id, askers.question_in(session, delivery.subject))
    except Gone:
        return None
    if question.state in OPEN:
        return None
    if delivery.dedupe_key.split(":")[2] == NOBODY:
        return step_views.found_nobody(question.audience)
    return await _taken(session, question)


def _was_changed() -> ColumnElement[bool]:
    """Whether a line says by now what was chosen in it."""
    change = aliased(Delivery)
    return exists().where(
        change.workspace_id == Delivery.workspace_id,
        change.target_id == Delivery.id,
        change.verb == Verb.UPDATE.value,
        change.kind != SETTLED.name,
    )


async def _taken(session: AsyncSession, question: Question) -> Content:
    """By whom is said where it was only one person, as the line no longer knows."""
    rows = await store.asked_for(session, question)
    held = [each.member_id for each in rows if each.claimed_at is not None and each.role != "second"]
    names = await members.names(session, question.workspace_id, held)
    return step_views.was_taken(next(iter(names.values())) if len(names) == 1 else "Somebody")
