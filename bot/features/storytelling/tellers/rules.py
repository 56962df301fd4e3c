"""Decides whom the rota asks to tell, and until when it is theirs to answer. Values in, values out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

ANSWER_WITHIN = timedelta(days=3)
LEAST_TO_ANSWER = timedelta(hours=20)  # a night and a morning
READY_BEFORE = timedelta(days=2)  # a teller who says yes later than this has no evening left to prepare
HOST_HEARS_BEFORE = timedelta(days=5)  # tellers still missing: the host hears of it in time to act
LEAST_PATIENCE = timedelta(days=1)  # before that a new session still finds people: a program's first ones are joining
RESTS_FOR = timedelta(days=60)  # whoever said no, or did not answer, is not asked again so soon
ACTIVE = ("asked", "accepted")


@dataclass(frozen=True)
class Candidate:
    """Somebody who could tell. `told`: how often so far; `sessions_ago`: when last, or next (1 is the one beside this)."""

    member_id: int
    function: str | None
    level: int | None
    told: int = 0
    sessions_ago: int | None = None
    asked_ago: timedelta | None = None  # since the rota last asked them and they did not tell


@dataclass(frozen=True)
class Heard:
    """Who told lately, or tells this time: what kind of voice that was."""

    function: str | None
    level: int | None


def rota(candidates: Collection[Candidate], heard: Sequence[Heard], seed: str) -> list[int]:
    """Whom to ask, in order: the unheard before all others, then other functions and levels than were heard lately.

    Nobody tells twice running, and nobody who said no lately is asked again. The order of the input decides nothing.
    """
    functions, levels = {each.function for each in heard}, {each.level for each in heard}
    free = [each for each in candidates if each.sessions_ago != 1 and not _rests(each)]
    ranked = sorted(
        free,
        key=lambda each: (
            each.told > 0,
            each.function is not None and each.function in functions,
            each.level is not None and each.level in levels,
            each.told,
            -(each.sessions_ago or 0),
            _lot(seed, each.member_id),
        ),
    )
    return [each.member_id for each in ranked]


def next_of(candidates: Collection[Candidate], heard: Sequence[Heard], many: int, seed: str) -> list[int]:
    """So many of the rota, where each one asked counts as heard for those after them."""
    left, known, chosen = {each.member_id: each for each in candidates}, list(heard), list[int]()
    while len(chosen) < many and (order := rota(list(left.values()), known, seed)):
        found = left.pop(order[0])
        known.append(Heard(found.function, found.level))
        chosen.append(found.member_id)
    return chosen


def answer_by(hears_at: datetime, starts_at: datetime) -> datetime | None:
    """Until when a turn is theirs to answer, who hear of it then; None where no time is left to prepare a story."""
    latest = starts_at - READY_BEFORE
    if latest - hears_at < LEAST_TO_ANSWER:
        return None
    return min(hears_at + ANSWER_WITHIN, latest)


def still_until(answer_by: datetime, starts_at: datetime, now: datetime) -> datetime:
    """The same for a turn that waits while its session is moved: nearer, where the new date asks for it."""
    return max(min(answer_by, starts_at - READY_BEFORE), min(answer_by, now + LEAST_TO_ANSWER))


def host_hears_at(starts_at: datetime) -> datetime:
    """When the host is told that tellers are missing, if they are."""
    return starts_at - HOST_HEARS_BEFORE


def host_hears_from(planned_at: datetime, starts_at: datetime) -> datetime:
    """When the host is told at the earliest that nobody is left to ask."""
    return min(planned_at + LEAST_PATIENCE, host_hears_at(starts_at))


def _rests(each: Candidate) -> bool:
    return each.asked_ago is not None and each.asked_ago < RESTS_FOR


def _lot(seed: str, member_id: int) -> bytes:
    return blake2b(f"{seed}|{member_id}".encode(), digest_size=8).digest()
