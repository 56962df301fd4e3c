"""The web pages, and who may read them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncSession

from bot.registry.tools import Tools

if TYPE_CHECKING:  # the ground imports nothing from the storeys above it
    from starlette.requests import Request
    from starlette.responses import Response


@dataclass(frozen=True)
class Reader:
    """Who reads our web pages, as they stand at this very request."""

    workspace_id: int
    member_id: int
    slack_id: str
    name: str  # as Slack gave it; templates escape it
    tz: str
    company: str


ReaderOf = Callable[[AsyncSession, int, int], Awaitable[Reader | None]]  # (session, workspace id, member id)
ReaderInSlack = Callable[[AsyncSession, str, str], Awaitable[Reader | None]]  # (session, Slack team id, Slack user id)


@dataclass(frozen=True)
class Page:
    """An address of the web pages, for members of a workspace only; `path` as Starlette writes it."""

    path: str
    show: "Callable[[Request, Reader, Tools], Awaitable[Response]]"
    method: str = "GET"


class Pages:
    """The web pages storeys and features contribute; who may read them is asked before every one."""

    def __init__(self) -> None:
        self.all: list[Page] = []

    def add(self, path: str, show: "Callable[[Request, Reader, Tools], Awaitable[Response]]") -> None:
        """Have `show(request, reader, tools)` answer whoever opens that address and may."""
        self.all.append(Page(path, show))

    def add_deed(self, path: str, do: "Callable[[Request, Reader, Tools], Awaitable[Response]]") -> None:
        """Have `do(request, reader, tools)` take a form that was sent from one of our pages, and from nowhere else."""
        self.all.append(Page(path, do, "POST"))
