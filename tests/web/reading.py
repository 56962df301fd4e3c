"""People who read the web pages, and the browsers they read them in: what tests of pages use."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Self

import aiohttp
from sqlalchemy import select
from yarl import URL

from bot.members import changes
from bot.members import store as members
from bot.members.models import Workspace
from bot.web.access import make_link
from tests.world import World


@dataclass
class Answer:
    """What a browser got: `said` is the text a person reads."""

    status: int
    html: str
    headers: dict[str, str]
    path: str

    @property
    def to(self) -> str:
        """Where a redirection leads."""
        return self.headers.get("Location", "")

    @property
    def title(self) -> str:
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.html, re.DOTALL)
        return re.sub(r"<[^>]+>", "", found[1]).strip() if found else ""

    @property
    def said(self) -> str:
        body = self.html.partition("<body>")[2]
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)).strip()


class Browser:
    """Keeps its cookies; follows no redirection by itself, and sends forms as a browser does."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.close()

    @property
    def cookies(self) -> dict[str, str]:
        return {name: cookie.value for name, cookie in self.http.cookie_jar.filter_cookies(URL(self.base)).items()}

    async def get(self, path: str, **more: object) -> Answer:
        return await self._ask("GET", path, **more)

    async def post(self, path: str, *, origin: str | None = "", **form: str) -> Answer:
        """Send a form; `origin`: the page it stands on, where that isn't ours; None says nothing of it."""
        headers = {} if origin is None else {"Origin": origin or self.base}
        return await self._ask("POST", path, data=form, headers=headers)

    async def _ask(self, method: str, path: str, **how: object) -> Answer:
        address = URL(path if path.startswith("http") else self.base + path, encoded=True)
        async with self.http.request(method, address, allow_redirects=False, **how) as answer:  # type: ignore[arg-type]
            return Answer(answer.status, await answer.text(), dict(answer.headers), str(answer.url.relative()))

    async def come_in(self, link: str) -> Answer:
        """Open a link from Slack, press Continue, and read the page it leads to."""
        assert (await self.get(link)).status == 200
        entered = await self.post(link)
        assert entered.status == 303, entered.said
        return await self.get(entered.to)


@dataclass
class Readers:
    """A small company whose pages are served; `ids` are member ids by name."""

    world: World
    workspace_id: int
    ids: dict[str, int] = field(default_factory=dict)

    @property
    def base(self) -> str:
        assert self.world.side is not None
        return self.world.side.url

    def browser(self) -> Browser:
        return Browser(self.base)

    async def link(self, name: str, path: str = "/insights") -> str:
        """A link as it is drawn in Slack for this person."""
        async with self.world.bot.database.reading() as session:
            made = await make_link(session, self.workspace_id, self.ids[name], path, self.world.clock())
        assert made is not None
        return made

    async def add(self, *names: str, workspace_id: int | None = None) -> None:
        """People who joined Perennial."""
        for name in names:
            user = self.world.person(name)
            async with self.world.bot.database.transaction() as session:
                member = await members.meet(session, workspace_id or self.workspace_id, user, name=name)
                member.name, member.seen_at = name, self.world.clock()
                await changes.join(session, member, now=self.world.clock())
                self.ids[name] = member.id

    async def change(self, name: str, **facts: object) -> None:
        async with self.world.bot.database.transaction() as session:
            member = await members.by_id(session, self.workspace_id, self.ids[name])
            for fact, value in facts.items():
                setattr(member, fact, value)


@asynccontextmanager
async def a_company_that_reads(world: World) -> AsyncIterator[Readers]:
    """Ada and Ben, who joined, in a world that serves pages."""
    async with world:
        async with world.bot.database.reading() as session:
            workspace_id = (await session.execute(select(Workspace.id))).scalar_one()
        readers = Readers(world, workspace_id)
        await readers.add("Ada Lovelace", "Ben Okri")
        yield readers
