"""A review: the holder goes through the checklist, as often as they like, and whoever asked reads it as one message."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import vault_of
from bot.delivery import outbox
from bot.errors import Gone
from bot.features.questions import store
from bot.features.questions.models import Answer, Asked, Question, ReviewNote
from bot.features.questions.threads import carrying, places, telling
from bot.features.questions.threads import store as answers
from bot.features.questions.threads.checklists import Checklist, checklists
from bot.features.questions.threads.review_views import as_text
from bot.members import private
from bot.members.models import Member


@dataclass(frozen=True)
class Noted:
    """What a mentor saw at one point."""

    ticked: bool = False
    comment: str = ""


Notes = Mapping[str, Noted]  # by the slug of the point


def checklist_of(question: Question) -> Checklist:
    """The checklist a review goes by; Gone where the question asks for none."""
    found = checklists().get(question.checklist or "")
    if found is None:
        raise Gone
    return found


async def holder(session: AsyncSession, question: Question, member: Member) -> Asked:
    """The part of whoever holds a question, or held it until it ended; Gone for everybody else."""
    asked = await store.asked_as(session, question, member.id)
    if asked is None or asked.claimed_at is None or asked.state not in ("claimed", "over"):
        raise Gone
    return asked


async def notes_of(session: AsyncSession, question: Question, member_id: int) -> dict[str, Noted]:
    """What somebody noted so far."""
    query = select(ReviewNote).where(
        ReviewNote.workspace_id == question.workspace_id,
        ReviewNote.question_id == question.id,
        ReviewNote.member_id == member_id,
    )
    rows = list((await session.execute(query)).scalars())
    if not any(row.comment for row in rows):
        return {row.point: Noted(row.ticked) for row in rows}
    seal = await private.open_seal(session, question.workspace_id, member_id)
    return {
        row.point: Noted(row.ticked, seal.open(row.comment, _about(question, row.point)) if row.comment else "")
        for row in rows
    }


async def save(session: AsyncSession, question: Question, member: Member, notes: Notes, *, now: datetime) -> None:
    """Keep a review as far as it got, and carry it; what was carried before is changed in place."""
    seal = await private.seal_of(session, question.workspace_id, member.id)
    for point, noted in notes.items():
        row = await session.get(ReviewNote, (question.id, member.id, point)) or ReviewNote(
            question_id=question.id, member_id=member.id, point=point, workspace_id=question.workspace_id
        )
        row.ticked, row.noted_at = noted.ticked, now
        row.comment = seal.seal(noted.comment, _about(question, point)) if noted.comment else None
        session.add(row)
    await session.flush()
    await _carry(session, question, member, as_text(checklist_of(question), notes), now=now)


async def _carry(session: AsyncSession, question: Question, member: Member, text: str, *, now: datetime) -> None:
    known = await _answer(session, question, member)
    if not text and known is None:
        return
    if known is None:
        place = _place(session, question, member.id)
        answer = await answers.add(
            session, question, place, places.REVIEW, writer_id=member.id, text=text, held=True, now=now
        )
        await telling.kept(session, question, answer, now=now)
        await telling.reviewed(session, question, member, now=now)
        return
    if known.state == answers.GONE:
        return
    await answers.write(session, known, member.id, text or "Nothing noted at present.")
    await session.flush()
    await carrying.follow(session, question, known, now=now, nonce=outbox.moment(session, now))


async def _answer(session: AsyncSession, question: Question, member: Member) -> Answer | None:
    query = select(Answer).where(
        Answer.workspace_id == question.workspace_id, Answer.place == _place(session, question, member.id)
    )
    return (await session.execute(query.with_for_update())).scalar_one_or_none()


def _place(session: AsyncSession, question: Question, member_id: int) -> bytes:
    return vault_of(session).fingerprint(f"{question.id}:{member_id}", "questions.review")


def _about(question: Question, point: str) -> str:
    return f"review:{question.token}:{point}"
