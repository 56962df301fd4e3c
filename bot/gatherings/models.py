"""Gatherings: dated sessions people say they come to, who comes, what is put to the vote and what people take along."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base


class Gathering(Base):
    """One dated session of a program: a storytelling session, a live roundtable."""

    __tablename__ = "gatherings"
    __table_args__ = (
        UniqueConstraint("program_id", "local_date"),
        Index("ix_gatherings_due", "due_at"),
        Index("ix_gatherings_coming", "workspace_id", "state", "starts_at"),
        Index("ix_gatherings_takeaways", "takeaways_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id", ondelete="CASCADE"))
    kind: Mapped[str]  # as the program's: storytelling | roundtables
    local_date: Mapped[date | None]  # the date of the cadence it stands for; None for one planned by hand
    title: Mapped[str | None]  # its theme, once there is one
    about: Mapped[str | None]
    starts_at: Mapped[datetime]
    tz: Mapped[str]  # where it is at home
    minutes: Mapped[int]  # how long it takes
    place: Mapped[str | None]  # a room, for those who are there …
    link: Mapped[str | None]  # … and a call, for those who are not
    recording: Mapped[str | None]  # a link, afterwards
    seats: Mapped[int | None]  # None: as many as come
    host_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    cohost_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    channel: Mapped[str | None]
    state: Mapped[str]  # planned | called_off | over
    # What the clock does next: announce | outside | week | day | soon | over | done; before that, whoever was told hears what
    # became of it: moved | called_off | changed:STEP (which goes on with that step).
    step: Mapped[str]
    due_at: Mapped[datetime | None]  # … and when; None when there is nothing left
    sequence: Mapped[int] = mapped_column(default=0)  # counts dates: reminders of an old one never stop those of a new
    version: Mapped[int] = mapped_column(default=1)  # counts every change, so that a stale form is noticed
    announced_id: Mapped[int | None]  # the delivery that announced it in its channel
    takeaways_at: Mapped[datetime | None]  # when those who came are asked what they take from it; None before and after
    created_at: Mapped[datetime]


class Seat(Base):
    """What somebody said about coming, and whether they came."""

    __tablename__ = "gathering_seats"
    __table_args__ = (Index("ix_gathering_seats_member", "member_id"),)

    gathering_id: Mapped[int] = mapped_column(ForeignKey("gatherings.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    state: Mapped[str]  # invited | coming | waiting (for a seat) | cannot | joining (comes once they are in Perennial)
    since: Mapped[datetime]  # when they said so: whoever waits longest gets the next seat
    came: Mapped[bool | None]  # None: nobody said
    calendar: Mapped[int | None]  # the SEQUENCE of the newest calendar file made for them


class Ballot(Base):
    """A choice among proposals, open for some days; one vote a person."""

    __tablename__ = "ballots"
    __table_args__ = (UniqueConstraint("workspace_id", "subject"), Index("ix_ballots_due", "due_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id", ondelete="CASCADE"))
    subject: Mapped[str]  # what is chosen for, such as "theme:12": the feature that asks knows
    question: Mapped[str]  # as it is read above the proposals
    winners: Mapped[int] = mapped_column(default=1)  # how many are chosen: one theme, three topics
    channel: Mapped[str | None]
    state: Mapped[str]  # open | closed | withdrawn
    closes_at: Mapped[datetime]
    due_at: Mapped[datetime | None]  # when it is counted; None once it was
    posted_id: Mapped[int | None]  # the delivery that shows it in its channel
    created_at: Mapped[datetime]


class Proposal(Base):
    """Something that can be chosen: proposed by a member, or from our own content."""

    __tablename__ = "proposals"
    __table_args__ = (Index("ix_proposals_program", "program_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id", ondelete="CASCADE"))
    kind: Mapped[str]  # theme | prompt | topic
    text: Mapped[str]
    slug: Mapped[str | None]  # of our own content; None: a member's
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    state: Mapped[str]  # waiting | up (on a ballot) | used | withdrawn | hidden | used_hidden
    ballot_id: Mapped[int | None] = mapped_column(ForeignKey("ballots.id"))
    created_at: Mapped[datetime]


class Vote(Base):
    """One person's choice on one ballot; choosing again moves it."""

    __tablename__ = "votes"

    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballots.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id", ondelete="CASCADE"))
    voted_at: Mapped[datetime]


class Takeaway(Base):
    """What somebody takes from a gathering and shares, and what came of it."""

    __tablename__ = "takeaways"
    __table_args__ = (
        UniqueConstraint("gathering_id", "member_id"),
        Index("ix_takeaways_due", "ask_at"),
        Index("ix_takeaways_member", "member_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    gathering_id: Mapped[int] = mapped_column(ForeignKey("gatherings.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    body: Mapped[bytes]  # sealed under its writer's key, though they shared it with everybody: so it goes when they go
    # What it is about, where they say so: an id that its kind knows, of a proposal or a story. One that is gone is no
    # longer among what its kind finds, so that nobody need clear it.
    about: Mapped[int | None]
    said_at: Mapped[datetime]
    state: Mapped[str]  # shown | hidden | taken_back
    page: Mapped[int]  # on which post of the thread it stands, from 0
    ask_at: Mapped[datetime | None]  # when they are asked what came of it
    outcome: Mapped[str | None]  # yes | partly | not_yet | no


class NoTakeaway(Base):
    """Somebody is not to be asked after gatherings of a program."""

    __tablename__ = "no_takeaways"
    __table_args__ = (Index("ix_no_takeaways_member", "member_id"),)

    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
