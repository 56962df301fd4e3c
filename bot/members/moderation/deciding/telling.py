"""What the writer and the reporter of something hear: that it is hidden, put back, or stays hidden."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import vault_of
from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.members import rules as words
from bot.members import store as members
from bot.members.moderation import rules, store
from bot.members.moderation.deciding import messages
from bot.members.moderation.models import Report
from bot.messages import Content
from bot.slack import blocks


def hidden(where: str) -> str:
    """To the writer, at once."""
    return (
        f"*Something you wrote is hidden for now: {where}.* Somebody asked for a look at it; that is a question, "
        "not a verdict. A person looks at it in their working hours, and you hear how it went. There is nothing you "
        "need to do."
    )


def restored(where: str) -> str:
    """To the writer."""
    return (
        f"*Something you wrote is back where it was: {where}.* Somebody looked at it, and it is fine there. "
        "Thank you for waiting."
    )


def upheld(where: str, names: Sequence[str]) -> str:
    """To the writer. `names`: whom they can talk to."""
    who = f" talk to {blocks.escape(words.listed(list(names)))}." if names else " talk to a lead."
    return (
        f"*Something you wrote stays hidden: {where}.* Somebody looked at it and decided so. "
        f"If you would like to know why, or see it differently,{who}"
    )


def heard(where: str, state: str, names: Sequence[str]) -> Content:
    """To the reporter."""
    who = blocks.escape(words.listed(list(names))) if names else "a lead"
    if state == rules.RESTORED:
        said = f"*What you reported is back: {where}.* Somebody looked at it and found that it can stay there."
        more = f"Thank you for asking for a look. If it still troubles you, talk to {who}."
    else:
        said = f"*What you reported stays hidden: {where}.* Somebody looked at it and decided so."
        more = "Thank you for asking for a look."
    return Content(text="What you reported was looked at", blocks=[blocks.section(f"{said} {more}")])


async def tell_member(
    session: AsyncSession, workspace_id: int, member_id: int, about: str, what: str, now: datetime
) -> None:
    """For a feature's `Reportable.tell`, where the writer is known by name: `what` in direct message, at once.

    Under an alias a feature carries it its own way. `about` is the thing, such as "answer:12".
    """
    member = await members.by_id(session, workspace_id, member_id)
    if member is not None and member.deactivated_at is None:
        content = Content(text=_headline(what), blocks=[blocks.section(what)])
        await outbox.enqueue(session, messages.to_author(member, about, content, now), now=now)


async def tell_reporter(session: AsyncSession, report: Report, where: str, names: Sequence[str], now: datetime) -> None:
    """How it went; nobody who left is written to."""
    member = await members.by_id(session, report.workspace_id, store.reporter_of(session, report))
    if member is None or member.deactivated_at is not None or member.left_at is not None:
        return
    key = vault_of(session).fingerprint(f"{report.id}:{report.state}:{now.isoformat()}", "heard").hex()
    await outbox.enqueue(session, messages.to_reporter(member, key, heard(where, report.state, names), now), now=now)


async def show_decision(session: AsyncSession, report: Report, content: Content, now: datetime) -> None:
    """Wherever it was asked, it now says what was decided; what had not left yet never does."""
    about = messages.subject_of(report.id)
    await outbox.withdraw(session, report.workspace_id, about, now=now)
    query = select(Delivery).where(
        Delivery.workspace_id == report.workspace_id, Delivery.subject == about, Delivery.kind == messages.ASK.name
    )
    for delivery in (await session.execute(query)).scalars():
        if delivery.state in ("sent", "sending", "unknown"):
            key = f"{report.state}:{now.isoformat()}"
            update = messages.decided(report, delivery.id, delivery.channel or "", content, key, now)
            await outbox.enqueue(session, update, now=now)


def _headline(what: str) -> str:
    """What stands in bold at the beginning is enough for a lock screen."""
    parts = what.split("*")
    return parts[1] if len(parts) > 2 and not parts[0] else "About something you wrote"
