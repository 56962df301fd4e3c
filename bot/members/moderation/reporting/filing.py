"""Something is reported, wherever its button stands: hidden, told, asked and noted in one transaction."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.members import store as members
from bot.members.models import Member, Workspace
from bot.members.moderation import rules, store
from bot.members.moderation.deciding import asking, telling
from bot.members.moderation.errors import (
    GoneAlready,
    KeptHidden,
    LookedAtAlready,
    NotForGuestsHere,
    OwnThing,
    ReportedAlready,
    TooManyReports,
)
from bot.registry import Written
from bot.slack import home


@dataclass(frozen=True)
class Filed:
    """Who looks at it now, besides whoever reported it; `only_you`: there is nobody else."""

    names: tuple[str, ...]
    only_you: bool


async def file(session: AsyncSession, member: Member, subject: str, reason: str, now: datetime) -> Filed:
    """Hide it, and ask somebody to look; or a clear answer why not."""
    here = member.workspace_id
    written, round_ = await may_report(session, member, subject, now)
    filed = await store.add(session, here, subject, round_, member.id, reason, now)
    found = store.reportable_of(session, subject)
    if filed is None or found is None:
        raise ReportedAlready
    reportable, thing_id = found
    await reportable.hide(session, here, thing_id, now)
    await reportable.tell(session, here, thing_id, telling.hidden(written.where), now)
    asked = await asking.ask(session, filed, written.author_id, now)
    await home.redraw(session, here, [member.id], now=now)
    names = tuple(each.name for each in asked if each.id != member.id)
    return Filed(names, only_you=[each.id for each in asked] == [member.id])


async def may_report(session: AsyncSession, member: Member, subject: str, now: datetime) -> tuple[Written, int]:
    """What is reported, and which time; or a clear answer why not.

    Whoever can read something can report it, in Perennial or not. Their row is locked, so that two windows can't make
    a sixth report of a day.
    """
    here = member.workspace_id
    workspace = await session.get(Workspace, here)
    if member.is_guest and not (workspace and workspace.guests_allowed):
        raise NotForGuestsHere
    await members.by_id(session, here, member.id, lock=True)
    written = await store.look(session, here, subject, now)
    if written is None:
        raise GoneAlready
    if written.author_id == member.id:
        raise OwnThing
    before = await store.rounds(session, here, subject)
    if before and before[0].state == rules.OPEN:
        raise ReportedAlready
    if before and before[0].state == rules.UPHELD:
        raise KeptHidden
    if any(store.reporter_of(session, each) == member.id for each in before):
        raise LookedAtAlready
    if await store.count_since(session, here, member.id, now - rules.A_DAY) >= rules.MOST_A_DAY:
        raise TooManyReports
    return written, (before[0].round if before else 0) + 1
