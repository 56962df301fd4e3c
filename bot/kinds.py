"""Which kinds of message exist, how each is drawn at the last moment, and who wants to know that it was sent."""

from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import Content, Kind

if TYPE_CHECKING:  # the ground imports nothing from the storeys above it
    from bot.delivery.models import Delivery

Draw = Callable[[AsyncSession, "Delivery"], Awaitable[Content | None]]
Sent = Callable[[AsyncSession, "Delivery"], Awaitable[None]]


class Kinds:
    """The registered kinds, by name."""

    def __init__(self) -> None:
        self._kinds: dict[str, Kind] = {}
        self.draws: dict[str, Draw] = {}
        self.sent: dict[str, Sent] = {}
        self.ended: dict[str, Sent] = {}
        self.missed: Sent | None = None  # called when a suggestion to one person found no place before it expired

    def add(self, kind: Kind, *, draw: Draw | None = None, sent: Sent | None = None, ended: Sent | None = None) -> None:
        """Register a kind. `sent` runs in the transaction that records it; `ended` when it failed, expired or was dropped."""
        self._kinds[kind.name] = kind
        if draw is not None:
            self.draws[kind.name] = draw
        if sent is not None:
            self.sent[kind.name] = sent
        if ended is not None:
            self.ended[kind.name] = ended

    def __getitem__(self, name: str) -> Kind:
        return self._kinds[name]

    def get(self, name: str) -> Kind | None:
        """The kind of that name, if a feature of today still knows it."""
        return self._kinds.get(name)

    def __iter__(self) -> Iterator[Kind]:
        return iter(self._kinds.values())
