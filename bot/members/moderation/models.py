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
        Index("ix_reports_reporter", "workspace_id", "reporter", "reported_at"),
        Index("ix_reports_due", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    subject: Mapped[str]  # what it is about, such as "answer:12"
    round: Mapped[int] = mapped_column(default=1)  # what was restored may be reported again
    reporter: Mapped[str]  # veiled: in a thread of two, who reported would tell who asks under an alias
    reason: Mapped[bytes]  # sealed: why, in the reporter's words
    state: Mapped[str]  # open | restored | upheld | gone (nobody had decided, and it is no longer there)
    reported_at: Mapped[datetime]
    due_at: Mapped[
        datetime | None
    ]  # nobody has decided: when the leads are asked, too, and then when everybody is again
    leads_asked: Mapped[bool] = mapped_column(default=False)  # from then on they may decide as well
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
