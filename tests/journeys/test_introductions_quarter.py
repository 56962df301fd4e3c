"""A quarter in a company of twenty-four: thirteen rounds, with people coming, leaving, and silent ones."""

from collections import Counter, defaultdict
from datetime import timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.delivery.models import Charge, Delivery
from bot.delivery.rules import iso_week
from bot.features.introductions.checkins import views as checkins
from bot.features.introductions.models import Introduction, IntroductionMember
from bot.members.models import Member
from bot.programs.models import Program, Round
from tests.features.introductions.company import Company, found, join_later
from tests.features.introductions.pressing import buttons
from tests.world import World

WEEKS = 13
WEEK = timedelta(days=7)
WINDOW = 6
PEOPLE = 24  # each may meet 23 others, nearly four windows of them; six more come, one leaves, and one pauses


async def test_thirteen_weeks_bring_everybody_new_people_within_their_budget(world: World):
    company = await found(world, PEOPLE)
    for week in range(WEEKS):
        await world.move(days=7)
        await happen(company, week)
        await answer(company, week)
    await world.move(days=2)
    await everybody_met_somebody_new_each_round(company)
    await nobody_was_asked_too_much(company)
    await nobody_was_told_twice(company)


async def happen(company: Company, week: int) -> None:
    """What a company does to a program."""
    world = company.world
    if week == 2:
        await join_later(company, "Newcomer", 6)  # an odd number from now on
    if week == 4:
        world.slack.update_user(company.users["Leo"], deleted=True)
    if week == 6:
        async with company.database.transaction() as session:
            member = await session.get_one(Member, company.ids["Mia"])
            member.paused_until = (world.clock() + timedelta(days=14)).date()
    if week == 10:
        world.slack.archive(company.channel)
    await world.settle()


async def answer(company: Company, week: int) -> None:
    """Everybody says in one week of three that they met, under the question they were asked."""
    world = company.world
    names = {member_id: name for name, member_id in company.ids.items()}
    async with company.database.reading() as session:
        query = select(Delivery).where(Delivery.kind == "introductions.check_in", Delivery.state == "sent")
        asked = list((await session.execute(query.where(Delivery.settled_at > world.clock() - WEEK))).scalars())
    for question in asked:
        (member_id,) = question.member_ids
        user = company.users[names[member_id]]
        message = world.slack.message(question.channel, question.ts)
        if (member_id + week) % 3 == 0 and not world.slack.user(user)["deleted"]:
            button = next((each for each in buttons(message) if each["action_id"] == checkins.MET), None)
            if button is not None:
                await world.acts.click(user, channel=question.channel, ts=question.ts, action_id=checkins.MET)
    await world.settle()


async def everybody_met_somebody_new_each_round(company: Company) -> None:
    async with company.database.reading() as session:
        rounds = list((await session.execute(select(Round).order_by(Round.number))).scalars())
        program = await session.get_one(Program, company.program_id)
        seats = await session.execute(
            select(Introduction.round_id, Introduction.id, IntroductionMember.member_id)
            .join(IntroductionMember, IntroductionMember.introduction_id == Introduction.id)
            .where(Introduction.state.in_(("sent", "closed")))
        )
        groups: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for round_id, introduction_id, member_id in seats:
            groups[round_id][introduction_id].append(member_id)
    assert program.pause_reason == "archived"
    opened = [row.id for row in rounds if row.id in groups]
    assert len(opened) >= 10
    last_met: dict[tuple[int, int], int] = {}
    for number, round_id in enumerate(opened):
        seated = Counter(member for group in groups[round_id].values() for member in group)
        assert set(seated.values()) == {1}, "nobody sits in two introductions of a round"
        assert len(seated) >= PEOPLE - 3
        for group in groups[round_id].values():
            assert len(group) in (2, 3)
            for pair in combinations(sorted(group), 2):
                assert number - last_met.get(pair, -99) > WINDOW, "two people met again too soon"
                last_met[pair] = number


async def nobody_was_asked_too_much(company: Company) -> None:
    async with company.database.reading() as session:
        people = {member.id: member for member in (await session.execute(select(Member))).scalars()}
        charges = list((await session.execute(select(Charge).order_by(Charge.charged_at, Charge.id))).scalars())
    spent: Counter[tuple[int, tuple[int, int]]] = Counter()
    a_day: Counter[tuple[int, object]] = Counter()
    for charge in charges:
        member, week = people[charge.member_id], iso_week(charge.local_date)
        spent[member.id, week] += charge.cost
        if charge.message_class != "suggestion":
            continue
        a_day[member.id, charge.local_date] += 1
        assert spent[member.id, week] <= member.weekly_budget
        assert a_day[member.id, charge.local_date] <= 2
        local = charge.charged_at.astimezone(ZoneInfo(member.tz))
        assert local.weekday() in member.work_days
        assert member.hours_start <= local.hour * 60 + local.minute < member.hours_end
    assert charges


async def nobody_was_told_twice(company: Company) -> None:
    async with company.database.reading() as session:
        sent = (await session.execute(select(Delivery.kind, Delivery.state))).all()
    states = Counter(state for _, state in sent)
    assert not {"parked", "unknown", "sending"} & states.keys()
    for introduction, _ in await company.introductions("sent", "closed"):
        hellos = [
            message
            for message in company.messages_in(introduction.channel or "", company.world.slack.bot_user_id)
            if "meet each other" in message["text"] and message["ts"] == introduction.ts
        ]
        assert len(hellos) == 1
