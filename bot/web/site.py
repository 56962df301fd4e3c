"""Every address the bot answers over HTTP."""

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.app import Perennial


def make_site(perennial: Perennial) -> Starlette:
    """The ASGI application."""
    slack = AsyncSlackRequestHandler(perennial.registry.bolt)

    async def events(request: Request) -> Response:
        return await slack.handle(request)

    async def healthz(request: Request) -> Response:
        return PlainTextResponse("alive")

    return Starlette(routes=[Route("/slack/events", events, methods=["POST"]), Route("/healthz", healthz)])
