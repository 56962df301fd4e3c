"""In the make-believe company people thank each other after they met, and a lead has chosen a channel for it."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from bot.features.recognition.models import Thanks, ThanksPlace
from playground.beginning import Beginning
from playground.company import Company
from playground.living import Living


async def test_the_story_of_the_first_weeks_shows_thanks(tmp_path: Path):
    living = Living(tmp_path / "files", company=Company.read().smaller(6))
    await living.start()
    await Beginning(living.company, living.workspace, living.hands, living.stepper).happen()
    await living.stepper.move_to(living.company.starts + timedelta(weeks=4, days=3))
    async with living.bot.perennial.database.reading() as session:
        (place,) = (await session.execute(select(ThanksPlace))).scalars()
        said = list((await session.execute(select(Thanks))).scalars())
    did = [act["did"] for act in living.workspace.acts(1000) if act["scripted"]]
    await living.stop()
    assert place.channel == living.company.channel_named(living.workspace, "general")
    assert any(row.occasion.startswith("introduction:") for row in said)
    assert {"sent recognition.place_form", "sent recognition.give"} <= set(did)
