"""The only way out: a message becomes a row in the caller's own transaction, and leaves when that commits."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import after_commit, insert_new, vault_of
from bot.delivery.models import Delivery
from bot.kinds import Kinds
from bot.messages import Channel, Content, Message, Verb


def kinds_of(session: AsyncSession) -> Kinds:
    """The kinds that features registered, lent to every session."""
    kinds: Kinds = session.info["kinds"]
    return kinds


async def enqueue(session: AsyncSession, message: Message, *, now: datetime) -> int | None:
    """Queue one message; its delivery's id, or None where the same dedupe key was queued before."""
    ids = await enqueue_all(session, [message], now=now)
    return ids[0] if ids else None


async def enqueue_all(session: AsyncSession, messages: Iterable[Message], *, now: datetime) -> list[int]:
    """Queue many in one statement; ids of those that are new."""
    rows = [_row(session, message, now) for message in messages]
    if not rows:
        return []
    ids = await insert_new(session, Delivery, rows, unique=("workspace_id", "dedupe_key"), returning=Delivery.id)
    if wake := session.info.get("wake"):
        after_commit(session, wake)
    return ids


async def withdraw(session: AsyncSession, workspace_id: int, subject: str, *, now: datetime) -> int:
    """Take back whatever of a subject has not left yet; how many messages that were."""
    result = await session.execute(
        update(Delivery)
        .where(Delivery.workspace_id == workspace_id, Delivery.subject == subject, Delivery.state == "queued")
        .values(state="withdrawn", settled_at=now, content=None)
    )
    return int(result.rowcount)  # type: ignore[attr-defined]


async def find(session: AsyncSession, workspace_id: int, dedupe_key: str) -> Delivery | None:
    """The delivery queued under a key, whatever became of it."""
    query = select(Delivery).where(Delivery.workspace_id == workspace_id, Delivery.dedupe_key == dedupe_key)
    return (await session.execute(query)).scalar_one_or_none()


def content_of(session: AsyncSession, delivery: Delivery) -> Content | None:
    """What a delivery says, unsealed; None where it is drawn at the moment of sending or already over."""
    if delivery.content is None:
        return None
    return Content.from_json(vault_of(session).open_json(delivery.content, delivery.wire_key))


def _row(session: AsyncSession, message: Message, now: datetime) -> dict[str, object]:
    kind = kinds_of(session)[message.kind]
    wire_key = secrets.token_urlsafe(16)
    to_channel = isinstance(message.to, Channel)
    channel = message.to.id if isinstance(message.to, Channel) else None
    slack_ids = [] if isinstance(message.to, Channel) else sorted(message.to.slack_ids)
    expires_at = message.expires_at or (message.due_at + kind.expires if kind.expires else None)
    content = message.content
    return {
        "workspace_id": message.workspace_id,
        "verb": message.verb.value,
        "kind": kind.name,
        "message_class": kind.message_class.value,
        "priority": kind.priority,
        "subject": message.subject,
        "dedupe_key": message.dedupe_key,
        "wire_key": wire_key,
        "member_ids": list(message.to.member_ids),
        "slack_ids": slack_ids,
        "channel": channel,
        "thread_ts": message.thread_ts,
        "target_id": message.target_id,
        "ts": message.target_ts if message.verb in (Verb.UPDATE, Verb.DELETE) else None,
        "lane": channel if to_channel and channel else ",".join(slack_ids),
        "content": None if content is None else vault_of(session).seal_json(content.to_json(), wire_key),
        "state": "queued",
        "due_at": message.due_at,
        "expires_at": expires_at,
        "created_at": now,
        "attempts": 0,
        "lookups": 0,
    }
