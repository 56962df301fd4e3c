"""The gate before every page: who is this, may they read now, and did this form come from us."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.registry import Page, Reader, Registry, Tools
from bot.web.access import rules, store
from bot.web.drawing import draw
from bot.web.forms import TooMuch
from bot.web.headers import kept_to_itself
from bot.web.limits import Buckets

READER = "reader"  # the purpose of the cookie
Show = Callable[[Request], Awaitable[Response]]


class Gate:
    """One for the site: reads the cookie, asks `members/`, and lets a page be drawn or says why not."""

    def __init__(self, registry: Registry, tools: Tools, base_url: str) -> None:
        self.registry, self.tools = registry, tools
        self.base_url = base_url.rstrip("/")
        self.root = self.base_url.removeprefix(rules.origin_of(self.base_url))
        self.secure = self.base_url.startswith("https://")
        self.offers_sign_in = bool(tools.settings.slack_client_id and tools.settings.slack_client_secret)
        self._paces = Buckets(burst=60, a_minute=120)

    # Who it is.

    def cookie(self, purpose: str) -> str:
        """The name of our cookie for that purpose."""
        return rules.cookie_name(purpose, secure=self.secure)

    async def reader(self, request: Request, session: AsyncSession) -> Reader | None:
        """Whose session the browser shows, if it still holds and they may still read."""
        token = request.cookies.get(self.cookie(READER))
        found = await store.find(session, token, now=self.tools.clock()) if token else None
        return await self.member(session, *found) if found else None

    async def member(self, session: AsyncSession, workspace_id: int, member_id: int) -> Reader | None:
        """A member who may read now."""
        assert self.registry.reader is not None, "members/ says who may read"
        return await self.registry.reader(session, workspace_id, member_id)

    async def let_in(self, request: Request, session: AsyncSession, reader: Reader, path: str) -> Response:
        """Begin a session in place of the one this browser had, and go where the link leads."""
        if old := request.cookies.get(self.cookie(READER)):
            await store.end(session, old)
        token = await store.begin(session, reader.workspace_id, reader.member_id, now=self.tools.clock())
        answer = self.go(path)
        lasts = int(rules.SESSION_LASTS.total_seconds())
        self.give(answer, READER, token, lasts=lasts)
        return answer

    def give(self, response: Response, purpose: str, value: str, *, lasts: int) -> None:
        """Hand the browser a cookie that no script and no other site's form can use."""
        response.set_cookie(
            self.cookie(purpose), value, max_age=lasts, path="/", secure=self.secure, httponly=True, samesite="lax"
        )

    def take_back(self, response: Response, purpose: str) -> None:
        """Have the browser forget a cookie."""
        response.delete_cookie(self.cookie(purpose), path="/", secure=self.secure, httponly=True, samesite="lax")

    # What is answered.

    def go(self, path: str) -> Response:
        """On to a page of ours."""
        return RedirectResponse(self.root + path, 303)

    def ours(self, request: Request) -> bool:
        """Whether a form was sent from one of our pages."""
        return rules.is_from_us(request.headers, self.base_url)

    def notice(self, request: Request, template: str, status: int, **values: Any) -> Response:
        """A page that says why there is nothing to read, and what to do."""
        return draw(request, f"{template}.html", status=status, offers_sign_in=self.offers_sign_in, **values)

    def ask_in(self, request: Request) -> Response:
        """For whoever we don't know: how to come in, and back to this page."""
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        back = path if request.method == "GET" and rules.is_local(path) else "/insights"
        return self.notice(request, "come_in", 401, back=quote(back, safe=""))

    # The doors.

    def open_door(self, show: Show) -> Show:
        """Every page of ours goes through here: where it hangs, and what keeps it to itself."""

        async def door(request: Request) -> Response:
            request.state.root = self.root
            try:
                return kept_to_itself(await show(request))
            except TooMuch:
                return kept_to_itself(self.notice(request, "too_much", 413))

        return door

    def guarded(self, page: Page) -> Show:
        """A page for members only."""

        async def show(request: Request) -> Response:
            async with self.tools.database.reading() as session:
                reader = await self.reader(request, session)
            if reader is None:
                return self.ask_in(request)
            request.state.reader = reader
            if not self._paces.take((reader.workspace_id, reader.member_id)):
                return self.notice(request, "slow_down", 429)
            if page.method == "POST" and not self.ours(request):
                return self.notice(request, "not_from_here", 403)
            return await page.show(request, reader, self.tools)

        return self.open_door(show)
