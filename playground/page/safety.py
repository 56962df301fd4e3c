"""What keeps the page to itself: a strict policy for content, and no act from another site."""

from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}
_LOOPBACK = {"127.0.0.1", "localhost", "::1", "testserver"}


class Guard:
    """Refuses names other than this machine's (rebinding) and posts from other origins; adds the policy."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        if refusal := _refusal(request):
            await PlainTextResponse(refusal, 403)(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _refusal(request: Request) -> str | None:
    host = request.headers.get("host", "")
    if (urlsplit(f"//{host}").hostname or "") not in _LOOPBACK:
        return "This playground answers on this machine only."
    origin = request.headers.get("origin")
    if request.method == "POST" and origin and urlsplit(origin).netloc != host:
        return "Acts come from the playground's own page only."
    return None


GUARDED = [Middleware(Guard)]
