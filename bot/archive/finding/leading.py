"""Slack asks: a lead puts a card into a collection, makes one, or takes a card out."""

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.archive.finding import acts, collecting, keeping
from bot.archive.finding.collecting import LONGEST_ABOUT, LONGEST_NAME, Shelf
from bot.delivery.submissions import first_time
from bot.errors import Gone
from bot.lookup import id_in
from bot.members import store as members
from bot.messages import Block
from bot.registry import Tools
from bot.slack import blocks, home
from bot.slack.act import Act

WHICH, NAME, ABOUT = "which", "name", "about"


async def open_form(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Add to a collection]."""
    async with tools.database.transaction() as session:
        await members.lead_actor(session, act)
        insight = await keeping.locked(session, act.workspace_id, id_in(act.value))
        shelves = await collecting.collections(session, act.workspace_id)
    await ack()
    await client.views_push(trigger_id=act.trigger_id, view=collect_form(insight.id, shelves))


async def save(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """One that exists, or a new one; the form says what is missing."""
    which = str(blocks.chosen(act.state, WHICH) or "")
    name = str(blocks.chosen(act.state, NAME) or "").strip()
    about = str(blocks.chosen(act.state, ABOUT) or "")
    if problem := problem_with(which, name):
        await ack(response_action="errors", errors=problem)
        return
    async with tools.database.transaction() as session:
        member = await members.lead_actor(session, act)
        insight = await keeping.locked(session, act.workspace_id, id_in(act.memory.get("insight")))
        known = {shelf.slug: shelf.name for shelf in await collecting.collections(session, act.workspace_id)}
        if not name and which not in known:
            raise Gone
        named = name or known[which]
        if await first_time(session, act):
            slug = await collecting.make(session, act.workspace_id, name, about) if name else which
            await collecting.put(session, act.workspace_id, slug, insight.id)
            await home.redraw(session, act.workspace_id, [member.id], now=tools.clock())
    await ack(response_action="update", view=added(insight.question, named))


async def take_out(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Take out]."""
    which, _, insight_id = act.value.rpartition(":")
    async with tools.database.transaction() as session:
        member = await members.lead_actor(session, act)
        await collecting.take_out(session, act.workspace_id, which, id_in(insight_id))
        await home.redraw(session, act.workspace_id, [member.id], now=tools.clock())
    await ack()


def problem_with(which: str, name: str) -> dict[str, str]:
    """What is missing, by field."""
    if name and not collecting.slug_of(name):
        return {NAME: "A name needs a letter or a number, so that it can be found."}
    if name and which:
        return {NAME: "Choose a collection or name a new one, not both."}
    if not name and not which:
        return {WHICH: "Choose a collection, or write the name of a new one."}
    return {}


def added(question: str, collection: str) -> Block:
    """What the form turns into."""
    said = f"“{blocks.escape(question)}” is in the collection “{blocks.escape(collection)}” now, for everybody."
    return blocks.modal("Add to a collection", [blocks.section(said)], callback_id="notice", close="Back")


def collect_form(insight_id: int, shelves: list[Shelf]) -> Block:
    """Which collection."""
    options = [(shelf.name, shelf.slug) for shelf in shelves]
    shown = [
        blocks.field(
            "Collection", blocks.select(WHICH, options, placeholder="Choose one"), block_id=WHICH, optional=True
        ),
        blocks.field(
            "Or a new one",
            blocks.text_input(NAME, longest=LONGEST_NAME, placeholder="Talking to regulators"),
            block_id=NAME,
            optional=True,
        ),
        blocks.field(
            "What it is for",
            blocks.text_input(ABOUT, longest=LONGEST_ABOUT, many_lines=True),
            block_id=ABOUT,
            hint="Of a new one: when it helps, in a sentence or two.",
            optional=True,
        ),
    ]
    return blocks.modal(
        "Add to a collection", shown, callback_id=acts.COLLECT_FORM, submit="Add", memory={"insight": insight_id}
    )
