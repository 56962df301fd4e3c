"""Somebody changes how much they take on, says "no more for now", or opens again."""

from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.submissions import first_time
from bot.errors import TooLate
from bot.members import store as members
from bot.members.commitments import acts, rules, store, views
from bot.members.commitments.home import moment_in
from bot.members.models import Member
from bot.messages import Block
from bot.registry import Tools
from bot.slack import home
from bot.slack.act import Act


async def open_cap(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Change how much]."""
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        load = await _load(session, member, tools.clock())
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=views.cap_form(load))


async def save_cap(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """The form was sent: so much at a time from now on, and nothing is taken away."""
    cap = views.read_cap(act.state)
    if cap is None:
        await ack(response_action="errors", errors={views.CAP_BLOCK: views.NOT_A_NUMBER})
        return
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        if await first_time(session, act):
            await acts.change_cap(session, member, cap, now=tools.clock())
    await ack()


async def no_more(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond, body: dict[str, Any]) -> None:
    """[No more for now], in a message of any feature or on a page: for people who were asked, in Perennial or not."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.actor(session, act)
        until = await acts.no_more(session, member, now=now)
        await _turn(session, act, member, act.value or views.PAGE, now)
    await ack()
    await _say(act, respond, body, *views.closed(until, member.tz, now))


async def open_again(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond, body: dict[str, Any]) -> None:
    """[Open again], under the answer or on a page."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.actor(session, act)
        until = await acts.open_again(session, member, now=now)
        load = await _load(session, member, now)
        place = act.value or views.PAGE
        await _turn(session, act, member, f"{place}:opened:{until.isoformat()}" if until else place, now)
    await ack()
    await _say(act, respond, body, *views.opened(until, load))


async def close_again(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond, body: dict[str, Any]) -> None:
    """[Undo] after it: nothing new until the same day as before."""
    now = tools.clock()
    place, _, moment = act.value.partition(":")
    until = moment_in(moment)
    if until is None or not now < until <= now + rules.CLOSED_FOR:
        raise TooLate
    async with tools.database.transaction() as session:
        member = await members.actor(session, act)
        await acts.no_more(session, member, now=now, until=until)
        await _turn(session, act, member, place, now)
    await ack()
    await _say(act, respond, body, *views.closed(until, member.tz, now))


async def _load(session: AsyncSession, member: Member, now: datetime) -> rules.Load:
    return (await store.loads(session, member.workspace_id, [member.id], now=now))[member.id]


async def _turn(session: AsyncSession, act: Act, member: Member, place: str, now: datetime) -> None:
    """Pressed on the Home tab: show it there, at once."""
    if act.view.get("type") == "home":
        await home.open_home(session, member.workspace_id, member.id, now=now, place=place[:100])


async def _say(act: Act, respond: AsyncRespond, body: dict[str, Any], text: str, shown: list[Block]) -> None:
    """Pressed in a message: answer under it, to that person only; an answer only they see is replaced."""
    if act.response_url:
        only_theirs = bool((body.get("container") or {}).get("is_ephemeral"))
        await respond(text=text, blocks=shown, response_type="ephemeral", replace_original=only_theirs)
