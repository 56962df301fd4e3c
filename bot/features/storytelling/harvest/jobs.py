"""The clock asks: right after a session what listeners will try, and two weeks later whether they did."""

from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.storytelling.harvest import messages, rules, schedule, store, views
from bot.features.storytelling.models import Telling
from bot.features.storytelling.preparing import store as pages
from bot.features.storytelling.tellers import store as turns
from bot.gatherings import facts, thanking
from bot.gatherings import store as gatherings
from bot.gatherings.coming.acting import ends_at
from bot.gatherings.models import Gathering
from bot.members import store as members
from bot.messages import Message, People
from bot.registry import Tools
from bot.scheduler import one_by_one

BATCH = 500


async def harvest(tools: Tools) -> int:
    """Ask after every session that is over."""
    async with tools.database.reading() as session:
        due = await schedule.harvests_due(session, tools.clock())
    return await one_by_one(tools, due, partial(harvest_one, tools))


async def harvest_one(tools: Tools, found: tuple[int, int]) -> None:
    """One session: its tellers and its thread at once, its listeners some hundreds a transaction; keys stop doubles."""
    beyond = 0
    while (reached := await _ask_some(tools, found, beyond)) is not None:
        beyond = reached


async def _ask_some(tools: Tools, found: tuple[int, int], beyond: int) -> int | None:
    now = tools.clock()
    async with tools.database.transaction() as session:
        gathering, story = await turns.lock(session, *found)
        if story.harvest_at is None or story.harvest_at > now:
            return None
        told = [each for each in await turns.of_session(session, gathering) if each.state == turns.TOLD]
        late = now >= ends_at(gathering) + rules.ASKED_FOR
        if beyond == 0:
            said = await facts.facts_of(session, gathering)
            if told and not late:
                await messages.in_thread(session, gathering, views.thread_question(said), now=now)
            await _offer_cards(session, gathering, told, tools)
        seats = await gatherings.seats(session, gathering, gatherings.COMING, beyond=beyond, limit=BATCH)
        if not seats or not told or late:
            story.harvest_at = None
            return None
        tellers = {each.member_id for each in told}
        ids = [each.member_id for each in seats if each.came is not False and each.member_id not in tellers]
        people = (await members.recipients(session, gathering.workspace_id, ids)).values()
        said = await facts.facts_of(session, gathering)
        thanks = await thanking.button(session, gathering, ids[0], tellers) if ids else None
        content = views.question(said, in_thread=messages.has_thread(gathering), thanks=thanks)
        asked = [messages.question(gathering, each, content, now) for each in people if each.reachable]
        await outbox.enqueue_all(session, asked, now=now)
        return seats[-1].member_id


async def _offer_cards(session: AsyncSession, gathering: Gathering, told: list[Telling], tools: Tools) -> None:
    now = tools.clock()
    for turn in told:
        member = await members.by_id(session, gathering.workspace_id, turn.member_id)
        if member is None or member.is_guest or member.deactivated_at is not None or member.left_at is not None:
            continue
        page = await pages.opened(session, await pages.row_of(session, turn))
        message = Message(
            workspace_id=gathering.workspace_id,
            kind=messages.CARD.name,
            subject=messages.subject_of(gathering.id),
            to=People((member.slack_id,), (member.id,)),
            dedupe_key=f"{messages.CARD.name}:{turn.id}",
            due_at=now,
            content=views.offer_card(turn.id, not page.is_empty),
        )
        await outbox.enqueue(session, message, now=now)


async def ask_whether_tried(tools: Tools) -> int:
    """Ask whoever said two weeks ago that they would try something."""
    async with tools.database.reading() as session:
        due = await schedule.asks_due(session, tools.clock())
    return await one_by_one(tools, due, partial(ask_one, tools))


async def ask_one(tools: Tools, found: tuple[int, int]) -> None:
    """One of them, once."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        row = await store.get(session, *found, lock=True)
        if row.ask_at is None or row.ask_at > now:
            return
        was_due, row.ask_at = row.ask_at, None
        people = await members.recipients(session, row.workspace_id, [row.member_id])
        if row.state == store.SHOWN and row.member_id in people:
            await outbox.enqueue(session, messages.did_you(row, people[row.member_id], was_due), now=now)
