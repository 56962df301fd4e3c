"""Decides who is asked: who knows, has room, can be reached in time and was not asked too often; values in, values out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

BEST, TWO_MORE, CHANNEL, LEADS, NOBODY = range(5)  # the steps of the ladder, and its end
HOW_MANY = {BEST: 1, TWO_MORE: 2}
LATEST = {  # by pace: who can't be reached and given their hours within this is not asked
    "today": timedelta(days=3),
    "days": timedelta(days=7),
    "week": timedelta(days=14),
}
LOOKED_AT = 400  # people at a time, by lot where more would do: those who know most of it before all others
LATELY = timedelta(days=28)  # what was asked and answered within this makes somebody less likely to be asked
RESTS_FOR = timedelta(days=14)
LAPSES_UNTIL_REST = 2
POINTS = 1  # what a question weighs
SHORT_PAUSE = timedelta(days=3)  # whoever is away no longer than this keeps what they hold
SILENT_FOR = 2  # times the promised hours without a word, and whoever holds it is asked whether they still do
TAKEN_BACK_WITHIN = timedelta(hours=1)  # handed on within this, it never weighed

FOR_SKILLS, FOR_KINDS = 40.0, 10.0
FOR_ROOM, FOR_SOON = 20.0, 15.0
PER_ASK, PER_ANSWER = 6.0, 3.0


@dataclass(frozen=True)
class Asking:
    """A question as the rule reads it."""

    kind: str  # question | feedback | review | thinking
    pace: str  # today | days | week
    skills: int  # how many it names


@dataclass(frozen=True)
class Candidate:
    """Somebody who might be asked, with what is known of them at this moment."""

    member_id: int
    skills: tuple[str, ...] = ()  # names of those among the question's skills that they offer
    kinds: frozenset[str] | None = None  # what they said they help with; None: with every kind
    points: int = 0
    cap: int = 6
    is_open: bool = True  # they did not say "no more for now"
    until: datetime | None = None  # when the promised hours of their working time will have passed; None: never
    asked: int = 0  # times they were asked lately
    answered: int = 0  # times they took one lately
    lapses: int = 0  # times nothing came back within the last two weeks
    answered_asker_last: bool = False
    refused: bool = False  # they said no to this very question, or handed it on
    apart: bool = False  # one of the two would rather not be put together with the other


@dataclass(frozen=True)
class Choice:
    """Somebody to be asked, and why they, in words they may read."""

    member_id: int
    score: float
    reasons: tuple[str, ...]


def choose(candidates: Iterable[Candidate], question: Asking, now: datetime, seed: str) -> list[Choice]:
    """Everybody who fits, best first; whoever answered the asker last comes after all others."""
    fitting = [each for each in candidates if fits(each, question, now)]
    scored = {each.member_id: score(each, question, now) for each in fitting}
    ranked = sorted(
        fitting, key=lambda each: (each.answered_asker_last, -scored[each.member_id], lot(each.member_id, seed))
    )
    return [Choice(each.member_id, scored[each.member_id], reasons(each, question)) for each in ranked]


def may_be_asked(each: Candidate) -> bool:
    """Whether somebody may be asked at all, whatever they offer: nobody who said no, is full, or is kept apart."""
    return (
        not each.refused
        and not each.apart
        and each.is_open
        and each.points + POINTS <= each.cap
        and each.until is not None
    )


def fits(each: Candidate, question: Asking, now: datetime) -> bool:
    """Whether somebody is one to be asked by the ladder itself."""
    return (
        may_be_asked(each)
        and each.lapses < LAPSES_UNTIL_REST
        and (each.kinds is None or question.kind in each.kinds)
        and (bool(each.skills) or not question.skills)
        and each.until is not None
        and each.until - now <= LATEST[question.pace]
    )


def score(each: Candidate, question: Asking, now: datetime) -> float:
    """How well somebody fits: what they know and help with, room, how soon, and how seldom they were asked lately."""
    assert each.until is not None, "who can't be reached does not fit"
    if question.skills:
        knows = FOR_SKILLS * len(each.skills) / question.skills
    else:
        knows = FOR_KINDS * (4 if each.kinds is None else len(each.kinds)) / 4
    room = FOR_ROOM * (1 - each.points / each.cap)
    soon = FOR_SOON * max(0.0, 1 - (each.until - now) / LATEST[question.pace])
    return knows + room + soon - PER_ASK * each.asked - PER_ANSWER * each.answered


def reasons(each: Candidate, question: Asking) -> tuple[str, ...]:
    """Why they: only facts they gave themselves."""
    said = []
    if each.skills:
        said.append(f"you offer {_listed(each.skills[:3])}")
    if each.kinds is not None:
        said.append(f"you said that you help with {KINDS_IN_WORDS[question.kind]}")
    elif not each.skills:
        said.append("you offer to help colleagues")
    said.append("you have room for it")
    return tuple(said)


KINDS_IN_WORDS = {
    "question": "questions",
    "feedback": "feedback",
    "review": "quick reviews",
    "thinking": "thinking things through",
}


def next_step(step: int, *, begun: bool) -> int:
    """Where the ladder goes on; a question that nobody was asked yet is still before its first step."""
    return step + 1 if begun or step > BEST else BEST


def may_put_off(pace: str, put_off_before: bool) -> bool:
    """Whether "not now" waits for their next working morning: once, and where the asker isn't in a hurry."""
    return pace != "today" and not put_off_before


def _listed(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def lot(member_id: int, seed: str) -> bytes:
    """Chance that can be repeated: between equals, the same seed draws the same."""
    return blake2b(f"{seed}:{member_id}".encode(), digest_size=8).digest()
