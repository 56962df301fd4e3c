"""Finds what is said of tables: one person's, and all of them for whoever hosts."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.roundtables.live import seats, topics, views
from bot.features.roundtables.live.models import LiveRoundtable
from bot.gatherings import facts
from bot.gatherings import store as gatherings
from bot.gatherings.models import Gathering
from bot.members import store as members
from bot.programs import store as programs
from bot.slack import blocks


async def of(session: AsyncSession, gathering: Gathering, live: LiveRoundtable, member_id: int) -> views.Table | None:
    """One person's table with its people and questions; None where they have no seat."""
    seat = await seats.seat_of(session, gathering, member_id)
    if seat is None:
        return None
    if seat.number is None:
        return views.Table(None, only=await gatherings.taken(session, gathering) == 1)
    ids = await seats.at_table(session, gathering, seat.number)
    people = await programs.members_by_id(session, gathering.workspace_id, ids)
    mine = people[member_id].team_id
    others = [each for each in people.values() if each.id != member_id]
    elsewhere = [each for each in others if None not in (mine, each.team_id) and each.team_id != mine]
    asked = topics.questions(gathering.id, seat.number, live.themes)
    return views.Table(
        seat.number,
        only=await seats.numbers(session, gathering, limit=2) == [seat.number],
        others=_names([each.name for each in elsewhere]),
        mates=_names([each.name for each in others if each not in elsewhere]),
        questions=[each.question for each in asked],
    )


def _names(names: Sequence[str]) -> list[str]:
    return [blocks.escape(each) for each in sorted(names)]


async def all_of(session: AsyncSession, gathering: Gathering) -> tuple[dict[int, list[str]], list[str]]:
    """The first tables as their host reads them, "Ana (Sales)", the others empty; and who sits at none."""
    sitting = await seats.sitting(session, gathering)
    tables = seats.by_table(sitting)
    without = [member_id for member_id, number in sitting.items() if number is None]
    shown = [*(each for number in list(tables)[: views.MOST_TABLES] for each in tables[number]), *without]
    known = await members.profiles(session, gathering.workspace_id, shown) if shown else {}
    said = {each.member_id: _with_team(each.name, each.team) for each in known.values()}
    return (
        {number: sorted(said[each] for each in table if each in said) for number, table in tables.items()},
        sorted(said[each] for each in without if each in said),
    )


async def to_choose(session: AsyncSession, gathering: Gathering) -> dict[int, list[str]]:
    """Every table by number, with first names where they fit a menu."""
    tables = seats.by_table(await seats.sitting(session, gathering))
    if len(tables) > views.MOST_CHOICES:
        return {number: [] for number in tables}
    ids = [each for table in tables.values() for each in table]
    names = await members.names(session, gathering.workspace_id, ids) if ids else {}
    return {number: [names[each].split(" ")[0] for each in table if each in names] for number, table in tables.items()}


def _with_team(name: str, team: str) -> str:
    return f"{blocks.escape(name)} ({blocks.escape(team)})" if team else blocks.escape(name)


async def host_name(session: AsyncSession, gathering: Gathering, reader_id: int) -> str | None:
    """Who helps somebody find a chair, as a mention; nobody else, where they host it themselves."""
    if reader_id in facts.hosts(gathering):
        return None
    host = await members.by_id(session, gathering.workspace_id, min(facts.hosts(gathering), default=0))
    return f"<@{host.slack_id}>" if host is not None else None
