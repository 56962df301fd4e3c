"""Who might be asked, as it is looked up: nobody who is away, full, apart, no reader of it, or has had it before."""

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.features.questions import store
from bot.features.questions.models import Asked, Helping, Question
from bot.features.questions.routing import asking_people, audiences, candidates, rules
from bot.features.questions.rules import Draft, Words
from bot.members import changes
from bot.members.commitments.models import Commitment, Room
from bot.members.models import Apart, Member
from tests.conftest import MONDAY
from tests.programs.conftest import enrolled, person, program, workspace

SKILL = ("Negotiation",)
NOW = MONDAY


class Crew:
    """People of one workspace, by name, who all offer the same unless a test says otherwise."""

    def __init__(self, session: AsyncSession, workspace_id: int, ana: Member) -> None:
        self.session, self.here, self.ana = session, workspace_id, ana
        self.names: dict[int, str] = {}

    async def add(self, name: str, offers: tuple[str, ...] = SKILL, **facts: object) -> Member:
        member = await person(self.session, self.here, name, tz="Europe/Lisbon", **facts)
        await changes.set_skills(self.session, member, changes.Skills(offers=offers))
        self.names[member.id] = name
        return member

    async def ask(self, audience: str = "everyone", skills: tuple[str, ...] = SKILL, alias: str = "") -> Question:
        draft = Draft(Words("How?"), "question", "days", audience, skills)
        return await store.add(self.session, self.here, self.ana.id, draft, alias=alias, now=NOW)

    async def chosen(self, question: Question, many: int = 99) -> list[str]:
        found = await candidates.choose(self.session, question, many, now=NOW, seed="seed")
        return [self.names[each.member_id] for each in found]

    async def was_asked(self, question: Question, member: Member, state: str, **facts: object) -> None:
        given = {"step": 0, "reasons": [], "asked_at": NOW - timedelta(days=2), "ended_at": NOW - timedelta(days=1)}
        row = {"workspace_id": self.here, "question_id": question.id, "member_id": member.id, "state": state}
        self.session.add(Asked(**(row | given | facts)))
        await self.session.flush()


async def crew(session: AsyncSession) -> Crew:
    here = (await workspace(session)).id
    ana = await person(session, here, "Ana", tz="Europe/Lisbon")
    made = Crew(session, here, ana)
    made.names[ana.id] = "Ana"
    await changes.set_skills(session, ana, changes.Skills(offers=SKILL))
    return made


async def test_only_who_is_here_has_room_knows_it_and_may_be_put_together_with_them_is_found(database: Database):
    async with database.transaction() as session:
        people = await crew(session)
        await people.add("Hana")
        await people.add("Cook", ("Cooking",))
        await people.add("Left", left_at=NOW)
        await people.add("Gone", deactivated_at=NOW)
        await people.add("Guest", is_guest=True)
        await people.add("Away", paused_until=(NOW + timedelta(days=9)).date())
        await people.add("Never", work_days=[])
        full, closed = await people.add("Full"), await people.add("Closed")
        session.add(Room(member_id=full.id, workspace_id=people.here, cap=1))
        commitment = {"workspace_id": people.here, "kind": "question", "subject": "question:99", "started_at": NOW}
        session.add(Commitment(member_id=full.id, ended_at=NOW, **commitment))
        session.add(Room(member_id=closed.id, workspace_id=people.here, closed_until=NOW + timedelta(days=3)))
        apart, other = await people.add("Apart"), await people.add("Other")
        session.add(Apart(member_id=apart.id, other_id=people.ana.id, workspace_id=people.here))
        session.add(Apart(member_id=people.ana.id, other_id=other.id, workspace_id=people.here))
        picky = await people.add("Picky")
        session.add(Helping(member_id=picky.id, workspace_id=people.here, kinds=["review"], changed_at=NOW))
        await session.flush()
        assert await people.chosen(await people.ask()) == ["Hana"]
        assert sorted(await people.chosen(await people.ask(skills=()))) == ["Cook", "Hana"]


async def test_who_passed_is_left_out_who_was_interrupted_is_not_and_two_silences_are_a_rest(database: Database):
    async with database.transaction() as session:
        people = await crew(session)
        hana, ben, mina = [await people.add(name) for name in ("Hana", "Ben", "Mina")]
        question, first, second = [await people.ask() for _ in range(3)]
        await people.was_asked(question, hana, "passed")
        await people.was_asked(question, ben, "over")
        for old in (first, second):
            await people.was_asked(old, mina, "lapsed")
        assert await people.chosen(question) == ["Ben"]


async def test_who_answered_the_asker_last_comes_last_alias_or_not(database: Database):
    async with database.transaction() as session:
        people = await crew(session)
        hana, ben = await people.add("Hana"), await people.add("Ben", work_days=[2])
        assert await people.chosen(await people.ask()) == ["Hana", "Ben"]
        await people.was_asked(await people.ask(alias="Quiet Heron"), hana, "claimed", claimed_at=NOW)
        assert await people.chosen(await people.ask()) == ["Ben", "Hana"]
        assert ben


async def test_a_group_s_question_stays_in_the_group(database: Database):
    async with database.transaction() as session:
        people = await crew(session)
        hana, _ = await people.add("Hana"), await people.add("Ben")
        tea = await program(session, people.here, channel="C7")
        await enrolled(session, tea, hana)
        for audience in (f"program:{tea.id}", "channel:C7"):
            question = await people.ask(audience)
            assert await people.chosen(question) == ["Hana"]
            assert await audiences.may_read(session, question, hana.id)
            assert not await audiences.may_read(session, question, people.ana.id)
            assert await audiences.size(session, people.here, audience) == 1
        assert await audiences.size(session, people.here, f"mentor:{hana.id}") == 3
        assert await people.chosen(await people.ask("nonsense:1")) == []


async def test_nobody_of_another_workspace_is_ever_found(database: Database):
    async with database.transaction() as session:
        people = await crew(session)
        there = await workspace(session, "T2")
        stranger = await person(session, there.id, "Stranger", tz="Europe/Lisbon")
        await changes.set_skills(session, stranger, changes.Skills(offers=SKILL))
        question = await people.ask()
        assert await people.chosen(question) == []
        assert not await audiences.may_read(session, question, stranger.id)


@pytest.mark.parametrize("skills", [SKILL, ()])
async def test_in_a_large_company_all_are_looked_at_before_nobody_fits(
    monkeypatch: pytest.MonkeyPatch, database: Database, skills: tuple[str, ...]
):
    monkeypatch.setattr(rules, "LOOKED_AT", 3)
    async with database.transaction() as session:
        people = await crew(session)
        for number in range(10):
            member = await people.add(f"Person {number}")
            if number != 7:
                session.add(Room(member_id=member.id, workspace_id=people.here, cap=0))
        await session.flush()
        assert await people.chosen(await people.ask(skills=skills), 1) == ["Person 7"]


async def test_a_lead_who_asks_under_an_alias_is_not_the_one_who_was_left_out(database: Database):
    async with database.transaction() as session:
        people = await crew(session)
        people.ana.is_lead = True
        lea = await people.add("Lea", is_lead=True)
        apart = await people.add("Apart", is_lead=True)
        session.add(Apart(member_id=apart.id, other_id=people.ana.id, workspace_id=people.here))
        await session.flush()
        for alias, everybody in (("Quiet Heron", {people.ana.id, lea.id}), ("", {lea.id})):
            question = await people.ask(alias=alias)
            await asking_people.ask_leads(session, question, now=NOW)
            rows = await store.asked_for(session, question)
            assert {each.member_id for each in rows} == everybody
            assert await asking_people.ask_leads(session, question, now=NOW) == []
