"""Who people are: workspaces, members, teams, skills, interests, and whom somebody would rather not be paired with."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, BigId


class Workspace(Base):
    """One Slack team that installed Perennial."""

    __tablename__ = "workspaces"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[str] = mapped_column(unique=True)
    enterprise_id: Mapped[str | None]
    name: Mapped[str]
    bot_token: Mapped[bytes | None]  # sealed
    bot_user_id: Mapped[str | None]
    bot_id: Mapped[str | None]
    app_id: Mapped[str | None]
    scopes: Mapped[str] = mapped_column(default="")
    installed_by: Mapped[str | None]  # Slack user id
    installed_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="active")  # active | stopped (token dead) | uninstalled
    stopped_reason: Mapped[str | None]
    guests_allowed: Mapped[bool] = mapped_column(default=False)
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sync_cursor: Mapped[str | None]  # where the people sync goes on; None between two walks
    sync_started_at: Mapped[datetime | None]
    sync_due_at: Mapped[datetime | None]
    lookups_after: Mapped[datetime | None]  # until when Slack asked us not to look single people up


class Team(Base):
    """A team in the company, as its people name it."""

    __tablename__ = "teams"
    __table_args__ = (UniqueConstraint("workspace_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    slug: Mapped[str]
    name: Mapped[str]


class Member(Base):
    """A person Slack told us about; in Perennial only from the moment they said yes (`joined_at`)."""

    __tablename__ = "members"
    __table_args__ = (
        UniqueConstraint("workspace_id", "slack_id"),
        Index("ix_members_pause", "pause_ends_at"),
        Index(
            "ix_members_unseen",
            "workspace_id",
            sqlite_where=text("seen_at IS NULL"),
            postgresql_where=text("seen_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    slack_id: Mapped[str]
    name: Mapped[str]
    avatar: Mapped[str | None]
    title: Mapped[str] = mapped_column(default="")
    role_changed_at: Mapped[datetime | None]  # when their title, team or function last became another
    tz: Mapped[str] = mapped_column(default="UTC")
    is_guest: Mapped[bool] = mapped_column(default=False)
    is_admin: Mapped[bool] = mapped_column(default=False)  # of the Slack workspace, as Slack says
    is_lead: Mapped[bool] = mapped_column(default=False)
    deactivated_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]  # when Slack last told us about them; None: they came to us before the sync did
    joined_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    function: Mapped[str] = mapped_column(default="")
    level: Mapped[int] = mapped_column(default=2)  # 0 just starting … 4 leading many
    hours_start: Mapped[int] = mapped_column(default=9 * 60)  # minutes after local midnight
    hours_end: Mapped[int] = mapped_column(default=17 * 60)
    work_days: Mapped[list[int]] = mapped_column(default=lambda: [0, 1, 2, 3, 4])  # Monday is 0
    weekly_budget: Mapped[int] = mapped_column(default=4)
    paused_until: Mapped[date | None]  # the first day they are back, local
    pause_ends_at: Mapped[datetime | None]  # when that is said: as their first working hours after it begin
    pause_reason: Mapped[str | None]  # asked | unanswered


class MemberKey(Base):
    """The key to what a member wrote for themselves, wrapped by the server's; without it nothing of that opens again."""

    __tablename__ = "member_keys"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    wrapped: Mapped[bytes]
    made_at: Mapped[datetime]


class Skill(Base):
    """Something people offer or want to learn."""

    __tablename__ = "skills"
    __table_args__ = (UniqueConstraint("workspace_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    slug: Mapped[str]
    name: Mapped[str]


class MemberSkill(Base):
    """A member offers a skill, or wants it."""

    __tablename__ = "member_skills"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id", ondelete="CASCADE"), primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)  # offers | wants
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))


class Interest(Base):
    """Something people like to talk about."""

    __tablename__ = "interests"
    __table_args__ = (UniqueConstraint("workspace_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    slug: Mapped[str]
    name: Mapped[str]


class MemberInterest(Base):
    """A member shares an interest."""

    __tablename__ = "member_interests"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    interest_id: Mapped[int] = mapped_column(ForeignKey("interests.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))


class Apart(Base):
    """Confidential: a member would rather not be paired with another. Only they can read or change it."""

    __tablename__ = "aparts"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))


class Missed(Base):
    """A suggestion that found no place in somebody's week; told of in their next digest, then forgotten."""

    __tablename__ = "missed"
    __table_args__ = (UniqueConstraint("delivery_id"), Index("ix_missed_member", "member_id", "told_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    delivery_id: Mapped[int] = mapped_column(BigId)
    kind: Mapped[str]
    missed_at: Mapped[datetime]
    told_at: Mapped[datetime | None]


class JoiningDraft(Base):
    """What somebody has answered so far on their way in; gone once they are in."""

    __tablename__ = "joining_drafts"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    answers: Mapped[dict[str, Any]]
    updated_at: Mapped[datetime]
