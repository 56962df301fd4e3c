"""What is done in the browser: keeping a card, and saying how it went. Afterwards the same page is read again."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.archive.pages import reading, rules, store
from bot.registry import Reader, Tools
from bot.slack import home
from bot.web.forms import read_form


async def keep(request: Request, reader: Reader, tools: Tools) -> Response:
    """Keep the card, or no longer."""
    form = await read_form(request)
    insight_id, now = request.path_params["insight_id"], tools.clock()
    async with tools.database.transaction() as session:
        whose = (reader.workspace_id, reader.member_id)
        if not await store.keep(session, *whose, insight_id, keeps=form.get("keep") == "1", now=now):
            return reading.gone(request, reader)
        await home.redraw(session, reader.workspace_id, [reader.member_id], now=now)
    return _back(request, insight_id)


async def tell_outcome(request: Request, reader: Reader, tools: Tools) -> Response:
    """How it went for whoever tried what the card says."""
    outcome = (await read_form(request)).get("outcome")
    insight_id, now = request.path_params["insight_id"], tools.clock()
    if outcome not in rules.OUTCOMES:
        return _back(request, insight_id)
    async with tools.database.transaction() as session:
        if not await store.tell_outcome(session, reader.workspace_id, reader.member_id, insight_id, outcome, now=now):
            return reading.gone(request, reader)
    return _back(request, insight_id)


def _back(request: Request, insight_id: int) -> Response:
    return RedirectResponse(f"{request.state.root}/insights/{insight_id}#your-part", 303)
