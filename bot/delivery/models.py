"""What is on its way out and what came in: deliveries, their lanes and limits, and the inbox."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, BigId


class Delivery(Base):
    """One message on its way: written in the transaction that decided it, sent by the sender alone."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("workspace_id", "dedupe_key"),
        Index("ix_deliveries_ready", "workspace_id", "method", "ready_at"),
        Index("ix_deliveries_order", "workspace_id", "method", "rank", "due_at", "id", "ready_at"),
        Index("ix_deliveries_state", "state", "workspace_id", "method", "ready_at"),
        Index("ix_deliveries_subject", "workspace_id", "subject"),
        Index("ix_deliveries_lane", "workspace_id", "lane", "state"),
        Index("ix_deliveries_target", "target_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    verb: Mapped[str]  # post | update | delete | upload
    kind: Mapped[str]
    message_class: Mapped[str]
    priority: Mapped[int]
    rank: Mapped[int]  # class, then priority, in one number: smaller leaves first
    subject: Mapped[str]
    dedupe_key: Mapped[str]
    wire_key: Mapped[str] = mapped_column(unique=True)
    member_ids: Mapped[list[int]]  # whose attention it costs; empty for a channel
    slack_ids: Mapped[list[str]]  # who is in the conversation; empty for a channel
    channel: Mapped[str | None]  # known at once for channels, after opening for people
    thread_ts: Mapped[str | None]
    target_id: Mapped[int | None] = mapped_column(
        BigId
    )  # the delivery an update or delete is about, or in whose thread a post goes
    lane: Mapped[str]  # messages of one lane leave in order, about one a second
    content: Mapped[bytes | None]  # sealed; emptied once it is over; None and not drawn yet: draw it
    method: Mapped[str]  # the Slack method that takes it one step further
    state: Mapped[str]  # queued | sending | unknown | parked | sent | failed | withdrawn | dropped | expired
    due_at: Mapped[datetime]
    ready_at: Mapped[datetime | None]  # when it must be looked at: due, held until, lookup, lease; None: at rest
    held: Mapped[str | None]  # why it waits longer than until it was due
    taken_back: Mapped[bool] = mapped_column(default=False)  # withdrawn while it was leaving: not to be sent again
    expires_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    claim_id: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(default=0)
    lookups: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    ts: Mapped[str | None]
    file_id: Mapped[str | None]  # of an upload whose bytes Slack has, not yet shared
    error: Mapped[str | None]
    error_class: Mapped[str | None]


class Lane(Base):
    """When a conversation may next be written to: about one message a second."""

    __tablename__ = "lanes"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True)
    lane: Mapped[str] = mapped_column(primary_key=True)
    next_at: Mapped[datetime]


class MethodLimit(Base):
    """What Slack still allows of one method in one workspace; method `*` is the workspace as a whole."""

    __tablename__ = "method_limits"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True)
    method: Mapped[str] = mapped_column(primary_key=True)
    next_at: Mapped[datetime]  # when one more call fits the bucket; how far it lies back is what a burst may use
    paused_until: Mapped[datetime | None]  # Slack's own Retry-After, which no bucket may overwrite
    refusals: Mapped[int] = mapped_column(default=0)  # how often Slack had to say 429


class Conversation(Base):
    """The channel Slack opened for a set of people."""

    __tablename__ = "conversations"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True)
    people: Mapped[str] = mapped_column(primary_key=True)  # their Slack ids, sorted, joined by commas
    channel: Mapped[str]


class Charge(Base):
    """Attention somebody gave: one row per member and unasked message."""

    __tablename__ = "charges"
    __table_args__ = (
        UniqueConstraint("delivery_id", "member_id"),
        Index("ix_charges_member", "member_id", "local_date"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    delivery_id: Mapped[int] = mapped_column(ForeignKey("deliveries.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    message_class: Mapped[str]
    cost: Mapped[int] = mapped_column(default=1)
    local_date: Mapped[date]  # the member's own
    charged_at: Mapped[datetime]


class InboxRow(Base):
    """One event for one handler: kept before Slack is answered, done with its effects."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("workspace_id", "event_id", "handler"),
        Index("ix_inbox_open", "due_at", postgresql_where=text("state = 'open'"), sqlite_where=text("state = 'open'")),
        Index(
            "ix_inbox_done",
            "done_at",
            postgresql_where=text("done_at IS NOT NULL"),
            sqlite_where=text("done_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    event_id: Mapped[str]
    handler: Mapped[str]
    type: Mapped[str]
    payload: Mapped[bytes | None]  # sealed; emptied once handled
    state: Mapped[str]  # open | done | parked
    attempts: Mapped[int] = mapped_column(default=0)
    received_at: Mapped[datetime]
    due_at: Mapped[datetime]  # when it may be run (again): the lease of whoever is running it
    done_at: Mapped[datetime | None]
    error: Mapped[str | None]


class Submission(Base):
    """A form that was handed in; a second hand-in of the same view stops here."""

    __tablename__ = "submissions"
    __table_args__ = (Index("ix_submissions_received", "received_at"),)

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True)
    view_id: Mapped[str] = mapped_column(primary_key=True)
    received_at: Mapped[datetime]
