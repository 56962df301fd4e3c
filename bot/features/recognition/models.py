"""Recognition: thanks with the words sealed, milestones, how somebody likes it, and the monthly page of a channel."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, BigId


class Thanks(Base):
    """One thank-you from one person to another; `sealed` opens with the key of whoever wrote it."""

    __tablename__ = "thanks"
    __table_args__ = (
        Index("ix_thanks_receiver", "workspace_id", "receiver_id", "given_at"),
        Index("ix_thanks_giver", "workspace_id", "giver_id", "given_at"),
        Index("ix_thanks_occasion", "workspace_id", "occasion"),
        Index("ix_thanks_shared", "workspace_id", "shared_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    giver_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    receiver_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    occasion: Mapped[str]  # such as "introduction:12"; empty: of their own accord
    state: Mapped[str]  # given | taken_back (its words are gone) | hidden (a moderator looks at it, or decided so)
    sealed: Mapped[bytes]  # the words, and the skill with what was seen of it
    given_at: Mapped[datetime]
    may_share: Mapped[bool]  # whoever wrote it is fine with others reading it
    choice: Mapped[str]  # of whoever it is for: open | share | private
    shared_at: Mapped[datetime | None]  # since when both sides like others to read it; None: they don't
    put_away: Mapped[bool] = mapped_column(default=False)  # by whoever it is for: on no page of theirs
    folded_on: Mapped[date | None]  # it came with many others: told of together, on this day of theirs


class Milestone(Base):
    """Somebody came to a point worth a quiet moment; each once ever, whatever is undone and done again."""

    __tablename__ = "member_milestones"
    __table_args__ = (
        UniqueConstraint("member_id", "kind", "about_id"),
        Index("ix_member_milestones_shared", "workspace_id", "shared_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    kind: Mapped[str]  # as the feature that contributes it names it
    about_id: Mapped[int] = mapped_column(BigId)  # a goal's id, for example; 0: once in a lifetime
    reached_at: Mapped[datetime]
    shared_at: Mapped[datetime | None]  # since when it may stand on the page of thanks
    put_away: Mapped[bool] = mapped_column(default=False)


class Liking(Base):
    """How somebody likes to be recognised; no row means the usual way."""

    __tablename__ = "recognition_likings"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    volume: Mapped[str]  # of milestones: page | note | share
    by_message: Mapped[bool]  # thanks come as a message; False: they wait on the page


class ThanksPlace(Base):
    """The channel in which a workspace reads its thanks once a month, and when it does next."""

    __tablename__ = "thanks_places"
    __table_args__ = (Index("ix_thanks_places_due", "due_at"),)

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True)
    channel: Mapped[str]
    tz: Mapped[str]
    chosen_at: Mapped[datetime]
    due_at: Mapped[datetime | None]  # None: it rests, because nobody can read there
    trouble: Mapped[str | None]  # why it rests: archived | removed


class ThanksPage(Base):
    """The page of one month; what stands on it is looked up whenever it is drawn."""

    __tablename__ = "thanks_pages"
    __table_args__ = (UniqueConstraint("workspace_id", "month"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    month: Mapped[date]  # its first day
    begins_at: Mapped[datetime]  # … in the channel's zone
    ends_at: Mapped[datetime]
    channel: Mapped[str]
    made_at: Mapped[datetime]
