"""Journals: rhythms and prompts, what people wrote for themselves, whom they let read it; and a channel's shared rounds."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base


class Rhythm(Base):
    """How often somebody wants to be asked; no row means never."""

    __tablename__ = "reflection_rhythms"
    __table_args__ = (Index("ix_reflection_rhythms_due", "due_at"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    pace: Mapped[str]  # daily | weekly | fortnightly | off
    days: Mapped[list[int]]  # Monday is 0; a daily pace goes by the member's own working days
    at_minute: Mapped[int]  # minutes after local midnight
    before: Mapped[dict[str, Any] | None]  # pace and days before the last change by a prompt's menu, for its undo
    told_at: Mapped[datetime | None]  # when they read that a reply stays in Slack as well
    last_on: Mapped[date | None]  # the local date of the last prompt
    due_at: Mapped[datetime | None]


class Prompt(Base):
    """One question put to somebody, and what became of it."""

    __tablename__ = "reflection_prompts"
    __table_args__ = (
        UniqueConstraint("member_id", "local_date"),
        Index("ix_reflection_prompts_place", "workspace_id", "channel", "ts"),
        Index("ix_reflection_prompts_reflection", "reflection_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    slug: Mapped[str]
    local_date: Mapped[date]
    state: Mapped[str]  # waiting | put | answered | passed | dropped
    tells: Mapped[bool]  # it says, once, that a reply stays in Slack
    expires_at: Mapped[datetime]
    channel: Mapped[str | None]
    ts: Mapped[str | None]
    reflection_id: Mapped[int | None] = mapped_column(ForeignKey("reflections.id", ondelete="SET NULL"))


class Reflection(Base):
    """Something a member wrote for themselves: words, mood and theme are sealed with their own key."""

    __tablename__ = "reflections"
    __table_args__ = (Index("ix_reflections_newest", "workspace_id", "member_id", "local_date", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    prompt_slug: Mapped[str | None]
    local_date: Mapped[date]
    written_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)  # counts changes, so that a stale form is noticed
    sharing: Mapped[str] = mapped_column(default="me")  # me | people
    body: Mapped[bytes]  # sealed: parts, mood, theme
    folded: Mapped[bytes]  # sealed: the words without capitals and accents, as the search compares them


class Reply(Base):
    """A message in a prompt's thread, by its place alone; remembered after it is gone, so that a late event is known."""

    __tablename__ = "reflection_replies"
    __table_args__ = (Index("ix_reflection_replies_reflection", "reflection_id"),)

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    ts: Mapped[str] = mapped_column(primary_key=True)
    prompt_id: Mapped[int] = mapped_column(ForeignKey("reflection_prompts.id", ondelete="CASCADE"))
    reflection_id: Mapped[int | None] = mapped_column(ForeignKey("reflections.id", ondelete="SET NULL"))
    edited_ts: Mapped[str | None]  # Slack's own time of the newest edit we know
    state: Mapped[str]  # kept | gone


class Reader(Base):
    """Somebody whom the writer named as a reader of one reflection; the row is the permission."""

    __tablename__ = "reflection_readers"
    __table_args__ = (Index("ix_reflection_readers_reader", "reader_id"),)

    reflection_id: Mapped[int] = mapped_column(ForeignKey("reflections.id", ondelete="CASCADE"), primary_key=True)
    reader_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    since: Mapped[datetime]


class RitualRound(Base):
    """The question of one shared round, and where it was posted."""

    __tablename__ = "ritual_rounds"
    __table_args__ = (Index("ix_ritual_rounds_program", "program_id"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id", ondelete="CASCADE"))
    slug: Mapped[str]
    channel: Mapped[str]
    ts: Mapped[str | None]


class RitualShare(Base):
    """Somebody pressed "I shared one": counted, never listed."""

    __tablename__ = "ritual_shares"

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
