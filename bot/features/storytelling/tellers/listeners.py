"""Slack asks: somebody offers a story, says yes or no, swaps, steps back; a host invites or goes on with fewer."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Gone, NotYours
from bot.features.storytelling import hosts
from bot.features.storytelling.models import StorySession, Telling
from bot.features.storytelling.tellers import acting, store, swapping, views
from bot.gatherings import facts
from bot.gatherings.models import Gathering
from bot.lookup import id_in
from bot.members import store as members
from bot.members.models import Member
from bot.registry import Tools
from bot.slack import home
from bot.slack.act import Act

NOT_IN = "They are not in Perennial yet, so they can't be asked from here. Choose somebody else, or ask them yourself."
YOURSELF = "That is you. Choose somebody else."
Do = Callable[[AsyncSession, Gathering, StorySession, Telling], Awaitable[None]]


async def accept(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[I'll tell], and [I can after all]."""

    async def do(session: AsyncSession, gathering: Gathering, story: StorySession, turn: Telling) -> None:
        await acting.sign_up(session, gathering, story, turn.member_id, now=tools.clock())

    await _mine(act, tools, do)
    await ack()


async def decline(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Not this time]."""

    async def do(session: AsyncSession, gathering: Gathering, story: StorySession, turn: Telling) -> None:
        await acting.decline(session, gathering, story, turn, now=tools.clock())

    await _mine(act, tools, do)
    await ack()


async def step_back(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[I can't after all]."""

    async def do(session: AsyncSession, gathering: Gathering, story: StorySession, turn: Telling) -> None:
        await acting.step_back(session, gathering, story, turn, now=tools.clock())

    await _mine(act, tools, do)
    await ack()


async def unswap(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Don't swap]."""

    async def do(session: AsyncSession, gathering: Gathering, story: StorySession, turn: Telling) -> None:
        await swapping.leave(session, gathering, turn, now=tools.clock())

    await _mine(act, tools, do)
    await ack()


async def open_swap(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Swap with somebody]."""
    found: list[Telling] = []

    async def do(session: AsyncSession, gathering: Gathering, story: StorySession, turn: Telling) -> None:
        found.append(turn)

    await _mine(act, tools, do)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=views.swap_form(found[0].id))


async def swap(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Whom they would swap with."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member, gathering, _, turn = await _turn_of(session, act, act.memory.get("telling"))
        if turn.member_id != member.id:
            raise NotYours
        other = await members.by_slack_id(session, act.workspace_id, views.read_who(act.state))
        problem = _problem_with(other, member)
        if problem is None and other is not None:
            problem = await swapping.offer(session, gathering, turn, other.id, now=now)
    await _answer(ack, problem)


async def swap_yes(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond) -> None:
    """[I'll tell instead]."""
    async with tools.database.transaction() as session:
        _, gathering, story, turn = await _asked_to_swap(session, act)
        await swapping.take_over(session, gathering, story, turn, now=tools.clock())
    await ack()
    await _settle(act, respond, "It is yours. A message with everything about it is on its way.")


async def swap_no(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond) -> None:
    """[Not this time], to whoever asked to swap."""
    async with tools.database.transaction() as session:
        _, gathering, _, turn = await _asked_to_swap(session, act)
        await swapping.decline(session, gathering, turn, now=tools.clock())
    await ack()
    await _settle(act, respond, "Not this time. Whoever asked you keeps their turn and sees that.")


async def sign_up(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[I have a story], on a session's page."""
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        gathering, story = await store.lock(session, act.workspace_id, id_in(act.value))
        await acting.sign_up(session, gathering, story, member.id, now=tools.clock())
    await ack()


async def open_invite(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Invite somebody to tell]."""
    async with tools.database.transaction() as session:
        gathering, _ = await _hosted(session, act, act.value)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=views.invite_form(gathering.id))


async def invite(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Whom the host invites: asked like anybody else, and told who thought of them."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        gathering, story = await _hosted(session, act, act.memory.get("gathering"))
        other = await members.by_slack_id(session, act.workspace_id, views.read_who(act.state))
        problem = _problem_with(other, None)
        if problem is None and other is not None:
            problem = await acting.invite(session, gathering, story, other, now=now)
        await _redraw(session, act, gathering, now)
    await _answer(ack, problem)


async def go_on(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond) -> None:
    """[Go on with one]."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        gathering, story = await _hosted(session, act, act.value)
        promised = await acting.go_on_with(session, gathering, story, now=now)
        await _redraw(session, act, gathering, now)
    await ack()
    await _settle(act, respond, views.goes_on_with(promised))


async def _redraw(session: AsyncSession, act: Act, gathering: Gathering, now: datetime) -> None:
    """Whoever holds it, and may be looking at its page, sees the change."""
    member = await members.actor(session, act)
    looking = {member.id, *facts.hosts(gathering)}
    await home.redraw(session, act.workspace_id, sorted(looking), now=now)


async def _answer(ack: AsyncAck, problem: str | None) -> None:
    if problem is not None:
        await ack(response_action="errors", errors={views.WHO: problem})
    else:
        await ack()


async def _settle(act: Act, respond: AsyncRespond, text: str) -> None:
    """What was chosen, where its buttons were."""
    if act.response_url:
        await respond(text=text, replace_original=True)


async def _mine(act: Act, tools: Tools, do: Do) -> None:
    """Do something about one's own turn, with everything locked that it needs."""
    async with tools.database.transaction() as session:
        member, gathering, story, turn = await _turn_of(session, act, act.value)
        if turn.member_id != member.id:
            raise NotYours
        await do(session, gathering, story, turn)


async def _turn_of(
    session: AsyncSession, act: Act, telling_id: object
) -> tuple[Member, Gathering, StorySession, Telling]:
    member = await members.joined_actor(session, act)
    turn = await store.get(session, act.workspace_id, id_in(telling_id))
    gathering, story = await store.lock(session, act.workspace_id, turn.gathering_id)
    return member, gathering, story, await store.get(session, act.workspace_id, turn.id)


async def _asked_to_swap(session: AsyncSession, act: Act) -> tuple[Member, Gathering, StorySession, Telling]:
    member, gathering, story, turn = await _turn_of(session, act, act.value)
    if turn.swap_with != member.id:
        raise Gone("They found another way meanwhile, so there is nothing for you to do.")
    return member, gathering, story, turn


async def _hosted(session: AsyncSession, act: Act, gathering_id: object) -> tuple[Gathering, StorySession]:
    """A session that this person may decide about: its host, its co-host, or a lead."""
    member = await members.actor(session, act)
    gathering, story = await store.lock(session, act.workspace_id, id_in(gathering_id))
    if not await hosts.decides(session, gathering, member):
        raise NotYours
    return gathering, story


def _problem_with(other: Member | None, me: Member | None) -> str | None:
    if other is None or not members.has_joined(other) or other.deactivated_at is not None:
        return NOT_IN
    return YOURSELF if me is not None and other.id == me.id else None
