"""A company whose web pages are served."""

from collections.abc import AsyncIterator

import pytest

from tests.conftest import MONDAY
from tests.web.reading import Readers, a_company_that_reads
from tests.world import World


@pytest.fixture
async def readers(sqlite_url: str) -> AsyncIterator[Readers]:
    """Ada and Ben, who joined, on SQLite."""
    async with a_company_that_reads(World(sqlite_url, now=MONDAY, pages_at=0)) as company:
        yield company


@pytest.fixture
async def any_readers(store_url: str) -> AsyncIterator[Readers]:
    """The same on both databases."""
    async with a_company_that_reads(World(store_url, now=MONDAY, pages_at=0)) as company:
        yield company
