"""Recurring arrangements: programs, who joined them, their rounds, and the days nothing happens."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base


class Program(Base):
    """A recurring arrangement: kind, channel, cadence as typed fields, owner, options of its kind."""

    __tablename__ = "programs"
    __table_args__ = (Index("ix_programs_due", "state", "due_at"), Index("ix_programs_notice", "state", "notice_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    kind: Mapped[str]  # introductions; later storytelling, roundtables, …
    name: Mapped[str]
    channel: Mapped[str | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    state: Mapped[str]  # draft (its dates were not confirmed yet) | active | paused | ended
    pause_reason: Mapped[str | None]  # asked | archived | removed (from its channel)
    tz: Mapped[str]
    every_weeks: Mapped[int | None]  # "every N weeks" …
    starts_on: Mapped[date]  # … counted from here
    month_week: Mapped[int | None]  # or monthly: the 1st … 4th, or the last (-1) …
    weekday: Mapped[int]  # … Monday (0) to Sunday (6)
    at_minute: Mapped[int]  # minutes after local midnight
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    next_date: Mapped[date | None]  # local date of the next round
    due_at: Mapped[datetime | None]  # when that round opens
    notice_at: Mapped[datetime | None]  # when people are told it is tomorrow
    skip_through: Mapped[date | None]  # a lead asked that nothing happens up to this date
    invited_at: Mapped[datetime | None]  # when the invitation was last posted
    version: Mapped[int] = mapped_column(default=1)  # counts edits, so that a stale form is noticed
    last_number: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Enrolment(Base):
    """A member in a program, by their own yes."""

    __tablename__ = "enrolments"
    __table_args__ = (Index("ix_enrolments_member", "member_id"),)

    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    state: Mapped[str]  # joined | left | declined | waiting (pressed Join, and is not in Perennial yet)
    since: Mapped[datetime]
    skip_date: Mapped[date | None]  # the local date of the round they sit out


class Holiday(Base):
    """A day on which no cadence of this workspace falls."""

    __tablename__ = "holidays"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(default="")


class Round(Base):
    """One occurrence of a program; a state machine of short transactions, each repeatable after a crash."""

    __tablename__ = "rounds"
    __table_args__ = (
        UniqueConstraint("program_id", "number"),
        UniqueConstraint("program_id", "local_date"),
        Index("ix_rounds_open", "state", "due_at"),
        Index(
            "ix_rounds_one_draft",
            "program_id",
            unique=True,
            postgresql_where=text("state = 'draft'"),
            sqlite_where=text("state = 'draft'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id", ondelete="CASCADE"))
    number: Mapped[int]
    local_date: Mapped[date | None]  # None for one sent by hand
    state: Mapped[str]  # draft | claimed | matched | written | sealed | closed | stopped
    due_at: Mapped[datetime | None]  # when the next step of the machine may be taken; None when there is none
    lease_until: Mapped[datetime | None]
    opened_at: Mapped[datetime]
    sends_at: Mapped[datetime | None]  # when its messages begin to leave; until then it can be undone
    closes_at: Mapped[datetime | None]  # when it is over and the channel hears how it went
    note: Mapped[str | None]


class FirstHour(Base):
    """The message that walks the first leads of a workspace through its first program."""

    __tablename__ = "first_hours"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True)
    member_ids: Mapped[list[int]]  # who got the message; everybody's is ticked off together
    channel: Mapped[str | None]  # chosen in the first step, until a program has it
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
