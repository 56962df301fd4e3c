"""Nudges: what leads changed in the library, how often people want one, which they got, and the mentors' training."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base


class NudgeEntry(Base):
    """A nudge that a lead wrote, changed or switched off; without a body it is one of ours, switched off."""

    __tablename__ = "nudge_entries"
    __table_args__ = (UniqueConstraint("workspace_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    slug: Mapped[str]
    body: Mapped[dict[str, Any] | None]
    off: Mapped[bool] = mapped_column(default=False)
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]


class NudgeRhythm(Base):
    """How often somebody wants a nudge, and when the next one is due."""

    __tablename__ = "nudge_rhythms"
    __table_args__ = (Index("ix_nudge_rhythms_due", "due_at"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    cadence: Mapped[str]  # daily | twice | weekly | off
    due_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]  # when they heard that they have had all that fit; None: there are others


class Nudge(Base):
    """One nudge for one person, at most one a day, and what they said to it."""

    __tablename__ = "nudges"
    __table_args__ = (UniqueConstraint("member_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    day: Mapped[date]  # their own
    slug: Mapped[str]
    theme: Mapped[str]
    moment: Mapped[str | None]
    why: Mapped[bytes]  # sealed: it may name people and goals
    own_seal: Mapped[bool] = mapped_column(default=False)  # sealed with the member's own key, not the server's
    state: Mapped[str]  # queued | sent | lost (it never reached them)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    answer: Mapped[str | None]  # did | not_now | less | stop
    answered_at: Mapped[datetime | None]
    ticked: Mapped[list[int]] = mapped_column(default=list)  # lines of its checklist


class MentorTraining(Base):
    """How far somebody is in the mentors' training; what they think about it is kept nowhere."""

    __tablename__ = "mentor_trainings"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    done: Mapped[int] = mapped_column(default=0)  # steps
    begun_at: Mapped[datetime]
    changed_at: Mapped[datetime]
