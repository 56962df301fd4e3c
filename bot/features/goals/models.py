"""Goals: what somebody wants, sealed with their own key, when they are asked about it, and who may follow it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, BigId


class Goal(Base):
    """One goal of a member; all that says what it is about is in `sealed`."""

    __tablename__ = "goals"
    __table_args__ = (Index("ix_goals_due", "due_at"), Index("ix_goals_member", "member_id", "state"))

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    state: Mapped[str]  # open | paused | done | let_go
    version: Mapped[int] = mapped_column(default=1)  # counts changes of its words, so that two windows notice
    rhythm: Mapped[str]  # two_weeks | month | quarter | none
    sealed: Mapped[bytes]  # title, why, by when, skill and milestones, with the member's own key
    created_at: Mapped[datetime]
    moved_at: Mapped[datetime]  # the newest note, tick or edit
    closed_at: Mapped[datetime | None]
    step: Mapped[str | None]  # what comes next: review | back (from a pause) | after (a plan)
    due_at: Mapped[datetime | None]  # … and when; None: nothing is asked
    still: Mapped[int] = mapped_column(default=0)  # reviews that were put to them since it last moved
    asked_id: Mapped[int | None] = mapped_column(BigId)  # the delivery of the question that waits for an answer
    plan: Mapped[str | None]  # which way on was chosen at a plateau: smaller | person | angle


class GoalNote(Base):
    """What somebody wrote along the way; `sealed` says what kind of note it is and whether followers may read it."""

    __tablename__ = "goal_notes"
    __table_args__ = (Index("ix_goal_notes_goal", "goal_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    goal_id: Mapped[int] = mapped_column(ForeignKey("goals.id", ondelete="CASCADE"))
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    written_at: Mapped[datetime]
    sealed: Mapped[bytes]


class GoalFollower(Base):
    """Somebody whom the owner named, and what became of it; they see nothing before they said yes."""

    __tablename__ = "goal_followers"
    __table_args__ = (Index("ix_goal_followers_member", "member_id", "state"),)

    goal_id: Mapped[int] = mapped_column(ForeignKey("goals.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    state: Mapped[str]  # asked | following | declined | ended
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
