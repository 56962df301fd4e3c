"""Slack asks: a listener says what they will try and how it went; a teller leaves a card."""

import dataclasses

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive import cards
from bot.archive.cards import Piece
from bot.archive.cards.editing import listeners as editing
from bot.delivery import submissions
from bot.errors import NotAMember, NotYours, TooLate
from bot.features.storytelling.harvest import crediting, messages, rules, store, views
from bot.features.storytelling.models import Telling
from bot.features.storytelling.preparing import store as pages
from bot.features.storytelling.tellers import store as turns
from bot.gatherings import store as gatherings
from bot.gatherings.models import Gathering
from bot.gatherings.rules import moment_of
from bot.lookup import id_in
from bot.members import store as members
from bot.members.models import Member
from bot.registry import Tools
from bot.slack.act import Act

CLOSED = "The week for saying it is over. Try it all the same, and tell whoever told you how it went."
NOT_HELD = "That session did not take place, so there is nothing to say about it."
NOT_YET = "That session is not over yet. Listen first."


async def open_form(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[I'll try something]; what was said before stands in it."""
    async with tools.database.transaction() as session:
        member, gathering = await _listener(session, act, act.value, tools)
        said = await store.mine(session, gathering, member.id)
        before = said if said and said.state != store.TAKEN_BACK else None
        words = await store.words_of(session, before) if before else ""
        in_thread = messages.has_thread(gathering)
        stories = await crediting.stories(session, gathering)
        view = views.form(gathering.id, words, before, in_thread=in_thread, stories=stories)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=view)


async def say(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """One line, into the thread."""
    now, (text, named) = tools.clock(), views.read_form(act.state)
    if problem := rules.problem_with(text):
        await ack(response_action="errors", errors={views.TEXT: problem})
        return
    view = None
    async with tools.database.transaction() as session:
        member, gathering = await _listener(session, act, act.memory.get("gathering"), tools)
        if await submissions.first_time(session, act):
            story = next((each for each, _ in await crediting.stories(session, gathering) if str(each) == named), None)
            row = await store.say(session, gathering, member.id, text, telling_id=story, now=now)
            await messages.gather(session, gathering, row, now=now)
            view = views.said(text, row.id, hidden=row.state == store.HIDDEN)
    if view is None:
        await ack()
    else:
        await ack(response_action="update", view=view)


async def nothing(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond) -> None:
    """[Nothing this time]."""
    async with tools.database.transaction() as session:
        await members.actor(session, act)
    await ack()
    await _settle(act, respond, views.nothing_this_time())


async def take_back(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Take it back]: it leaves the thread."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.actor(session, act)
        found = await store.get(session, act.workspace_id, act.value)
        gathering = await gatherings.get(session, act.workspace_id, found.gathering_id, lock=True)
        row = await store.get(session, act.workspace_id, act.value, lock=True)
        if row.member_id != member.id:
            raise NotYours
        await store.take_back(session, row)
        await messages.gather(session, gathering, row, now=now)
    await ack()
    if act.view:
        await client.views_update(view_id=act.view["id"], view=views.taken_back())


async def tried(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond) -> None:
    """[It helped] [Partly] [Not for me] [Not yet]: the card of the story it came from counts it, once."""
    answer = next(each for each, action_id in views.TRIED.items() if action_id == act.action_id)
    async with tools.database.transaction() as session:
        member = await members.actor(session, act)
        row = await store.get(session, act.workspace_id, act.value, lock=True)
        if row.member_id != member.id:
            raise NotYours
        told = await crediting.counted_on(session, row)
        if row.tried is None:
            row.tried = answer
            if told is not None and answer in rules.TRIED:
                await cards.outcome(session, act.workspace_id, source_of(told), rules.TRIED[answer], tools.clock())
        answer = row.tried
    await ack()
    await _settle(act, respond, views.answered(answer, counts=told is not None))


async def make_card(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient, respond: AsyncRespond) -> None:
    """[Make a card]: a draft from the teller's own page, open at once; nothing is published before they say so."""
    async with tools.database.transaction() as session:
        turn = await _told(session, act)
        page = await pages.opened(session, await pages.row_of(session, turn))
        gathering = await gatherings.get(session, act.workspace_id, turn.gathering_id)
        beats = [Piece(turn.member_id, each) for each in (page.changed, page.attempt, page.broke) if each]
        insight = await cards.offer(
            session,
            act.workspace_id,
            source_kind="story",
            source=source_of(turn.id),
            made_by=turn.member_id,
            pieces=beats,
            question=page.title or gathering.title or "",
            is_asked=False,
            now=tools.clock(),
        )
        number = str(insight.id)
    await editing.open_form(ack, dataclasses.replace(act, value=number), tools, client)
    await _settle(act, respond, views.drafted())


async def no_card(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond) -> None:
    """[Leave it told]."""
    async with tools.database.transaction() as session:
        await _told(session, act)
    await ack()
    await _settle(act, respond, views.no_card())


async def _settle(act: Act, respond: AsyncRespond, text: str) -> None:
    """What was chosen, where its buttons were."""
    if act.response_url:
        await respond(text=text, replace_original=True)


def source_of(telling_id: int) -> str:
    """What a story's card is filed under."""
    return f"story:{telling_id}"


async def _told(session: AsyncSession, act: Act) -> Telling:
    member = await members.joined_actor(session, act)
    turn = await turns.get(session, act.workspace_id, id_in(act.value))
    if turn.member_id != member.id or turn.state != turns.TOLD:
        raise NotYours
    return turn


async def _listener(session: AsyncSession, act: Act, gathering_id: object, tools: Tools) -> tuple[Member, Gathering]:
    """Whoever may say something of a session: everybody in Perennial, and guests who came by invitation."""
    member = await members.actor(session, act)
    gathering = await _open(session, act, gathering_id, tools)
    seat = await gatherings.seat_of(session, gathering, member.id)
    if not members.has_joined(member) and (seat is None or seat.state != gatherings.COMING):
        raise NotAMember
    return member, gathering


async def _open(session: AsyncSession, act: Act, gathering_id: object, tools: Tools) -> Gathering:
    """A session that was held, in the week after it; locked."""
    gathering = await gatherings.get(session, act.workspace_id, id_in(gathering_id), lock=True)
    ended_at = moment_of("over", gathering.starts_at, gathering.minutes)
    now = tools.clock()
    if gathering.state == gatherings.CALLED_OFF:
        raise TooLate(NOT_HELD)
    if ended_at is not None and now >= ended_at + rules.OPEN_FOR:
        raise TooLate(CLOSED)
    if gathering.starts_at > now:
        raise TooLate(NOT_YET)
    return gathering
