"""Remembers reports: what was reported and why, who must not be known to have done it, and what was decided."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_new, vault_of
from bot.members.moderation import rules
from bot.members.moderation.errors import NotAModerator
from bot.members.moderation.models import Report
from bot.registry import Reportable, Written


def reportable_of(session: AsyncSession, subject: str) -> tuple[Reportable, int] | None:
    """How the thing behind a subject is looked at and hidden, and its id; None where nobody knows such things."""
    kinds: Mapping[str, Reportable] = session.info.get("reportable", {})
    read = rules.read_subject(subject)
    if read is None or read[0] not in kinds:
        return None
    return kinds[read[0]], read[1]


async def look(session: AsyncSession, workspace_id: int, subject: str, now: datetime) -> Written | None:
    """The thing itself, hidden or not; None where it is gone, or belongs to another workspace."""
    found = reportable_of(session, subject)
    return await found[0].look(session, workspace_id, found[1], now) if found is not None else None


def veil(session: AsyncSession, workspace_id: int, member_id: int) -> str:
    """A reporter, as they stand in the table: always the same letters for the same person."""
    return vault_of(session).veil(str(member_id), _reporters(workspace_id))


def reporter_of(session: AsyncSession, report: Report) -> int:
    """Who reported it: to tell them how it went, and never anybody else."""
    return int(vault_of(session).unveil(report.reporter, _reporters(report.workspace_id)))


def reason_of(session: AsyncSession, report: Report) -> str:
    """Why it was reported, in the reporter's words; often nothing."""
    return vault_of(session).open(report.reason, _reason(report.subject, report.round)).decode()


async def add(
    session: AsyncSession, workspace_id: int, subject: str, round_: int, reporter_id: int, reason: str, now: datetime
) -> Report | None:
    """A new report; None where somebody else was quicker with theirs."""
    row = {
        "workspace_id": workspace_id,
        "subject": subject,
        "round": round_,
        "reporter": veil(session, workspace_id, reporter_id),
        "reason": vault_of(session).seal(reason.encode(), _reason(subject, round_)),
        "state": rules.OPEN,
        "reported_at": now,
        "leads_asked": False,
    }
    ids = await insert_new(session, Report, [row], unique=("workspace_id", "subject", "round"), returning=Report.id)
    return await session.get(Report, ids[0]) if ids else None


async def rounds(session: AsyncSession, workspace_id: int, subject: str) -> list[Report]:
    """Every time a thing was reported, the newest first."""
    query = select(Report).where(Report.workspace_id == workspace_id, Report.subject == subject)
    return list((await session.execute(query.order_by(Report.round.desc()))).scalars())


async def count_since(session: AsyncSession, workspace_id: int, member_id: int, since: datetime) -> int:
    """How much somebody has reported since then."""
    query = select(func.count()).where(
        Report.workspace_id == workspace_id,
        Report.reporter == veil(session, workspace_id, member_id),
        Report.reported_at > since,
    )
    return (await session.execute(query)).scalar_one()


async def lock(session: AsyncSession, workspace_id: int, report_id: object) -> Report:
    """One report, held until the transaction ends; whoever names one that is not there is no moderator of ours."""
    number = str(report_id)
    if not number.isdecimal() or len(number) > 9:
        raise NotAModerator
    query = select(Report).where(Report.workspace_id == workspace_id, Report.id == int(number))
    found = await session.execute(query.with_for_update().execution_options(populate_existing=True))
    report = found.scalar_one_or_none()
    if report is None:
        raise NotAModerator
    return report


async def lock_open(session: AsyncSession, workspace_id: int, subject: str) -> Report | None:
    """The report that waits for a decision about a thing, held until the transaction ends."""
    query = select(Report).where(
        Report.workspace_id == workspace_id, Report.subject == subject, Report.state == rules.OPEN
    )
    found = await session.execute(query.with_for_update().execution_options(populate_existing=True))
    return found.scalar_one_or_none()


async def waiting(session: AsyncSession, workspace_id: int) -> list[Report]:
    """What nobody has decided yet, oldest first."""
    query = select(Report).where(Report.workspace_id == workspace_id, Report.state == rules.OPEN)
    return list((await session.execute(query.order_by(Report.reported_at, Report.id))).scalars())


async def decided(session: AsyncSession, workspace_id: int) -> list[Report]:
    """What was decided lately, the newest first."""
    query = (
        select(Report)
        .where(Report.workspace_id == workspace_id, Report.state != rules.OPEN)
        .order_by(Report.decided_at.desc(), Report.id.desc())
        .limit(rules.MOST_LOGGED)
    )
    return list((await session.execute(query)).scalars())


async def next_due(session: AsyncSession) -> datetime | None:
    """When the leads are to be asked about something no moderator has decided, or everybody once more."""
    return (await session.execute(select(func.min(Report.due_at)))).scalar_one()


async def due(session: AsyncSession, now: datetime, *, limit: int = 100) -> list[tuple[int, int]]:
    """About what they are to be asked: workspace and report id."""
    query = select(Report.workspace_id, Report.id).where(Report.due_at <= now).order_by(Report.due_at).limit(limit)
    return list((await session.execute(query)).all())


async def lock_due(session: AsyncSession, workspace_id: int, report_id: int, now: datetime) -> Report | None:
    """The report, if it still is to be brought to somebody."""
    query = select(Report).where(Report.workspace_id == workspace_id, Report.id == report_id, Report.due_at <= now)
    return (await session.execute(query.with_for_update(skip_locked=True))).scalar_one_or_none()


def _reporters(workspace_id: int) -> str:
    return f"reporter:{workspace_id}"


def _reason(subject: str, round_: int) -> str:
    return f"report:{subject}:{round_}"
