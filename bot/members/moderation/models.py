"""Who moderates, and what was reported."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base


class Moderator(Base):
    """Somebody whom a lead asked to look at reports; where there is none, the leads do."""

    __tablename__ = "moderators"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    since: Mapped[datetime]


class Report(Base):
    """Somebody asked a moderator to look at something written for others; it is hidden from then on."""

    __tablename__ = "reports"
    __table_args__ = (
        UniqueConstraint("workspace_id", "subject", "round"),
        Index("ix_reports_state", "workspace_id", "state", "reported_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    subject: Mapped[str]  # what it is about, such as "answer:12"
    round: Mapped[int] = mapped_column(default=1)  # what was restored may be reported again
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    reason: Mapped[bytes]  # sealed: why, in the reporter's words
    state: Mapped[str]  # open | restored | upheld
    reported_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
