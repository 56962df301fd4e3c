"""A lead changes the library; that they lead is checked here, wherever the button was drawn."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.submissions import first_time
from bot.errors import Gone, TooLate
from bot.features.nudges import entries
from bot.features.nudges.front import LIBRARY
from bot.features.nudges.lead import importing, views
from bot.features.nudges.library import themes
from bot.features.nudges.sending import rules, store
from bot.lookup import number_in
from bot.members import store as members
from bot.members.models import Member, Workspace
from bot.members.rules import slug as slug_of
from bot.registry import Tools
from bot.slack import blocks, home
from bot.slack.act import Act

NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")


async def choose(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """The three dots beside a nudge: change, switch off or on, back to the original."""
    what, _, slug = act.value.partition(":")
    now = tools.clock()
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        found = await entries.find(session, act.workspace_id, slug)
        if found is None:
            raise Gone
        if what == "switch":
            await entries.switch(session, act.workspace_id, slug, off=not found.off, lead_id=lead.id, now=now)
        elif what == "restore":
            await entries.restore(session, act.workspace_id, slug, lead_id=lead.id, now=now)
        await home.redraw(session, act.workspace_id, [lead.id], now=now)
    await ack()
    if what == "edit":
        await client.views_open(trigger_id=act.trigger_id, view=views.nudge_form(found))


async def open_new(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Add one]."""
    async with tools.database.transaction() as session:
        await members.lead_actor(session, act)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=views.nudge_form(None))


async def save(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Keep a nudge as it was written, or say under each field what is wrong."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        slug, version = act.memory.get("slug"), number_in(act.memory.get("version", 0))
        if slug is None:
            slug = await _new_slug(session, act)
        entry, wrong = importing.problems_of(_raw(act, str(slug)), str(slug))
        errors = {views.FIELD_OF[place]: f"This {what}." for place, what in wrong.items()}
        if entry is not None and await first_time(session, act):
            try:
                await entries.keep(session, act.workspace_id, entry, lead_id=lead.id, version=version, now=now)
            except TooLate as error:
                errors = {views.TITLE: error.message}
            await home.redraw(session, act.workspace_id, [lead.id], now=now)
    if errors:
        await ack(response_action="errors", errors=errors)
        return
    await ack()


async def open_import(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Import]."""
    async with tools.database.transaction() as session:
        await members.lead_actor(session, act)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=views.import_form())


async def import_all(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """All of them, or, where something is wrong, the good ones if the lead says so, and otherwise none."""
    now = tools.clock()
    read = importing.read_entries(str(blocks.chosen(act.state, views.YAML) or ""))
    keep_good = "yes" in (blocks.chosen(act.state, views.KEEP_GOOD) or [])
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        refused = bool(read.problems) and not (keep_good and read.entries)
        if not refused and await first_time(session, act):
            for entry in read.entries:
                await entries.put(session, act.workspace_id, entry, lead_id=lead.id, now=now)
            await home.redraw(session, act.workspace_id, [lead.id], now=now)
    if refused:
        await ack(response_action="errors", errors={views.YAML: views.listed(read.problems)})
        return
    await ack(response_action="update", view=views.imported(len(read.entries), read.problems))


async def show_theme(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Only nudges about one theme, or all again."""
    theme = act.value if act.value in themes() else views.ALL
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        await _turn(session, lead, f"{LIBRARY}:{theme}:1", tools)
    await ack()


async def turn_page(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Next →]; a value that names another page leads to the library all the same."""
    place = act.value if act.value.startswith(LIBRARY) else LIBRARY
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        await _turn(session, lead, place[:100], tools)
    await ack()


async def set_usual(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """How often people get nudges who join from now on; everybody changes it for themselves."""
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        workspace = await session.get(
            Workspace, act.workspace_id, with_for_update={"key_share": True}, populate_existing=True
        )
        if workspace is not None and act.value in rules.CADENCES:
            workspace.options = {**workspace.options, store.OPTION: act.value}
            await home.redraw(session, act.workspace_id, [lead.id], now=tools.clock())
    await ack()


async def _turn(session: AsyncSession, lead: Member, place: str, tools: Tools) -> None:
    await home.open_home(session, lead.workspace_id, lead.id, now=tools.clock(), place=place)


async def _new_slug(session: AsyncSession, act: Act) -> str:
    """A name of its own for a new nudge, made from its title."""
    title = str(blocks.chosen(act.state, views.TITLE) or "")
    wanted = NOT_IN_SLUG.sub("-", slug_of(title)).strip("-")[:50].strip("-") or "nudge"
    shelf = await entries.shelf(session, act.workspace_id)
    names = [wanted, *(f"{wanted}-{number}" for number in range(2, len(shelf) + 3))]
    return next(name for name in names if name not in shelf)


def _raw(act: Act, slug: str) -> dict[str, Any]:
    """What the form holds, as an entry of a file would say it."""
    state = act.state
    lines = [line.strip() for line in str(blocks.chosen(state, views.CHECKLIST) or "").splitlines() if line.strip()]
    raw: dict[str, Any] = {
        "slug": slug,
        "for": blocks.chosen(state, views.FOR) or [],
        "themes": blocks.chosen(state, views.THEMES) or [],
        "moment": blocks.chosen(state, views.MOMENT) or "any",
        "title": str(blocks.chosen(state, views.TITLE) or ""),
        "act": str(blocks.chosen(state, views.ACT) or ""),
        "why": str(blocks.chosen(state, views.REASON) or ""),
    }
    return raw | ({"checklist": lines} if lines else {})
