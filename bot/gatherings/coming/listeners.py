"""Slack asks: [I'll come], [Can't this time], [Change my mind], from the channel, a direct message or the Home tab."""

from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.gatherings import seating, store, subjects, views, words
from bot.gatherings.coming import acting, attending, people
from bot.gatherings.facts import facts_of
from bot.gatherings.models import Gathering
from bot.members import store as members
from bot.members.front.views import way_home
from bot.members.joining.listeners import open_first_step
from bot.members.models import Member, Workspace
from bot.messages import Content
from bot.programs import telling
from bot.registry import Tools
from bot.slack import home
from bot.slack.act import Act


async def come(
    ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient, respond: AsyncRespond, body: dict[str, Any]
) -> None:
    """[I'll come]. Whoever is not in Perennial yet gets its three steps first, and comes by the last."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.actor(session, act)
        gathering = await store.get(session, act.workspace_id, act.value, lock=True)
        seating.check_open(gathering)
        said = await store.seat_of(session, gathering, member.id)
        joins = await people.joins_first(session, member, said)
        if joins:
            await store.say(session, gathering, member.id, store.JOINING, now)
            answer = None
        else:
            await acting.say_yes(session, gathering, member.id, now=now)
            answer = await _show(session, act, gathering, member, now)
    if joins:
        await open_first_step(ack, act, tools, client)
        return
    await ack()
    await _whisper(act, respond, body, answer)


async def cannot(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond, body: dict[str, Any]) -> None:
    """[Can't this time]: nobody is told; whoever waits longest gets the seat."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.actor(session, act)
        gathering = await store.get(session, act.workspace_id, act.value, lock=True)
        seating.check_open(gathering)
        await people.joins_first(session, member, await store.seat_of(session, gathering, member.id))
        await acting.say_no(session, gathering, member.id, now=now)
        answer = await _show(session, act, gathering, member, now)
    await ack()
    await _whisper(act, respond, body, answer)


async def change_mind(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond, body: dict[str, Any]) -> None:
    """[Change my mind]: both answers again; what was said stands until one is pressed."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.actor(session, act)
        gathering = await store.get(session, act.workspace_id, act.value)
        seating.check_open(gathering)
        asked = views.asked(await facts_of(session, gathering), member.tz, now)
        answer = await _show(session, act, gathering, member, now, asked)
    await ack()
    await _whisper(act, respond, body, answer)


async def _show(
    session: AsyncSession, act: Act, gathering: Gathering, member: Member, now: datetime, said: Content | None = None
) -> Content | None:
    """Where it was pressed: on the Home tab and in direct message at once; what has to be whispered, otherwise."""
    if act.view.get("type") == "home":
        await home.open_home(session, act.workspace_id, member.id, now=now)
        return None
    content = said or await acting.answer(session, gathering, member, now)
    if not act.channel.startswith("D") or not act.message_ts:
        return content
    await telling.replace_used(session, act, subjects.personal(gathering.id), content, now)
    return None


async def _whisper(act: Act, respond: AsyncRespond, body: dict[str, Any], said: Content | None) -> None:
    """To that person only; an answer only they see is replaced by the next one."""
    if said is not None and act.response_url:
        only_theirs = bool((body.get("container") or {}).get("is_ephemeral"))
        await respond(text=said.text, blocks=said.blocks, response_type="ephemeral", replace_original=only_theirs)


async def open_page(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond) -> None:
    """[More]: its page on the Home tab, with the way there."""
    async with tools.database.transaction() as session:
        member = await members.actor(session, act)
        gathering = await store.get(session, act.workspace_id, act.value)
        await home.open_home(
            session, act.workspace_id, member.id, now=tools.clock(), place=words.place_of(gathering.id)
        )
        workspace = await session.get(Workspace, act.workspace_id)
        what = f"the page of {words.title(session, gathering)}"
        way = way_home(act.team_id, workspace.app_id if workspace is not None else None, what)
    await ack()
    if act.response_url:
        await respond(text=way, response_type="ephemeral", replace_original=False)


async def join_call(ack: AsyncAck) -> None:
    """[Join] opens the call in their browser; there is nothing for us to do."""
    await ack()


async def was_there(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond) -> None:
    """[Yes]."""
    await _attended(ack, act, tools, respond, came=True)


async def was_not_there(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond) -> None:
    """[No]."""
    await _attended(ack, act, tools, respond, came=False)


async def _attended(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond, *, came: bool) -> None:
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.actor(session, act)
        gathering = await store.get(session, act.workspace_id, act.value, lock=True)
        said = await attending.say(session, gathering, member, came=came, now=now)
        if act.view.get("type") == "home":
            await home.open_home(session, act.workspace_id, member.id, now=now)
    await ack()
    if act.response_url:
        await respond(text=said, response_type="ephemeral", replace_original=False)
