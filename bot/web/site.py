"""Every address the bot answers over HTTP."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.clock import stopwatch
from bot.registry import Registry
from bot.web.access.doors import page_routes
from bot.web.health import Running, what_is_not_ready
from bot.web.metrics import Metrics

Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]


class Bot(Running, Protocol):
    """A running bot with its doors."""

    registry: Registry


def make_site(bot: Bot, *, lifespan: Lifespan | None = None, for_slack: bool = True) -> Starlette:
    """The ASGI application. `for_slack=False`: health and metrics only, for a process that just runs jobs."""
    slack = AsyncSlackRequestHandler(bot.registry.bolt)
    metrics = Metrics()

    async def door(request: Request) -> Response:
        began = stopwatch()
        response = await slack.handle(request)
        metrics.acknowledged.observe(stopwatch() - began)
        return response

    async def healthz(request: Request) -> Response:
        return PlainTextResponse("alive\n")

    async def readyz(request: Request) -> Response:
        reasons = await what_is_not_ready(bot)
        return PlainTextResponse("\n".join(reasons or ["ready"]) + "\n", status_code=503 if reasons else 200)

    async def show_metrics(request: Request) -> Response:
        async with bot.database.reading() as session:
            text = await metrics.scrape(session, bot.tools.clock(), bot.scheduler.last_tick, bot.database.longest_write)
        return Response(text, media_type="text/plain; version=0.0.4")

    routes = [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", show_metrics)]
    if for_slack:
        routes.append(Route("/slack/events", door, methods=["POST"]))
        if bot.registry.bolt.oauth_flow is not None:
            routes += [Route("/slack/install", door), Route("/slack/oauth_redirect", door)]
        routes += page_routes(bot.registry, bot.tools)
    return Starlette(routes=routes, lifespan=lifespan)
