"""What is read in the browser: the search, a card, what somebody keeps, and collections."""

from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from bot.archive.finding import collecting, keeping
from bot.archive.finding import store as finding
from bot.archive.finding.cards import Filters, Found
from bot.archive.pages import rules, store
from bot.archive.pages.rules import PER_PAGE, Asked
from bot.members.moderation.rules import LONGEST_REASON
from bot.members.rules import number
from bot.registry import Reader, Tools
from bot.web.drawing import draw

TEMPLATES = Path(__file__).parent / "templates"
MOST_TAGS = 100
FRONT_TAGS = 12


async def search(request: Request, reader: Reader, tools: Tools) -> Response:
    """The front page of the archive, and what a search finds."""
    asked = rules.read_asked(request.query_params)
    now = tools.clock()
    async with tools.database.reading() as session:
        found = await _found(session, reader, asked, rules.since(asked.months, now)) if asked.is_search else None
        shown: dict[str, Any] = {
            "tags": await finding.tags(session, reader.workspace_id, limit=MOST_TAGS),
            "people": await store.people(session, reader.workspace_id),
            "collections": [
                (each.slug, each.name) for each in await collecting.collections(session, reader.workspace_id)
            ],
            "newest": [] if found else await _newest(session, reader),
        }
    return page(request, reader, "search.html", asked=asked, found=found, front_tags=FRONT_TAGS, **shown)


async def _found(session: AsyncSession, reader: Reader, asked: Asked, since: str | None) -> Found:
    filters = Filters(
        tags=(asked.tag,) if asked.tag else (),
        people=(asked.who,) if asked.who else (),
        since=since,
        worked=asked.worked,
    )
    return await finding.find(
        session,
        reader.workspace_id,
        asked.typed,
        member_id=reader.member_id,
        filters=filters,
        limit=PER_PAGE,
        offset=asked.offset,
        exactly=asked.exactly,
    )


async def _newest(session: AsyncSession, reader: Reader) -> list[Any]:
    return list(await finding.newest(session, reader.workspace_id, limit=PER_PAGE, member_id=reader.member_id))


async def card(request: Request, reader: Reader, tools: Tools) -> Response:
    """One card, whole."""
    async with tools.database.reading() as session:
        insight_id = request.path_params["insight_id"]
        found = await finding.card(session, reader.workspace_id, insight_id, member_id=reader.member_id)
        if found is None:
            return gone(request, reader)
        related = await finding.related(session, found, limit=3, member_id=reader.member_id)
    return page(
        request,
        reader,
        "card.html",
        card=found,
        related=related,
        may_tell=found.made_by != reader.member_id,  # how it went for its maker proves nothing
        address=_address(tools, insight_id),
        longest_reason=LONGEST_REASON,
    )


async def kept(request: Request, reader: Reader, tools: Tools) -> Response:
    """What the reader keeps."""
    asked = rules.read_asked(request.query_params)
    async with tools.database.reading() as session:
        cards, total = await keeping.kept(
            session, reader.workspace_id, reader.member_id, limit=PER_PAGE, offset=asked.offset
        )
    return page(request, reader, "kept.html", cards=cards, total=total, at=asked.page)


async def collection(request: Request, reader: Reader, tools: Tools) -> Response:
    """Cards that belong together."""
    asked, slug = rules.read_asked(request.query_params), request.path_params["slug"]
    async with tools.database.reading() as session:
        shelf = await collecting.collection(session, reader.workspace_id, slug)
        if shelf is None:
            return gone(request, reader)
        cards, total = await collecting.cards_of(
            session, reader.workspace_id, slug, member_id=reader.member_id, limit=PER_PAGE, offset=asked.offset
        )
    return page(request, reader, "collection.html", shelf=shelf, cards=cards, total=total, at=asked.page)


def gone(request: Request, reader: Reader) -> Response:
    """Nothing to read here, and nothing that says whether there ever was."""
    return page(request, reader, "gone.html", status=404)


def page(request: Request, reader: Reader, template: str, *, status: int = 200, **values: Any) -> Response:
    """A page of the archive, with what all of them use."""
    words = {
        "number": number,
        "passages": rules.passages,
        "begins": rules.begins,
        "months": rules.MONTHS,
        "per_page": PER_PAGE,
        "published": lambda moment: rules.month_and_year(moment, reader.tz),
        "here": request.url.path,
    }
    return draw(request, f"insights/{template}", folder=TEMPLATES, status=status, **words, **values)


def _address(tools: Tools, insight_id: int) -> str:
    return f"{(tools.settings.perennial_base_url or '').rstrip('/')}/insights/{insight_id}"
