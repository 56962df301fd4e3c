"""The only way out: a message becomes a row in the caller's own transaction, and leaves when that commits."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import lookup
from bot.db import after_commit, insert_new, vault_of
from bot.delivery import steps
from bot.delivery.models import Delivery, MethodLimit
from bot.kinds import Kinds
from bot.messages import Channel, Content, Message, MessageClass, Verb

NEVER_LEFT = ("withdrawn", "expired", "dropped")  # nobody read it, so a change to it would be lost


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
    for workspace_id in sorted({int(row["workspace_id"]) for row in rows}):
        await _open_queues(session, workspace_id, now)
    ids = await insert_new(session, Delivery, rows, unique=("workspace_id", "dedupe_key"), returning=Delivery.id)
    if wake := session.info.get("wake"):
        after_commit(session, wake)
    return ids


def moment(session: AsyncSession, now: datetime) -> str:
    """For keys of what may be said again: one act's differs from every other's, also where both are of one instant."""
    act: str = session.info.setdefault("act", secrets.token_hex(4))
    return f"{now.isoformat()}:{act}"


async def withdraw(session: AsyncSession, workspace_id: int, subject: str, *, now: datetime) -> int:
    """Take back whatever of a subject has not left yet; how many messages that were.

    What is leaving at this moment can't be stopped, but should it come back unsent it will not be tried again.
    """
    about = (Delivery.workspace_id == workspace_id, Delivery.subject == subject)
    taken = await session.execute(
        update(Delivery)
        .where(*about, Delivery.state == "queued")
        .values(state="withdrawn", settled_at=now, content=None, ready_at=None)
        .returning(Delivery.id)
        .execution_options(synchronize_session=False)
    )
    ids = list(taken.scalars())
    await session.execute(
        update(Delivery)
        .where(*about, Delivery.state.in_(("sending", "unknown", "parked")))
        .values(taken_back=True)
        .execution_options(synchronize_session=False)
    )
    await release_followers(session, workspace_id, ids, now=now)
    return len(ids)


FOLLOW = (  # put together once, as every message that leaves may have some
    update(Delivery)
    .where(
        Delivery.workspace_id == bindparam("workspace"),
        Delivery.target_id.in_(bindparam("ids", expanding=True)),
        Delivery.state == "queued",
        Delivery.held == "target",
    )
    .values(ready_at=bindparam("now"), held=None)
    .execution_options(synchronize_session=False)
)


async def release_followers(session: AsyncSession, workspace_id: int, ids: list[int], *, now: datetime) -> None:
    """Updates and deletes that waited for these deliveries are to be looked at again: the wait is over."""
    if ids:
        await session.execute(FOLLOW, {"workspace": workspace_id, "ids": ids, "now": now})


async def is_waiting(session: AsyncSession, workspace_id: int, subject: str) -> bool:
    """Whether something queued will draw this subject as it leaves, so that another message would say the same.

    It is locked: whoever sends it at this moment has drawn too early, and then it is not waiting any more.
    """
    query = (
        select(Delivery.id)
        .where(Delivery.workspace_id == workspace_id, Delivery.subject == subject, Delivery.state == "queued")
        .with_for_update()
    )
    return (await session.execute(query)).first() is not None


async def reconsider(session: AsyncSession, workspace_id: int, member_id: int, *, now: datetime) -> int:
    """A member changed hours, budget or pause: look again at what is held for them; how many that are."""
    query = select(Delivery.id, Delivery.member_ids).where(
        Delivery.workspace_id == workspace_id,
        Delivery.state == "queued",
        Delivery.held.in_(("hours", "shared hours", "budget", "day", "paused")),
    )
    held = [each for each, member_ids in (await session.execute(query)).all() if member_id in member_ids]
    if not held:
        return 0
    await session.execute(
        update(Delivery)
        .where(Delivery.workspace_id == workspace_id, Delivery.id.in_(held))
        .values(ready_at=now, held=None)
        .execution_options(synchronize_session=False)
    )
    if wake := session.info.get("wake"):
        after_commit(session, wake)
    return len(held)


async def let_go(session: AsyncSession, delivery: Delivery, *, now: datetime) -> None:
    """Whom it is for asks to read it now: from here on it is an answer to their own act, and costs nothing."""
    delivery.message_class = MessageClass.ANSWER.value
    delivery.rank = steps.rank_of(delivery.message_class, delivery.priority)
    delivery.ready_at, delivery.held = now, None
    if wake := session.info.get("wake"):
        after_commit(session, wake)


KEYED = select(Delivery).where(  # asked by every act that changes a message: put together once
    Delivery.workspace_id == bindparam("workspace_id"), Delivery.dedupe_key == bindparam("dedupe_key")
)


async def find(session: AsyncSession, workspace_id: int, dedupe_key: str, *, lock: bool = False) -> Delivery | None:
    """The delivery queued under a key, whatever became of it. Locked, it is not taken up before we are through."""
    return await lookup.one(session, KEYED, {"workspace_id": workspace_id, "dedupe_key": dedupe_key}, lock=lock)


async def newest(session: AsyncSession, workspace_id: int, subject: str) -> Delivery | None:
    """The newest message posted under a subject, whatever became of it. Locked, as above, for whoever will change it."""
    query = (
        select(Delivery)
        .where(Delivery.workspace_id == workspace_id, Delivery.subject == subject, Delivery.verb == Verb.POST.value)
        .order_by(Delivery.id.desc())
        .limit(1)
    )
    return await lookup.one(session, query, lock=True)


def content_of(session: AsyncSession, delivery: Delivery) -> Content | None:
    """What a delivery says, unsealed; None where it is drawn at the moment of sending or already over."""
    if delivery.content is None:
        return None
    return Content.from_json(vault_of(session).open_json(delivery.content, delivery.wire_key))


async def _open_queues(session: AsyncSession, workspace_id: int, now: datetime) -> None:
    """A row per method, made with the workspace's first message: the sender looks through these, not the messages."""
    opened: set[int] = session.info.setdefault("queues", set())
    if workspace_id in opened:
        return
    full = now - timedelta(hours=1)  # a bucket nobody has taken from
    rows = [{"workspace_id": workspace_id, "method": each, "next_at": full, "refusals": 0} for each in steps.METHODS]
    unique = ("workspace_id", "method")
    if await insert_new(session, MethodLimit, rows[:1], unique=unique, returning=MethodLimit.method):
        await insert_new(session, MethodLimit, rows[1:], unique=unique, returning=MethodLimit.method)
    opened.add(workspace_id)


def _row(session: AsyncSession, message: Message, now: datetime) -> dict[str, Any]:
    kind = kinds_of(session)[message.kind]
    wire_key = secrets.token_urlsafe(16)
    to_channel = isinstance(message.to, Channel)
    channel = message.to.id if isinstance(message.to, Channel) else None
    slack_ids = [] if isinstance(message.to, Channel) else sorted(message.to.slack_ids)
    expires_at = message.expires_at or (message.due_at + kind.expires if kind.expires else None)
    content = message.content
    row = {
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
        "rank": steps.rank_of(kind.message_class, kind.priority),
        "due_at": message.due_at,
        "ready_at": message.due_at,
        "expires_at": expires_at,
        "created_at": now,
        "attempts": 0,
        "lookups": 0,
        "taken_back": False,
    }
    return row | {"method": steps.first_step(message.verb, channel, len(slack_ids))}
