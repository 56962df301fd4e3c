"""Somebody who is stuck is offered to meet somebody, where introductions run for them."""

from bot.features.introductions import helping
from tests.features.introductions.company import Company, found
from tests.world import World


async def offered(company: Company, member_id: int) -> str | None:
    async with company.database.reading() as session:
        button = await helping.meet_somebody(session, company.workspace_id, member_id)
    return button and button["value"]


async def test_whoever_takes_part_is_offered_to_meet_somebody(world: World):
    company = await found(world, 2)
    assert await offered(company, company.ids["Ada"]) == "my_programs"
    assert world.bot.registry.helps.count(helping.meet_somebody) == 1


async def test_where_no_introductions_run_nothing_is_offered(world: World):
    company = await found(world, 2)
    async with company.database.reading() as session:
        assert await helping.meet_somebody(session, company.workspace_id + 1, company.ids["Ada"]) is None
