"""Once a question is over, no line in its asker's thread goes on offering what was to be chosen before."""

from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.features.questions import askers, messages, store
from bot.features.questions.models import Question
from bot.features.questions.routing import step_views
from bot.members import store as members
from bot.messages import Content, Verb

NOBODY, TAKEN = "nobody:", "taken:"  # how the keys of these lines begin


async def put_away(session: AsyncSession, question: Question, *, now: datetime) -> None:
    """Whatever stands there says what was so, without its buttons."""
    begins = {key: messages.key_to_asker(session, question, messages.TOLD, key) for key in (NOBODY, TAKEN)}
    changed = aliased(Delivery)
    query = select(Delivery.id, Delivery.dedupe_key).where(
        Delivery.workspace_id == question.workspace_id,
        Delivery.subject == askers.subject_of(session, question.id),
        Delivery.verb == Verb.POST.value,
        or_(*(Delivery.dedupe_key.startswith(each, autoescape=True) for each in begins.values())),
        # where something was chosen, that stays
        ~exists().where(
            changed.workspace_id == question.workspace_id,
            changed.target_id == Delivery.id,
            changed.verb == Verb.UPDATE.value,
        ),
    )
    for line, key in (await session.execute(query.order_by(Delivery.id))).all():
        nobody = key.startswith(begins[NOBODY])
        content = step_views.found_nobody(question.audience) if nobody else await _taken(session, question)
        await messages.to_asker(
            session, question, messages.TOLD, content, now=now, key=f"settled:{line}:{outbox.moment(session, now)}",
            verb=Verb.UPDATE, target_id=line,
        )  # fmt: skip


async def _taken(session: AsyncSession, question: Question) -> Content:
    """By whom is said where it was only one person, as the line no longer knows."""
    rows = await store.asked_for(session, question)
    held = [each.member_id for each in rows if each.claimed_at is not None and each.role != "second"]
    names = await members.names(session, question.workspace_id, held)
    return step_views.was_taken(next(iter(names.values())) if len(names) == 1 else "Somebody")
