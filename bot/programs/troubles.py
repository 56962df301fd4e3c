"""What did not arrive, for leads: kinds, numbers and reasons, and another try that shows nothing."""

from datetime import datetime, timedelta

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import queries
from bot.delivery.errors import ErrorClass
from bot.members import store as members
from bot.messages import Block
from bot.programs import pages, telling
from bot.registry import Tools, Viewer
from bot.slack import home
from bot.slack.act import Act

LOOKED_BACK = timedelta(days=14)
PLACE = "undelivered"
MOST_NAMED = 20
WHY: dict[str, str] = {
    ErrorClass.INSTALL: "Slack no longer accepts Perennial's token: ask whoever runs Perennial",
    ErrorClass.PERSON: "the person is gone, or can't be written to",
    ErrorClass.CHANNEL: "the channel doesn't let Perennial in",
    ErrorClass.OUR_BUG: "Slack refused how it was written, which is our mistake: tell whoever runs Perennial",
}
UNSURE = "Slack did not say whether it arrived"


async def recent(session: AsyncSession, workspace_id: int, now: datetime) -> list[queries.Trouble]:
    """What did not arrive lately."""
    return await queries.troubles(session, workspace_id, since=now - LOOKED_BACK)


async def page(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """The page of it, for leads."""
    if not viewer.is_lead:
        return pages.not_for_you()
    found = await recent(session, viewer.workspace_id, viewer.now)
    parked = await queries.parked_events(session, viewer.workspace_id)
    return pages.undelivered_page([_failure(each) for each in found], sum(parked.values()))


def _failure(trouble: queries.Trouble) -> pages.Failure:
    mentions = [f"<#{each}>" if each[:1] in "CG" else f"<@{each}>" for each in trouble.recipients if each]
    rest = len(mentions) - MOST_NAMED
    whom = ", ".join(mentions[:MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")
    room, _, what = trouble.kind.partition(".")
    title = f"{room.capitalize()}, {what.replace('_', ' ')}" if what else room.capitalize()
    why = WHY.get(trouble.error_class or "", UNSURE)
    return pages.Failure(trouble.kind, title, trouble.count, why, whom)


async def open_page(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """To that page."""
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        await home.open_home(session, act.workspace_id, lead.id, now=tools.clock(), place=PLACE)
    await ack()


async def try_again(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Send everything of one kind again, without showing it."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        await queries.retry_all(session, act.workspace_id, act.value, now=now)
        await home.open_home(session, act.workspace_id, lead.id, now=now, place=PLACE)
        await telling.redraw_leads(session, act.workspace_id, now)
    await ack()
