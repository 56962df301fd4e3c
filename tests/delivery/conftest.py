"""Kinds of message that exist for these tests alone, and short ways to queue them and look at what became of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.messages import Channel, Content, Kind, Message, MessageClass, People, Recipient, Verb
from tests.world import World

KINDS = (
    Kind("test.answer", MessageClass.ANSWER),
    Kind("test.appointment", MessageClass.APPOINTMENT),
    Kind("test.request", MessageClass.REQUEST, expires=timedelta(days=7)),
    Kind("test.suggestion", MessageClass.SUGGESTION, expires=timedelta(days=10)),
    Kind("test.secret", MessageClass.ANSWER, private=True),
)


@dataclass
class Post:
    """A test's own hand in the outbox of a world."""

    world: World
    drawn: dict[str, Content | None] = field(default_factory=dict)
    sent: list[int] = field(default_factory=list)
    ended: list[tuple[int, str]] = field(default_factory=list)
    recipients: dict[int, Recipient] = field(default_factory=dict)
    count: int = 0

    def __post_init__(self) -> None:
        self.register()

    def register(self) -> None:
        """Teach the bot the kinds of this file; again after it was started anew."""
        for kind in KINDS:
            self.world.bot.registry.kinds.add(kind, sent=self._sent, ended=self._ended)
        drawn = Kind("test.drawn", MessageClass.ANSWER)
        self.world.bot.registry.kinds.add(drawn, draw=self._draw, sent=self._sent, ended=self._ended)
        self.world.bot.registry.recipients = self._recipients

    async def _draw(self, session: AsyncSession, delivery: Delivery) -> Content | None:
        return self.drawn.get(delivery.subject)

    async def _sent(self, session: AsyncSession, delivery: Delivery) -> None:
        self.sent.append(delivery.id)

    async def _ended(self, session: AsyncSession, delivery: Delivery) -> None:
        self.ended.append((delivery.id, delivery.state))

    async def _recipients(self, session: AsyncSession, workspace_id: int, ids: list[int]) -> dict[int, Recipient]:
        return {each: self.recipients[each] for each in ids if each in self.recipients}

    def message(self, to: People | Channel | str, text: str | None = "Hello", **more: Any) -> Message:
        """A message to a person (by Slack id), people or a channel."""
        self.count += 1
        if isinstance(to, str):
            to = People((to,), ()) if to.startswith("U") else Channel(to)
        given: dict[str, Any] = {
            "workspace_id": 1,
            "kind": "test.answer",
            "subject": f"test:{self.count}",
            "to": to,
            "dedupe_key": f"test:{self.count}",
            "due_at": self.world.clock(),
            "content": Content(text) if text is not None else None,
        }
        return Message(**(given | more))

    async def queue(self, to: People | Channel | str, text: str | None = "Hello", **more: Any) -> int:
        """Queue one; its delivery's id."""
        message = self.message(to, text, **more)
        async with self.world.bot.database.transaction() as session:
            queued = await outbox.enqueue(session, message, now=self.world.clock())
        assert queued is not None
        return queued

    async def update(self, target_id: int, text: str, to: People | Channel | str, **more: Any) -> int:
        """Queue a change to what another delivery said."""
        return await self.queue(to, text, verb=Verb.UPDATE, target_id=target_id, **more)

    async def look(self, delivery_id: int) -> Delivery:
        """One delivery as it is now."""
        async with self.world.bot.database.reading() as session:
            return await session.get_one(Delivery, delivery_id)

    async def states(self) -> list[str]:
        """The state of every delivery, oldest first."""
        async with self.world.bot.database.reading() as session:
            return list((await session.execute(select(Delivery.state).order_by(Delivery.id))).scalars())

    def channel(self, name: str = "general") -> str:
        """A channel with the bot in it."""
        slack = self.world.slack
        return slack.add_channel(name, creator=slack.bot_user_id)

    def texts_to(self, user: str) -> list[str]:
        """What somebody was told."""
        return [message["text"] for message in self.world.messages_to(user)]

    def texts_in(self, channel: str) -> list[str]:
        """What the bot said in a conversation, oldest first."""
        ours = [each for each in self.messages_in(channel) if each.get("user") == self.world.slack.bot_user_id]
        return [each["text"] for each in ours if "subtype" not in each]

    def messages_in(self, channel: str) -> list[dict[str, Any]]:
        """All that stands in a conversation, oldest first."""
        return sorted(self.world.slack.history(channel), key=lambda message: float(message["ts"]))


@pytest.fixture
def post(world: World) -> Post:
    """The outbox of a world on SQLite."""
    return Post(world)


@pytest.fixture
def make_post() -> Callable[[World], Post]:
    """The same for a world that a test brings itself."""
    return Post
