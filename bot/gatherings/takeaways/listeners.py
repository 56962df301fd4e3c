"""Slack asks: somebody shares what they take from a gathering, takes it back, or says what came of it."""

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import submissions
from bot.errors import Gone, NotYours
from bot.gatherings import store, words
from bot.gatherings.models import Gathering, Takeaway
from bot.gatherings.takeaways import acting, messages, rules, views
from bot.gatherings.takeaways import store as takeaways
from bot.gatherings.takeaways.kinds import TakeawayKind, takeaway_kind_of
from bot.lookup import id_in
from bot.members import store as members
from bot.members.models import Member
from bot.registry import Tools
from bot.slack import home
from bot.slack.act import Act


async def open_form(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Share a line]; what was shared before stands in it."""
    async with tools.database.transaction() as session:
        member, gathering, kind = await _open(session, act, act.value, tools)
        said = await takeaways.mine(session, gathering, member.id)
        before = None
        if said is not None and said.state != takeaways.TAKEN_BACK:
            before = (said, await takeaways.words_of(session, said))
        about, in_thread = await kind.about(session, gathering), acting.has_thread(gathering)
        view = views.form(gathering.id, kind, before, about, in_thread=in_thread)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=view)


async def say(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """One line, into the thread."""
    now, view = tools.clock(), None
    async with tools.database.transaction() as session:
        member, gathering, kind = await _open(session, act, act.memory.get("gathering"), tools)
        text, chosen = views.read_form(kind, act.state)
        problem = rules.problem_with(text, kind.asking.missing)
        if problem is None and await submissions.first_time(session, act):
            about = next((each for each in await kind.about(session, gathering) if str(each) == chosen), None)
            row = await takeaways.say(session, gathering, member.id, text, about, now=now)
            await messages.gather(session, gathering, row, now=now)
            await home.redraw(session, act.workspace_id, [member.id], now=now)
            view = views.said(kind, text, row.id, hidden=row.state == takeaways.HIDDEN)
    if problem is not None:
        await ack(response_action="errors", errors={kind.asking.field: problem})
    elif view is None:
        await ack()
    else:
        await ack(response_action="update", view=view)


async def nothing(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond) -> None:
    """[Nothing this time]."""
    async with tools.database.transaction() as session:
        await members.actor(session, act)
        kind = _kind(session, await store.get(session, act.workspace_id, id_in(act.value)))
    await ack()
    await _settle(act, respond, kind.asking.nothing)


async def stop(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond) -> None:
    """[Don't ask me after these sessions]."""
    async with tools.database.transaction() as session:
        member = await members.actor(session, act)
        gathering = await store.get(session, act.workspace_id, id_in(act.value))
        await takeaways.stop(session, gathering, member.id)
    await ack()
    await _settle(act, respond, views.STOPPED)


async def ask_again(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Ask me again], on the page of a gathering."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.actor(session, act)
        gathering = await store.get(session, act.workspace_id, id_in(act.value))
        await takeaways.go_on(session, gathering, member.id)
        await home.open_home(session, act.workspace_id, member.id, now=now, place=words.place_of(gathering.id))
    await ack()


async def take_back(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Take it back]: it leaves the thread."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.actor(session, act)
        found = await takeaways.get(session, act.workspace_id, act.value)
        gathering = await store.get(session, act.workspace_id, found.gathering_id, lock=True)
        row = await _own(session, act, member)
        await takeaways.take_back(session, row)
        await messages.gather(session, gathering, row, now=now)
        await home.redraw(session, act.workspace_id, [member.id], now=now)
    await ack()
    if act.view:
        await client.views_update(view_id=act.view["id"], view=views.taken_back())


async def answer(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond) -> None:
    """[It helped] [Partly] [Not so far], or behind the dots: what came of it, told once."""
    now = tools.clock()
    said = next(each for each, action_id in views.OUTCOMES.items() if action_id == act.action_id)
    async with tools.database.transaction() as session:
        row = await _own(session, act, await members.actor(session, act))
        gathering = await store.get(session, act.workspace_id, row.gathering_id)
        kind = _kind(session, gathering)
        if row.outcome is None:
            row.outcome = said
            await kind.answered(session, gathering, row, said, now)
        text = kind.following.answers(row.outcome, await kind.counts(session, gathering, row))
    await ack()
    await _settle(act, respond, text)


async def _settle(act: Act, respond: AsyncRespond, text: str) -> None:
    """What was chosen, where its buttons were."""
    if act.response_url:
        await respond(text=text, replace_original=True)


async def _own(session: AsyncSession, act: Act, member: Member) -> Takeaway:
    row = await takeaways.get(session, act.workspace_id, act.value, lock=True)
    if row.member_id != member.id:
        raise NotYours
    return row


def _kind(session: AsyncSession, gathering: Gathering) -> TakeawayKind:
    kind = takeaway_kind_of(session, gathering)
    if kind is None:
        raise Gone
    return kind


async def _open(session: AsyncSession, act: Act, named: object, tools: Tools) -> tuple[Member, Gathering, TakeawayKind]:
    """Whoever may share something of a gathering that was held, in the week after it; locked. Invited guests, too."""
    member = await members.actor(session, act)
    gathering = await store.get(session, act.workspace_id, id_in(named), lock=True)
    return member, gathering, await acting.check(session, gathering, member, tools.clock())
