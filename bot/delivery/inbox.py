"""Keeps every event until it is handled: one row per event and handler, stored before Slack is answered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_new_rows, vault_of
from bot.delivery.models import InboxRow, Submission
from bot.errors import PerennialError
from bot.registry import Answer, Event, EventHandler, Events, Tools
from bot.together import Together

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 5
MOST_TOGETHER = 20  # events in one transaction; few enough that nobody else waits long for theirs
KEPT = timedelta(days=7)  # Slack itself tries an event for a day at most


class HandlerGone(LookupError):
    """A stored event names a handler that no feature of today has."""


class HandlerFailed(Exception):
    """One handler of several that share a transaction raised; `error` is what."""

    def __init__(self, row_id: int, error: Exception) -> None:
        super().__init__(row_id)
        self.row_id, self.error = row_id, error


@dataclass
class Kept:
    """What keeping an event led to: the rows that are new and ours to run now, and the event they hold."""

    row_ids: list[int] = field(default_factory=list)
    event: Event | None = None


class Inbox:
    """The door for events of this process: what arrives at the same time is kept, and handled, together."""

    def __init__(self, tools: Tools, events: Events) -> None:
        self._tools, self._events = tools, events
        self._keeping = Together(self._keep_all, most=MOST_TOGETHER)
        self._working = Together(self._work_all, most=MOST_TOGETHER)

    async def keep(self, workspace_id: int, body: dict[str, Any]) -> Kept:
        """Store an event for everybody who wants it; one nobody handles is forgotten unread, without a transaction."""
        inner = body["event"]
        if not self._events.handlers(inner["type"]):
            return Kept()
        return await self._keeping.do(Event(workspace_id, body["event_id"], inner["type"], inner, self._tools.clock()))

    async def work(self, kept: Kept) -> None:
        """Run the handlers of what was kept, well or not."""
        await self._working.do(kept)

    async def _keep_all(self, arrived: list[Event]) -> list[Kept]:
        async with self._tools.database.transaction() as session:
            return await keep_all(session, self._events, arrived, now=self._tools.clock())

    async def _work_all(self, kept: list[Kept]) -> list[None]:
        await work_all(self._tools, self._events, kept)
        return [None] * len(kept)


async def keep(session: AsyncSession, events: Events, event: Event, *, now: datetime) -> Kept:
    """Store the event once per handler that wants it; a repeated event_id stores nothing and is not run again here."""
    (kept,) = await keep_all(session, events, [event], now=now)
    return kept


async def keep_all(session: AsyncSession, events: Events, arrived: Sequence[Event], *, now: datetime) -> list[Kept]:
    """The same for several events at once, with one statement; what was kept of each, in order."""
    kept = [Kept() for _ in arrived]
    places: dict[tuple[int, str], int] = {}  # the same event twice in one batch belongs to whoever came first
    rows = []
    for place, event in enumerate(arrived):
        new = [_row(session, event, handler.name, now) for handler in await _wanted(session, events, event)]
        if new and places.setdefault((event.workspace_id, event.event_id), place) == place:
            rows += new
    if rows:
        unique = ("workspace_id", "event_id", "handler")
        returning = (InboxRow.id, InboxRow.workspace_id, InboxRow.event_id)
        for row in await insert_new_rows(session, InboxRow, rows, unique=unique, returning=returning):
            place = places[row.workspace_id, row.event_id]
            kept[place].row_ids.append(row.id)
            kept[place].event = arrived[place]
    return kept


async def _wanted(session: AsyncSession, events: Events, event: Event) -> list[EventHandler]:
    handlers = events.handlers(event.type)
    return [each for each in handlers if each.wants is None or await each.wants(session, event)]


def _row(session: AsyncSession, event: Event, handler: str, now: datetime) -> dict[str, Any]:
    return {
        "workspace_id": event.workspace_id,
        "event_id": event.event_id,
        "handler": handler,
        "type": event.type,
        "payload": vault_of(session).seal_json(event.payload, event.event_id),
        "state": "open",
        "attempts": 1,  # the run right behind this; should the process die in it, the lease brings the next
        "received_at": now,
        "due_at": now + LEASE,
    }


async def work(tools: Tools, events: Events, row_ids: list[int], event: Event | None = None) -> int:
    """Run the handlers of these rows, each in a transaction of its own; how many succeeded.

    `event`: what they all hold, if whoever kept it still has it in hand; else it is read back.
    """
    done = 0
    for row_id in row_ids:
        try:
            answers = await _run(tools, events, row_id, event)
        except HandlerFailed as failure:
            await _remember_failure(tools, row_id, failure.error)
            continue
        except Exception as error:
            await _remember_failure(tools, row_id, error)
            continue
        done += 1
        for answer in answers:
            await _say(tools, row_id, answer)
    return done


async def work_all(tools: Tools, events: Events, kept: Sequence[Kept]) -> None:
    """Run the handlers of several events in one transaction. Who fails is left out, and the others run again."""
    rows = {row_id: each.event for each in kept for row_id in each.row_ids if each.event is not None}
    while len(rows) > 1:
        try:
            answers = await _run_all(tools, events, rows)
        except HandlerFailed as failure:
            del rows[failure.row_id]  # what they did together is undone
            await _remember_failure(tools, failure.row_id, failure.error)
        except Exception as error:  # the transaction's own: whose it is shows when each has one to itself
            tools.log.warning("events are handled one by one", error=type(error).__name__)
            break
        else:
            for row_id, answer in answers:
                await _say(tools, row_id, answer)
            return
    for row_id, event in rows.items():
        await work(tools, events, [row_id], event)


async def replay_due(tools: Tools, events: Events, *, limit: int = 100) -> int:
    """Run again what nobody finished: its handler failed, or its process died. How many rows were looked at."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        query = (
            select(InboxRow)
            .where(InboxRow.state == "open", InboxRow.due_at <= now)
            .order_by(InboxRow.due_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = (await session.execute(query)).scalars().all()
        for row in rows:
            if row.attempts >= MOST_ATTEMPTS:  # its process died in it, each time
                row.state = "parked"
            row.attempts += 1
            row.due_at = now + LEASE
        row_ids = [row.id for row in rows if row.state == "open"]
    await work(tools, events, row_ids)
    return len(rows)


async def next_replay(session: AsyncSession) -> datetime | None:
    """When the next unfinished event may be run again."""
    return (await session.execute(select(func.min(InboxRow.due_at)).where(InboxRow.state == "open"))).scalar_one()


async def forget_handled(tools: Tools, *, limit: int = 5_000) -> int:
    """Delete the traces of what was handled long ago; Slack repeats nothing that old."""
    before = tools.clock() - KEPT
    async with tools.database.transaction() as session:
        old = select(InboxRow.id).where(InboxRow.done_at < before).limit(limit)
        gone = await session.execute(delete(InboxRow).where(InboxRow.id.in_(old)).returning(InboxRow.id))
        await session.execute(delete(Submission).where(Submission.received_at < before))
        return len(gone.all())


async def next_forgetting(session: AsyncSession) -> datetime | None:
    """Once a night, if there is something to forget."""
    oldest = (await session.execute(select(func.min(InboxRow.done_at)))).scalar_one()
    if oldest is None:
        return None
    night: datetime = (oldest + KEPT).replace(hour=0, minute=0, second=0, microsecond=0)
    return night + timedelta(days=1)


async def _say(tools: Tools, row_id: int, answer: Answer) -> None:
    """What Slack is told at once after the commit; should it not take it, the event is handled all the same."""
    try:
        await answer()
    except Exception as error:
        tools.log.warning("answer to an event failed", row=row_id, error=type(error).__name__, exc_info=error)


async def _run(tools: Tools, events: Events, row_id: int, event: Event | None) -> list[Answer]:
    """Mark the row done and run its handler, in one transaction: both happen, or neither."""
    async with tools.database.transaction() as session:
        if event is None and (event := await _stored(session, row_id)) is None:
            return []
        return [answer for _, answer in await _run_in(session, tools, events, {row_id: event})]


async def _run_all(tools: Tools, events: Events, rows: dict[int, Event]) -> list[tuple[int, Answer]]:
    async with tools.database.transaction() as session:
        return await _run_in(session, tools, events, rows)


async def _run_in(
    session: AsyncSession, tools: Tools, events: Events, rows: dict[int, Event]
) -> list[tuple[int, Answer]]:
    """Mark rows done and run their handlers; what is to be answered once this is committed, by row."""
    done = await session.execute(
        update(InboxRow)
        .where(InboxRow.id.in_(rows), InboxRow.state == "open")
        .values(state="done", done_at=tools.clock(), payload=None)
        .returning(InboxRow.id, InboxRow.handler)
        .execution_options(synchronize_session=False)
    )
    answers: list[tuple[int, Answer]] = []
    for row_id, name in sorted(done.all()):
        try:
            said = await _handle(session, tools, events, rows[row_id], name)
        except Exception as error:
            raise HandlerFailed(row_id, error) from error
        answers += [(row_id, answer) for answer in said]
    return answers


async def _handle(session: AsyncSession, tools: Tools, events: Events, event: Event, name: str) -> list[Answer]:
    handler = events.find(event.type, name)
    if handler is None:
        raise HandlerGone(name)
    return await handler.run(session, event, tools) or []


async def _stored(session: AsyncSession, row_id: int) -> Event | None:
    """The event as it was kept, where nobody has it in hand any more."""
    row = await session.get(InboxRow, row_id)
    if row is None or row.payload is None:
        return None
    payload: dict[str, Any] = vault_of(session).open_json(row.payload, row.event_id)
    return Event(row.workspace_id, row.event_id, row.type, payload, row.received_at)


async def _remember_failure(tools: Tools, row_id: int, error: Exception) -> None:
    """Note the failure in a transaction of its own; after the last try the row is parked where a lead can see it.

    A refusal we foresaw (a stranger, something that is gone) stays a refusal however often it is tried: it is done.
    """
    foreseen = isinstance(error, PerennialError)
    if not foreseen:
        tools.log.warning("event handler failed", row=row_id, error=type(error).__name__, exc_info=error)
    async with tools.database.transaction() as session:
        row = await session.get(InboxRow, row_id, with_for_update=True)
        if row is None or row.state != "open":
            return
        row.error = type(error).__name__
        row.due_at = tools.clock() + timedelta(seconds=5 * 4**row.attempts)
        if foreseen:
            row.state, row.done_at, row.payload = "done", tools.clock(), None
        elif row.attempts >= MOST_ATTEMPTS or isinstance(error, HandlerGone):
            row.state = "parked"
