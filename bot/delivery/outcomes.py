"""How one step of a delivery ended: plain values between the sender, which talks to Slack, and the store, which records."""

from dataclasses import dataclass

from bot.delivery.errors import ErrorClass


@dataclass(frozen=True)
class Sent:
    """Slack has it; an upload may have no ts."""

    channel: str | None
    ts: str | None


@dataclass(frozen=True)
class Opened:
    """The conversation exists; what is to be said in it comes next."""

    channel: str


@dataclass(frozen=True)
class Uploaded:
    """Slack has the bytes, and nobody sees them yet."""

    file_id: str


@dataclass(frozen=True)
class Refused:
    """Slack (or our own drawing) said no. `pause`: seconds this method must rest in this workspace."""

    code: str
    error_class: ErrorClass
    pause: float | None = None


@dataclass(frozen=True)
class NothingToSay:
    """The moment has passed: draw() gave nothing."""


@dataclass(frozen=True)
class NotThere:
    """It was looked for, and the conversation does not hold it."""

    channel: str | None = None


@dataclass(frozen=True)
class Unreadable:
    """The conversation's history can't be read."""

    code: str


Outcome = Sent | Opened | Uploaded | Refused | NothingToSay | NotThere | Unreadable
