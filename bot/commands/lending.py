"""A built bot for the length of one command."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TypeVar

from bot import pace
from bot.app import Perennial
from bot.db import driver_url
from bot.keys import vault_for
from bot.logs import set_up_logs
from bot.serve import bring_up_to_date, forget_environment
from bot.settings import Settings, read_settings

Outcome = TypeVar("Outcome")


def build(settings: Settings | None = None) -> Perennial:
    """A bot built from the environment's settings, not yet opened."""
    settings = settings or read_settings()
    set_up_logs(settings.log_level, settings.log_format)
    forget_environment()
    driver_url(settings.database_url)  # says what is wrong with it before anything is made beside it
    with pace.loading():  # features load their doors as they register
        return Perennial(settings, vault_for(settings))


@asynccontextmanager
async def opened() -> AsyncIterator[Perennial]:
    """A migrated, opened bot that serves nobody; closed at the end of the block."""
    perennial = build()
    await bring_up_to_date(perennial)
    await perennial.open()
    try:
        yield perennial
    finally:
        await perennial.close()


def run(work: Callable[[Perennial], Awaitable[Outcome]]) -> Outcome:
    """Do some work with an opened bot and give back what it found."""

    async def go() -> Outcome:
        async with opened() as perennial:
            return await work(perennial)

    return asyncio.run(go())


def when(moment: datetime | None) -> str:
    """A moment as operators read it: UTC, to the second."""
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment else "–"
