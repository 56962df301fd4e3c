"""Somebody reads now what would have come later."""

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.lookup import id_in
from bot.members import store as members
from bot.members.attention import store, views
from bot.messages import Block
from bot.registry import Tools, Viewer
from bot.slack import home
from bot.slack.act import Act


async def read_now(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Read it now]: one message, whatever it waits for; one that has left meanwhile is in their messages already."""
    await _let_go(act, tools, delivery_id=id_in(act.value))
    await ack()


async def read_all(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Read all now]."""
    await _let_go(act, tools, delivery_id=None)
    await ack()


async def waiting_section(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """What waits for whoever looks."""
    member = await members.by_id(session, viewer.workspace_id, viewer.member_id)
    if member is None or not viewer.joined:
        return []
    kinds = outbox.kinds_of(session)
    rows = [
        views.Waiting(each.id, kind.noun, each.ready_at, each.held or "hours")
        for each in await store.waiting(session, member)
        if (kind := kinds.get(each.kind)) is not None and kind.noun is not None
    ]
    return views.waiting(rows, member.tz, viewer.now)


async def _let_go(act: Act, tools: Tools, *, delivery_id: int | None) -> None:
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        for delivery in await store.waiting(session, member, delivery_id=delivery_id, lock=True):
            await outbox.let_go(session, delivery, now=now)
        await home.redraw(session, act.workspace_id, [member.id], now=now)
