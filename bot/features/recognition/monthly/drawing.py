"""Draws the page of a month from what is shared at this very moment, and has one that stands drawn again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import lookup
from bot.delivery.models import Delivery
from bot.features.recognition.milestones import kinds
from bot.features.recognition.models import ThanksPage
from bot.features.recognition.monthly import store, views
from bot.features.recognition.monthly.store import Reached
from bot.features.recognition.redrawing import redraw
from bot.messages import Channel, Content, Kind, Message, MessageClass, Verb
from bot.slack import blocks

PAGE = Kind("recognition.page", MessageClass.APPOINTMENT, priority=60, expires=timedelta(days=3), cost=0)
PAGE_CHANGED = Kind("recognition.page_changed", MessageClass.ANSWER, priority=10, expires=timedelta(days=7), cost=0)


def key_of(page: ThanksPage) -> str:
    """What finds the message of a month."""
    return f"{PAGE.name}:{page.month.isoformat()}"


def subject_of(page_id: int) -> str:
    """What it is about."""
    return f"thanks_page:{page_id}"


def posted(page: ThanksPage, now: datetime) -> Message:
    """Into the channel, drawn as it leaves; nothing, where nothing is shared then."""
    return Message(
        workspace_id=page.workspace_id,
        kind=PAGE.name,
        subject=subject_of(page.id),
        to=Channel(page.channel),
        dedupe_key=key_of(page),
        due_at=now,
    )


async def draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    """What both sides share at this moment."""
    page = await lookup.find(session, ThanksPage, delivery.workspace_id, int(delivery.subject.split(":")[1]))
    if page is None:
        return None
    thanks = await store.thanks_on(session, page)
    lines = [views.Line(each.row.id, each.giver, each.receiver, each.said.words) for each in thanks]
    reached = await _sentences(session, await store.milestones_on(session, page))
    if lines or reached:
        return views.page(page.month, lines, reached)
    return views.emptied(page.month) if delivery.verb == Verb.UPDATE else None


async def _sentences(session: AsyncSession, reached: Sequence[Reached]) -> list[str]:
    """Of those that still hold; what a feature contributed that is no longer there has no words any more."""
    known, said = kinds.known(session), []
    for each in reached:
        row, kind = each.row, known.get(each.row.kind)
        if kind is not None and await kind.holds(session, row.workspace_id, row.member_id, row.about_id):
            said.append(f"{blocks.escape(each.name)} {kind.theirs}.")
    return said


async def follow(session: AsyncSession, workspace_id: int, moments: Sequence[datetime], now: datetime) -> None:
    """The months in which something was shared say from now on what is still shared of it."""
    for page in await store.pages_of(session, workspace_id, moments):
        await redraw(session, workspace_id, key_of(page), PAGE_CHANGED, now)
