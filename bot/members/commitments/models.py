"""What costs a mentor time: one row per mentorship, claimed question, office-hour slot or circle seat."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base


class Commitment(Base):
    """Somebody took a seat; it counts while it is open and 28 days from its start, whichever is longer."""

    __tablename__ = "commitments"
    __table_args__ = (
        UniqueConstraint("member_id", "subject"),
        Index("ix_commitments_counting", "workspace_id", "member_id", "ended_at", "started_at"),
        Index("ix_commitments_subject", "workspace_id", "subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    kind: Mapped[str]  # mentorship | question | slot | seat; weights are plain data in rules.py
    subject: Mapped[str]  # what it is, such as "question:12"
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]  # None: open
    ended_before: Mapped[datetime | None]  # taken up again while it still weighed: when it was over the first time


class Room(Base):
    """What somebody said about how much they take on; no row means the usual cap, and open."""

    __tablename__ = "rooms"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    cap: Mapped[int | None]  # points; None: the usual six
    closed_until: Mapped[datetime | None]  # "no more for now": nothing new is brought until then
