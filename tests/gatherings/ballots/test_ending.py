"""A program ends or pauses: its votes are counted or off at once, their posts say so, and nothing waits for a next one."""

from sqlalchemy import select

from bot.gatherings.ballots import store
from bot.gatherings.models import Ballot, Proposal
from tests.features.roundtables import company
from tests.features.storytelling.evening import planned
from tests.gatherings.ballots.voting import room
from tests.members import walk
from tests.world import World


async def lead(world: World, program_id: int, action_id: str) -> None:
    """Lead presses a button of the program's page."""
    user = world.users["Lead"]
    await walk.open_home(world, user)
    for what, value in (("programs.open", str(program_id)), (action_id, str(program_id))):
        assert (await walk.press(world, user, action_id=what, value=value, anyway=True)).ok
        await world.settle()
    await world.move(seconds=30)  # several messages change by it, one about every second


async def ballots(world: World) -> list[Ballot]:
    async with world.bot.database.reading() as session:
        return list((await session.execute(select(Ballot).order_by(Ballot.id))).scalars())


async def states(world: World) -> dict[str, set[str]]:
    """The states of proposals, of members' and of ours."""
    async with world.bot.database.reading() as session:
        found = (await session.execute(select(Proposal))).scalars().all()
    return {
        "members": {each.state for each in found if each.member_id is not None},
        "ours": {each.state for each in found if each.member_id is None},
    }


async def test_the_theme_of_a_session_that_stays_is_what_most_had_voted_for_when_its_program_ended(any_world: World):
    at, _ = await planned(any_world)
    ballot = (await ballots(any_world))[0]
    async with any_world.bot.database.transaction() as session:
        found = await store.get(session, 1, ballot.id)
        mine, other = await store.put_up(
            session, found, "theme", [(None, "Soup"), (None, "Bread")], member_id=at.ids["Ada"], now=any_world.clock()
        )
        await store.vote(session, found, at.ids["Ada"], mine.id, any_world.clock())
    await lead(any_world, at.program_id, "programs.end")
    assert (await at.session()).title == "Soup"
    assert {each.state for each in await ballots(any_world)} == {store.CLOSED}
    assert await states(any_world) == {"members": {store.USED, store.WITHDRAWN}, "ours": {store.WITHDRAWN}}
    post = next(
        each for each in any_world.slack.history(at.channel) if "You chose: Soup" in each["text"]
    )  # another session's is beside it
    assert "next vote" not in walk.said(post)
    assert other.text == "Bread"


async def test_a_vote_on_what_will_not_come_is_off_once_its_program_has_ended(any_world: World):
    channels, program_id = await company.found(any_world, names=("design",), vote=True)
    (ada,) = await company.people(any_world, program_id, channels, "Ada")
    await any_world.move_to(company.TEN.replace(day=6, hour=12))
    await company.propose(any_world, ada, channels[0], "What did you stop doing this year?")
    await lead(any_world, program_id, "programs.end")
    (ballot,) = await ballots(any_world)
    assert (ballot.state, ballot.due_at) == (store.TAKEN_BACK, None)
    assert (await states(any_world))["members"] == {store.WITHDRAWN}
    post = company.ballot(any_world, channels[0])
    assert "This vote is off, because its program has ended." in walk.said(post)
    assert "gatherings.vote" not in str(post) and "gatherings.propose" not in str(post)


async def test_a_vote_goes_on_while_its_program_pauses_and_what_was_chosen_waits(world: World):
    channels, program_id = await company.found(world, names=("design",), vote=True)
    (ada,) = await company.people(world, program_id, channels, "Ada")
    await world.move_to(company.TEN.replace(day=6, hour=12))
    proposal = await company.propose(world, ada, channels[0], "What did you stop doing this year?")
    await lead(world, program_id, "programs.pause")
    await company.vote(world, ada, channels[0], proposal)
    await world.move_to(company.TEN.replace(day=12))
    assert "You chose: What did you stop doing this year?" in company.ballot(world, channels[0])["text"]
    await lead(world, program_id, "programs.resume")
    await world.move_to(company.TEN.replace(day=7, month=4))
    assert "What did you stop doing this year?" in walk.said(company.question(world, channels[0]))


async def test_a_vote_without_a_vote_promises_no_next_one_where_nothing_waits(world: World):
    at = await room(world)
    await at.open()
    await world.move(days=3, minutes=1)
    assert at.post()["text"] == "Which tea is next? Nobody voted this time."
