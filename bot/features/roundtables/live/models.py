"""Live roundtables: what they talk about, and who sits at which table."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base


class LiveRoundtable(Base):
    """What a live roundtable needs beside date and seats: its topics, and how far the seating has come."""

    __tablename__ = "live_roundtables"
    __table_args__ = (Index("ix_live_roundtables_due", "due_at"),)

    gathering_id: Mapped[int] = mapped_column(ForeignKey("gatherings.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    size: Mapped[int | None]  # of a table; None: everybody in one round
    topics: Mapped[list[str]] = mapped_column(JSON, default=list)  # as they were chosen, most votes first
    themes: Mapped[list[str]] = mapped_column(JSON, default=list)  # what our own among them are about
    # waiting (for its next look) | claimed (inputs frozen, being seated) | drawn (seated, to be written)
    # | telling (written, people are being told)
    state: Mapped[str]
    due_at: Mapped[datetime | None]  # when it is looked at next; None: off, called off, or on its way
    lease_until: Mapped[datetime | None]  # until when it is in somebody's hands
    inputs: Mapped[bytes | None]  # sealed: who comes, and who is kept apart; only while it is being seated
    drawn: Mapped[bytes | None]  # packed: the seating that was found, until it is written
    version: Mapped[int] = mapped_column(default=1)  # counts every seating, a host's moves too


class LiveSeat(Base):
    """Where somebody sits."""

    __tablename__ = "live_seats"
    __table_args__ = (Index("ix_live_seats_member", "member_id"),)

    gathering_id: Mapped[int] = mapped_column(ForeignKey("gatherings.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    number: Mapped[int | None]  # of the table; None: there was no table for them
    since: Mapped[int]  # the version of the seating that put them there …
    told: Mapped[int | None]  # … and the one that they were told of
