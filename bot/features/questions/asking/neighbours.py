"""What asking takes from rooms beside it, each of which may be missing: then it simply offers less."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions.models import Question
from bot.messages import Block

READ_CARD = "archive.read"  # opens a card of the archive; answered there


@dataclass(frozen=True)
class Card:
    """As much of a card in the archive as is shown before somebody asks."""

    id: int
    question: str
    gist: str


def checklists() -> dict[str, str]:
    """What can be reviewed: slug to title."""
    room = _room("bot.features.questions.threads.checklists")
    return {} if room is None else {slug: str(each.title) for slug, each in room.checklists().items()}


async def question_channels(session: AsyncSession, workspace_id: int) -> list[tuple[str, str]]:
    """The channels a lead opened for questions: id and name."""
    room = _room("bot.features.questions.routing.places")
    return [] if room is None else list(await room.question_channels(session, workspace_id))


async def show_in_channel(session: AsyncSession, question: Question, *, now: datetime) -> None:
    """Have the message that a question's thread in a channel stands under say how it stands now."""
    room = _room("bot.features.questions.routing.places")
    if question.channel_ts and room is not None and hasattr(room, "show"):
        await room.show(session, question, now=now)


async def similar(session: AsyncSession, workspace_id: int, text: str) -> Sequence[Card]:
    """At most three cards of the archive that share telling words with a question."""
    room = _room("bot.archive.finding.store")
    if room is None:
        return []
    return [
        Card(each.id, each.question, each.gist) for each in await room.similar(session, workspace_id, text, limit=3)
    ]


def shows_distress(text: str) -> bool:
    """Whether somebody says that they are in danger or at the end of their strength."""
    room = _room("bot.members.moderation.rules")
    return room is not None and bool(room.shows_distress(text))


async def care_note(session: AsyncSession, workspace_id: int) -> list[Block]:
    """Whom they can turn to, shown to them alone; nobody is told."""
    room = _room("bot.members.moderation.care")
    return [] if room is None else list(await room.care_note(session, workspace_id))


async def conduct(session: AsyncSession, workspace_id: int) -> list[Block]:
    """How people speak with each other here, in short."""
    views, store = _room("bot.members.moderation.conduct.views"), _room("bot.members.moderation.conduct.store")
    if views is None or store is None:
        return []
    return list(views.in_short(await store.conduct_of(session, workspace_id)))


def _room(name: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError:
        return None
