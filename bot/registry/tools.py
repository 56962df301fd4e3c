"""The tools a listener or a job is lent while it works; none of them is global."""

import inspect
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.db import Database
from bot.settings import Settings

Answer = Callable[[], Awaitable[Any]]  # something Slack is told at once after the commit, such as an ephemeral message
ClientFor = Callable[[int], Awaitable[AsyncWebClient]]  # workspace id → a client with that workspace's token


@dataclass
class Tools:
    """Everything a listener or job may need, lent to it; none of it is global."""

    settings: Settings
    database: Database
    clock: Clock
    client_for: ClientFor
    cpu: Executor  # another process, for work that would hold up acknowledgements
    log: structlog.stdlib.BoundLogger = field(default_factory=lambda: structlog.get_logger("perennial"))
    stopping: bool = False  # asked to stop: finish what is in hand, take nothing new


async def lend(function: Callable[..., Awaitable[Any]], **things: Any) -> Any:
    """Call `function` with those of `things` that its arguments name."""
    wanted = inspect.signature(function).parameters
    return await function(**{name: value for name, value in things.items() if name in wanted})
