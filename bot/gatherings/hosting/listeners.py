"""Slack asks: a host's buttons and forms."""

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.submissions import first_time
from bot.gatherings import planning, seating, words
from bot.gatherings.hosting import acting, drafts, forms
from bot.members import store as members
from bot.members.rules import clean
from bot.messages import Block
from bot.registry import Tools
from bot.slack import blocks, home
from bot.slack.act import Act


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
            member, gathering = await acting.from_form(session, act)
            problems = await acting.move(session, gathering, day, minute, later=later, now=now)
            await home.open_home(session, act.workspace_id, member.id, now=now, place=words.place_of(gathering.id))
    if problems:
        await ack(response_action="errors", errors=problems)
    else:
        await ack()


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
    now = tools.clock()
    async with tools.database.transaction() as session:
        host, gathering = await acting.host_of(session, act, act.memory.get("gathering"), lock=True)
        problem = await acting.invite(session, gathering, host, forms.chosen_people(act.state), now)
    await _answer(ack, "people", problem)


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
    now, chosen = tools.clock(), blocks.chosen(act.state, "cohost")
    async with tools.database.transaction() as session:
        member, gathering = await acting.from_form(session, act)
        problem = await acting.name_cohost(session, gathering, str(chosen) if chosen else None, now)
        await home.open_home(session, act.workspace_id, member.id, now=now)
    await _answer(ack, "cohost", problem)


async def open_recording(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Add the recording]."""
    async with tools.database.transaction() as session:
        _, gathering = await acting.host_of(session, act, act.value)
        view = forms.recording_form(gathering)
    await _open(ack, act, client, view)


async def save_recording(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Linked on its page and in the thread."""
    now, link = tools.clock(), clean(str(blocks.chosen(act.state, "link") or ""))
    problem = drafts.problem_with_link(link)
    if problem is None:
        async with tools.database.transaction() as session:
            if await first_time(session, act):
                member, gathering = await acting.from_form(session, act)
                await acting.add_recording(session, gathering, link, now)
                await home.open_home(session, act.workspace_id, member.id, now=now)
    await _answer(ack, "link", problem)


async def _open(ack: AsyncAck, act: Act, client: AsyncWebClient, view: Block) -> None:
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=view)


async def _answer(ack: AsyncAck, field: str, problem: str | None) -> None:
    if problem:
        await ack(response_action="errors", errors={field: problem})
    else:
        await ack()
