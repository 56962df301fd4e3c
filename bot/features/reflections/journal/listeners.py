"""Slack asks: search, open what was found, open a day of the month, keep a message that was written to the bot."""

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.features.reflections.journal import finding, store
from bot.features.reflections.journal.places import PLACE
from bot.lookup import id_in
from bot.members import store as members
from bot.members.changes import today_of
from bot.registry import Tools
from bot.slack import blocks, home
from bot.slack.act import Act


async def open_search(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Search]."""
    async with tools.database.reading() as session:
        await members.looking_actor(session, act)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=finding.search_form())


async def search(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """The words were handed in: what was found stands below them. They are stored nowhere."""
    query = str(blocks.chosen(act.state, finding.QUERY) or "").strip()[:100]
    if not query:
        await ack(response_action="errors", errors={finding.QUERY: "Write a word to look for."})
        return
    async with tools.database.reading() as session:
        member = await members.looking_actor(session, act)
        found, total = await store.search(session, act.workspace_id, member.id, query)
        today = today_of(member, tools.clock())
    await ack(response_action="update", view=finding.search_form(query, found, total, today))


async def read_found(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Open] beside something that was found."""
    async with tools.database.reading() as session:
        member = await members.looking_actor(session, act)
        row = await store.own(session, act.workspace_id, member.id, id_in(act.value))
        (entry,) = await store.opened(session, [row])
        view = finding.own_entry(entry, today_of(member, tools.clock()))
    await ack()
    await client.views_push(trigger_id=act.trigger_id, view=view)


async def open_day(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """An entry was picked from the month."""
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        place = f"{PLACE}:entry:{id_in(act.value)}"
        await home.open_home(session, act.workspace_id, member.id, now=tools.clock(), place=place)
    await ack()


async def turn(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Newer], [Older], [Earlier month], [Later month]: another page of their own journal."""
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        place = act.value[:40] if act.value.startswith(f"{PLACE}:") else PLACE
        await home.open_home(session, act.workspace_id, member.id, now=tools.clock(), place=place)
    await ack()
