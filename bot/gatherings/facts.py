"""Gathers what messages and pages say of a gathering."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock, utc_now
from bot.delivery.models import Delivery
from bot.gatherings import store, subjects, words
from bot.gatherings.kinds import gathering_kinds_of
from bot.gatherings.models import Gathering
from bot.gatherings.words import Facts
from bot.members import store as members
from bot.members.models import Member
from bot.slack import blocks


async def facts_of(session: AsyncSession, gathering: Gathering) -> Facts:
    """As they stand now."""
    kind = gathering_kinds_of(session).get(gathering.kind)
    return Facts(
        id=gathering.id,
        title=words.title(session, gathering),
        plain_title=words.plain_title(session, gathering),
        noun=words.noun(session, gathering),
        starts_at=gathering.starts_at,
        tz=gathering.tz,
        minutes=gathering.minutes,
        about=blocks.escape(gathering.about or ""),
        place=blocks.escape(gathering.place or ""),
        link=gathering.link or "",
        lines=await kind.lines(session, gathering) if kind else [],
    )


async def about(session: AsyncSession, delivery: Delivery) -> tuple[Gathering, Member]:
    """The gathering that a direct message is about, and whom it is for."""
    gathering = await store.get(session, delivery.workspace_id, subjects.gathering_in(delivery.subject))
    (member_id,) = delivery.member_ids
    member = await members.by_id(session, delivery.workspace_id, member_id)
    assert member is not None, "a delivery names people we know"
    return gathering, member


def now_in(session: AsyncSession) -> datetime:
    """The moment at which a message is drawn."""
    clock: Clock = session.info.get("clock", utc_now)
    return clock()


def hosts(gathering: Gathering) -> set[int]:
    """Who answers for it."""
    return {each for each in (gathering.host_id, gathering.cohost_id) if each is not None}
