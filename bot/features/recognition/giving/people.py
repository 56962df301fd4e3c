"""Whom somebody can thank: whoever is in Perennial, and never themselves; and what the rules need to know of before."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.recognition import rules, store
from bot.features.recognition.models import Thanks
from bot.features.recognition.rules import Before, Said
from bot.members import store as members
from bot.members.models import Member


async def here(session: AsyncSession, workspace_id: int, slack_ids: Collection[str]) -> list[Member]:
    """Those of them who are in Perennial, by name."""
    query = select(Member).where(
        Member.workspace_id == workspace_id, Member.slack_id.in_(list(slack_ids)), members.present()
    )
    return list((await session.execute(query.order_by(Member.name, Member.id))).scalars())


async def here_by_id(session: AsyncSession, workspace_id: int, member_ids: Collection[int]) -> list[Member]:
    """The same by our own ids."""
    query = select(Member).where(
        Member.workspace_id == workspace_id, Member.id.in_(list(member_ids)), members.present()
    )
    return list((await session.execute(query.order_by(Member.name, Member.id))).scalars())


async def chosen(session: AsyncSession, giver: Member, slack_ids: Sequence[str]) -> tuple[list[Member], str | None]:
    """The people behind what was chosen in a form, or why they can't be thanked."""
    wanted = list(dict.fromkeys(slack_ids))
    if problem := rules.problem_with_people(len(wanted), oneself=giver.slack_id in wanted):
        return [], problem
    found = await here(session, giver.workspace_id, wanted)
    known = {each.slack_id for each in found}
    if missing := next((each for each in wanted if each not in known), None):
        member = await members.by_slack_id(session, giver.workspace_id, missing)
        name = member.name if member is not None else "Somebody you chose"
        return (
            [],
            f"{name} is not in Perennial, so this can't reach them here. Take them out, and it goes to the others.",
        )
    return found, None


async def before(
    session: AsyncSession, giver: Member, receivers: Sequence[Member], said: Said, now: datetime
) -> Before:
    """What they said lately, as far as it matters for saying this now; the giver's row is locked by whoever calls."""
    lately = await store.said_lately(session, giver, now - rules.A_WEEK)
    names = {each.id: each.name for each in receivers}
    words = [(each.row.receiver_id, each.said.words) for each in await store.opened(session, lately)]
    often = [name for each, name in names.items() if _count(lately, each) >= rules.MOST_A_WEEK_TO_ONE]
    return Before(
        today=sum(row.given_at > now - rules.A_DAY for row in lately),
        often=tuple(often),
        same=tuple(name for each, name in names.items() if (each, said.words) in words),
    )


def _count(rows: Sequence[Thanks], receiver_id: int) -> int:
    return sum(row.receiver_id == receiver_id for row in rows)
