"""Gatherings on the Home tab: loads what a section or page shows, and has it drawn."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Gone
from bot.gatherings import front_store, page_views, store, words
from bot.gatherings.facts import facts_of, hosts
from bot.gatherings.front_store import Row
from bot.gatherings.kinds import gathering_kinds_of
from bot.gatherings.models import Gathering
from bot.members import store as members
from bot.messages import Block
from bot.programs import phrases
from bot.programs import store as programs
from bot.registry import Ahead, Viewer
from bot.slack import blocks

SOON = timedelta(minutes=15)  # from then on whoever comes is one press away from the call


async def just_over(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """Where somebody has just been, and may say so."""
    asked = await front_store.to_say_whether_there(session, viewer)
    return [block for each in asked for block in page_views.were_you_there(each.id, words.title(session, each))]


async def ahead(session: AsyncSession, viewer: Viewer) -> list[Ahead]:
    """What somebody comes to, may come to or hosts, for "Next for you"."""
    if not viewer.joined and not viewer.is_lead:
        return []
    return [_ahead(session, row, viewer) for row in await front_store.mine(session, viewer)]


def _ahead(session: AsyncSession, row: Row, viewer: Viewer) -> Ahead:
    each = row.gathering
    noun = words.noun(session, each).capitalize()
    title, is_host = words.title(session, each), viewer.member_id in hosts(each)
    line = page_views.line(f"{noun}: {title}" if each.title else title, row.said, hosts=is_host)
    call = each.link if each.starts_at - SOON <= viewer.now else None
    button = page_views.one_button(each.id, words.plain_title(session, each), row.said, call, hosts=is_host)
    return Ahead(each.starts_at, line, button)


async def list_page(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """Everything that is planned."""
    if not viewer.joined and not viewer.is_lead:
        return page_views.gone()
    return page_views.all_of_them(
        [_shown(session, row, viewer) for row in await front_store.everything(session, viewer)]
    )


def _shown(session: AsyncSession, row: Row, viewer: Viewer) -> page_views.Shown:
    each = row.gathering
    when = phrases.moment(each.starts_at, viewer.tz)
    return page_views.Shown(each.id, when, words.title(session, each), row.said)


async def page(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """One gathering; the place is "gathering:ID"."""
    _, _, which = viewer.place.partition(":")
    try:
        gathering = await store.get(session, viewer.workspace_id, which)
    except Gone:
        return page_views.gone()
    seat = await store.seat_of(session, gathering, viewer.member_id)
    leads = viewer.is_lead or viewer.member_id in hosts(gathering)
    if not viewer.joined and not leads and seat is None:
        return page_views.gone()
    return page_views.page(await _page(session, viewer, gathering, leads=leads))


async def _page(session: AsyncSession, viewer: Viewer, gathering: Gathering, *, leads: bool) -> page_views.Page:
    kind = gathering_kinds_of(session).get(gathering.kind)
    seat = await store.seat_of(session, gathering, viewer.member_id)
    program = await programs.get(session, gathering.workspace_id, gathering.program_id)
    counts = (await store.counts(session, gathering.workspace_id, [gathering.id]))[gathering.id]
    people = await programs.members_by_id(session, gathering.workspace_id, sorted(hosts(gathering)))
    asked = (gathering.host_id, gathering.cohost_id)
    waits = seat is not None and seat.state == store.WAITING
    return page_views.Page(
        facts=await facts_of(session, gathering),
        when=words.their_time(gathering.starts_at, viewer.tz, viewer.now),
        state=gathering.state,
        program=f"*{blocks.escape(program.name)}*",
        hosts=[people[each].slack_id for each in asked if each in people],
        fullness=words.fullness(gathering, counts),
        said=seat.state if seat else None,
        place_in_line=await store.place_in_line(session, gathering, seat) if seat and waits else 0,
        came=seat.came if seat else None,
        how_many_came=await front_store.how_many_came(session, gathering),
        recording=gathering.recording,
        member_rows=await kind.member_rows(session, gathering, viewer.member_id) if kind else [],
        for_hosts=await _for_hosts(session, viewer, gathering) if leads else None,
    )


async def _for_hosts(session: AsyncSession, viewer: Viewer, gathering: Gathering) -> page_views.ForHosts:
    kind = gathering_kinds_of(session).get(gathering.kind)
    return page_views.ForHosts(
        rows=await kind.host_rows(session, gathering) if kind else [],
        coming=await _names(session, gathering, store.COMING),
        waiting=await _names(session, gathering, store.WAITING),
        invited=await _names(session, gathering, store.INVITED),
        has_begun=gathering.starts_at <= viewer.now,
    )


async def _names(session: AsyncSession, gathering: Gathering, state: str) -> list[str]:
    ids = await front_store.names(session, gathering, state)
    known = await members.names(session, gathering.workspace_id, ids)
    return [known[each] for each in ids if each in known]
