"""Programs in App Home: loads what a section or page shows, and has it drawn."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.members import store as members
from bot.messages import Block
from bot.programs import first_hour, pages, phrases, rounds, rules, store, troubles
from bot.programs.kinds import ahead_of, kind_of, kinds_of, planned_of
from bot.programs.models import Program, Round
from bot.registry import Ahead, Viewer

STOPPABLE = timedelta(hours=3)  # how long after it began to leave a round may still be leaving: 5,000 pairs take two
IN_SIGHT = timedelta(weeks=5)  # what lies further ahead is not next
NEWS = timedelta(days=1)  # how long a page says that a round was stopped


async def lead_section(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """Programs, for leads; the four first steps stand here as well until they are done."""
    if not viewer.is_lead:
        return []
    programs = await store.living(session, viewer.workspace_id)
    rows = [await _row(session, program, viewer) for program in programs]
    failed = await troubles.recent(session, viewer.workspace_id, viewer.now)
    steps = [] if rows else await first_hour.steps_for_home(session, viewer.workspace_id)
    return pages.lead_section(rows, sum(each.count for each in failed), steps)


async def all_page(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """Every program."""
    if not viewer.is_lead:
        return pages.not_for_you()
    programs = await store.living(session, viewer.workspace_id)
    return pages.all_programs([await _row(session, program, viewer) for program in programs])


async def program_page(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """One program, for leads; the place is "program:ID"."""
    if not viewer.is_lead:
        return pages.not_for_you()
    _, _, program_id = viewer.place.partition(":")
    programs = {str(program.id): program for program in await store.living(session, viewer.workspace_id)}
    program = programs.get(program_id)
    if program is None or program.kind not in kinds_of(session):
        return pages.gone()
    return pages.program_page(await _page(session, program, viewer))


async def my_programs(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """What a member takes part in, and what they could join."""
    return pages.my_programs(*await _mine_and_open(session, viewer)) if viewer.joined else []


async def my_programs_page(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """The same, all of it."""
    mine, open_ones = await _mine_and_open(session, viewer) if viewer.joined else ([], [])
    return pages.my_programs_page(mine, open_ones)


async def ahead(session: AsyncSession, viewer: Viewer) -> list[Ahead]:
    """The next rounds of somebody's programs, for "Next for you"; not while they pause. What is planned has own rows."""
    member = await members.by_id(session, viewer.workspace_id, viewer.member_id) if viewer.joined else None
    if member is None:
        return []
    rows = []
    for program in await store.enrolments_of(session, viewer.workspace_id, viewer.member_id, "joined"):
        day, at = program.next_date, program.due_at
        if day is None or at is None or at > viewer.now + IN_SIGHT or ahead_of(session, program) is not None:
            continue
        if member.paused_until is None or member.paused_until <= day:
            said = await store.enrolment(session, program, viewer.member_id)
            rows.append(pages.ahead(program, day, at, skips=said is not None and said.skip_date == day))
    return rows


async def _mine_and_open(session: AsyncSession, viewer: Viewer) -> tuple[list[pages.Mine], list[pages.Mine]]:
    mine = []
    for program in await store.enrolments_of(session, viewer.workspace_id, viewer.member_id, "joined"):
        said = await store.enrolment(session, program, viewer.member_id)
        skips = said is not None and program.next_date is not None and said.skip_date == program.next_date
        mine.append(await _mine(session, program, viewer, skips))
    open_ones = await store.open_to(session, viewer.workspace_id, viewer.member_id)
    return mine, [await _mine(session, program, viewer, skips=False) for program in open_ones]


async def _mine(session: AsyncSession, program: Program, viewer: Viewer, skips: bool) -> pages.Mine:
    coming = await store.next_moment(session, program, viewer.now)
    when = phrases.moment(coming, viewer.tz) if coming else None
    return pages.Mine(program.id, program.name, program.state, when, skips)


async def _row(session: AsyncSession, program: Program, viewer: Viewer) -> pages.Row:
    if program.state == "draft":
        return pages.Row(program.id, program.name, "Not started yet.")
    if program.state == "paused":
        return pages.Row(program.id, program.name, f"Paused. {await health(session, program)}")
    coming = await store.next_moment(session, program, viewer.now)
    when = f"Next: {phrases.moment(coming, viewer.tz)}." if coming else "No next date."
    return pages.Row(program.id, program.name, f"{when} {await health(session, program)}")


async def health(session: AsyncSession, program: Program) -> str:
    """How a program is doing, in the words of its kind; nothing where its kind was taken out."""
    kind = kinds_of(session).get(program.kind)
    return await kind.summary(session, program) if kind else ""


async def _page(session: AsyncSession, program: Program, viewer: Viewer) -> pages.Page:
    kind = kind_of(session, program)
    opens_ahead = ahead_of(session, program) is not None
    coming = await store.coming_dates(session, program, viewer.now)
    planned = await planned_of(session, program, viewer.now)
    today = rules.local_date(viewer.now, program.tz)
    roster = await store.roster(session, program, program.next_date or today)
    owner = await members.by_id(session, program.workspace_id, program.owner_id or 0)
    newest = await store.newest_round(session, program)
    skipped = program.skip_through if program.skip_through and program.skip_through >= today else None
    seated = await kind.seated_last(session, program)
    buttons = []
    if program.state == "active":
        buttons = await kind.lead_buttons(session, program, await store.draft_of(session, program))
    return pages.Page(
        id=program.id,
        name=program.name,
        kind=kind.title,
        state=program.state,
        channel=program.channel,
        owner=owner.slack_id if owner else None,
        cadence=phrases.cadence(store.cadence_of(program)),
        dates=coming,
        health=await kind.summary(session, program),
        skipped=skipped,
        now=_round_now(newest, viewer) if newest and not opens_ahead else None,
        buttons=buttons,
        joined=len(roster.joined),
        paused=len(roster.paused),
        skipping=len(roster.skipping),
        seated=len(seated),
        people=_groups(roster, seated),
        opens_ahead=opens_ahead,
        planned=[(phrases.moment(each.starts_at, viewer.tz), each.title, each.place) for each in planned],
        invited=phrases.moment(program.invited_at, viewer.tz) if program.invited_at else None,
    )


def _groups(roster: store.Roster, seated: set[int]) -> list[tuple[str, list[str]]]:
    """Each person once, where a lead would look for them."""
    out = {*roster.paused, *roster.skipping}
    here = [member_id for member_id in roster.joined if member_id not in out]
    groups = (
        ("Seated last time", [each for each in here if each in seated]),
        ("In for the next one" if seated else "In", [each for each in here if each not in seated]),
        ("Skipping the next one", [each for each in roster.skipping if each not in roster.paused]),
        ("Paused", roster.paused),
    )
    return [(title, [roster.names[each] for each in found]) for title, found in groups]


def _round_now(newest: Round, viewer: Viewer) -> pages.RoundNow | None:
    if rounds.can_be_undone(newest, viewer.now):
        assert newest.sends_at is not None, "what can be undone leaves later"
        line = f"Round {newest.number} leaves on {phrases.moment(newest.sends_at, viewer.tz)}, your time."
        return pages.RoundNow(newest.id, newest.number, line, can_undo=True, can_stop=False)
    began = newest.sends_at or newest.opened_at
    if newest.state in store.UNDER_WAY and viewer.now - began < STOPPABLE:
        line = f"Round {newest.number} was opened on {phrases.moment(newest.opened_at, viewer.tz)}, your time."
        return pages.RoundNow(newest.id, newest.number, line, can_undo=False, can_stop=True)
    if newest.state == "stopped" and viewer.now - newest.opened_at < NEWS:
        line = f"Round {newest.number} was stopped: {newest.note or 'by a lead'}"
        return pages.RoundNow(newest.id, newest.number, line, can_undo=False, can_stop=False)
    return None
