"""What a session is about: proposed and chosen by those who may come, beside a few ideas of our own."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from hashlib import blake2b
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.ext.asyncio import AsyncSession

from bot.content import load
from bot.features.storytelling import store
from bot.features.storytelling.tellers import redrawing
from bot.gatherings import announcing
from bot.gatherings import store as gatherings
from bot.gatherings.ballots import acting
from bot.gatherings.ballots import store as ballots
from bot.gatherings.ballots.kinds import BallotKind
from bot.gatherings.models import Ballot, Gathering, Proposal
from bot.programs import store as programs

HERE = Path(__file__).parent
NAME = "theme"
OURS = 3  # ideas of our own on one ballot
LEAST_OPEN = timedelta(days=1)
QUESTION = "What shall the next stories be about?"


class Idea(BaseModel):
    """One theme of ours."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    slug: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)
    text: str = Field(min_length=5, max_length=80)


@cache
def ideas() -> dict[str, Idea]:
    """Every theme of ours by its slug."""
    return {each.slug: each for each in load(HERE / "themes.yml", Idea)}


async def put_to_vote(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """A vote on the theme, for a third of the time that is left; none where a theme is set or the time is short."""
    closes_at = now + (gathering.starts_at - now) / 3
    if gathering.title is not None or closes_at - now < LEAST_OPEN:
        return
    program = await programs.get(session, gathering.workspace_id, gathering.program_id)
    next_ones = in_turn(list(ideas()), await store.themes_had(session, program), luck=gathering.id)
    own = [(slug, ideas()[slug].text) for slug in next_ones[:OURS]]
    await acting.open_ballot(session, program, subject_of(gathering), QUESTION, own=own, closes_at=closes_at, now=now)


def subject_of(gathering: Gathering) -> str:
    """What the ballot of a session is about."""
    return f"{NAME}:{gathering.id}"


def in_turn(slugs: Sequence[str], had: Mapping[str, tuple[bool, int]], *, luck: int) -> list[str]:
    """Those never told about before those that were, and among equals whichever was up least. `had`: chosen, how often up."""
    return sorted(
        slugs,
        key=lambda slug: (*had.get(slug, (False, 0)), blake2b(f"{luck}|{slug}".encode(), digest_size=8).digest(), slug),
    )


async def counted(session: AsyncSession, ballot: Ballot, won: Sequence[Proposal], now: datetime) -> None:
    """The theme is the session's title, unless its host gave it one meanwhile; whoever tells reads it at once."""
    gathering = await gatherings.get(session, ballot.workspace_id, int(ballot.subject.partition(":")[2]), lock=True)
    if won and gathering.title is None and gathering.state == gatherings.PLANNED:
        gathering.title = won[0].text
        gathering.version += 1  # a host's form that was open meanwhile does not write its empty title over this one
        await announcing.refresh(session, gathering, now)
        await redrawing.show_all(session, gathering, now)


async def hurry(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """A session was moved nearer: its vote ends while tellers can still think of the theme, and its post says when."""
    ballot = await ballots.about(session, gathering.workspace_id, subject_of(gathering), lock=True)
    if ballot is not None:
        await acting.bring_forward(session, ballot, now + (gathering.starts_at - now) / 3, now=now)


async def locks(session: AsyncSession, ballot: Ballot) -> None:
    """Whoever calls a session off holds it, and takes its ballot back."""
    await gatherings.get(session, ballot.workspace_id, int(ballot.subject.partition(":")[2]), lock=True)


async def moderated(
    session: AsyncSession, ballot: Ballot, chosen: Sequence[Proposal], changed: Proposal, now: datetime
) -> None:
    """A theme that is hidden is no title any more, until it is put back; one that its host wrote stays."""
    gathering = await gatherings.get(session, ballot.workspace_id, int(ballot.subject.partition(":")[2]), lock=True)
    shown, title = (None, changed.text) if changed in chosen else (changed.text, None)
    if gathering.title == shown:
        gathering.title = title
        gathering.version += 1
        await announcing.refresh(session, gathering, now)
        await redrawing.show_all(session, gathering, now)


KIND = BallotKind(
    name=NAME,
    proposes="theme",
    hint="For example: The report that nobody needed",
    counted=counted,
    outlasts=True,
    locks=locks,
    moderated=moderated,
)
