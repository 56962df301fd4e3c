"""Whatever happens to a card in whatever order: what is published holds nothing that somebody did not agree to."""

import random
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive import cards
from bot.archive.cards import asking, people, rules, store, taking_back
from bot.archive.cards.editing import handing_in
from bot.archive.cards.saying import Piece, Text
from bot.archive.models import Insight
from bot.db import Database
from bot.members.models import Member, Workspace
from tests.conftest import MONDAY

SAID = {
    "Ada": ("how do I say no to a client.", "I am tired of saying yes to them all."),
    "Ben": ("a clear no is kinder than a late yes.", "write down the one number they need today."),
    "Cleo": ("ask what happens if it is a week later.", "then wait in silence until they answer you."),
}
OWN = ("Say it early.", "Be kind.", "a clear no is better than a late yes.", "Sleep on it.")
EVERYTHING = [sentence for some in SAID.values() for sentence in some]


class Story:
    """One card, and chance."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.now = MONDAY
        self.done: list[str] = []

    async def begin(self, session: AsyncSession) -> None:
        workspace = Workspace(team_id="T1", name="One", installed_at=MONDAY)
        session.add(workspace)
        await session.flush()
        self.workspace_id, self.members = workspace.id, {}
        for number, name in enumerate(SAID):
            member = Member(
                workspace_id=workspace.id, slack_id=f"U{number}", name=name, joined_at=MONDAY, seen_at=MONDAY
            )
            session.add(member)
            await session.flush()
            self.members[name] = member.id
        alias = self.chance.choice(["", "Heron"])
        pieces = [Piece(self.members[n], " ".join(said), alias if n == "Ada" else "") for n, said in SAID.items()]
        insight = await cards.offer(
            session, workspace.id, source_kind="question", source="question:1",
            made_by=None if alias else self.members["Ada"], pieces=pieces, question=SAID["Ada"][0], now=self.now,
        )  # fmt: skip
        self.insight_id = insight.id

    async def step(self, session: AsyncSession) -> None:
        self.now += timedelta(hours=self.chance.randrange(1, 30))
        insight = await store.get(session, self.workspace_id, self.insight_id, lock=True)
        what = self.chance.choice([self.hand_in, self.hand_in, self.agree, self.agree, self.agree, self.say_no, self.lapse,
                                   self.take_out])  # fmt: skip
        self.done.append(what.__name__)
        if insight.state != rules.WITHDRAWN:
            await what(session, insight)

    async def hand_in(self, session: AsyncSession, insight: Insight) -> None:
        name = self.chance.choice(list(self.members))
        member = await session.get_one(Member, self.members[name])
        parts = [" ".join(self.chance.sample([*EVERYTHING, *OWN], self.chance.randrange(1, 4))) for _ in range(3)]
        judged = await handing_in.judge(session, insight, member, rules.cleaned(Text(*parts)))
        if not judged.errors:
            await handing_in.keep(session, insight, member, judged, self.now, named=True)

    async def agree(self, session: AsyncSession, insight: Insight) -> None:
        version = (await store.versions(session, insight)).open
        for row in (await store.quotes(session, version)).values():
            if version is not None and row.state == rules.ASKED and self.chance.random() < 0.8:
                row.state = self.chance.choice(rules.AGREED)
        await session.flush()
        if version is not None and version.state == rules.ASKING:
            await asking.settle(session, insight, version, self.now)

    async def say_no(self, session: AsyncSession, insight: Insight) -> None:
        version = (await store.versions(session, insight)).open
        everybody = await people.everybody(session, insight)
        for key, row in (await store.quotes(session, version)).items():
            if version is not None and row.state == rules.ASKED:
                await taking_back.from_what_is_agreed_on(
                    session, insight, version, everybody[key], self.now, own_will=self.chance.random() < 0.3
                )
                return

    async def lapse(self, session: AsyncSession, insight: Insight) -> None:
        from bot.archive.cards import jobs

        version = (await store.versions(session, insight)).open
        if version is not None and version.state == rules.ASKING:
            self.now += timedelta(days=8)
            await jobs._consents(session, insight, version, self.now)

    async def take_out(self, session: AsyncSession, insight: Insight) -> None:
        if self.chance.random() < 0.3:
            name = self.chance.choice(list(self.members))
            await taking_back.my_words(session, insight, self.members[name], self.now, own_will=False)


async def check(session: AsyncSession, story: Story) -> bool:
    """The promise; whether it was published, so that something was checked."""
    insight = await store.get(session, story.workspace_id, story.insight_id)
    versions = await store.versions(session, insight)
    assert (versions.approved is not None) == (insight.version is not None) == (insight.state == rules.PUBLISHED)
    if versions.approved is None:
        assert (insight.question, insight.gist, insight.tips) == ("", "", "")
        return False
    assert versions.approved.number == insight.version
    text = store.read(session, versions.approved)
    assert (insight.question, insight.gist, insight.tips) == (text.question, text.gist, text.tips)
    rows = await store.quotes(session, versions.approved)
    for key, person in (await people.everybody(session, insight)).items():
        said = rules.said_in(text, person.runs)
        row = rows.get(key)
        assert not said or (row is not None and row.state in rules.AGREED), (story.done, person.alias, said)
        assert row is None or not said or rules.covers(store.said(session, row), said)
        assert not person.alias or row is None or not row.named
    return True


@pytest.mark.parametrize("seed", range(2))
async def test_nothing_is_published_that_somebody_did_not_agree_to(database: Database, seed: int):
    story, published = Story(seed), 0
    async with database.transaction() as session:
        await story.begin(session)
    for _ in range(40):
        async with database.transaction() as session:
            await story.step(session)
            published += await check(session, story)
    assert published > 3, "the test would prove nothing"
    async with database.transaction() as session:
        for member_id in story.members.values():
            await cards.forget(session, story.workspace_id, member_id, story.now)
        insight = await store.get(session, story.workspace_id, story.insight_id)
        assert await people.everybody(session, insight) == {}
        assert insight.state != rules.PUBLISHED or not rules.said_in(
            Text(insight.question, insight.gist, insight.tips),
            frozenset(run for said in EVERYTHING for run in rules.words.runs(said)),
        )
