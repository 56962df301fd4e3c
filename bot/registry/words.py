"""The words people may put after the slash command."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """What `/mentor word` does; the listener is called like any Bolt listener, with `rest` = the words after it."""

    listener: Callable[..., Awaitable[None]]
    help: str


class Words:
    """The words people may put after the slash command."""

    def __init__(self) -> None:
        self.known: dict[str, Word] = {}

    def add(self, word: str, listener: Callable[..., Awaitable[None]], *, help: str) -> None:
        """Have `/mentor word …` call the listener; `help` is its line in the help answer."""
        self.known[word] = Word(listener, help)
