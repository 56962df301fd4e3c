"""Remembers people: who acts, who looks, who can be reached, and who may be in a pool."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import lookup
from bot.db import insert_new
from bot.errors import NotALead, NotAMember
from bot.members.errors import Deactivated, NotForBots, NotFromHere
from bot.members.models import Apart, Interest, Member, MemberInterest, MemberSkill, Skill, Team, Workspace
from bot.members.rules import start_of_day
from bot.messages import Recipient
from bot.registry import Viewer
from bot.slack.act import Act
from bot.slack.models import HomeTab

SLACKBOT = "USLACKBOT"


@dataclass(frozen=True)
class Profile:
    """The facts a member gave, as introductions read them: slugs to compare, names to show."""

    member_id: int
    slack_id: str
    name: str
    title: str
    tz: str
    team_id: int | None
    team: str
    function: str
    level: int
    hours_start: int  # minutes after local midnight
    hours_end: int
    work_days: tuple[int, ...]  # Monday is 0
    joined_at: datetime | None
    offers: dict[str, str]  # slug: name
    wants: dict[str, str]
    interests: dict[str, str]


async def actor(session: AsyncSession, act: Act) -> Member:
    """Whoever did this, known from now on; people of other companies, bots and deactivated accounts are refused."""
    if act.is_stranger:
        raise NotFromHere
    workspace = await session.get(Workspace, act.workspace_id)
    if workspace is None or workspace.team_id != act.team_id:
        raise NotFromHere
    if not act.user_id or act.user_id in (SLACKBOT, workspace.bot_user_id):
        raise NotForBots
    member = await meet(session, act.workspace_id, act.user_id, name=act.user_name)
    if member.deactivated_at is not None:
        raise Deactivated
    return member


async def joined_actor(session: AsyncSession, act: Act) -> Member:
    """Whoever did this, provided that they are in Perennial."""
    member = await actor(session, act)
    if not has_joined(member):
        raise NotAMember
    return member


async def looking_actor(session: AsyncSession, act: Act) -> Member:
    """The same in a session that only looks, where nobody can be met: everybody who is in was met before."""
    if await by_slack_id(session, act.workspace_id, act.user_id) is None:
        raise NotAMember
    return await joined_actor(session, act)


async def lead_actor(session: AsyncSession, act: Act) -> Member:
    """Whoever did this, provided that they lead; being in Perennial oneself is not needed."""
    member = await actor(session, act)
    if not await is_lead(session, member):
        raise NotALead
    return member


async def meet(session: AsyncSession, workspace_id: int, slack_id: str, *, name: str = "") -> Member:
    """The member with this Slack id; one whom Slack hasn't described yet gets a row that the sync completes."""
    member = await by_slack_id(session, workspace_id, slack_id)
    if member is None:
        row: dict[str, Any] = {"workspace_id": workspace_id, "slack_id": slack_id, "name": name or slack_id}
        await insert_new(session, Member, [row], unique=("workspace_id", "slack_id"), returning=Member.id)
        member = await by_slack_id(session, workspace_id, slack_id)
        assert member is not None
    return member


async def by_slack_id(session: AsyncSession, workspace_id: int, slack_id: str) -> Member | None:
    """The member with this Slack id, if we have met them."""
    asked = {"workspace_id": workspace_id, "slack_id": slack_id}
    return (await session.execute(BY_SLACK_ID, asked)).scalar_one_or_none()


async def by_id(session: AsyncSession, workspace_id: int, member_id: int, *, lock: bool = False) -> Member | None:
    """The member with this id, in this workspace only."""
    return await lookup.find(session, Member, workspace_id, member_id, lock=lock)


def has_joined(member: Member) -> bool:
    """Whether they said yes, and did not leave since."""
    return member.joined_at is not None and member.left_at is None


def leads_from_the_start(session: AsyncSession) -> frozenset[str]:
    """The Slack ids in PERENNIAL_LEADS, lent to every session."""
    ids: frozenset[str] = session.info.get("lead_ids", frozenset())
    return ids


async def is_lead(session: AsyncSession, member: Member) -> bool:
    """Leads are made by leads; admins of the workspace, whoever installed Perennial and PERENNIAL_LEADS are leads, too."""
    if member.deactivated_at is not None:
        return False
    if member.is_lead or member.is_admin or member.slack_id in leads_from_the_start(session):
        return True
    workspace = await session.get(Workspace, member.workspace_id)
    return workspace is not None and workspace.installed_by == member.slack_id


async def leads(session: AsyncSession, workspace_id: int) -> list[Member]:
    """Everybody who leads here, by name."""
    installer = select(Workspace.installed_by).where(Workspace.id == workspace_id).scalar_subquery()
    query = (
        select(Member)
        .where(
            Member.workspace_id == workspace_id,
            Member.deactivated_at.is_(None),
            or_(
                Member.is_lead,
                Member.is_admin,
                Member.slack_id == installer,
                Member.slack_id.in_(leads_from_the_start(session)),
            ),
        )
        .order_by(Member.name, Member.id)
    )
    return list((await session.execute(query)).scalars())


def pool_filter(on: date) -> ColumnElement[bool]:
    """Who may be in a pool on a day: joined, not left, here, described by Slack, not paused, no guest unless allowed.

    A condition on Member; the query around it names the workspace.
    """
    return and_(present(), or_(Member.paused_until.is_(None), Member.paused_until <= on))


def present() -> ColumnElement[bool]:
    """The same but for pauses: who is in Perennial at all."""
    guests_allowed = (
        select(Workspace.guests_allowed).where(Workspace.id == Member.workspace_id).correlate(Member).scalar_subquery()
    )
    return and_(
        Member.joined_at.is_not(None),
        Member.left_at.is_(None),
        Member.deactivated_at.is_(None),
        Member.seen_at.is_not(None),
        or_(Member.is_guest.is_(False), guests_allowed),
    )


async def recipients(session: AsyncSession, workspace_id: int, member_ids: list[int]) -> dict[int, Recipient]:
    """What delivery must know to respect these people."""
    rows = await session.execute(AMONG, {"workspace_id": workspace_id, "member_ids": member_ids})
    return {
        member.id: Recipient(
            member_id=member.id,
            slack_id=member.slack_id,
            tz=member.tz,
            hours_start=member.hours_start,
            hours_end=member.hours_end,
            work_days=tuple(member.work_days),
            weekly_budget=member.weekly_budget,
            paused_until=start_of_day(member.paused_until, member.tz) if member.paused_until else None,
            reachable=member.deactivated_at is None and member.left_at is None,
        )
        for member in rows.scalars()
    }


async def viewer(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> Viewer | None:
    """Who looks at a Home tab, and at which page of it; nobody where the account or the installation is gone."""
    member = await by_id(session, workspace_id, member_id)
    workspace = await session.get(Workspace, workspace_id)
    if member is None or member.deactivated_at is not None or workspace is None or workspace.state != "active":
        return None
    tab = await session.get(HomeTab, member_id)
    return Viewer(
        workspace_id=workspace_id,
        member_id=member.id,
        slack_id=member.slack_id,
        tz=member.tz,
        is_lead=await is_lead(session, member),
        joined=has_joined(member),
        place=tab.place if tab is not None else "",
        now=now,
    )


async def names(session: AsyncSession, workspace_id: int, member_ids: list[int]) -> dict[int, str]:
    """What to call these people; unescaped, as Slack gave it."""
    query = select(Member.id, Member.name).where(Member.workspace_id == workspace_id, Member.id.in_(member_ids))
    return dict((await session.execute(query)).all())


async def names_in_slack(session: AsyncSession, workspace_id: int, slack_ids: list[str]) -> dict[str, str]:
    """What to call the people a text names, by Slack id."""
    if not slack_ids:
        return {}
    query = select(Member.slack_id, Member.name).where(
        Member.workspace_id == workspace_id, Member.slack_id.in_(slack_ids)
    )
    return {row.slack_id: row.name for row in await session.execute(query)}


async def profiles(session: AsyncSession, workspace_id: int, member_ids: list[int]) -> dict[int, Profile]:
    """The facts these people gave: three queries, however many they are."""
    people = list((await session.execute(AMONG, {"workspace_id": workspace_id, "member_ids": member_ids})).scalars())
    teams = dict((await session.execute(TEAMS, {"workspace_id": workspace_id})).all())
    skills = await _skills(session, workspace_id, member_ids)
    liked = await _interests(session, workspace_id, member_ids)
    return {
        member.id: Profile(
            member_id=member.id,
            slack_id=member.slack_id,
            name=member.name,
            title=member.title,
            tz=member.tz,
            team_id=member.team_id,
            team=teams.get(member.team_id, "") if member.team_id else "",
            function=member.function,
            level=member.level,
            hours_start=member.hours_start,
            hours_end=member.hours_end,
            work_days=tuple(member.work_days),
            joined_at=member.joined_at,
            offers=skills.get((member.id, "offers"), {}),
            wants=skills.get((member.id, "wants"), {}),
            interests=liked.get(member.id, {}),
        )
        for member in people
    }


async def aparts(session: AsyncSession, workspace_id: int) -> set[tuple[int, int]]:
    """Pairs who are never put together, lower id first. For matching only: never shown, never logged."""
    query = select(Apart.member_id, Apart.other_id).where(Apart.workspace_id == workspace_id)
    return {(min(pair), max(pair)) for pair in (await session.execute(query)).all()}


# Asked for every act and for every message that leaves, so they are put together once.
BY_SLACK_ID = select(Member).where(
    Member.workspace_id == bindparam("workspace_id"), Member.slack_id == bindparam("slack_id")
)
AMONG = (
    select(Member)
    .where(Member.workspace_id == bindparam("workspace_id"), Member.id.in_(bindparam("member_ids", expanding=True)))
    .order_by(Member.id)
)
TEAMS = select(Team.id, Team.name).where(Team.workspace_id == bindparam("workspace_id"))
SKILLS = (
    select(MemberSkill.member_id, MemberSkill.direction, Skill.slug, Skill.name)
    .join(Skill, Skill.id == MemberSkill.skill_id)
    .where(
        MemberSkill.workspace_id == bindparam("workspace_id"),
        MemberSkill.member_id.in_(bindparam("member_ids", expanding=True)),
    )
    .order_by(Skill.slug)
)
INTERESTS = (
    select(MemberInterest.member_id, Interest.slug, Interest.name)
    .join(Interest, Interest.id == MemberInterest.interest_id)
    .where(
        MemberInterest.workspace_id == bindparam("workspace_id"),
        MemberInterest.member_id.in_(bindparam("member_ids", expanding=True)),
    )
    .order_by(Interest.slug)
)


async def _skills(
    session: AsyncSession, workspace_id: int, member_ids: list[int]
) -> dict[tuple[int, str], dict[str, str]]:
    asked = {"workspace_id": workspace_id, "member_ids": member_ids}
    found: dict[tuple[int, str], dict[str, str]] = {}
    for member_id, direction, slug, name in await session.execute(SKILLS, asked):
        found.setdefault((member_id, direction), {})[slug] = name
    return found


async def _interests(session: AsyncSession, workspace_id: int, member_ids: list[int]) -> dict[int, dict[str, str]]:
    asked = {"workspace_id": workspace_id, "member_ids": member_ids}
    found: dict[int, dict[str, str]] = {}
    for member_id, slug, name in await session.execute(INTERESTS, asked):
        found.setdefault(member_id, {})[slug] = name
    return found
