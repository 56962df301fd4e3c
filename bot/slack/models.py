"""Whose Home tab is open, and whether it must be drawn again."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base


class HomeTab(Base):
    """Whose Home tab is open, and whether it must be drawn again."""

    __tablename__ = "home_tabs"
    __table_args__ = (Index("ix_home_tabs_due", "due_at"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    place: Mapped[str] = mapped_column(default="")  # which page of the tab they are on, such as "program:3"
    opened_at: Mapped[datetime]
    drawn_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
