"""Somebody writes to the bot."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.members import store
from bot.members.models import Member
from bot.members.talk import views
from bot.registry import Event, TalkOffer, Tools


async def wants_message(session: AsyncSession, event: Event) -> bool:
    """A person's own words in direct message, outside any thread; edits, deletions and bots are nobody's question."""
    said = event.payload
    plain = said.get("channel_type") == "im" and not said.get("subtype") and not said.get("bot_id")
    return plain and not said.get("thread_ts") and bool(said.get("user"))


async def answer_message(session: AsyncSession, event: Event, tools: Tools) -> None:
    """Say what we understand, once an hour at most; the words themselves are kept nowhere."""
    member = await store.meet(session, event.workspace_id, event.payload["user"])
    if member.deactivated_at is not None:
        return
    now, joined = tools.clock(), store.has_joined(member)
    offers = await _offers(session, member) if joined else []
    place = f"{event.payload['channel']}:{event.payload['ts']}"
    message = views.answer(
        member, now, command=tools.settings.perennial_command, joined=joined, offers=offers, place=place
    )
    await outbox.enqueue(session, message, now=now)


async def _offers(session: AsyncSession, member: Member) -> list[TalkOffer]:
    offers: list[TalkOffer] = session.info.get("talk_offers", [])
    asked = [(each, each.fits is None or await each.fits(session, member.workspace_id, member.id)) for each in offers]
    return [each for each, fits in asked if fits]
