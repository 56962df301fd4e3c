"""What other rooms know of people's days, and the nudge that follows from it."""

from datetime import timedelta
from typing import Any

from sqlalchemy import event

from bot.features.introductions import moments
from bot.features.introductions.checkins import views as checkins
from bot.features.introductions.meetings import views as meetings
from bot.features.introductions.models import Introduction, Meeting
from bot.features.nudges.library import built_in
from bot.features.nudges.sending.facts import gather
from bot.members.models import Member
from bot.members.moments import new_in_role
from tests.features.introductions.company import Company, found
from tests.features.introductions.pressing import press_last
from tests.features.nudges.crew import join, member_of, nudges_of
from tests.members import walk
from tests.world import World

RARELY: dict[str, Any] = {"zones": ["Europe/Lisbon"], "every_weeks": 12, "options": {"length_days": 4}}


async def of(company: Company, name: str) -> list[tuple[str, str]]:
    """(moment, reason) of everything introductions say about somebody now."""
    ids, now = list(company.ids.values()), company.world.clock()
    said = []
    async with company.database.reading() as session:
        for ask in (moments.meetings, moments.introductions):
            answer = await ask(session, company.workspace_id, ids, now)
            said += [(each.name, each.reason) for each in answer.get(company.ids[name], [])]
    return said


async def test_two_days_after_an_introduction_the_meeting_is_ahead_and_then_they_are_only_in_it(any_world: World):
    company = await found(any_world, 2, **RARELY)
    await company.round_now()
    await any_world.move(hours=2)  # into their hours
    assert ("before-first-meeting", "you were introduced to Ben today") in await of(company, "Ada")
    await any_world.move(days=1)
    assert ("before-first-meeting", "you were introduced to Ben yesterday") in await of(company, "Ada")
    await any_world.move(days=2)
    assert [name for name, _ in await of(company, "Ada")] == ["with-somebody"]


async def test_an_agreed_meeting_is_ahead_for_two_days_before_it(any_world: World):
    company = await found(any_world, 2, **RARELY)
    await company.round_now()
    introduction, _ = await company.group_of("Ada")
    starts = any_world.clock() + timedelta(days=3)
    async with company.database.transaction() as session:
        session.add(
            Meeting(introduction_id=introduction.id, workspace_id=company.workspace_id, uid="u", state="agreed",
                    proposed_by=1, accepted_by=[], starts_at=starts, turned_down=[])
        )  # fmt: skip
    await any_world.move(hours=23)
    assert all("you meet" not in reason for _, reason in await of(company, "Ada"))
    await any_world.move(hours=2)
    assert ("before-first-meeting", "you meet Ada on Thursday") in await of(company, "Ben")
    await any_world.move(days=3)
    assert all("you meet" not in reason for _, reason in await of(company, "Ben"))
    assert meetings.WORKS


async def test_not_met_is_a_moment_for_three_days_after_it_was_said(world: World):
    company = await found(world, 2, **RARELY)
    await company.round_now()
    await world.move(days=4, hours=3)
    await press_last(company, "Ada", checkins.NOT_YET)
    assert ("after-missed-meeting", "you and Ben have not met") in await of(company, "Ada")
    assert "after-missed-meeting" not in [name for name, _ in await of(company, "Ben")]
    await world.move(days=3)
    assert "after-missed-meeting" not in [name for name, _ in await of(company, "Ada")]


async def test_one_query_each_however_many_people_are_asked_about(world: World):
    company = await found(world, 8, **RARELY)
    await company.round_now()
    asked: list[str] = []
    listening = (world.bot.database.reader.sync_engine, "before_cursor_execute")
    heard = lambda *args: asked.append(args[2])  # noqa: E731
    event.listen(*listening, heard)
    ids = [*company.ids.values(), *range(1000, 1500)]
    async with company.database.reading() as session:
        await moments.meetings(session, company.workspace_id, ids, world.clock())
        await moments.introductions(session, company.workspace_id, ids, world.clock())
        await new_in_role(session, company.workspace_id, ids, world.clock())
    event.remove(*listening, heard)
    assert len([each for each in asked if each.startswith("SELECT")]) == 3


async def test_another_workspace_is_told_nothing(world: World):
    company = await found(world, 2, **RARELY)
    await company.round_now()
    ids, now = list(company.ids.values()), world.clock()
    async with company.database.reading() as session:
        assert await moments.introductions(session, 99, ids, now) == {}
        assert await new_in_role(session, 99, ids, now) == {}
        assert (await session.get_one(Introduction, 1)).workspace_id == company.workspace_id


async def test_a_changed_title_is_a_new_role_for_thirty_days_and_a_first_one_is_not(nudging: World):
    ada = await join(nudging, "Ada", title="")
    await nudging.move(minutes=1)
    nudging.slack.update_user(ada, title="Designer")
    await nudging.move(minutes=1)
    assert (await member_of(nudging, ada)).role_changed_at is None
    nudging.slack.update_user(ada, title="Design lead")
    await nudging.move(minutes=1)
    who = await member_of(nudging, ada)
    assert who.title == "Design lead"
    for days, holds in ((0, True), (29, True), (31, False)):
        async with nudging.bot.database.reading() as session:
            said = await new_in_role(session, who.workspace_id, [who.id], nudging.clock() + timedelta(days=days))
        assert bool(said) is holds
    await nudging.move(days=7)
    assert (await nudges_of(nudging, ada))[0].moment == "new-in-role"


async def test_a_team_named_on_the_way_in_is_no_new_role_and_another_one_is(world: World):
    ada = world.person("Ada")
    await walk.join(world, ada)
    assert (await member_of(world, ada)).role_changed_at is None
    await walk.open_home(world, ada)
    await walk.press(world, ada, action_id="members.go", value="settings")
    await world.settle()
    await walk.press(world, ada, action_id="members.edit_about")
    form = walk.modal(world, ada)["id"]
    assert not (await world.acts.submit(ada, form, walk.about("Brewery", "operations", "4"))).errors
    assert (await member_of(world, ada)).role_changed_at == world.clock()


async def test_who_offers_is_a_mentor_who_wants_a_mentee_and_everybody_a_peer(nudging: World):
    ada = await join(nudging, "Ada", offers=("SQL",), wants=("Saying no",), is_admin=True)
    ben = await join(nudging, "Ben")
    ids = [(await member_of(nudging, user)).id for user in (ada, ben)]
    async with nudging.bot.database.reading() as session:
        facts = await gather(session, 1, ids, nudging.clock())
    assert facts.people[ids[0]].roles == {"peer", "mentor", "mentee", "lead"}
    assert facts.people[ids[1]].roles == {"peer"}
    assert [each.theme for each in facts.people[ids[0]].leanings] == ["saying-no"]


async def test_a_week_without_anything_else_is_quiet_from_wednesday_on(nudging: World):
    ada = await join(nudging, "Ada")
    who: Member = await member_of(nudging, ada)
    quiet = []
    for _ in range(7):
        async with nudging.bot.database.reading() as session:
            facts = await gather(session, 1, [who.id], nudging.clock())
        quiet.append([each.name for each in facts.people[who.id].moments])
        await nudging.move(days=1)
    assert quiet == [[], [], *[["quiet-week"]] * 5]
    assert {built_in()[each.slug].moment for each in await nudges_of(nudging, ada)} <= {"any", "quiet-week"}
