"""A quarter of somebody who is asked once a week, answers by reply, and finds it again; nobody else finds anything."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise

from sqlalchemy import select

from bot.delivery.models import Charge
from bot.features.reflections import library
from tests.features.reflections import writing
from tests.members import walk
from tests.world import World

WEEKS = 13
ANSWERS = [
    "I sent the two questions before the call, and it took ten minutes.",
    "At the third slide the questions stopped. I had used a word only my team knows.",
    "Le café avec Inès: she asked who would miss the report.",
    "I wrote the short version first.",
]


async def test_thirteen_weeks_of_questions_answered_in_the_thread(world: World):
    ada, ben, lea = (
        *(await writing.joined(world, "Ada", "Ben")),
        *(await writing.joined(world, "Lea", is_admin=True)),
    )
    await writing.asked_weekly(world, ada)
    for week in range(WEEKS):
        question = await writing.to_the_next_question(world, ada)
        if week % 3 != 2:
            await writing.reply_to(world, ada, question, f"{ANSWERS[week % 4]} Week {week}.")
    await the_questions_vary(world, ada)
    await the_budget_is_kept(world, ada)
    await she_finds_it_again(world, ada)
    for user in (ben, lea):
        for place in ("front", "journal", "journal:entry:1", "programs"):
            assert "café" not in await writing.go(world, user, place)


async def the_questions_vary(world: World, user: str) -> None:
    """Core questions in turns; between them something new each time."""
    asked = [prompt.slug for prompt in await writing.prompts(world, user)]
    assert len(asked) == WEEKS
    core, others = [slug for slug in asked if slug in library.core()], [s for s in asked if s not in library.core()]
    assert core == (library.core() * 3)[:7]
    assert len(set(others)) == len(others) == 6
    assert max(Counter(library.prompts()[slug].theme for slug in others).values()) == 1


async def the_budget_is_kept(world: World, user: str) -> None:
    """One unasked message a week, and not one for what was said in answer."""
    member = await writing.member_of(world, user)
    async with world.bot.database.reading() as session:
        days = list((await session.execute(select(Charge.local_date).where(Charge.member_id == member.id))).scalars())
    assert len(days) == WEEKS
    assert {later - earlier for earlier, later in pairwise(days)} == {timedelta(days=7)}


async def she_finds_it_again(world: World, user: str) -> None:
    """By search, and by month."""
    assert len(await writing.entries(world, user)) == 9
    await writing.go(world, user, "journal")
    await writing.press_home(world, user, "reflections.search")
    await writing.hand_in(world, user, {"query": {"query": "CAFE ines"}})
    found = walk.said(walk.modal(world, user))
    assert "Le café avec Inès" in found
    assert "short version" not in found
    assert "March 2026" in await writing.go(world, user, "journal:month:2026-03")
