"""A season of six story sessions in a company of twelve: a no, a silence, a swap, one called off, one moved, and a card."""

from datetime import timedelta
from itertools import pairwise

from bot.features.storytelling import kind
from bot.gatherings import acts
from bot.gatherings.models import Gathering
from bot.programs.models import Program
from tests.archive.finding import reading
from tests.features.storytelling.evening import Company, company
from tests.members import walk
from tests.world import World

SESSIONS, CALLED_OFF, MOVED = 6, 3, 4
AHEAD = timedelta(weeks=3)
STORY = {
    "title": "The list nobody opened",
    "broke": "We sent the list every Monday for a year, and nobody opened it after the second month.",
    "changed": "I asked three readers what they did on Mondays. They wanted one number, and a name to call.",
    "attempt": "Ask one reader what they did with the last thing you sent.",
}


class Season:
    """What happened, to be compared at the end."""

    def __init__(self, at: Company) -> None:
        self.at = at
        self.world = at.world
        self.told: list[set[str]] = []  # who told, session by session
        self.listening: dict[int, list[str]] = {}

    async def live(self) -> None:
        """Each session is planned a week before the one before it is held."""
        for number in range(SESSIONS + 1):
            if number < SESSIONS:
                await self.plan(number)
            if number and number - 1 != CALLED_OFF:
                await self.hold(number - 1)

    async def plan(self, number: int) -> None:
        first = self.world.clock() if number == 0 else (await self.at.session(0)).starts_at
        wanted = first + timedelta(weeks=2 * number) - AHEAD if number else first + timedelta(days=4)
        await self.world.move_to(wanted.replace(hour=15, minute=5, second=0))
        session = await self.at.session(number)
        await self.answer(number, session)
        people = [
            name for name in self.at.ids if name != "Lead" and name not in await self.at.names(session, "accepted")
        ]
        self.listening[number] = people[:3]
        for name in self.listening[number]:
            await self.at.says_yes(name, number)
        if number == CALLED_OFF:
            await self.call_off(number, session)
        if number == MOVED:
            await self.move(number, session)

    async def answer(self, number: int, session: Gathering) -> None:
        """The first who is asked says no, or nothing, or finds somebody else; whoever is asked after that says yes."""
        first, *_ = await self.at.names(session, "asked")
        if number == 0:
            await self.at.click(first, "storytelling.decline")
        if number == 1:
            for name in (await self.at.names(session, "asked"))[1:]:
                await self.at.click(name, "storytelling.accept")
            await self.world.move(days=4)
            assert first in await self.at.names(session, "lapsed")
        for name in await self.at.names(session, "asked"):
            await self.at.click(name, "storytelling.accept")
        if number == 2:
            await self.swap(session, first)

    async def swap(self, session: Gathering, name: str) -> None:
        beside = {*await self.at.names(await self.at.session(1), "accepted"), *await self.at.names(session, "accepted")}
        other = next(each for each in self.at.ids if each not in beside and each != "Lead" and each not in self.told[0])
        await self.at.click(name, "storytelling.swap")
        assert not (await self.at.submit(name, {"who": self.at.users[other]})).errors
        await self.at.click(other, "storytelling.swap_yes")
        assert other in await self.at.names(session, "accepted")

    async def call_off(self, number: int, session: Gathering) -> None:
        told = [*self.listening[number], *await self.at.names(session, "accepted")]
        await self.at.home("Lead", f"gathering:{session.id}")
        await self.at.press_home("Lead", acts.CALL_OFF)
        await self.world.move(hours=20)
        for name in told:
            assert any("won't take place" in each for each in self.at.texts(name)), name
        others = [name for name in self.at.ids if name not in (*told, "Lead")]
        assert not any("won't take place" in each for name in others for each in self.at.texts(name))

    async def move(self, number: int, session: Gathering) -> None:
        day = (session.starts_at + timedelta(days=1)).date()
        await self.at.home("Lead", f"gathering:{session.id}")
        await self.at.press_home("Lead", acts.MOVE)
        assert not (await self.at.submit("Lead", {"day": day.isoformat(), "time": "15:00"})).errors
        await self.world.move(hours=20)
        for name in (*self.listening[number], *await self.at.names(session, "accepted")):
            assert any("has another date" in each for each in self.at.texts(name)), name

    async def hold(self, number: int) -> None:
        session = await self.at.session(number)
        tellers = await self.at.names(session, "accepted")
        if number == 0:
            await self.prepare(tellers[0])
        await self.world.move_to(session.starts_at + timedelta(minutes=session.minutes, seconds=60))
        assert sorted(await self.at.names(session, "told")) == sorted(tellers)
        self.told.append(set(tellers))
        for name in self.listening[number]:
            if name not in tellers:
                await self.at.will_try(name, f"Ask first, as in session {number}")
        assert f"Ask first, as in session {number}" in str(self.at.thread(number))
        if number == 0:
            await self.leave_card(tellers[0])

    async def prepare(self, name: str) -> None:
        await self.at.click(name, "storytelling.prepare")
        assert not (await self.at.submit(name, STORY)).errors
        await self.world.acts.close(self.at.users[name], self.at.form(name)["id"])

    async def leave_card(self, name: str) -> None:
        await self.at.click(name, "storytelling.make_card")
        await self.at.submit(name, {})
        assert "is in the archive" in walk.said(self.at.form(name))


async def test_a_season_of_six_sessions_hears_ten_people_and_leaves_a_card_that_somebody_else_finds(world: World):
    at = await company(world, people=12)
    season = Season(at)
    await season.live()
    assert [len(each) for each in season.told] == [2] * (SESSIONS - 1)
    assert all(not before & after for before, after in pairwise(season.told)), "nobody tells twice running"
    assert len(set().union(*season.told)) >= 9, "the unheard come first"
    called_off = (await at.sessions())[CALLED_OFF]
    assert await at.turns(called_off, "asked", "accepted", "told") == []
    async with at.database.reading() as session:
        program = await session.get_one(Program, at.program_id)
        assert await kind.summary(session, program) == "Five sessions held, ten stories told."
    await world.move(days=15)
    asked = [name for name in at.ids if any(each.startswith("Did you try it?") for each in at.texts(name))]
    assert asked
    (card,) = await at.cards()
    assert STORY["title"] in card.question
    reader = next(name for name in at.ids if name not in season.told[0])
    await reading.open_form(world, at.users[reader])
    assert STORY["title"] in await reading.search(world, at.users[reader], "list")
