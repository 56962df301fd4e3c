"""The doors of access: a link from Slack, signing in with Slack, and signing out."""

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.registry import Registry, Tools
from bot.web.access import store
from bot.web.access.gate import READER, Gate
from bot.web.access.links import Link, read_link
from bot.web.access.signing_in import SigningIn
from bot.web.drawing import mark, style

STYLE = "/pages/{version}.css"


def page_routes(registry: Registry, tools: Tools) -> list[Route]:
    """Every web page and the doors to them; none where no address for pages is set."""
    base_url = tools.settings.perennial_base_url
    if not base_url:
        return []
    gate = Gate(registry, tools, base_url)
    entering = Entering(gate)
    routes = [
        Route(STYLE, style),
        Route("/pages/mark.svg", mark),
        Route("/enter/{token}", gate.open_door(entering.ask)),
        Route("/enter/{token}", gate.open_door(entering.enter), methods=["POST"]),
        Route("/sign-out", gate.open_door(entering.sign_out), methods=["POST"]),
    ]
    if gate.offers_sign_in:
        signing_in = SigningIn(gate)
        routes += [
            Route("/sign-in", gate.open_door(signing_in.start)),
            Route("/sign-in/back", gate.open_door(signing_in.come_back)),
        ]
    return routes + [Route(page.path, gate.guarded(page), methods=[page.method]) for page in registry.pages.all]


class Entering:
    """In by a link from Slack, and out again."""

    def __init__(self, gate: Gate) -> None:
        self.gate, self.tools = gate, gate.tools

    async def ask(self, request: Request) -> Response:
        """Opening a link lets nobody in yet, because robots that look at links open them as well."""
        token = request.path_params["token"]
        async with self.tools.database.reading() as session:
            link = read_link(session, token)
            if link is None:
                return self.gate.notice(request, "link_ended", 404, why="unknown")
            now = await self.gate.reader(request, session)
            if now is not None and (now.workspace_id, now.member_id) == (link.workspace_id, link.member_id):
                return self.gate.go(link.path)
            if why := await self._ended(session, token, link):
                return self.gate.notice(request, "link_ended", 410, why=why)
            member = await self.gate.member(session, link.workspace_id, link.member_id)
        if member is None:
            return self.gate.notice(request, "not_in", 403)
        return self.gate.notice(request, "continue", 200, person=member.name, company=member.company, instead_of=now)

    async def enter(self, request: Request) -> Response:
        """Continue was pressed: use the link up, and let its person in."""
        token = request.path_params["token"]
        if not self.gate.ours(request):
            return self.gate.notice(request, "not_from_here", 403)
        now = self.tools.clock()
        async with self.tools.database.transaction() as session:
            link = read_link(session, token)
            if link is None:
                return self.gate.notice(request, "link_ended", 404, why="unknown")
            if link.expires_at <= now:
                return self.gate.notice(request, "link_ended", 410, why="late")
            member = await self.gate.member(session, link.workspace_id, link.member_id)
            if member is None:
                return self.gate.notice(request, "not_in", 403)
            whose = (link.workspace_id, link.member_id)
            if not await store.spend(session, token, *whose, expires_at=link.expires_at, now=now):
                return self.gate.notice(request, "link_ended", 410, why="used")
            return await self.gate.let_in(request, session, member, link.path)

    async def _ended(self, session: AsyncSession, token: str, link: Link) -> str | None:
        if link.expires_at <= self.tools.clock():
            return "late"
        return "used" if await store.is_spent(session, token) else None

    async def sign_out(self, request: Request) -> Response:
        """End this browser's session."""
        if not self.gate.ours(request):
            return self.gate.notice(request, "not_from_here", 403)
        if token := request.cookies.get(self.gate.cookie(READER)):
            async with self.tools.database.transaction() as session:
                await store.end(session, token)
        answer = self.gate.notice(request, "signed_out", 200)
        self.gate.take_back(answer, READER)
        return answer
