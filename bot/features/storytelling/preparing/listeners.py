"""Slack asks: a teller opens their page, writes in it, shares it with the host, or stops sharing."""

from datetime import timedelta

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.errors import Gone, NotYours
from bot.features.storytelling import hosts
from bot.features.storytelling.models import Telling
from bot.features.storytelling.preparing import store, views
from bot.features.storytelling.tellers import store as turns
from bot.gatherings import facts
from bot.gatherings import store as gatherings
from bot.lookup import id_in
from bot.members import store as members
from bot.messages import Kind, Message, MessageClass, People
from bot.registry import Tools
from bot.slack.act import Act

PREPARED = (turns.ACCEPTED, turns.TOLD)  # turns whose page its teller writes in, and may share
SHARED = Kind("storytelling.page_shared", MessageClass.ANSWER, priority=30, expires=timedelta(days=7), cost=0)


async def open_page(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Prepare]."""
    async with tools.database.transaction() as session:
        turn = await _mine(session, act, act.value)
        row = await store.row_of(session, turn)
        page = await store.opened(session, row)
        view = views.form(turn.id, page, row.version if row else 0, shared=bool(row and row.shared_at))
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=view)


async def save(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Keep what was written, and stay open: a page is written over days."""
    page = views.read_form(act.state)
    async with tools.database.transaction() as session:
        turn = await _mine(session, act, act.memory.get("telling"))
        version = await store.write(session, turn, page, version=int(act.memory.get("version") or 0), now=tools.clock())
        row = await store.row_of(session, turn)
        shared = bool(row and row.shared_at)
    if version is None:
        await ack(response_action="errors", errors={"title": views.STALE})
    else:
        await ack(response_action="update", view=views.form(turn.id, page, version, saved=True, shared=shared))


async def share(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Share with the host]: what was saved last, from now on."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        turn = await _mine(session, act, act.value)
        row = await store.row_of(session, turn, lock=True)
        if row is None:
            raise Gone("There is nothing saved to share yet. Save first.")
        page = await store.opened(session, row)
        if row.shared_at is None:
            row.shared_at = now
            await _tell_hosts(session, turn, act.user_id, tools)
        view = views.form(turn.id, page, row.version, shared=True)
    await ack()
    await client.views_update(view_id=act.view["id"], view=view)


async def unshare(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Stop sharing]."""
    async with tools.database.transaction() as session:
        turn = await _mine(session, act, act.value)
        row = await store.row_of(session, turn, lock=True)
        if row is None:
            raise Gone
        row.shared_at = None
        await outbox.withdraw(session, act.workspace_id, _subject(turn), now=tools.clock())
        page = await store.opened(session, row)
        view = views.form(turn.id, page, row.version)
    await ack()
    await client.views_update(view_id=act.view["id"], view=view)


async def read(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Read it], for whoever holds the session, while it is shared."""
    async with tools.database.transaction() as session:
        member = await members.actor(session, act)
        turn = await turns.get(session, act.workspace_id, id_in(act.value))
        gathering = await gatherings.get(session, act.workspace_id, turn.gathering_id)
        row = await store.row_of(session, turn)
        shared = row is not None and row.shared_at is not None and turn.state in PREPARED
        if not shared or not await hosts.decides(session, gathering, member):
            raise Gone("That page is not shared any more, so there is nothing to read.")
        teller = await members.by_id(session, act.workspace_id, turn.member_id)
        view = views.host_reads(await store.opened(session, row), teller.slack_id if teller else "")
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=view)


async def _tell_hosts(session: AsyncSession, turn: Telling, teller: str, tools: Tools) -> None:
    now = tools.clock()
    gathering = await gatherings.get(session, turn.workspace_id, turn.gathering_id)
    said = await facts.facts_of(session, gathering)
    for host in await hosts.people(session, gathering):
        if host.id == turn.member_id:
            continue
        message = Message(
            workspace_id=turn.workspace_id,
            kind=SHARED.name,
            subject=_subject(turn),
            to=People((host.slack_id,), (host.id,)),
            dedupe_key=f"storytelling.page_shared:{turn.id}:{host.id}:{now.isoformat()}",
            due_at=now,
            content=views.shared_with_host(teller, said, turn.id),
        )
        await outbox.enqueue(session, message, now=now)


def _subject(turn: Telling) -> str:
    return f"telling:{turn.id}:page"


async def _mine(session: AsyncSession, act: Act, telling_id: object) -> Telling:
    """A turn of one's own that was promised; the page stays open to its teller after it was told."""
    member = await members.joined_actor(session, act)
    turn = await turns.get(session, act.workspace_id, id_in(telling_id))
    if turn.member_id != member.id:
        raise NotYours
    if turn.state not in PREPARED:
        raise Gone("You don't hold this turn any more. What you wrote is kept, should it come back to you.")
    return turn
