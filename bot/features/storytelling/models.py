"""Storytelling: whose turn it is to tell, and what they prepare."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base


class StorySession(Base):
    """What a storytelling session needs beside date and seats."""

    __tablename__ = "story_sessions"
    __table_args__ = (Index("ix_story_sessions_due", "due_at"),)

    gathering_id: Mapped[int] = mapped_column(ForeignKey("gatherings.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    wanted: Mapped[int]  # how many tell
    due_at: Mapped[datetime | None]  # when its tellers are looked at again; None once they are settled, or it began
    told_host_at: Mapped[datetime | None]  # when its host heard that tellers are missing


class Telling(Base):
    """Somebody's turn to tell: asked, promised, given away, told."""

    __tablename__ = "story_tellings"
    __table_args__ = (
        UniqueConstraint("gathering_id", "member_id"),
        Index("ix_story_tellings_member", "member_id"),
        Index("ix_story_tellings_open", "workspace_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    gathering_id: Mapped[int] = mapped_column(ForeignKey("gatherings.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    via: Mapped[str]  # signed_up | invited (by the host) | rota | swap
    state: Mapped[str]  # asked | accepted | declined | lapsed | swapped | stepped_back | over | told
    asked_at: Mapped[datetime]
    answer_by: Mapped[datetime | None]  # until when it is theirs to answer; None once they did
    swap_with: Mapped[int | None] = mapped_column(ForeignKey("members.id"))  # who was asked to tell in their place


class StoryPage(Base):
    """What a teller prepares, at their pace: sealed, and theirs alone until they share it."""

    __tablename__ = "story_pages"

    telling_id: Mapped[int] = mapped_column(ForeignKey("story_tellings.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    body: Mapped[bytes]  # three beats and two questions, under the teller's key
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    shared_at: Mapped[datetime | None]  # with the host, since then
