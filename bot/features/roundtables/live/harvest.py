"""What people take from their tables: how they are asked, what it may be about, and what of it a host's card draws on."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive import cards
from bot.archive.cards import Piece
from bot.features.roundtables.live import topics
from bot.gatherings import facts
from bot.gatherings.models import Gathering, Takeaway
from bot.gatherings.takeaways import rules
from bot.gatherings.takeaways import store as takeaways
from bot.gatherings.takeaways.kinds import Asking, Following, Sharing, TakeawayKind
from bot.gatherings.takeaways.messages import QUESTION
from bot.members import store as members


def source_of(gathering: Gathering, member_id: int) -> str:
    """What the card is filed under that one host makes of a roundtable."""
    return f"live:{gathering.id}:{member_id}"


async def pieces(session: AsyncSession, gathering: Gathering) -> Sequence[Piece]:
    """What was shared, in that order: whoever is quoted is asked before anybody reads it. Guests stand in no card."""
    found = await takeaways.shown(session, gathering)
    people = {
        each: await members.by_id(session, gathering.workspace_id, each) for each in {r.member_id for r, _ in found}
    }
    return [
        Piece(row.member_id, text, may_be_quoted=member is not None and not member.is_guest)
        for row, text in found
        for member in [people[row.member_id]]
    ]


async def counts(session: AsyncSession, gathering: Gathering, row: Takeaway) -> bool:
    """Every host may have made a card of it; nobody counts on a card of their own."""
    return bool(facts.hosts(gathering) - {row.member_id})


async def answered(session: AsyncSession, gathering: Gathering, row: Takeaway, answer: str, now: datetime) -> None:
    """Two weeks later: cards of its hosts count it, without a name."""
    if answer in rules.WORKED:
        for host_id in sorted(facts.hosts(gathering) - {row.member_id}):
            source = source_of(gathering, host_id)
            await cards.outcome(session, gathering.workspace_id, source, rules.WORKED[answer], now)


async def not_asked(session: AsyncSession, gathering: Gathering) -> set[int]:
    """Its hosts are asked for a card instead."""
    return facts.hosts(gathering)


def line(name: str, text: str, topic: str | None) -> str:
    """What one person takes along, and from which topic where they said so."""
    return f"*{name}*, on “{topic}”: {text}" if topic else f"*{name}*: {text}"


ANSWERS = {
    "yes": "It helped. If a host made a card, it counts that, without your name.",
    "partly": "It helped in part. If a host made a card, it counts that, without your name.",
    "no": "Not for you. If a host made a card, it counts that, without your name.",
    "not_yet": "Not so far. There is no date for it, and I don't ask again.",
}

KIND = TakeawayKind(
    message=QUESTION,
    asked_after=timedelta(minutes=30),  # by then whoever was not there has had time to say so
    asked_for=timedelta(days=6),
    about=topics.chosen,
    counts=counts,
    answered=answered,
    not_asked=not_asked,
    asking=Asking(
        question="What do you take from your table?",
        ended=lambda said: f"*{said.title}* is over.",
        button="Share a line",
        later="What you keep to yourself stays with you. In two weeks I ask you alone about it.",
        nothing="Nothing this time, which is fine.",
        title="What do you take?",
        hint="For example: Sales would rather hear no on Monday than maybe on Friday.",
        field="takeaway",
        submit="Share it",
        missing="Write one thing, in a line.",
        closed=("The week for sharing it is over, so nothing was kept. Tell whoever sat with you what came of it."),
        which="Which topic was it about?",
        no_one="None of them, or several",
    ),
    sharing=Sharing(
        done="Shared",
        yours="You shared",
        promise="In two weeks I ask you what came of it.",
        line=line,
        called="what somebody takes from a session",
        heading=lambda said: f"What people take from *{said.title}*:",
    ),
    following=Following(
        opening=lambda day: f"What came of it? On {day} you shared:",
        recalls=lambda said, day: f"On {day}, after *{said.title}*, you shared what you took from your table:",
        question="Did it help?",
        not_yet="Not so far",
        note=lambda counts: "If its host made a card of it, that card counts your answer without your name.",
        answers=lambda answer, counts: ANSWERS[answer],
    ),
)
