"""Slack asks: search, turn to more, correct nothing, open a collection, read a card. What is typed is stored nowhere."""

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.finding import acting, collecting, forms, store, views
from bot.archive.finding.cards import Tag
from bot.archive.finding.forms import Typed
from bot.archive.finding.words import words_of
from bot.db import vault_of
from bot.errors import Gone, WrongSetting
from bot.lookup import id_in
from bot.members import store as members
from bot.members.changes import today_of
from bot.members.models import Member
from bot.messages import Block
from bot.registry import Tools
from bot.slack import blocks
from bot.slack.act import Act

SUGGESTED = 30


async def open_search(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Search insights], [Find an insight]."""
    async with tools.database.reading() as session:
        await members.looking_actor(session, act)
    await ack()
    if act.view.get("type") == "modal":
        await client.views_push(trigger_id=act.trigger_id, view=forms.search_form())
    else:
        await client.views_open(trigger_id=act.trigger_id, view=forms.search_form())


async def search(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """The form was handed in: what was found stands below it."""
    typed = forms.read_form(act.state)
    if typed.is_empty:
        await ack(response_action="errors", errors={forms.WORDS: forms.EMPTY})
        return
    async with tools.database.reading() as session:
        member = await members.looking_actor(session, act)
        view = await found(session, act.workspace_id, member, typed, tools)
    await ack(response_action="update", view=view)


async def turn(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[More], [Earlier]: the value says from where on, and whether spelling is left alone."""
    start, _, mode = act.value.partition(":")
    if not (start.isascii() and start.isdecimal() and len(start) < 5):
        raise Gone
    await _again(ack, act, tools, client, forms.read_form(act.state), offset=int(start), exactly=mode == "exactly")


async def search_exactly(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Search for … instead]: the word as it was written."""
    await _again(ack, act, tools, client, forms.read_form(act.state), exactly=True)


async def look_for_tag(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Look] beside a tag where nothing was found: cards about it, without the words."""
    async with tools.database.reading() as session:
        await members.looking_actor(session, act)
        known = {tag.slug: tag.name for tag in await store.tags(session, act.workspace_id, limit=500)}
    if act.value not in known:
        raise Gone
    await _again(ack, act, tools, client, Typed(tags=((known[act.value], act.value),)))


async def _again(
    ack: AsyncAck,
    act: Act,
    tools: Tools,
    client: AsyncWebClient,
    typed: Typed,
    *,
    offset: int = 0,
    exactly: bool = False,
) -> None:
    async with tools.database.reading() as session:
        member = await members.looking_actor(session, act)
        view = await found(session, act.workspace_id, member, typed, tools, offset=offset, exactly=exactly)
    await ack()
    await client.views_update(view_id=act.view["id"], view=view)


async def found(
    session: AsyncSession,
    workspace_id: int,
    member: Member,
    typed: Typed,
    tools: Tools,
    *,
    offset: int = 0,
    exactly: bool = False,
) -> Block:
    """The form with what was found."""
    result = await store.find(
        session,
        workspace_id,
        typed.words,
        member_id=member.id,
        filters=typed.filters(tools.clock()),
        limit=forms.ROWS,
        offset=offset,
        exactly=exactly,
    )
    return forms.search_form(typed, forms.results(result, offset, exactly=exactly))


async def suggest_tags(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Somebody types what cards should be about."""
    if act.is_stranger:
        await ack(options=[])
        return
    async with tools.database.reading() as session:
        known = await store.tags(session, act.workspace_id, limit=1_000)
    begun = " ".join(words_of(act.words))
    fitting = [tag for tag in known if begun in " ".join(words_of(tag.name))]
    unique: dict[str, Tag] = {}
    for tag in fitting:
        unique.setdefault(tag.slug, tag)
    await ack(options=[blocks.option(tag.name, tag.slug) for tag in list(unique.values())[:SUGGESTED]])


async def open_all(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[All results] under the answer to the command: the same words in the form. Only the key reads them in its value."""
    async with tools.database.reading() as session:
        member = await members.looking_actor(session, act)
        try:
            words = vault_of(session).unveil(act.value, f"find:{member.id}")
        except WrongSetting:
            words = ""
        typed = Typed(words=words[: forms.LONGEST])
        view = await found(session, act.workspace_id, member, typed, tools) if words else forms.search_form()
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=view)


async def open_collection(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Open] beside a collection, in the form."""
    async with tools.database.reading() as session:
        member = await members.looking_actor(session, act)
        shelf = await collecting.collection(session, act.workspace_id, act.value)
        if shelf is None:
            raise Gone
        cards, total = await collecting.cards_of(
            session, act.workspace_id, shelf.slug, member_id=member.id, limit=forms.ROWS
        )
    await ack()
    view = forms.collection_modal(shelf.name, shelf.about, cards, total)
    await client.views_push(trigger_id=act.trigger_id, view=view)


async def read(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Read]: the card, over a form or by itself; one that stands near another takes its place."""
    async with tools.database.reading() as session:
        member = await members.looking_actor(session, act)
        view = await acting.card_view(
            session, act.workspace_id, id_in(act.value), member, today_of(member, tools.clock())
        )
    await ack()
    if act.view.get("type") != "modal":
        await client.views_open(trigger_id=act.trigger_id, view=view)
    elif act.view.get("callback_id") == views.CARD:
        await client.views_update(view_id=act.view["id"], view=view)
    else:
        await client.views_push(trigger_id=act.trigger_id, view=view)
