"""In the make-believe company somebody sets a goal through the real form, and whoever is asked to follow answers."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from bot.features.goals.models import Goal, GoalFollower, GoalNote
from playground.beginning import Beginning
from playground.company import Company
from playground.living import Living


async def test_the_story_of_the_first_weeks_shows_a_goal(tmp_path: Path):
    living = Living(tmp_path / "files", company=Company.read().smaller(4))
    await living.start()
    await Beginning(living.company, living.workspace, living.hands, living.stepper).happen()
    await living.stepper.move_to(living.company.starts + timedelta(weeks=3, days=3))
    async with living.bot.perennial.database.reading() as session:
        (goal,) = (await session.execute(select(Goal))).scalars()
        (follower,) = (await session.execute(select(GoalFollower))).scalars()
        notes = list((await session.execute(select(GoalNote))).scalars())
    did = [act["did"] for act in living.workspace.acts(1000) if act["scripted"]]
    await living.stop()
    assert goal.state == "open"
    assert follower.state == "following"
    assert len(notes) == 1
    assert {"sent goals.new", "pressed goals.follow", "sent goals.note"} <= set(did)
