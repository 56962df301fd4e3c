"""What a story session does as a gathering: its lines, and what begins, follows and ends with it."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.storytelling import kind, page_views, store, themes
from bot.features.storytelling.harvest import crediting
from bot.features.storytelling.harvest import kind as harvest_kind
from bot.features.storytelling.harvest import messages as harvest
from bot.features.storytelling.preparing import store as pages
from bot.features.storytelling.tellers import leaving, messages, redrawing, rules, swaps
from bot.features.storytelling.tellers import store as turn_store
from bot.features.storytelling.tellers.settling import HELD, is_ahead
from bot.gatherings import facts, thanking
from bot.gatherings import store as gatherings
from bot.gatherings.ballots import acting
from bot.gatherings.ballots import store as ballots
from bot.gatherings.kinds import GatheringKind
from bot.gatherings.models import Gathering
from bot.gatherings.takeaways import front as takeaways
from bot.members import store as members
from bot.members.rules import listed
from bot.messages import Block
from bot.programs import store as programs
from bot.slack import blocks


async def lines(session: AsyncSession, gathering: Gathering) -> list[str]:
    """Who tells, once anybody promised to."""
    ids = await store.tellers(session, gathering, "accepted", "told")
    names = await members.names(session, gathering.workspace_id, ids)
    told_by = [blocks.escape(names[each]) for each in ids if each in names]
    return [f"Told by {listed(told_by)}."] if told_by else []


async def member_rows(session: AsyncSession, gathering: Gathering, member_id: int) -> list[Block]:
    """One's own turn, or a story that could still be offered; afterwards what one will try, and the way to thank."""
    if not is_ahead(gathering, facts.now_in(session)):
        told = await store.tellers(session, gathering, "told")
        shared = await takeaways.on_page(session, gathering, member_id) if told else []
        return [*shared, *page_views.thank(told, await thanking.on_page(session, gathering, member_id, told))]
    story = await store.of_gathering(session, gathering.workspace_id, gathering.id)
    turns = await turn_store.of_session(session, gathering)
    mine = next((each for each in turns if each.member_id == member_id), None)
    promised = sum(each.state == turn_store.ACCEPTED for each in turns)
    return page_views.mine(gathering.id, mine, lacking=story is not None and promised < story.wanted)


async def host_rows(session: AsyncSession, gathering: Gathering) -> list[Block]:
    """How many stories are promised, what was shared, and what a host can do about the rest."""
    story = await store.of_gathering(session, gathering.workspace_id, gathering.id)
    if story is None or gathering.state == gatherings.CALLED_OFF:
        return []
    turns = await turn_store.of_session(session, gathering)
    names = await members.names(session, gathering.workspace_id, [each.member_id for each in turns])
    shared = await pages.shared(session, gathering.workspace_id, [each.id for each in turns])
    is_open = is_ahead(gathering, facts.now_in(session))
    return page_views.hosts(gathering.id, turns, names, shared, wanted=story.wanted, is_open=is_open, tz=gathering.tz)


async def planned(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """Its theme is put to the vote, and its tellers are looked for at once."""
    program = await programs.get(session, gathering.workspace_id, gathering.program_id)
    await store.begin(session, gathering, wanted=kind.options_of(program).tellers, now=now)
    await themes.put_to_vote(session, gathering, now)


async def moved(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """Tellers keep their turn and read the new date, unless they are away then; who still thinks has time till then."""
    await store.look_again(session, gathering, now)
    await themes.hurry(session, gathering, now)
    for turn in await turn_store.of_session(session, gathering):
        if turn.state in HELD and turn.answer_by is not None:
            turn.answer_by = rules.still_until(turn.answer_by, gathering.starts_at, now)
    await session.flush()
    await leaving.are_away(session, gathering, now)
    await redrawing.show_all(session, gathering, now)


async def changed(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """Whoever tells, or thinks about it, reads its title."""
    await redrawing.show_all(session, gathering, now)


async def called_off(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """Nobody is asked any more, and what was proposed waits for the next one."""
    held = await _held(session, gathering, now)
    await messages.withdraw(session, gathering, now=now)
    await store.stop(session, gathering)
    await _show(session, gathering, held, now)
    ballot = await ballots.about(session, gathering.workspace_id, themes.subject_of(gathering), lock=True)
    if ballot is not None:
        await acting.take_back(session, ballot, now=now)


async def over(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """It took place: whoever had promised has told, and whoever listened is asked what they will try."""
    held = await _held(session, gathering, now)
    await store.was_held(session, gathering)
    await _show(session, gathering, held, now)
    await harvest.after(session, gathering, await crediting.told(session, gathering), now)


async def _held(session: AsyncSession, gathering: Gathering, now: datetime) -> list[int]:
    """The turns that come to an end with their session, and nobody need swap any more."""
    held = [each for each in await turn_store.of_session(session, gathering) if each.state in HELD]
    for each in held:
        await swaps.end(session, each, now=now)
    return [each.id for each in held]


async def _show(session: AsyncSession, gathering: Gathering, telling_ids: list[int], now: datetime) -> None:
    """Their messages say what became of it."""
    for telling_id in telling_ids:
        turn = await turn_store.get(session, gathering.workspace_id, telling_id)
        await messages.show(session, gathering, turn, now=now)


KIND = GatheringKind(
    name=kind.NAME,
    noun="story session",
    untitled="Story session",
    lines=lines,
    member_rows=member_rows,
    host_rows=host_rows,
    planned=planned,
    moved=moved,
    changed=changed,
    called_off=called_off,
    over=over,
    cannot_come=leaving.cannot_come,
    takeaways=harvest_kind.KIND,
)
