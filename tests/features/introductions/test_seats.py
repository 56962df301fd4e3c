"""Who has no seat, loses it or comes late: told, seated anew, or owed; and a round taken back, stopped, or interrupted."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.delivery.models import Delivery
from bot.features.introductions.checkins import views as checkins
from bot.features.introductions.making import jobs, store, writing
from bot.features.introductions.models import Unseated
from bot.features.introductions.replay import replay
from bot.programs import rounds
from bot.programs import store as programs
from tests.features.introductions.company import Company, found, join_later
from tests.features.introductions.pressing import last_to
from tests.world import World

LISBON = ["Europe/Lisbon"]
EARLY = datetime(2026, 3, 3, 5, tzinfo=UTC)  # nobody is at work yet


async def early_round(world: World, people: int) -> Company:
    """A round opened before anybody's hours: matched and written, and not yet sent."""
    company = await found(world, people, zones=LISBON, every_weeks=12)
    await world.move_to(EARLY)
    await company.round_now()
    return company


async def deactivate(company: Company, name: str) -> None:
    """Slack says that the account is deactivated."""
    company.world.slack.update_user(company.users[name], deleted=True)
    await company.world.settle()
    assert (await company.member(name)).deactivated_at is not None


async def test_a_partner_who_is_gone_dissolves_the_pair_and_the_other_joins_another(world: World):
    company = await early_round(world, 4)
    _, (partner,) = await company.group_of("Ada")
    await deactivate(company, partner)
    await world.move_to(EARLY + timedelta(hours=8))
    assert any("falls through" in message["text"] for message in world.messages_to(company.users["Ada"]))
    introduction, others = await company.group_of("Ada")
    assert introduction.state == "sent"
    assert len(others) == 2
    assert partner not in others
    moved = await company.introductions("moved")
    assert len(moved) == 1
    pointer = company.messages_in(moved[0][0].channel or "", company.users[others[0]])[-1]
    assert "Ada joins you" in pointer["text"]


async def test_two_late_joiners_meet_each_other_and_a_single_one_joins_a_pair(world: World):
    company = await found(world, 4, zones=LISBON, every_weeks=12)
    await company.round_now()
    await world.move(hours=3)
    await join_later(company, "Lou", 4)
    await join_later(company, "Mel", 5)
    await world.move(hours=2)
    assert (await company.group_of("Lou"))[1] == ["Mel"]
    await join_later(company, "Zed", 6)
    await world.move(hours=2)
    _, others = await company.group_of("Zed")
    assert len(others) == 2


async def test_nobody_joins_a_pair_that_has_met_or_a_round_of_last_week(world: World):
    company = await found(world, 2, zones=LISBON, every_weeks=12)
    await company.round_now()
    await world.move(hours=3)
    introduction, _ = await company.group_of("Ada")
    ada = company.users["Ada"]
    await world.acts.open_home(ada)
    await world.settle()
    await world.acts.click(ada, action_id=checkins.MET, value=str(introduction.id), anyway=True)
    await join_later(company, "Lou")
    await world.move(hours=20)
    async with company.database.reading() as session:
        row = (await session.execute(select(Unseated))).scalar_one()
    assert (row.state, row.reason) == ("owed", "late")
    assert "next time you come first" in last_to(company, "Lou")[1]["text"]
    await world.move(days=3)
    await join_later(company, "Mel")
    async with company.database.reading() as session:
        assert len((await session.execute(select(Unseated))).scalars().all()) == 1


async def test_whoever_nobody_may_meet_is_told_and_owed(world: World):
    company = await found(world, 1, zones=LISBON, every_weeks=12)
    await company.round_now()
    await world.move(hours=3)
    assert "No introduction for you this round" in last_to(company, "Ada")[1]["text"]


async def test_an_odd_one_makes_a_trio(world: World):
    company = await found(world, 5, zones=LISBON, every_weeks=12)
    await company.round_now()
    await world.move(hours=3)
    assert sorted(len(people) for _, people in await company.introductions("sent")) == [2, 3]


async def test_a_round_sent_by_hand_can_be_undone_until_it_leaves_and_keeps_its_seating(world: World):
    company = await found(world, 4, zones=LISBON, every_weeks=12)
    await world.move(hours=4)
    row_id = await _send_now(company)
    await world.settle()
    async with company.database.transaction() as session:
        row = await programs.get_round(session, company.workspace_id, row_id, lock=True)
        program = await programs.get(session, company.workspace_id, company.program_id, lock=True)
        plan = await store.plan_of(session, company.workspace_id, row_id)
        assert plan is not None
        before = plan.result
        await rounds.undo_send(session, row, program, world.clock())
        assert row.state == "draft"
    await world.move(hours=1)
    assert await company.introductions() == []
    assert await _send_now(company) == row_id
    await world.move(minutes=30)
    async with company.database.reading() as session:
        plan = await store.plan_of(session, company.workspace_id, row_id)
        assert plan is not None
        assert plan.result == before
    assert len(await company.introductions("sent")) == 2


async def _send_now(company: Company) -> int:
    async with company.database.transaction() as session:
        program = await programs.get(session, company.workspace_id, company.program_id, lock=True)
        return (await rounds.send_now(session, program, company.world.clock())).id


async def test_sending_seats_anew_only_what_a_leaver_left_open_and_replays(world: World):
    company = await found(world, 8, zones=LISBON, every_weeks=12)
    await world.move(hours=4)
    row_id = await _send_now(company)
    await world.settle()
    async with company.database.reading() as session:
        plan = await store.plan_of(session, company.workspace_id, row_id)
        assert plan is not None and plan.result is not None
        before = {tuple(group) for group in plan.result["groups"]}
    gone = company.ids["Ada"]
    await deactivate(company, "Ada")
    await world.move(minutes=15)
    after = {tuple(row.member_id for row in people) for _, people in await company.introductions("planned", "sent")}
    untouched = {group for group in before if gone not in group}
    assert len(untouched & after) >= len(untouched) - 1
    assert not any(gone in group for group in after)
    again = await replay(world.bot.tools, row_id)
    assert again.same
    assert again.people == 7


async def test_a_stopped_round_takes_back_what_has_not_left(world: World):
    company = await early_round(world, 6)
    async with company.database.transaction() as session:
        program = await programs.get(session, company.workspace_id, company.program_id, lock=True)
        row = await programs.newest_round(session, program)
        assert row is not None
        outcome = await rounds.stop_round(session, row, program, world.clock())
    assert outcome == "Nobody had got an introduction yet."
    await world.move(hours=8)
    assert await company.introductions("sent") == []
    async with company.database.reading() as session:
        states = (await session.execute(select(Delivery.state).where(Delivery.kind == "introductions.hello"))).scalars()
        assert set(states) == {"withdrawn"}


async def test_whatever_step_a_crash_interrupts_the_round_ends_the_same(any_world: World):
    """The bot dies after each state in turn and another takes over; nobody is introduced twice."""
    world = any_world
    company = await found(world, 6, zones=LISBON, every_weeks=12)
    tools = world.bot.tools
    await company.due_now()
    await world.bot.registry.schedule.jobs["open rounds"].run(tools)
    row = await company.newest_round()
    claimed = await jobs.claim(tools, company.workspace_id, row.id)
    assert claimed is not None
    await jobs.freeze(tools, company.workspace_id, row.id)  # dies with its inputs frozen
    claimed = await _restart_and_claim(company, row.id)
    await jobs.match(world.bot.tools, claimed)  # dies matched
    claimed = await _restart_and_claim(company, row.id)
    await writing.write(world.bot.tools, company.workspace_id, row.id, claimed.lease)  # dies written, not sealed
    stale = claimed
    await _restart(company)
    await world.move(hours=3)
    assert (await company.newest_round()).state == "sealed"
    await writing.seal(world.bot.tools, company.workspace_id, row.id, stale.lease)  # the first one comes back late
    seated = [person.member_id for _, people in await company.introductions("sent") for person in people]
    assert sorted(seated) == sorted(company.ids.values())
    async with company.database.reading() as session:
        hellos = await session.execute(select(Delivery.id).where(Delivery.kind == "introductions.hello"))
        assert len(hellos.all()) == 3
    assert (await replay(world.bot.tools, row.id)).same


async def _restart(company: Company) -> None:
    """The process is gone and another one starts, after the lease."""
    world = company.world
    assert world.side is not None
    await world.side.stop()
    await world.start_bot()
    world.clock.move_to(world.clock() + jobs.LEASE)


async def _restart_and_claim(company: Company, round_id: int) -> jobs.Claimed:
    await _restart(company)
    claimed = await jobs.claim(company.world.bot.tools, company.workspace_id, round_id)
    assert claimed is not None
    return claimed


async def test_a_change_to_what_was_stored_is_noticed_when_it_is_made_again(world: World):
    company = await found(world, 6, zones=LISBON, every_weeks=12)
    row = await company.round_now()
    async with company.database.transaction() as session:
        plan = await store.plan_of(session, company.workspace_id, row.id, lock=True)
        assert plan is not None and plan.result is not None
        groups = [list(group) for group in plan.result["groups"]]
        groups[0][0], groups[1][0] = groups[1][0], groups[0][0]
        plan.result = plan.result | {"groups": groups}
    again = await replay(world.bot.tools, row.id)
    assert not again.same
    assert again.differing == 2
