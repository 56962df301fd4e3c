"""The clock asks: announce, remind, tell of changes, and end; short transactions, each repeatable after a crash."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.gatherings import announcing, changing, outside, reminding, rules, store, subjects, views
from bot.gatherings.facts import facts_of
from bot.gatherings.kinds import gathering_kinds_of
from bot.gatherings.models import Gathering
from bot.registry import Tools
from bot.scheduler import one_by_one


@dataclass(frozen=True)
class Reached:
    """How far one step of one version has come: everybody up to this member id."""

    step: str
    version: int
    member_id: int


async def take_steps(tools: Tools) -> int:
    """Take every gathering that is due one step further."""
    async with tools.database.reading() as session:
        due = await store.due(session, tools.clock())
    return await one_by_one(tools, due, partial(take_step, tools))


async def take_step(tools: Tools, found: tuple[int, int]) -> None:
    """One step, some hundreds of people a transaction; a crash repeats it, and the keys of its messages stop doubles."""
    reached: Reached | None = None
    said = await outside.who_is_there(tools, *found)
    while True:
        now = tools.clock()
        async with tools.database.transaction() as session:
            gathering = await store.get(session, *found, lock=True)
            if gathering.due_at is None or gathering.due_at > now or _was_changed(gathering, reached):
                return
            if gathering.step == rules.OUTSIDE and (said is None or outside.try_again(gathering, said, now)):
                return  # come to this step since we looked, through somebody else: it stays due, and is looked at again
            there = said.people if said is not None else None
            reached = await _take_part(session, gathering, there, reached.member_id if reached else 0, now)
        if reached is None:
            return


def _was_changed(gathering: Gathering, reached: Reached | None) -> bool:
    """Somebody moved or changed it between two parts: its new step begins with the first of its people."""
    return reached is not None and (gathering.step, gathering.version) != (reached.step, reached.version)


async def _take_part(
    session: AsyncSession, gathering: Gathering, there: Collection[str] | None, beyond: int, now: datetime
) -> Reached | None:
    """One part of the step that is due; how far it came, or None where the step is done and the next one set."""
    step, change = gathering.step, gathering.step.partition(":")[0]
    member_id: int | None = None
    if change in rules.TELLING:
        member_id = await changing.tell_some(session, gathering, change, beyond, now)
    elif step in rules.BEFORE and rules.useful(step, gathering.starts_at, now):
        member_id = await reminding.remind_some(session, gathering, step, beyond, now)
    elif step == rules.OUTSIDE and there is not None:
        member_id = await outside.ask_some(session, gathering, there, beyond, now)
    if member_id is not None:
        return Reached(step, gathering.version, member_id)
    if step == "announce":
        await announcing.announce(session, gathering, now)
    if step == "over":
        await _end(session, gathering, now)
    _go_on(session, gathering, step, change, now)
    return None


def _go_on(session: AsyncSession, gathering: Gathering, step: str, change: str, now: datetime) -> None:
    if change not in rules.TELLING:
        if step == "announce":
            gathering.step, gathering.due_at = rules.OUTSIDE, now
            return
        step = "announce" if step == rules.OUTSIDE else step
        missed = step in rules.BEFORE and not rules.useful(step, gathering.starts_at, now)
        follow = rules.after_missed if missed else rules.next_step
        gathering.step, gathering.due_at = follow(step, gathering.starts_at, gathering.minutes, now)
        return
    gathering.step, gathering.due_at = rules.told(step, gathering.starts_at, gathering.minutes, now)
    if gathering.state == store.PLANNED and gathering.announced_id is None and gathering.channel is not None:
        kind = gathering_kinds_of(session).get(gathering.kind)
        before = kind.announced_before if kind else None
        gathering.step, gathering.due_at = "announce", rules.announced_at(gathering.starts_at, before, now)
    elif gathering.state == store.PLANNED and step == "moved":
        gathering.step, gathering.due_at = rules.OUTSIDE, now  # who was asked before, and said nothing, is asked anew


async def _end(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """It took place: its feature goes on with what comes of it, and whoever was there may say so."""
    gathering.state = store.OVER
    await outbox.withdraw(session, gathering.workspace_id, subjects.of(gathering.id), now=now)
    await session.flush()
    await announcing.refresh(session, gathering, now)
    question = views.were_you_there(await facts_of(session, gathering))
    await announcing.say_in_thread(session, gathering, question, key="there", now=now)
    if kind := gathering_kinds_of(session).get(gathering.kind):
        await kind.over(session, gathering, now)
