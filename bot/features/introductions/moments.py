"""What introductions know of people's days, for nudges: a first meeting ahead, one that did not happen, not being alone."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.features.introductions.hello import reasons
from bot.features.introductions.models import Introduction, IntroductionMember, Meeting
from bot.members.models import Member
from bot.registry import Moment

BEFORE, AFTER, OPEN = "before-first-meeting", "after-missed-meeting", "with-somebody"
AHEAD, FRESH, RECENT = timedelta(days=2), timedelta(days=2), timedelta(days=3)
MISSED = ("not_yet", "wont")


async def meetings(
    session: AsyncSession, workspace_id: int, member_ids: list[int], now: datetime
) -> dict[int, list[Moment]]:
    """Whoever agreed to meet within the next two days: one query, however many are asked about."""
    asked = {"workspace_id": workspace_id, "member_ids": member_ids, "now": now, "until": now + AHEAD}
    return {
        member_id: [Moment(BEFORE, f"you meet {names} {_day(starts_at, tz, now)}")]
        for member_id, names, tz, (starts_at,) in _together(await session.execute(MEETINGS, asked))
    }


async def introductions(
    session: AsyncSession, workspace_id: int, member_ids: list[int], now: datetime
) -> dict[int, list[Moment]]:
    """Whoever was introduced within two days and said nothing yet, has not met lately, or is in one at all: one query."""
    asked = {"workspace_id": workspace_id, "member_ids": member_ids, "recently": now - RECENT}
    found: dict[int, list[Moment]] = {}
    for member_id, names, tz, (sent_at, answer, answered_at) in _together(await session.execute(OPEN_ONES, asked)):
        own = found.setdefault(member_id, [Moment(OPEN, "you are in an introduction")])
        if answer in MISSED and answered_at > now - RECENT:
            own.append(Moment(AFTER, f"you and {names} have not met"))
        elif answer is None and sent_at is not None and sent_at > now - FRESH:
            own.append(Moment(BEFORE, f"you were introduced to {names} {_day(sent_at, tz, now)}"))
    return found


def _with_the_others(*facts: Any) -> Any:
    """A row per member and person they were brought together with; `workspace_id` and `member_ids` are given later."""
    mine, theirs, other, me = IntroductionMember, aliased(IntroductionMember), aliased(Member), aliased(Member)
    return (
        select(Introduction.id, mine.member_id, me.tz, other.name, *facts)
        .join(mine, mine.introduction_id == Introduction.id)
        .join(me, me.id == mine.member_id)
        .join(theirs, and_(theirs.introduction_id == Introduction.id, theirs.member_id != mine.member_id))
        .join(other, other.id == theirs.member_id)
        .where(
            Introduction.workspace_id == bindparam("workspace_id"),
            mine.member_id.in_(bindparam("member_ids", expanding=True)),
            Introduction.state.in_(("sent", "closed")),
        )
        .order_by(Introduction.id, mine.member_id, theirs.member_id)
    )


# Put together once: asked for every nudge, and aliases are costly to make.
MEETINGS = (
    _with_the_others(Meeting.starts_at)
    .join(Meeting, Meeting.introduction_id == Introduction.id)
    .where(Meeting.state == "agreed", Meeting.starts_at > bindparam("now"), Meeting.starts_at <= bindparam("until"))
)
OPEN_ONES = _with_the_others(Introduction.sent_at, IntroductionMember.answer, IntroductionMember.answered_at).where(
    or_(
        Introduction.state == "sent",
        and_(IntroductionMember.answer.in_(MISSED), IntroductionMember.answered_at > bindparam("recently")),
    )
)


def _together(rows: Iterable[Any]) -> list[tuple[int, str, str, tuple[Any, ...]]]:
    """One entry per member and introduction: (member id, the others' first names, the member's zone, facts)."""
    found: dict[tuple[int, int], tuple[list[str], str, tuple[Any, ...]]] = {}
    for introduction_id, member_id, tz, name, *facts in rows:
        names, _, _ = found.setdefault((introduction_id, member_id), ([], tz, tuple(facts)))
        names.append(reasons.first_name(name))
    return [(member_id, reasons.joined(names), tz, facts) for (_, member_id), (names, tz, facts) in found.items()]


def _day(moment: datetime, tz: str, now: datetime) -> str:
    """Today, tomorrow, yesterday, or the weekday."""
    zone = ZoneInfo(tz)
    day, today = moment.astimezone(zone).date(), now.astimezone(zone).date()
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    return near.get((day - today).days, f"on {day:%A}")
