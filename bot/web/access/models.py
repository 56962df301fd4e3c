"""Who has been let in to the web pages, and which links were used up; of every secret only its hash."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, BigId


class PageSession(Base):
    """A browser that reads as a member for twelve hours; whether they still may is asked at every request."""

    __tablename__ = "page_sessions"
    __table_args__ = (
        Index("ix_page_sessions_expires", "expires_at"),
        Index("ix_page_sessions_member", "workspace_id", "member_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    began_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class SpentLink(Base):
    """A link from Slack that let somebody in, remembered until it would have ended by itself."""

    __tablename__ = "page_links_spent"
    __table_args__ = (Index("ix_page_links_spent_expires", "expires_at"),)

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    spent_at: Mapped[datetime]
    expires_at: Mapped[datetime]
