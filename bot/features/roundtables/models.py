"""Roundtables: the prompt of a round, its threads, what was said there, and whose turn it is to sum up."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, BigId


class Roundtable(Base):
    """The prompt of one round of a program, and how far it has come."""

    __tablename__ = "roundtables"
    __table_args__ = (Index("ix_roundtables_due", "due_at"), Index("ix_roundtables_program", "program_id"))

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id", ondelete="CASCADE"))
    slug: Mapped[str | None]  # of our content; None: a member's own
    theme: Mapped[str]  # empty for a member's own
    skill: Mapped[str | None]  # slug of the skill it names, if it comes from what people want to learn
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"))  # if it was voted for
    question: Mapped[str]
    hint: Mapped[str]  # may be empty
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    # What the clock does next: nudge (nudge:ID: those beyond that member) | close | summary (somebody was asked for
    # one) | forget | done.
    step: Mapped[str]
    due_at: Mapped[datetime | None]  # … and when
    summary: Mapped[bytes | None]  # what was posted as its summary, sealed with the key of its moderator
    moderator_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    hidden: Mapped[bool] = mapped_column(default=False)  # a moderator of the workspace looks at its summary first
    withheld: Mapped[bool] = mapped_column(default=False)  # … or at its question, which a member proposed
    version: Mapped[int] = mapped_column(default=1)  # counts summaries and turns, so that a stale form is noticed


class RoundtableThread(Base):
    """A round's prompt in one channel."""

    __tablename__ = "roundtable_threads"
    __table_args__ = (
        UniqueConstraint("round_id", "channel"),
        Index("ix_roundtable_threads_place", "workspace_id", "channel", "ts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"))
    channel: Mapped[str]
    ts: Mapped[str | None]
    state: Mapped[str]  # waiting | open | closed | lost (it could not be posted, or was deleted)
    closing_id: Mapped[int | None] = mapped_column(BigId)  # the delivery that closed it, with a summary or without


class RoundtableReply(Base):
    """What somebody wrote in a thread; follows its message in Slack while the round is open."""

    __tablename__ = "roundtable_replies"
    __table_args__ = (
        UniqueConstraint("workspace_id", "channel", "ts"),
        Index("ix_roundtable_replies_round", "round_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"))
    thread_id: Mapped[int] = mapped_column(ForeignKey("roundtable_threads.id", ondelete="CASCADE"))
    channel: Mapped[str]
    ts: Mapped[str]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    body: Mapped[bytes | None]  # sealed with its writer's key; None once it is gone, or was never to be kept
    private: Mapped[bool]  # it was written in a private channel, so its words stay there
    edited_ts: Mapped[str | None]  # Slack's own time of the newest edit we know
    state: Mapped[str]  # kept | apart (its writer keeps it out) | gone | unread (from outside)


class RoundtableReaction(Base):
    """That somebody reacted to a reply; which emoji it was shows to nobody who lacks the server's key."""

    __tablename__ = "roundtable_reactions"
    __table_args__ = (Index("ix_roundtable_reactions_member", "workspace_id", "member_id"),)

    reply_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("roundtable_replies.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    mark: Mapped[bytes] = mapped_column(primary_key=True)  # one emoji's, so that taking back another leaves it there
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    there: Mapped[bool]  # False: it was taken back, which may be told before it is told that it was put there
    changed_ts: Mapped[str]  # Slack's own time of the newest we know


class RoundtableTurn(Base):
    """Somebody was asked to sum a round up, and what became of it."""

    __tablename__ = "roundtable_turns"
    __table_args__ = (Index("ix_roundtable_turns_member", "workspace_id", "member_id"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    asked_at: Mapped[datetime]
    state: Mapped[str]  # asked | done | passed | lapsed | released (they left, paused, or take on nothing more)


class TagChoice(Base):
    """Whether somebody's tags may inspire prompts; no row: those of skills may, those of goals may not."""

    __tablename__ = "roundtable_tag_choices"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    skills: Mapped[bool]  # wanted, or asked about under one's own name
    goals: Mapped[bool]
