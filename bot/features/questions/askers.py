"""Who asks: kept so that they are found and reached, and so that an alias stays one for everybody without the server's key."""

from dataclasses import asdict, dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import vault_of
from bot.features.questions.models import Question

MINE = "questions.mine"  # beginning of the subject of whatever is said to an asker


@dataclass(frozen=True)
class Asker:
    """Who asks, and where their own thread stands: `delivery_id` from the moment it is queued, its place once it is sent."""

    member_id: int
    delivery_id: int | None = None
    channel: str | None = None
    ts: str | None = None


def hash_of(session: AsyncSession, workspace_id: int, member_id: int, *, under_alias: bool) -> bytes:
    """What finds somebody's own questions; it tells nothing without the key.

    Under an alias it is another one than under their own name, beside which it says who they are.
    """
    return vault_of(session).fingerprint(
        f"{workspace_id}:{member_id}", "questions.alias" if under_alias else "questions.asker"
    )


def hashes_of(session: AsyncSession, workspace_id: int, member_id: int) -> tuple[bytes, bytes]:
    """Both: whatever somebody asked."""
    named, hidden = (hash_of(session, workspace_id, member_id, under_alias=each) for each in (False, True))
    return named, hidden


def place_of(session: AsyncSession, channel: str, ts: str) -> bytes:
    """What finds a message by where it stands, in columns that must not tell whose direct messages those are."""
    return vault_of(session).fingerprint(f"{channel}:{ts}", "questions.place")


def asker_of(session: AsyncSession, question: Question) -> Asker:
    """Who asks. For reaching them and for checking whose question it is; never to be shown where it has an alias."""
    return Asker(**vault_of(session).open_json(question.asker_sealed, _about(question)))


def keep(session: AsyncSession, question: Question, asker: Asker) -> None:
    """Remember who asks and where their thread stands."""
    question.asker_sealed = vault_of(session).seal_json(asdict(asker), _about(question))
    under_alias = bool(question.alias)
    question.asker_hash = hash_of(session, question.workspace_id, asker.member_id, under_alias=under_alias)
    if asker.channel and asker.ts:
        question.asker_place = place_of(session, asker.channel, asker.ts)


def is_mine(session: AsyncSession, question: Question, member_id: int) -> bool:
    """Whether somebody asked this."""
    return question.asker_hash in hashes_of(session, question.workspace_id, member_id)


def subject_of(session: AsyncSession, question_id: int) -> str:
    """What messages to an asker are filed under: the database alone does not lead from it to the question, nor back."""
    return f"{MINE}:{veiled(session, question_id)}"


def veiled(session: AsyncSession, number: int) -> str:
    """An id as it may stand in keys of messages to an asker."""
    return vault_of(session).veil(str(number), MINE)


def question_in(session: AsyncSession, subject: str) -> int:
    """The id of the question that a message to its asker is about."""
    return int(vault_of(session).unveil(subject.split(":")[1], MINE))


def _about(question: Question) -> str:
    return f"question:{question.token}:asker"
