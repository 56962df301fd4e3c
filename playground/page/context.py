"""What a block has to know about the reader to be drawn: names, zone, earlier input, errors."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, Self
from zoneinfo import ZoneInfo

Values = Mapping[str, Mapping[str, Mapping[str, Any]]]


@dataclass(frozen=True)
class Choice:
    """One line of a people or channel picker."""

    value: str
    text: str
    note: str = ""
    image: str = ""


def nobody(_: str) -> str | None:
    return None


@dataclass(frozen=True)
class Context:
    """Everything outside a block that changes how it looks; a plain value, so a renderer has no state."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    now: datetime = datetime(2026, 1, 5, 9, tzinfo=UTC)
    viewer: str = ""
    person: Callable[[str], str | None] = nobody
    channel: Callable[[str], str | None] = nobody
    file: Callable[[str], str | None] = nobody
    people: Sequence[Choice] = ()
    channels: Sequence[Choice] = ()
    surface: str = "s"
    values: Values = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    live: bool = True

    def on(self, surface: str, *, values: Values | None = None, errors: Mapping[str, str] | None = None) -> Self:
        """The same reader, looking at another message or view."""
        return replace(self, surface=surface, values=values or {}, errors=errors or {})

    def dom_id(self, *parts: str) -> str:
        """An id that is unique on the page and the same at every drawing, so focus survives a redraw."""
        return "e" + blake2b("\x1f".join((self.surface, *parts)).encode(), digest_size=6).hexdigest()

    def earlier(self, block_id: str, action_id: str) -> Mapping[str, Any] | None:
        return self.values.get(block_id, {}).get(action_id)
