"""Slack asks: somebody would like to keep a message."""

from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.cards import acting, offering, people, rules, words
from bot.archive.cards.editing.listeners import form_of
from bot.archive.cards.keeping import rules as keeping
from bot.archive.cards.keeping import views
from bot.archive.cards.keeping.rules import Said
from bot.archive.cards.saying import Piece
from bot.db import vault_of
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Block
from bot.registry import Tools
from bot.slack.act import Act

OTHERS = ("bot_message", "channel_join", "channel_topic", "channel_name", "channel_purpose")


async def keep(ack: AsyncAck, act: Act, body: dict[str, Any], tools: Tools, client: AsyncWebClient) -> None:
    """Open the form with the words in it; nobody else reads them, and nobody is asked, before it is handed in."""
    name = str((body.get("channel") or {}).get("name") or "")
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        writer = await _writer(session, act)
        said = await _said(session, act, member, writer, name)
        good, why = keeping.judged(said)
        form = views.cannot(why) if not good else await _form(session, act, member, writer or member, said, tools)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=form)


async def _form(session: AsyncSession, act: Act, member: Member, writer: Member, said: Said, tools: Tools) -> Block:
    insight = await offering.offer(
        session,
        act.workspace_id,
        source_kind="message",
        source=_source(session, act, private=said.is_private and not said.by_me),
        made_by=member.id,
        pieces=[Piece(writer.id, said.text)],
        question="",
        now=tools.clock(),
    )
    if insight.state == rules.DRAFT and insight.due_at is not None and insight.made_by != member.id:
        insight.made_by = member.id  # whoever opened a form on it before never handed it in
    if insight.state in (rules.WITHDRAWN, rules.HIDDEN) or not await acting.has_a_part(session, insight, member):
        return views.not_yours(insight.question if insight.state == rules.PUBLISHED else "")
    return await form_of(session, insight, member)


async def _said(session: AsyncSession, act: Act, member: Member, writer: Member | None, channel_name: str) -> Said:
    message = act.message
    by_a_bot = (
        bool(message.get("bot_id") or message.get("app_id"))
        or message.get("subtype") in OTHERS
        or message.get("user") in (None, "", members.SLACKBOT)
    )
    team = str(message.get("team") or message.get("user_team") or act.team_id)
    reachable: set[bytes] = set()
    if writer is not None:
        person = people.Person(b"", writer.id, "", may_be_quoted=True, runs=frozenset())
        reachable = await people.who_can_be_asked(session, act.workspace_id, [person])
    return Said(
        text=words.as_read(str(message.get("text") or "")),
        by_me=writer is not None and writer.id == member.id,
        by_a_bot=by_a_bot,
        writer_is_from_here=team == act.team_id,
        writer_can_be_asked=bool(reachable),
        writer=writer.name if writer is not None else "",
        is_private=keeping.is_private(act.channel, channel_name),
    )


async def _writer(session: AsyncSession, act: Act) -> Member | None:
    """Whoever wrote the message, as far as we know them; nobody is made a member by being quoted."""
    slack_id = str(act.message.get("user") or "")
    return await members.by_slack_id(session, act.workspace_id, slack_id) if slack_id else None


def _source(session: AsyncSession, act: Act, *, private: bool) -> str:
    """Which message it is, so that it is kept once, and told to nobody by that."""
    place = vault_of(session).fingerprint(f"{act.channel}:{act.message_ts}", "archive message").hex()
    return f"{acting.PRIVATE if private else 'message:'}{place}"
