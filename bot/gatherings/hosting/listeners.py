"""Slack asks: a host's buttons and forms."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.submissions import first_time, stays_open
from bot.gatherings import planning, seating, words
from bot.gatherings.hosting import acting, drafts, forms
from bot.members import store as members
from bot.members.models import Member
from bot.members.rules import clean
from bot.messages import Block
from bot.registry import Tools
from bot.slack import blocks, home
from bot.slack.act import Act
from bot.slack.handed_in import answer_form


async def open_edit(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Edit]."""
    async with tools.database.transaction() as session:
        _, gathering = await acting.host_of(session, act, act.value)
        seating.check_open(gathering)
        view = forms.edit_form(gathering)
    await _open(ack, act, client, view)


async def save_edit(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """The form was handed in: kept, or what to mend, with everything typed still in it."""
    draft, now = forms.read_edit(act.state), tools.clock()
    if problems := drafts.problems_with(draft):
        await ack(response_action="errors", errors=problems)
        return
    async with tools.database.transaction() as session:
        if await first_time(session, act):
            member, gathering = await acting.from_form(session, act)
            await acting.edit(session, gathering, draft, now)
            await home.open_home(session, act.workspace_id, member.id, now=now, place=words.place_of(gathering.id))
    await ack()


async def open_move(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Move]."""
    async with tools.database.transaction() as session:
        _, gathering = await acting.host_of(session, act, act.value)
        seating.check_open(gathering)
        view = forms.move_form(gathering, len(await acting.later_ones(session, gathering)))
    await _open(ack, act, client, view)


async def save_move(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Another date; or what to mend."""
    (day, minute, later), now = forms.read_move(act.state), tools.clock()
    problems = {} if day else {"day": "Choose a day."}
    problems |= {} if minute is not None else {"time": "Choose a time of day."}
    if day is not None and minute is not None:
        async with tools.database.transaction() as session:
            if await first_time(session, act):
                member, gathering = await acting.from_form(session, act)
                problems = await acting.move(session, gathering, day, minute, later=later, now=now)
                await _follow(session, act, member, problems, now, place=words.place_of(gathering.id))
    await answer_form(ack, problems)


async def call_off(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Call off], confirmed: everybody who was told hears of it."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member, gathering = await acting.host_of(session, act, act.value, lock=True)
        await planning.call_off(session, gathering, now=now)
        await home.open_home(session, act.workspace_id, member.id, now=now)
    await ack()


async def open_invite(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Invite people]."""
    async with tools.database.transaction() as session:
        _, gathering = await acting.host_of(session, act, act.value)
        seating.check_open(gathering)
        view = forms.invite_form(gathering)
    await _open(ack, act, client, view)


async def send_invitations(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Each of them gets a message; who said something before is left alone."""
    now, problems = tools.clock(), dict[str, str]()
    async with tools.database.transaction() as session:
        if await first_time(session, act):
            host, gathering = await acting.host_of(session, act, act.memory.get("gathering"), lock=True)
            problems = _under(
                "people", await acting.invite(session, gathering, host, forms.chosen_people(act.state), now)
            )
            await _follow(session, act, host, problems, now, place=words.place_of(gathering.id))
    await answer_form(ack, problems)


async def open_cohost(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Name a co-host]."""
    async with tools.database.transaction() as session:
        _, gathering = await acting.host_of(session, act, act.value)
        seating.check_open(gathering)
        known = await members.by_id(session, act.workspace_id, gathering.cohost_id or 0)
        view = forms.cohost_form(gathering, known.slack_id if known else None)
    await _open(ack, act, client, view)


async def save_cohost(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """They hear of it, and can do what the host can."""
    now, problems, chosen = tools.clock(), dict[str, str](), blocks.chosen(act.state, "cohost")
    async with tools.database.transaction() as session:
        if await first_time(session, act):
            member, gathering = await acting.from_form(session, act)
            named = str(chosen) if chosen else None
            problems = _under("cohost", await acting.name_cohost(session, gathering, named, now))
            await _follow(session, act, member, problems, now)
    await answer_form(ack, problems)


async def open_recording(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Add the recording]."""
    async with tools.database.transaction() as session:
        _, gathering = await acting.host_of(session, act, act.value)
        view = forms.recording_form(gathering)
    await _open(ack, act, client, view)


async def save_recording(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Linked on its page and in the thread."""
    now, link = tools.clock(), clean(str(blocks.chosen(act.state, "link") or ""))
    problems = _under("link", drafts.problem_with_link(link))
    if not problems:
        async with tools.database.transaction() as session:
            if await first_time(session, act):
                member, gathering = await acting.from_form(session, act)
                await acting.add_recording(session, gathering, link, now)
                await home.open_home(session, act.workspace_id, member.id, now=now)
    await answer_form(ack, problems)


async def _open(ack: AsyncAck, act: Act, client: AsyncWebClient, view: Block) -> None:
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=view)


def _under(field: str, problem: str | None) -> dict[str, str]:
    return {field: problem} if problem else {}


async def _follow(
    session: AsyncSession, act: Act, member: Member, problems: dict[str, str], now: datetime, place: str | None = None
) -> None:
    """Where nothing has to be mended the Home tab shows what was done; otherwise the form can be handed in again."""
    if problems:
        await stays_open(session, act)
    else:
        await home.open_home(session, act.workspace_id, member.id, now=now, place=place)
