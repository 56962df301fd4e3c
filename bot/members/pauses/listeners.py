"""Somebody pauses, or comes back before time."""

from datetime import date

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.errors import TooLate
from bot.members import changes, rules, store
from bot.members.models import Member
from bot.members.pauses import views
from bot.registry import Tools
from bot.slack import home
from bot.slack.act import Act


async def open_pause(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Pause] was pressed."""
    async with tools.database.transaction() as session:
        await store.joined_actor(session, act)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=views.pause_form())


async def pause(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """The form was sent: paused from now on, or told in the form what is wrong with the day."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await store.joined_actor(session, act)
        until, errors = views.read_pause(act.state, changes.today_of(member, now))
        if until is not None and not errors:
            await changes.rest(session, member, until, now=now)
            await _show(session, member, tools, "front")
    if errors:
        await ack(response_action="errors", errors=errors)
    else:
        await ack()


async def pause_by_word(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient, rest: str) -> None:
    """`/mentor pause for 2 weeks`; with no span, or one that can't be read, the form."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await store.joined_actor(session, act)
        today = changes.today_of(member, now)
        until = rules.pause_in_words(rest, today)
        problem = rules.problem_with_pause(until, today)
        if until is not None and problem is None:
            await changes.rest(session, member, until, now=now)
            await home.redraw(session, member.workspace_id, [member.id], now=now)
    if until is None:
        await ack()
        await client.views_open(trigger_id=act.trigger_id, view=views.pause_form())
    elif problem is not None:
        await ack(text=problem, response_type="ephemeral")
    else:
        text, shown = views.paused(until, today)
        await ack(text=text, blocks=shown, response_type="ephemeral")


async def resume(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond) -> None:
    """[Resume now] was pressed, on the Home tab or under the answer to a command."""
    async with tools.database.transaction() as session:
        member = await store.joined_actor(session, act)
        until = changes.resume(member)
        await outbox.reconsider(session, member.workspace_id, member.id, now=tools.clock())
        await _show(session, member, tools, f"resumed:{until.isoformat()}" if until else "front")
    await ack()
    await _answer(respond, act, *views.resumed(until))


async def resume_by_word(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """`/mentor resume`."""
    async with tools.database.transaction() as session:
        member = await store.joined_actor(session, act)
        until = changes.resume(member)
        await outbox.reconsider(session, member.workspace_id, member.id, now=tools.clock())
        await home.redraw(session, member.workspace_id, [member.id], now=tools.clock())
    text, shown = views.resumed(until)
    await ack(text=text, blocks=shown, response_type="ephemeral")


async def undo_resume(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond) -> None:
    """[Undo]: away again, until the same day as before."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await store.joined_actor(session, act)
        today = changes.today_of(member, now)
        until = _day(act.value)
        if until is None or rules.problem_with_pause(until, today):
            raise TooLate
        await changes.rest(session, member, until, now=now)
        await _show(session, member, tools, "front")
    await ack()
    await _answer(respond, act, *views.paused(until, today))


async def _show(session: AsyncSession, member: Member, tools: Tools, place: str) -> None:
    await home.open_home(session, member.workspace_id, member.id, now=tools.clock(), place=place)


async def _answer(respond: AsyncRespond, act: Act, text: str, shown: list[dict[str, object]]) -> None:
    """Put the outcome where the button was; the Home tab draws itself."""
    if act.response_url:
        await respond(text=text, blocks=shown, replace_original=True)


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
