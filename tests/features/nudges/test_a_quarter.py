"""A quarter of nudges for one person: fitting, varied, never twice, and within what they welcome."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise

from sqlalchemy import select

from bot.delivery.models import Charge
from bot.features.nudges.answers import views
from bot.features.nudges.library import built_in
from bot.features.nudges.models import Nudge
from bot.members import changes
from bot.members import store as members
from tests.features.nudges.crew import dots, join, member_of, menu_of, nudges_of, press
from tests.world import World

WEEKS = 13


async def live(world: World, user: str) -> None:
    """A quarter, day by day: most nudges are answered, one in seven with "less like this"."""
    for day in range(7 * WEEKS):
        await world.move(days=1)
        newest = world.messages_to(user)[-1:]
        if newest and menu_of(newest[0]):
            if day % 7 == 5:
                await dots(world, user, views.LESS)
            elif day % 3:
                await press(world, user, views.DID if day % 2 else views.NOT_NOW)


async def test_a_quarter_of_nudges_is_varied_and_within_the_budget(nudging: World):
    ada = await join(nudging, "Ada", offers=("SQL",), wants=("Saying no",))
    who = await member_of(nudging, ada)
    async with nudging.bot.database.transaction() as session:
        member = await members.by_id(session, who.workspace_id, who.id, lock=True)
        assert member is not None
        changes.set_hours(member, changes.Hours(9 * 60, 17 * 60, (0, 1, 2, 3, 4), 4))
        await session.flush()
    await live(nudging, ada)
    had = [each for each in await nudges_of(nudging, ada) if each.state == "sent"]
    assert len(had) == 2 * WEEKS
    assert len({each.slug for each in had}) == len(had)
    assert all(one.theme != other.theme for one, other in pairwise(had))
    themes = Counter(each.theme for each in had)
    assert len(themes) >= 10
    assert themes.most_common(1)[0][0] == "saying-no"  # what they want to learn comes more often than the rest …
    assert themes["saying-no"] <= 8  # … and is not all there is
    assert all(count <= 4 for theme, count in themes.items() if theme != "saying-no")
    assert {built_in()[each.slug].moment for each in had} <= {"any", "quiet-week"}
    assert not [one for one, other in pairwise(had) if other.day - one.day < timedelta(days=2)]
    await stays_within(nudging, who.id, 4)


async def stays_within(world: World, member_id: int, budget: int) -> None:
    async with world.bot.database.reading() as session:
        query = select(Charge.local_date).where(Charge.member_id == member_id)
        days = list((await session.execute(query)).scalars())
    assert max(Counter(day.isocalendar()[:2] for day in days).values()) <= budget
    assert max(Counter(days).values()) <= 2


async def test_whoever_welcomes_one_message_a_week_gets_no_more_than_that_though_they_asked_for_a_daily_one(
    nudging: World,
):
    ada = await join(nudging, "Ada", budget=1)
    channel = nudging.slack.open_dm(nudging.slack.bot_user_id, ada)
    await nudging.acts.command(ada, channel, "nudges")
    await nudging.settle()
    await nudging.acts.submit(ada, nudging.slack.modals(ada)[-1]["id"], {views.CADENCE: {views.CADENCE: "daily"}})
    await nudging.move(days=28)
    had = await nudges_of(nudging, ada)
    assert [each.state for each in had] == ["sent"] * 4
    async with nudging.bot.database.reading() as session:
        assert len((await session.execute(select(Nudge.id))).all()) == 4
    await stays_within(nudging, (await member_of(nudging, ada)).id, 1)
