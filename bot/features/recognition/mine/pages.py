"""The same in the browser and on paper, for a talk about one's work: what one chose to show, without a score."""

from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from bot.features.recognition import store
from bot.features.recognition.milestones import kinds
from bot.features.recognition.milestones import store as milestones
from bot.features.recognition.mine import printing
from bot.features.recognition.words import local_day
from bot.members import store as members
from bot.registry import Reader, Tools
from bot.web.drawing import draw

PATH = "/recognition"
TEMPLATES = Path(__file__).parent / "templates"
MOST = 100


async def show(request: Request, reader: Reader, tools: Tools) -> Response:
    """Whoever opens it reads their own; there is no address of anybody else's."""
    now = tools.clock()
    async with tools.database.reading() as session:
        sheet = await _sheet(session, reader)
    return draw(
        request,
        "recognition/page.html",
        folder=TEMPLATES,
        sheet=sheet,
        month=lambda moment: printing.month_and_year(moment, reader.tz),
        today=printing.day(local_day(now, reader.tz)),
    )


async def _sheet(session: AsyncSession, reader: Reader) -> printing.Sheet:
    where = (reader.workspace_id, reader.member_id)
    rows, _ = await store.to_member(session, *where, put_away=False, limit=MOST)
    said = await store.opened(session, rows)
    known = kinds.known(session)
    reached = [each for each in await milestones.of(session, *where, known) if not each.put_away]
    facts = (await members.profiles(session, reader.workspace_id, [reader.member_id]))[reader.member_id]
    return printing.Sheet(
        title=facts.title,
        team=facts.team,
        skills=[
            printing.Seen(each.said.skill, each.said.evidence, each.giver, each.row.given_at)
            for each in said
            if each.said.skill
        ],
        thanks=[
            printing.Thanked(each.said.words.splitlines(), each.giver, each.row.given_at)
            for each in said
            if each.row.shared_at is not None
        ],
        milestones=[(known[each.kind].on_page, each.reached_at) for each in reached],
    )
