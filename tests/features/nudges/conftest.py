"""A world in which whoever joins gets a nudge twice a week."""

from collections.abc import AsyncIterator

import pytest

from tests.conftest import MONDAY
from tests.world import World


@pytest.fixture
async def nudging(sqlite_url: str) -> AsyncIterator[World]:
    async with World(sqlite_url, now=MONDAY, nudges="twice") as built:
        yield built


@pytest.fixture
async def any_nudging(store_url: str) -> AsyncIterator[World]:
    async with World(store_url, now=MONDAY, nudges="twice") as built:
        yield built
