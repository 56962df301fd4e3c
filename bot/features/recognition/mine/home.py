"""App Home asks: the row on the front page, and the pages behind it; whose they are comes from who looks."""

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.opening import open_in_browser
from bot.features.recognition import store
from bot.features.recognition.milestones import kinds
from bot.features.recognition.milestones import store as milestones
from bot.features.recognition.mine import pages, views
from bot.features.recognition.mine.views import Page, Reached
from bot.features.recognition.models import Thanks
from bot.features.recognition.receiving.views import PLACE
from bot.features.recognition.words import local_day
from bot.lookup import number_in
from bot.members import store as members
from bot.messages import Block
from bot.registry import Tools, Viewer
from bot.slack import home
from bot.slack.act import Act

PARTS = (views.BY_ME, views.HIDDEN)


async def front_row(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """Where there is something; else one inviting line."""
    if not viewer.joined:
        return []
    where = (viewer.workspace_id, viewer.member_id)
    received, _ = await store.to_member(session, *where, put_away=False, limit=1)
    if received:
        names = await members.names(session, viewer.workspace_id, [received[0].giver_id])
        latest = (names[received[0].giver_id], received[0].given_at)
        return views.front(latest, viewer.tz, local_day(viewer.now, viewer.tz))
    _, given = await store.by_member(session, *where, limit=1)
    if given or await milestones.of(session, *where, kinds.known(session)):
        return views.front(None, viewer.tz, local_day(viewer.now, viewer.tz))
    return views.invitation()


async def page(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """`recognition`, `recognition:2`, `recognition:given`, `recognition:hidden:1`."""
    if not viewer.joined:
        return views.nobody()
    words = viewer.place.split(":")[1:]
    part = words.pop(0) if words and words[0] in PARTS else views.RECEIVED
    number = number_in(words[0] if words else "")
    where = (viewer.workspace_id, viewer.member_id)
    _, given = await store.by_member(session, *where, limit=1)
    _, hidden = await store.to_member(session, *where, put_away=True, limit=1)
    total = given if part == views.BY_ME else await _count(session, viewer, part)
    number = max(0, min(number, -(-total // views.ROWS) - 1))
    return views.page(
        Page(
            part=part,
            rows=await store.opened(session, await _rows(session, viewer, part, number)),
            number=number,
            total=total,
            tz=viewer.tz,
            today=local_day(viewer.now, viewer.tz),
            has_given=bool(given),
            has_hidden=bool(hidden),
            milestones=await _reached(session, viewer) if part == views.RECEIVED else (),
            printable=await open_in_browser(session, *where, pages.PATH, viewer.now),
        )
    )


async def _count(session: AsyncSession, viewer: Viewer, part: str) -> int:
    where = (viewer.workspace_id, viewer.member_id)
    return (await store.to_member(session, *where, put_away=part == views.HIDDEN, limit=1))[1]


async def _rows(session: AsyncSession, viewer: Viewer, part: str, number: int) -> list[Thanks]:
    where, span = (viewer.workspace_id, viewer.member_id), {"limit": views.ROWS, "offset": number * views.ROWS}
    if part == views.BY_ME:
        return (await store.by_member(session, *where, **span))[0]
    return (await store.to_member(session, *where, put_away=part == views.HIDDEN, **span))[0]


async def _reached(session: AsyncSession, viewer: Viewer) -> list[Reached]:
    known = kinds.known(session)
    found = await milestones.of(session, viewer.workspace_id, viewer.member_id, known)
    return [
        Reached(each.id, known[each.kind].on_page, each.reached_at, each.shared_at is not None, each.put_away)
        for each in found
    ]


async def turn(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Newer], [Older], [Hidden]: the value is the place to turn to."""
    place = act.value if act.value.split(":")[0] == PLACE else PLACE
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        await home.open_home(session, act.workspace_id, member.id, now=tools.clock(), place=place)
    await ack()
