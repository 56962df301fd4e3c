"""Decides about asking: aliases, how often one may ask under one, how long people wait, what can be undone; pure."""

import html
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

MOST_OPEN_ALIASES = 3
MOST_ALIASES_A_WEEK = 5
WEEK = timedelta(days=7)
LOOKED_BACK = 30  # answered questions behind "people usually wait …"
LEAST_ANSWERED = 5  # from fewer, nothing is said
LEAST_ASKERS = 10  # from fewer people, those under an alias do not count
UNDO_WITHIN = timedelta(hours=1)
REOPEN_WITHIN = timedelta(days=30)
REOPENED = ("asker", "quiet", "helped")  # ways of closing after which a question can be opened again
MOST_OFFERED = 10  # questions to merge into
TRIES = 50

_PERSON = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
_CHANNEL = re.compile(r"<#([A-Z0-9]+)(?:\|([^>]*))?>")
_EVERYBODY = re.compile(r"<!(channel|here|everyone)(?:\|[^>]*)?>")
_LINK = re.compile(r"<((?:https?|mailto|tel):[^|>]+)(?:\|([^>]*))?>")
_OTHER = re.compile(r"<!([a-z]+\^[^|>]*)(?:\|([^>]*))?>")
_WORD = re.compile(r"\w{4,}")


@dataclass(frozen=True)
class Answered:
    """When a question was asked and first answered; who asked is a fingerprint."""

    asked_at: datetime
    first_answer_at: datetime
    asker: bytes
    under_alias: bool


@dataclass(frozen=True)
class Similar:
    """An open question, as far as likeness is about it."""

    question_id: int
    text: str
    skills: frozenset[str]


def choose_alias(
    first: Sequence[str], second: Sequence[str], taken: Collection[str], chance: Callable[[int], int]
) -> str:
    """Two words that no open question goes by; `chance(n)` gives a number below n."""
    name = ""
    for _ in range(TRIES):
        name = f"{first[chance(len(first))]} {second[chance(len(second))]}"
        if name not in taken:
            return name
    number = 2
    while f"{name} {number}" in taken:
        number += 1
    return f"{name} {number}"


def too_many_aliases(asked: Sequence[tuple[datetime, bool]], now: datetime) -> str | None:
    """Which limit somebody has reached, of "open" and "week"; `asked`: when, and whether it is still open."""
    if sum(is_open for _, is_open in asked) >= MOST_OPEN_ALIASES:
        return "open"
    return "week" if sum(at > now - WEEK for at, _ in asked) >= MOST_ALIASES_A_WEEK else None


def usual_wait(answered: Sequence[Answered]) -> timedelta | None:
    """How long people usually wait for a first answer, newest questions first; None where too few tell.

    Questions under an alias count only where enough people asked that no one of them can be meant.
    """
    counted = answered[:LOOKED_BACK]
    hidden = {each.asker for each in counted if each.under_alias}
    named = {each.asker for each in counted if not each.under_alias}
    if max(len(hidden), len(named)) < LEAST_ASKERS:  # the same person may be in both, by another fingerprint
        counted = [each for each in answered if not each.under_alias][:LOOKED_BACK]
    if len(counted) < LEAST_ANSWERED:
        return None
    return timedelta(seconds=median((each.first_answer_at - each.asked_at).total_seconds() for each in counted))


def can_undo(closed_at: datetime | None, now: datetime) -> bool:
    """Whether a withdrawal or a merge can still be taken back."""
    return closed_at is not None and now - closed_at <= UNDO_WITHIN


def can_reopen(state: str, closing: str | None, closed_at: datetime | None, now: datetime) -> bool:
    """Whether a question that is over may be opened again by its asker."""
    if state in ("withdrawn", "merged"):
        return can_undo(closed_at, now)
    recently = closed_at is not None and now - closed_at <= REOPEN_WITHIN
    return state == "closed" and closing in REOPENED and recently


def most_alike(text: str, skills: Collection[str], others: Iterable[Similar]) -> list[int]:
    """Ids of the questions that share most with this one, best first: a skill counts for three words."""
    mine = words_in(text)

    def likeness(other: Similar) -> int:
        return len(mine & words_in(other.text)) + 3 * len(other.skills & set(skills))

    found = sorted(((likeness(each), each.question_id) for each in others), key=lambda pair: (-pair[0], -pair[1]))
    return [question_id for alike, question_id in found if alike][:MOST_OFFERED]


def words_in(text: str) -> set[str]:
    """The longer words of a text, to be compared."""
    return set(_WORD.findall(text.casefold()))


def as_typed(text: str, names: Mapping[str, str], *, without: str = "") -> str:
    """A message as its writer saw it: Slack's marks become names and addresses; the person `without` is left out."""
    if without:
        text = re.sub(rf"<@{re.escape(without)}(?:\|[^>]*)?>[,:]?", " ", text)
    text = _LINK.sub(lambda found: found[1].removeprefix("mailto:"), text)
    text = _CHANNEL.sub(lambda found: f"#{found[2] or found[1]}", text)
    text = _EVERYBODY.sub(r"@\1", text)
    text = _OTHER.sub(lambda found: found[2] or "", text)
    text = _PERSON.sub(lambda found: f"@{names.get(found[1], found[1])}", text)
    return html.unescape(text).strip()


def people_in(text: str) -> list[str]:
    """The Slack ids that a message's text names."""
    return list(dict.fromkeys(_PERSON.findall(text)))
