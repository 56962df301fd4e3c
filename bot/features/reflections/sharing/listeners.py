"""Slack asks: who may read an entry, and a named reader opens it."""

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.cards.editing.own import card_form
from bot.delivery import outbox
from bot.delivery.submissions import first_time
from bot.features.reflections.journal import store as journal
from bot.features.reflections.sharing import messages, rules, store, views
from bot.features.reflections.sharing.rules import Named
from bot.lookup import id_in
from bot.members import store as members
from bot.members.changes import today_of
from bot.members.models import Member
from bot.registry import Tools
from bot.slack import home
from bot.slack.act import Act


async def open_share(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Who may read it]."""
    async with tools.database.reading() as session:
        member = await members.looking_actor(session, act)
        row = await journal.own(session, act.workspace_id, member.id, id_in(act.value))
        view = views.share_form(row.id, await store.readers(session, act.workspace_id, row.id))
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=view)


async def save_share(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Exactly these people may read it from now on; whoever is new hears of it, whoever is out can't open it any more."""
    if views.wants_a_card(act.state):
        await _open_card(ack, act, tools)
        return
    slack_ids = views.read_share(act.state)
    problem = rules.problem_with(act.user_id, slack_ids, wants_people=views.wants_people(act.state))
    errors = views.errors(problem) if problem else {}
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        wanted = await store.reachable(session, act.workspace_id, slack_ids)
        if not errors and len(wanted) != len(slack_ids):
            errors = views.errors("not here")
        if not errors and await first_time(session, act):
            await _share(session, act, member, wanted, tools)
    if errors:
        await ack(response_action="errors", errors=errors)
    else:
        await ack()


async def _open_card(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Their words in the form of a card; who may read the entry stays as it was, and nothing is kept yet."""
    async with tools.database.reading() as session:
        member = await members.looking_actor(session, act)
        row = await journal.own(session, act.workspace_id, member.id, id_in(act.memory.get("reflection")))
        (entry,) = await journal.opened(session, [row])
        view = card_form(entry.words.text, "reflection")
    await ack(response_action="update", view=view)


async def _share(session: AsyncSession, act: Act, member: Member, wanted: list[Named], tools: Tools) -> None:
    now = tools.clock()
    row = await journal.own(session, act.workspace_id, member.id, id_in(act.memory.get("reflection")), lock=True)
    new, gone = await store.share(session, row, [reader.member_id for reader in wanted], now=now)
    told = [messages.shared(row, reader, now) for reader in wanted if reader.member_id in new]
    await outbox.enqueue_all(session, told, now=now)
    await messages.end(session, act.workspace_id, row.id, gone, now)
    await home.redraw(session, act.workspace_id, [member.id], now=now)


async def read_shared(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Read it]: as it is now, while it is still shared."""
    async with tools.database.reading() as session:
        reader = await members.looking_actor(session, act)
        row, writer = await store.shared_with(session, act.workspace_id, reader.id, id_in(act.value))
        (entry,) = await journal.opened(session, [row])
        view = views.reading(entry, writer.name, today_of(reader, tools.clock()))
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=view)
