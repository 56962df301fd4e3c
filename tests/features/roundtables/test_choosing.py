"""Where a prompt comes from: what members voted for, what at least five people want to learn, or our own."""

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.features.goals import store as goals
from bot.features.goals.saying import Text
from bot.features.questions.models import Question, QuestionSkill
from bot.features.roundtables.written import kind, library, tags, wishes
from bot.members import changes
from bot.members import store as members
from bot.members.models import Member, Skill
from bot.programs import store as programs
from tests.features.reflections.writing import go, member_of
from tests.features.roundtables import company
from tests.features.roundtables.company import TEN
from tests.members import walk
from tests.world import World

FRIDAY = datetime.fromisoformat("2026-03-06T10:00:20+00:00")


async def test_what_members_voted_for_is_posted_and_a_vote_after_the_end_changes_nothing(world: World):
    channels, program_id = await company.found(world, names=("design",), vote=True)
    (ada,) = await company.people(world, program_id, channels, "Ada")
    await world.move_to(FRIDAY)
    await world.move(seconds=20)
    shown = walk.said(company.ballot(world, channels[0]))
    assert len([each for each in library.prompts().values() if each.question in shown]) == 3
    proposal = await company.propose(world, ada, channels[0], "What did you stop doing this year?")
    await company.vote(world, ada, channels[0], proposal)
    await world.move_to(TEN)
    await world.move(seconds=20)
    assert company.question(world, channels[0])["text"] == "What did you stop doing this year?"
    await company.vote(world, ada, channels[0], proposal, anyway=True)
    assert "This vote is over" in world.slack.history(channels[0], viewer=ada)[0]["text"]
    (round_,) = await company.rounds(world)
    assert (round_.proposal_id, round_.slug) == (proposal.id, None)


async def test_without_a_vote_one_of_our_own_is_posted_and_a_moved_date_opens_no_second_vote(world: World):
    channels, program_id = await company.found(world, names=("design",), vote=True)
    await world.move_to(FRIDAY)
    await world.move(seconds=20)
    async with world.bot.database.transaction() as session:
        program = await programs.get(session, 1, program_id, lock=True)
        program.weekday, program.version = 2, program.version + 1
        await programs.reschedule(session, program, world.clock())
    await world.move_to(datetime.fromisoformat("2026-03-11T10:00:20+00:00"))
    await world.move(seconds=20)
    assert str(world.slack.history(channels[0])).count("Propose something") == 0
    votes = [each for each in world.slack.history(channels[0]) if "Which question shall" in str(each.get("text"))]
    assert len(votes) == 1
    assert company.question(world, channels[0])["text"] in {each.question for each in library.prompts().values()}


async def test_the_next_vote_has_other_questions_of_ours(world: World):
    channels, _ = await company.found(world, names=("design",), vote=True)
    offered: list[set[str]] = []
    for month in range(3):
        await world.move_to(FRIDAY + timedelta(weeks=4 * month))
        await world.move(seconds=20)
        shown = walk.said(company.ballot(world, channels[0]))
        offered.append({each.slug for each in library.prompts().values() if each.question in shown})
    assert [len(each) for each in offered] == [3, 3, 3]
    assert len(set().union(*offered)) == 9


async def wanting(world: World, users: list[str], skill: str) -> None:
    for user in users:
        async with world.bot.database.transaction() as session:
            found = await members.by_slack_id(session, 1, user)
            assert found is not None
            await changes.set_skills(session, found, changes.Skills(wants=(skill,)))


async def counted(world: World) -> dict[str, int]:
    async with world.bot.database.reading() as session:
        return {slug: each.people for slug, each in (await wishes.counted(session, 1)).items()}


async def test_a_skill_that_five_people_want_becomes_a_prompt_and_a_lead_reads_of_it(world: World):
    channels, program_id = await company.found(world, names=("design",))
    users = await company.people(world, program_id, channels, "Ada", "Ben", "Cleo", "Dan", "Eve")
    await wanting(world, users, "Pricing")
    await world.move_to(TEN)
    await world.move(seconds=20)
    post = company.question(world, channels[0])
    assert post["text"].startswith("Pricing: ")
    assert "From what at least five people here want to learn." in walk.said(post)
    assert not any(name in str(post) for name in ("Ada", "Ben", "Cleo", "Dan", "Eve"))
    async with world.bot.database.reading() as session:
        program = await programs.get(session, 1, program_id)
        assert await kind.summary(session, program) == (
            "No round has closed so far. From what at least five people want to learn: Pricing."
        )
    await world.move(days=28)
    assert "Pricing" not in company.question(world, channels[0])["text"]


async def test_one_who_keeps_their_tags_out_makes_five_four(world: World):
    channels, program_id = await company.found(world, names=("design",))
    users = await company.people(world, program_id, channels, "Ada", "Ben", "Cleo", "Dan", "Eve")
    await wanting(world, users, "Pricing")
    assert await counted(world) == {"pricing": 5}
    assert "Skills you want or asked about may inspire one" in await go(world, users[0], "settings")
    await walk.press(world, users[0], action_id=tags.OPEN)
    form = walk.modal(world, users[0])
    assert (await world.acts.submit(users[0], form["id"], {"tags": {"tags": []}})).errors == {}
    await world.settle()
    await world.move(seconds=6)
    assert await counted(world) == {"pricing": 4}
    assert "Nothing of yours inspires one." in await go(world, users[0], "settings")
    await world.move_to(TEN)
    await world.move(seconds=20)
    assert "Pricing" not in company.question(world, channels[0])["text"]


async def test_questions_count_under_ones_own_name_and_goals_only_where_switched_on(any_world: World):
    world = any_world
    channels, program_id = await company.found(world, names=("design",))
    users = await company.people(world, program_id, channels, "Ada", "Ben", "Cleo")
    await wanting(world, users[:1], "SQL")
    ids = [(await member_of(world, user)).id for user in users]
    async with world.bot.database.transaction() as session:
        skill = (await session.execute(select(Skill.id).where(Skill.slug == "sql"))).scalar_one()
        for number, (asker, alias) in enumerate([(ids[1], ""), (None, "Quiet Heron")]):
            row = Question(
                workspace_id=1, token=f"t{number}", asker_id=asker, asker_hash=b"h", asker_sealed=b"s", alias=alias,
                kind="question", pace="days", audience="everyone", body=b"b", state="open", asked_at=world.clock(),
                changed_at=world.clock(), version=1, step=0,
            )  # fmt: skip
            session.add(row)
            await session.flush()
            session.add(QuestionSkill(question_id=row.id, skill_id=skill, workspace_id=1))
        cleo = (await session.execute(select(Member).where(Member.id == ids[2]))).scalar_one()
        await goals.add(session, cleo, Text("Read our reports", skill=" sql "), "none", world.clock())
    assert await counted(world) == {"sql": 2}
    async with world.bot.database.transaction() as session:
        await tags.choose(session, 1, ids[2], [tags.SKILLS, tags.GOALS])
    assert await counted(world) == {"sql": 3}
    async with world.bot.database.transaction() as session:
        await tags.choose(session, 1, ids[2], [])
        await tags.choose(session, 1, ids[1], [tags.GOALS])
    assert await counted(world) == {"sql": 1}
