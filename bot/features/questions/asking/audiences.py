"""Who may see a question: what its asker can choose from, and whether what they chose is theirs to choose."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions import rules
from bot.features.questions.models import Helping
from bot.features.questions.routing import audiences as routed
from bot.features.questions.routing import places as channels
from bot.members import store as members
from bot.members.changes import today_of
from bot.members.commitments import store as commitments
from bot.members.models import Member
from bot.registry import Audience, Audiences

EVERYONE, MENTOR = "everyone", "mentor"
NOT_ONE_OF_YOURS = "That choice is not there for you any more. Choose who may see it once more."
CHOOSE_SOMEBODY = "Choose the person you want to ask, or another way above."
YOURSELF = "That is you. Choose somebody else, or let whoever fits best answer."
NOT_THERE = "{name} is not in Perennial, so nobody would answer. Choose somebody else, or let whoever fits best answer."
NO_ROOM = "{name} takes on nothing new at the moment. Choose somebody else, or let whoever fits best answer."


@dataclass(frozen=True)
class Place:
    """A channel or group of people that can be chosen; `size` is known for groups only."""

    key: str
    name: str
    size: int | None = None


async def places(session: AsyncSession, member: Member) -> list[Place]:
    """The channels for questions, then the groups of people this member belongs to."""
    known = await channels.question_channels(session, member.workspace_id)
    groups = await _groups(session, member)
    return [
        *(Place(f"channel:{channel}", f"Channel #{name.removeprefix('#')}") for channel, name in known),
        *(Place(each.key, each.name, len(each.member_ids)) for each in groups),
    ]


async def size_of(session: AsyncSession, member: Member, audience: str, known: Collection[Place]) -> int:
    """Among how many people whoever asks can be looked for: their group, or everybody, where anybody could have asked."""
    size = next((each.size for each in known if each.key == audience), None)
    if size is not None:
        return size
    return await routed.size(session, member.workspace_id, audience if audience.startswith("channel:") else EVERYONE)


def is_small(size: int) -> bool:
    """Whether an alias hides nobody there."""
    return size < rules.SMALL_AUDIENCE


def problem_with(audience: str, known: Collection[Place]) -> str | None:
    """Why somebody can't choose this; mentors are judged by themselves."""
    if audience in (EVERYONE, MENTOR) or any(each.key == audience for each in known):
        return None
    return NOT_ONE_OF_YOURS


async def judge_mentor(
    session: AsyncSession, asker: Member, slack_id: str, *, now: datetime
) -> tuple[Member | None, str | None]:
    """The person somebody wants to ask, or why that can't be; what is confidential sounds like having no room."""
    if not slack_id:
        return None, CHOOSE_SOMEBODY
    if slack_id == asker.slack_id:
        return None, YOURSELF
    mentor = await members.by_slack_id(session, asker.workspace_id, slack_id)
    name = mentor.name if mentor is not None else "This person"
    if mentor is None or not members.has_joined(mentor) or mentor.deactivated_at is not None:
        return None, NOT_THERE.format(name=name)
    if not await _has_room(session, asker, mentor, now):
        return None, NO_ROOM.format(name=name)
    return mentor, None


async def _has_room(session: AsyncSession, asker: Member, mentor: Member, now: datetime) -> bool:
    load = (await commitments.loads(session, mentor.workspace_id, [mentor.id], now=now))[mentor.id]
    helping = await session.get(Helping, mentor.id)
    apart = (min(asker.id, mentor.id), max(asker.id, mentor.id)) in await members.aparts(session, mentor.workspace_id)
    away = mentor.paused_until is not None and mentor.paused_until > today_of(mentor, now)
    wants_none = helping is not None and not helping.kinds
    return load.takes("question", now) and not (apart or away or wants_none)


async def _groups(session: AsyncSession, member: Member) -> list[Audience]:
    contributed: list[Audiences] = session.info.get("audiences", [])
    found = [each for give in contributed for each in await give(session, member.workspace_id, member.id)]
    return [each for each in found if member.id in each.member_ids]
