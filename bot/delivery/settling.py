"""Records how each step ended: many outcomes in one transaction, each fenced by the claim it was made under."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_new
from bot.delivery import ending, steps
from bot.delivery.errors import MOST_TRIES, POLICIES, ErrorClass, Policy, Then, retry_delay
from bot.delivery.limits import Limits
from bot.delivery.models import Conversation, Delivery, Lane, MethodLimit
from bot.delivery.outcomes import NothingToSay, NotThere, Opened, Outcome, Refused, Sent, Unreadable, Uploaded
from bot.delivery.queues import STOPPED
from bot.delivery.store import SECOND_LOOK, look_up
from bot.registry import Registry

PATIENCE, LOOK_AGAIN = timedelta(hours=1), timedelta(minutes=10)  # with a private history that can't be read
LOOKS = 2
log = structlog.get_logger("perennial.delivery")


CLAIMED = (  # put together once: asked for with every answer of Slack's
    select(Delivery).where(Delivery.id.in_(bindparam("ids", expanding=True))).order_by(Delivery.id).with_for_update()
)


OPEN_LANES = (
    update(Lane)
    .where(Lane.workspace_id == bindparam("workspace"), Lane.lane.in_(bindparam("lanes", expanding=True)))
    .values(next_at=bindparam("moment"))
    .execution_options(synchronize_session=False)
)
CALL_UP = (  # whatever waited for its lane
    update(Delivery)
    .where(
        Delivery.workspace_id == bindparam("workspace"),
        Delivery.lane.in_(bindparam("lanes", expanding=True)),
        Delivery.state == "queued",
        Delivery.held == "lane",
    )
    .values(ready_at=bindparam("moment"))
    .execution_options(synchronize_session=False)
)


@dataclass(frozen=True)
class Settled:
    """One outcome, for the delivery as it was claimed, and when Slack's answer was here."""

    delivery: Delivery
    outcome: Outcome
    at: datetime


async def settle(
    session: AsyncSession, registry: Registry, limits: Limits, batch: Sequence[Settled], *, now: datetime
) -> None:
    """Record a batch. Where a claim is no longer ours the outcome is left to whoever has it: the key finds the rest."""
    rows = {
        row.id: row
        for row in (await session.execute(CLAIMED, {"ids": sorted(each.delivery.id for each in batch)})).scalars()
    }
    answered = {each.delivery.id: each.at for each in batch}
    ours = [
        (row, _under_its_new_id(row, each))
        for each in batch
        if (row := rows.get(each.delivery.id)) is not None and row.claim_id == each.delivery.claim_id
    ]
    for workspace_id in sorted({row.workspace_id for row, _ in ours}):
        mine = [(row, outcome) for row, outcome in ours if row.workspace_id == workspace_id]
        freed = [row for row, _ in mine if row.state == "sending"]
        rested = {
            row.lane: answered[row.id]
            for row, outcome in mine
            if row.method in steps.ONCE_ONLY and isinstance(outcome, Sent)
        }
        for row, outcome in mine:
            await _record(session, registry, row, outcome, now=now)
        await session.flush()
        await ending.release(session, [row for row, _ in mine], now=now)
        await _free_lanes(session, limits, workspace_id, {row.lane for row in freed}, rested, now=now)


def _under_its_new_id(row: Delivery, settled: Settled) -> Outcome:
    """What an answer means where Slack gave the channel another id while it was on its way."""
    asked, outcome = settled.delivery.channel, settled.outcome
    if asked is None or row.channel == asked:
        return outcome
    if isinstance(outcome, Sent) and outcome.channel == asked:
        return Sent(row.channel, outcome.ts)
    if isinstance(outcome, NotThere):
        return NotThere(row.channel)
    return Refused(outcome.code, ErrorClass.WAIT) if isinstance(outcome, Refused | Unreadable) else outcome


async def _record(
    session: AsyncSession, registry: Registry, delivery: Delivery, outcome: Outcome, *, now: datetime
) -> None:
    match outcome:
        case Sent(channel, ts):
            await _remember_conversation(session, delivery, channel)
            delivery.ts = delivery.ts if delivery.verb in ("update", "delete") else ts
            delivery.error = delivery.error_class = None
            await ending.end(session, delivery, "sent", now=now)
        case Opened(channel):
            await _remember_conversation(session, delivery, channel)
            await _back(session, delivery, now)
        case Uploaded(file_id):
            delivery.file_id = file_id
            await _back(session, delivery, now)
        case NothingToSay():
            await ending.end(session, delivery, "dropped", now=now)
        case NotThere(channel):
            await _remember_conversation(session, delivery, channel)
            await _not_there(session, delivery, now)
        case Unreadable(code):
            await _unreadable(session, delivery, code, now)
        case Refused():
            await _refused(session, registry, delivery, outcome, now=now)


async def _refused(
    session: AsyncSession, registry: Registry, delivery: Delivery, refused: Refused, *, now: datetime
) -> None:
    policy = POLICIES[refused.error_class]
    if policy.then in (Then.PAUSE, Then.STOP) and delivery.state == "sending":
        delivery.attempts -= 1  # Slack did not look at it
    delivery.error, delivery.error_class = refused.code, refused.error_class.value
    if refused.error_class is not ErrorClass.RATE:
        _say(policy, delivery)
    if policy.then is Then.FAIL:
        await ending.end(session, delivery, "failed", now=now)
    elif policy.then is Then.DROP:
        await ending.end(session, delivery, "dropped", now=now)
    elif policy.then is Then.LOOK_UP and delivery.method in steps.ONCE_ONLY:
        look_up(delivery, refused.code, now=now)
    elif policy.then is Then.PAUSE:
        await _pause(session, delivery, now + timedelta(seconds=refused.pause or 0))
        await _back(session, delivery, now)
    elif policy.then is Then.STOP:
        await stop_workspace(session, registry, delivery.workspace_id, refused.code, now=now)
        await _back(session, delivery, now)
    elif delivery.attempts >= MOST_TRIES and delivery.state == "sending":
        await ending.end(session, delivery, "parked", now=now)
    else:
        chance = (delivery.id * 0.6180339887) % 1  # spread evenly, and the same when a test runs again
        await _back(session, delivery, now + retry_delay(max(1, delivery.attempts), chance))
        delivery.held = "retry"


async def _back(session: AsyncSession, delivery: Delivery, ready_at: datetime) -> None:
    """Into the queue of its next step; a lookup stays a lookup."""
    if delivery.state == "sending":
        await ending.give_back(session, delivery)
        delivery.state, delivery.method = "queued", steps.next_step(delivery)
    delivery.claim_id, delivery.ready_at, delivery.held = None, ready_at, None


async def _not_there(session: AsyncSession, delivery: Delivery, now: datetime) -> None:
    delivery.lookups += 1
    delivery.claim_id = None
    if delivery.lookups < LOOKS:
        delivery.ready_at = now + SECOND_LOOK
    elif delivery.taken_back:
        await ending.end(session, delivery, "withdrawn", now=now)
    elif delivery.attempts >= MOST_TRIES:
        await ending.end(session, delivery, "parked", now=now)
    else:  # looked for twice: it never arrived, so it leaves again
        await ending.give_back(session, delivery)
        delivery.state, delivery.method, delivery.lookups = "queued", steps.next_step(delivery), 0
        delivery.ready_at = now


async def _unreadable(session: AsyncSession, delivery: Delivery, code: str, now: datetime) -> None:
    """A channel post waits for a lead at once; a private one is tried for an hour, then parked as well."""
    delivery.error, delivery.claim_id = code, None
    if delivery.slack_ids and now - (delivery.started_at or now) < PATIENCE:
        delivery.ready_at = now + LOOK_AGAIN
        return
    await ending.end(session, delivery, "parked", now=now)


async def _remember_conversation(session: AsyncSession, delivery: Delivery, channel: str | None) -> None:
    if channel is None or delivery.channel == channel:
        return
    delivery.channel = channel
    if delivery.slack_ids:
        row = {
            "workspace_id": delivery.workspace_id,
            "people": ",".join(sorted(delivery.slack_ids)),
            "channel": channel,
        }
        unique = ("workspace_id", "people")
        await insert_new(session, Conversation, [row], unique=unique, returning=Conversation.channel)


async def _pause(session: AsyncSession, delivery: Delivery, until: datetime) -> None:
    """Rest exactly this method in exactly this workspace; a longer pause is never shortened, tokens stay as they are."""
    row = await session.get_one(MethodLimit, (delivery.workspace_id, delivery.method), with_for_update=True)
    row.paused_until = max(until, row.paused_until or until)
    row.refusals += 1
    log.warning("slack asked us to slow down", workspace=delivery.workspace_id, method=delivery.method)


async def stop_workspace(
    session: AsyncSession, registry: Registry, workspace_id: int, reason: str, *, now: datetime
) -> None:
    """Nothing more leaves for this workspace until `resume_workspace`; whoever registered for it is told once."""
    row = await session.get_one(MethodLimit, (workspace_id, steps.WHOLE), with_for_update=True)
    if row.paused_until is not None:
        return
    row.paused_until = STOPPED
    log.error("workspace stopped", workspace=workspace_id, reason=reason)
    if registry.workspace_stopped is not None:
        await registry.workspace_stopped(session, workspace_id, reason)


async def resume_workspace(session: AsyncSession, workspace_id: int) -> None:
    """It was installed again: what waited leaves, as far as it has not expired."""
    await session.execute(
        update(MethodLimit)
        .where(MethodLimit.workspace_id == workspace_id, MethodLimit.method == steps.WHOLE)
        .values(paused_until=None)
    )


async def _free_lanes(
    session: AsyncSession,
    limits: Limits,
    workspace_id: int,
    lanes: set[str],
    rested: dict[str, datetime],
    *,
    now: datetime,
) -> None:
    """Lanes whose message is through take the next one; where something was posted, a second after Slack's answer."""
    last = max(rested.values(), default=now)  # they were answered within milliseconds of one another
    for names, moment in (
        (sorted(lanes & rested.keys()), last + limits.lane_gap),
        (sorted(lanes - rested.keys()), now),
    ):
        if not names:
            continue
        asked = {"workspace": workspace_id, "lanes": names, "moment": moment}
        await session.execute(OPEN_LANES, asked)
        await session.execute(CALL_UP, asked)


def _say(policy: Policy, delivery: Delivery) -> None:
    """Ids and codes; never who it was for, never what it said."""
    getattr(log, policy.log)(
        "delivery refused",
        delivery=delivery.id,
        kind=delivery.kind,
        workspace=delivery.workspace_id,
        method=delivery.method,
        error=delivery.error,
        error_class=delivery.error_class,
    )
