"""`/mentor find WORDS`: the best three at once, to whoever asked alone."""

from html import unescape

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.archive.finding import acts, forms, store
from bot.archive.finding.cards import Found
from bot.archive.finding.listeners import open_search
from bot.archive.finding.views import row
from bot.db import vault_of
from bot.members import store as members
from bot.messages import Block
from bot.registry import Tools
from bot.slack import blocks
from bot.slack.act import Act

BEST = 3


async def find(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient, rest: str) -> None:
    """`find` alone opens the form."""
    if not rest:
        await open_search(ack, act, tools, client)
        return
    async with tools.database.reading() as session:
        member = await members.looking_actor(session, act)
        typed = unescape(rest)  # Slack escapes what stands behind a command, and nothing that stands in a form
        found = await store.find(session, act.workspace_id, typed, member_id=member.id, limit=BEST)
        veiled = vault_of(session).veil(typed[: forms.LONGEST], f"find:{member.id}")
    shown = answer(found, veiled)
    await ack(text=forms.said(found), blocks=shown, response_type="ephemeral")


def answer(found: Found, veiled: str) -> list[Block]:
    """What was found, and the way to the rest of it."""
    lines = [line for line in (forms.corrected_line(found), forms.said(found)) if line]
    label = "All results" if found.total > len(found.cards) else "Search again"
    more = blocks.button(label, acts.ALL, veiled)
    return [
        blocks.section("\n".join(lines)),
        *(row(card) for card in found.cards),
        blocks.actions(more, block_id="all_results"),
    ]
