"""Slack asks: somebody says that they answered, or takes it back."""

from slack_bolt.async_app import AsyncAck, AsyncRespond
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.reflections.ritual import store, views
from bot.lookup import id_in
from bot.members import store as members
from bot.programs import store as programs
from bot.registry import Tools
from bot.slack.act import Act


async def shared_one(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond) -> None:
    """[I shared one]: everybody in the channel may be counted, in Perennial or not."""
    async with tools.database.transaction() as session:
        member = await members.actor(session, act)
        if is_open := await _is_open(session, act):
            await store.share(session, act.workspace_id, id_in(act.value), member.id)
    await ack()
    if is_open:
        text, shown = views.counted(id_in(act.value))
        await respond(text=text, blocks=shown, response_type="ephemeral", replace_original=False)
    else:
        await respond(text=views.over(), response_type="ephemeral", replace_original=False)


async def not_shared(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond) -> None:
    """[Take it back]."""
    async with tools.database.transaction() as session:
        member = await members.actor(session, act)
        if is_open := await _is_open(session, act):
            await store.unshare(session, act.workspace_id, id_in(act.value), member.id)
    await ack()
    await respond(text=views.not_counted() if is_open else views.over(), replace_original=True)


async def _is_open(session: AsyncSession, act: Act) -> bool:
    ritual = await store.begun(session, act.workspace_id, id_in(act.value))
    return (await programs.get_round(session, act.workspace_id, ritual.round_id)).state == "sealed"
