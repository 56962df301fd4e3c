"""Introductions: the plan behind each round, who was brought together, what they said, and when they meet."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base


class RoundPlan(Base):
    """How a round was seated: its frozen inputs, what came of them, and a proof of how good that is."""

    __tablename__ = "round_plans"
    __table_args__ = (Index("ix_round_plans_due", "due_at"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id", ondelete="CASCADE"))
    # Packed, and sealed for they hold do-not-pair lists; a megabyte for ten thousand people, so loaded when asked for.
    inputs: Mapped[bytes | None] = mapped_column(deferred=True)
    base: Mapped[dict[str, Any] | None]  # the round a lead's changes were made to; None: drawn from the inputs alone
    changes: Mapped[dict[str, Any] | None]  # what the lead asked of it, last of all
    result: Mapped[dict[str, Any] | None]
    order: Mapped[list[int]] = mapped_column(default=list)  # places in the result, whose day ends soonest first
    seed: Mapped[int] = mapped_column(default=0)
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    value: Mapped[float | None]
    bound: Mapped[float | None]
    certificate: Mapped[str | None]
    frozen_at: Mapped[datetime | None]
    written: Mapped[int] = mapped_column(default=0)  # how many places of the order have become introductions
    note: Mapped[str | None]  # what changed when it was sent, or why a change could not be made
    asked_by: Mapped[int | None]  # the lead who looks at the preview
    wanted: Mapped[dict[str, Any] | None]  # a change that waits to be made
    due_at: Mapped[datetime | None]  # when a preview is to be drawn; None: nothing is waiting


class Introduction(Base):
    """Two to four people brought together in a round."""

    __tablename__ = "introductions"
    __table_args__ = (
        UniqueConstraint("round_id", "place"),
        Index("ix_introductions_due", "due_at"),
        Index("ix_introductions_program", "program_id", "state"),
        Index("ix_introductions_opener", "opener_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id", ondelete="CASCADE"))
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"))
    place: Mapped[int | None]  # in the plan's result; None for one seated later
    state: Mapped[str]  # planned | sent | moved (to a larger group) | dissolved | withdrawn | closed
    opener_id: Mapped[int]  # the member asked to write first
    starters: Mapped[list[str]]  # slugs
    channel: Mapped[str | None]
    ts: Mapped[str | None]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    ends_at: Mapped[datetime]
    step: Mapped[str | None]  # what follows: bump | ask | ask again | close | withdraw
    due_at: Mapped[datetime | None]  # … and when
    follows_id: Mapped[int | None]  # the introduction that this larger group takes the place of
    exchange: Mapped[bool] = mapped_column(default=False)  # they chose to write or speak in turns over three days


class IntroductionMember(Base):
    """One person of an introduction, and what they said of it."""

    __tablename__ = "introduction_members"
    __table_args__ = (Index("ix_introduction_members_member", "member_id", "introduction_id"),)

    introduction_id: Mapped[int] = mapped_column(ForeignKey("introductions.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    asked_at: Mapped[datetime | None]  # when "Did you meet?" was last put to them
    answer: Mapped[str | None]  # met | date | not_yet | wont
    answered_at: Mapped[datetime | None]
    rating: Mapped[str | None]  # useful | fine | poor


class Meeting(Base):
    """A time that people of an introduction talk about or have agreed on; one calendar entry for all its changes."""

    __tablename__ = "introduction_meetings"
    __table_args__ = (Index("ix_introduction_meetings_starts", "starts_at"),)

    introduction_id: Mapped[int] = mapped_column(ForeignKey("introductions.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    uid: Mapped[str]  # of the calendar entry: the same through all changes
    sequence: Mapped[int] = mapped_column(default=0)
    state: Mapped[str]  # proposed | agreed | cancelled
    proposed_by: Mapped[int]
    accepted_by: Mapped[list[int]]
    starts_at: Mapped[datetime]
    turned_down: Mapped[list[int]]  # Unix times that did not suit somebody
    in_calendar: Mapped[datetime | None]  # the time that was last sent as a calendar entry


class Unseated(Base):
    """Somebody who takes part in a round and has no seat in it (yet)."""

    __tablename__ = "unseated"
    __table_args__ = (
        UniqueConstraint("round_id", "member_id", "reason"),
        Index("ix_unseated_due", "due_at"),
        Index("ix_unseated_member", "member_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id", ondelete="CASCADE"))
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    reason: Mapped[str]  # left out | late | partner gone | undelivered
    state: Mapped[str]  # waiting | seated | owed
    due_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
