"""A card is reported in the browser, as it is in Slack: hidden from everybody at once, until somebody has looked."""

from starlette.requests import Request
from starlette.responses import Response

from bot.archive.cards.reports import KIND
from bot.archive.finding import store as finding
from bot.archive.pages import reading
from bot.errors import PerennialError
from bot.members import store as members
from bot.members.moderation import care, rules
from bot.members.moderation.conduct import store as conduct
from bot.members.moderation.reporting import filing
from bot.members.rules import listed
from bot.registry import Reader, Tools
from bot.web.forms import read_form


async def report(request: Request, reader: Reader, tools: Tools) -> Response:
    """Hide the card and say who looks at it; or why it can't be reported."""
    reason = (await read_form(request)).get("why", "").strip()[: rules.LONGEST_REASON]
    insight_id, now = request.path_params["insight_id"], tools.clock()
    try:
        async with tools.database.transaction() as session:
            member = await members.by_id(session, reader.workspace_id, reader.member_id)
            found = await finding.card(session, reader.workspace_id, insight_id, member_id=reader.member_id)
            if member is None or found is None:
                return reading.gone(request, reader)
            filed = await filing.file(session, member, f"{KIND}:{insight_id}", reason, now)
            helps = await conduct.conduct_of(session, reader.workspace_id)
    except PerennialError as error:
        return reading.page(request, reader, "reported.html", problem=error.message, status=409)
    return reading.page(
        request,
        reader,
        "reported.html",
        problem="",
        who=listed(list(filed.names)),
        many=len(filed.names),
        only_you=filed.only_you,
        contacts=helps.contacts if rules.shows_distress(reason) else None,
        always=care.ALWAYS,
    )
