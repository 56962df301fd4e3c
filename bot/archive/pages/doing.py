"""What is done in the browser: keeping a card, and saying how it went. Afterwards the same page is read again."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.archive.finding import keeping
from bot.archive.pages import reading
from bot.errors import Gone
from bot.registry import Reader, Tools
from bot.slack import home
from bot.web.forms import read_form

TAKE_BACK = "back"


async def keep(request: Request, reader: Reader, tools: Tools) -> Response:
    """Keep the card, or no longer."""
    keeps = (await read_form(request)).get("keep") == "1"
    insight_id, now = request.path_params["insight_id"], tools.clock()
    try:
        async with tools.database.transaction() as session:
            await keeping.keep(session, reader.workspace_id, reader.member_id, insight_id, keeps=keeps, now=now)
            await home.redraw(session, reader.workspace_id, [reader.member_id], now=now)
    except Gone:
        return reading.gone(request, reader)
    return _back(request, insight_id)


async def tell_outcome(request: Request, reader: Reader, tools: Tools) -> Response:
    """How it went for whoever tried what the card says."""
    said = (await read_form(request)).get("outcome")
    outcome = None if said == TAKE_BACK else said or ""
    insight_id, now = request.path_params["insight_id"], tools.clock()
    try:
        async with tools.database.transaction() as session:
            await keeping.tell(session, reader.workspace_id, reader.member_id, insight_id, outcome, now=now)
            await home.redraw(session, reader.workspace_id, [reader.member_id], now=now)
    except Gone:
        return reading.gone(request, reader)
    return _back(request, insight_id)


def _back(request: Request, insight_id: int) -> Response:
    return RedirectResponse(f"{request.state.root}/insights/{insight_id}#your-part", 303)
