"""Who is due gets a nudge in a batch; pauses, leaving, full weeks and late hours are respected."""

from datetime import timedelta

from sqlalchemy import select

from bot.delivery.models import Charge, Delivery
from bot.features.nudges import entries
from bot.features.nudges.models import Nudge, NudgeEntry, NudgeRhythm
from bot.features.nudges.sending import jobs
from bot.members import changes
from bot.members import store as members
from bot.members.models import Member
from tests.features.nudges.crew import first_nudge, join, member_of, nudges_of, rhythm_of, words
from tests.world import World


async def due_now(world: World, user: str, *, late: timedelta = timedelta(0)) -> None:
    """Have somebody due at this moment."""
    async with world.bot.database.transaction() as session:
        row = await session.get_one(NudgeRhythm, (await member_of(world, user)).id)
        row.due_at = world.clock() - late


async def state_of(world: World, kind: str = "nudges.nudge") -> list[str]:
    async with world.bot.database.reading() as session:
        query = select(Delivery.state).where(Delivery.kind == kind).order_by(Delivery.id)
        return list((await session.execute(query)).scalars())


async def test_a_batch_is_queued_in_one_go_and_nobody_gets_two(any_nudging: World):
    users = [await join(any_nudging, f"Person{number}", budget=10) for number in range(12)]
    await any_nudging.settle()
    for user in users:
        await due_now(any_nudging, user)
    tools = any_nudging.bot.tools
    assert await jobs.send_nudges(tools) == 12
    assert await jobs.send_nudges(tools) == 0
    for user in users:
        await due_now(any_nudging, user)
    assert await jobs.send_nudges(tools) == 12  # due again on the same day, and yet no second one
    assert [len(await nudges_of(any_nudging, user)) for user in users] == [1] * 12


async def test_an_hour_that_passed_while_nobody_was_there_is_not_made_up_for(nudging: World):
    ada = await join(nudging, "Ada")
    await due_now(nudging, ada, late=timedelta(hours=13))
    await nudging.settle()
    assert await nudges_of(nudging, ada) == []
    due = (await rhythm_of(nudging, ada)).due_at
    assert due is not None and due > nudging.clock()


async def test_a_pause_is_quiet_and_ends_by_itself(nudging: World):
    ada = await join(nudging, "Ada")
    async with nudging.bot.database.transaction() as session:
        member = await members.by_id(session, 1, (await member_of(nudging, ada)).id, lock=True)
        assert member is not None
        changes.pause(member, changes.today_of(member, nudging.clock()) + timedelta(days=14))
    await nudging.move(days=13)
    assert await nudges_of(nudging, ada) == []
    await nudging.move(days=9)
    assert len(await nudges_of(nudging, ada)) >= 1


async def test_whoever_leaves_while_one_is_queued_gets_none_and_comes_back_to_them(nudging: World):
    ada = await join(nudging, "Ada")
    await due_now(nudging, ada)
    await jobs.send_nudges(nudging.bot.tools)
    assert await state_of(nudging) == ["queued"]  # an hour before their day begins
    who = await member_of(nudging, ada)
    async with nudging.bot.database.transaction() as session:
        member = await members.by_id(session, who.workspace_id, who.id, lock=True)
        assert member is not None
        await changes.leave(session, member, now=nudging.clock())
    await nudging.move(days=10)
    assert nudging.messages_to(ada) == []
    assert await state_of(nudging) == ["withdrawn"]
    assert [each.state for each in await nudges_of(nudging, ada)] == ["lost"]
    assert (await rhythm_of(nudging, ada)).due_at is None
    async with nudging.bot.database.transaction() as session:
        member = await members.by_id(session, who.workspace_id, who.id, lock=True)
        assert member is not None
        await changes.join(session, member, now=nudging.clock())
    await first_nudge(nudging, ada)


async def test_a_deactivated_account_hears_nothing_and_gets_them_again_once_it_is_back(nudging: World):
    ada = await join(nudging, "Ada")
    nudging.slack.update_user(ada, deleted=True)
    await nudging.settle()
    await nudging.move(days=30)
    assert await nudges_of(nudging, ada) == []
    due = (await rhythm_of(nudging, ada)).due_at
    assert due is not None and due > nudging.clock()
    nudging.slack.update_user(ada, deleted=False)
    await nudging.move(days=15)
    assert len(await nudges_of(nudging, ada)) >= 2


async def test_a_full_week_gets_no_nudge(nudging: World):
    ada = await join(nudging, "Ada", budget=2)
    who = await member_of(nudging, ada)
    async with nudging.bot.database.transaction() as session:
        made = Delivery(
            workspace_id=1, verb="post", kind="x", message_class="appointment", priority=1, rank=1, subject="x",
            dedupe_key="x", wire_key="x", member_ids=[who.id], slack_ids=[ada], lane=ada, method="chat.postMessage",
            state="sent", due_at=nudging.clock(), created_at=nudging.clock(), settled_at=nudging.clock(),
        )  # fmt: skip
        session.add(made)
        await session.flush()
        today = nudging.clock().date()
        session.add(
            Charge(workspace_id=1, delivery_id=made.id, member_id=who.id, message_class="appointment", cost=2,
                   local_date=today, charged_at=nudging.clock())
        )  # fmt: skip
    await due_now(nudging, ada)
    await nudging.settle()
    assert await nudges_of(nudging, ada) == []


async def test_having_had_all_that_fit_is_said_once(nudging: World):
    ada = await join(nudging, "Ada")
    who = await member_of(nudging, ada)
    async with nudging.bot.database.transaction() as session:
        for number, slug in enumerate(await entries.shelf(session, who.workspace_id)):
            day = nudging.clock().date() - timedelta(days=1 + number)
            session.add(
                Nudge(workspace_id=1, member_id=who.id, day=day, slug=slug, theme="x", why=b"", state="sent",
                      created_at=nudging.clock(), ticked=[])
            )  # fmt: skip
    await nudging.move(days=21)
    told = [message for message in nudging.messages_to(ada) if "every nudge that fits you" in message["text"]]
    assert len(told) == 1


async def test_one_that_is_switched_off_while_it_waits_is_dropped_and_counts_as_never_had(nudging: World):
    ada = await join(nudging, "Ada")
    await due_now(nudging, ada)
    await jobs.send_nudges(nudging.bot.tools)
    (nudge,) = await nudges_of(nudging, ada)
    async with nudging.bot.database.transaction() as session:
        now = nudging.clock()
        session.add(NudgeEntry(workspace_id=1, slug=nudge.slug, body=None, off=True, version=1, changed_at=now))
    await nudging.move(hours=2)
    assert await state_of(nudging) == ["dropped"]
    assert [each.state for each in await nudges_of(nudging, ada)] == ["lost"]


async def test_one_persons_trouble_stays_theirs(nudging: World):
    users = [await join(nudging, name) for name in ("Ada", "Ben", "Cleo")]
    await nudging.settle()  # what Slack told of them is kept, so that nothing mends the zone again
    async with nudging.bot.database.transaction() as session:
        ben = await session.get_one(Member, (await member_of(nudging, users[1])).id)
        ben.tz = "Atlantis/Deep"
    for user in users:
        await due_now(nudging, user)
    await jobs.send_nudges(nudging.bot.tools)
    assert [len(await nudges_of(nudging, user)) for user in users] == [1, 0, 1]


async def test_who_was_in_before_there_were_nudges_is_planned_not_flooded(nudging: World):
    ada = await join(nudging, "Ada")
    async with nudging.bot.database.transaction() as session:
        row = await session.get_one(NudgeRhythm, (await member_of(nudging, ada)).id)
        row.due_at = nudging.clock() - timedelta(days=400)  # as the migration writes it
    await nudging.settle()
    assert await nudges_of(nudging, ada) == []
    assert len(words(await first_nudge(nudging, ada))) > 20
