"""What is talked about: topics chosen by those who may come, and the questions a table opens with."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import cache
from hashlib import blake2b
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.ext.asyncio import AsyncSession

from bot.content import load
from bot.features.roundtables.live import store
from bot.features.roundtables.live.models import LiveRoundtable
from bot.features.roundtables.written.library import PromptWords, prompts
from bot.gatherings import announcing
from bot.gatherings import store as gatherings
from bot.gatherings.ballots import acting
from bot.gatherings.ballots import store as ballots
from bot.gatherings.ballots.kinds import BallotKind
from bot.gatherings.models import Ballot, Gathering, Proposal
from bot.gatherings.takeaways import messages as gathered
from bot.gatherings.takeaways import store as takeaways
from bot.programs.models import Program

HERE = Path(__file__).parent
NAME = "topic"
OURS = 5  # topics of our own on one ballot
CHOSEN = 3  # so many are on the table
QUESTIONS = 2
LEAST_OPEN = timedelta(days=1)
QUESTION = "What shall we talk about at the next roundtable?"


class Topic(BaseModel):
    """One of ours."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    slug: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)
    theme: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    text: str = Field(min_length=5, max_length=80)


@cache
def ours() -> dict[str, Topic]:
    """Every topic of ours by its slug."""
    return {each.slug: each for each in load(HERE / "topics.yml", Topic)}


def subject_of(gathering: Gathering) -> str:
    """What its ballot is filed under."""
    return f"{NAME}:{gathering.id}"


async def put_to_vote(session: AsyncSession, gathering: Gathering, program: Program, now: datetime) -> None:
    """A vote for a third of the time that is left; none where that is too short to notice it."""
    closes_at = now + (gathering.starts_at - now) / 3
    if closes_at - now < LEAST_OPEN:
        return
    used = await store.topics_used(session, program)
    fresh = sorted(ours(), key=lambda slug: (slug in used, _luck(gathering.id, slug)))
    own = [(slug, ours()[slug].text) for slug in fresh[:OURS]]
    await acting.open_ballot(
        session,
        program,
        subject_of(gathering),
        QUESTION,
        own=own,
        winners=CHOSEN,
        closes_at=closes_at,
        now=now,
    )


async def follow_date(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """It was moved: a vote that would be counted too late for it closes sooner."""
    ballot = await ballots.about(session, gathering.workspace_id, subject_of(gathering), lock=True)
    if ballot is not None and ballot.closes_at >= gathering.starts_at:
        await acting.bring_forward(session, ballot, now + (gathering.starts_at - now) / 3, now=now)


async def take_back(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """Nothing is voted on any more; what was proposed waits for the next one."""
    ballot = await ballots.about(session, gathering.workspace_id, subject_of(gathering), lock=True)
    if ballot is not None:
        await acting.take_back(session, ballot, now=now)


async def chosen(session: AsyncSession, gathering: Gathering) -> dict[int, str]:
    """What was on the table, by the id of its proposal; what a moderator hid is not."""
    ballot = await ballots.about(session, gathering.workspace_id, subject_of(gathering))
    found = await ballots.up(session, ballot, ballots.USED) if ballot is not None else []
    return {each.id: each.text for each in found}


async def counted(session: AsyncSession, ballot: Ballot, won: Sequence[Proposal], now: datetime) -> None:
    """What was chosen is its agenda from now on."""
    gathering, live = await _decided(session, ballot)
    if won and gathering.state == gatherings.PLANNED:
        await _put_on_the_table(session, gathering, live, won, now)


async def moderated(
    session: AsyncSession, ballot: Ballot, chosen: Sequence[Proposal], changed: Proposal, now: datetime
) -> None:
    """One of them is hidden or back: so it is on the agenda, whatever became of the roundtable."""
    gathering, live = await _decided(session, ballot)
    await _put_on_the_table(session, gathering, live, chosen, now)
    for row in await takeaways.about_one(session, gathering, changed.id):
        await gathered.gather(session, gathering, row, now=now)


async def locks(session: AsyncSession, ballot: Ballot) -> None:
    """Whoever calls a roundtable off holds it, and takes its ballot back."""
    await _decided(session, ballot)


async def _decided(session: AsyncSession, ballot: Ballot) -> tuple[Gathering, LiveRoundtable]:
    return await store.get(session, ballot.workspace_id, int(ballot.subject.partition(":")[2]), lock=True)


async def _put_on_the_table(
    session: AsyncSession, gathering: Gathering, live: LiveRoundtable, won: Sequence[Proposal], now: datetime
) -> None:
    live.topics = [each.text for each in won]
    live.themes = [ours()[each.slug].theme for each in won if each.slug in ours()]
    await announcing.refresh(session, gathering, now)


def questions(gathering_id: int, table: int, themes: Collection[str]) -> list[PromptWords]:
    """What a table may open with: always the same two for one table, of the chosen topics where these are ours."""
    fitting = [each for each in prompts().values() if each.theme in themes] or list(prompts().values())
    return sorted(fitting, key=lambda each: _luck(gathering_id, f"{table}|{each.slug}"))[:QUESTIONS]


def _luck(gathering_id: int, text: str) -> bytes:
    return blake2b(f"{gathering_id}|{text}".encode(), digest_size=8).digest()


KIND = BallotKind(
    name=NAME,
    proposes="topic",
    hint="For example: Meetings we could do without",
    counted=counted,
    outlasts=True,
    locks=locks,
    moderated=moderated,
)
