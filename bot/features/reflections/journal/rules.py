"""Decides about words and days of a journal: folding, finding, cutting, the month and the line of moods. Pure."""

import html
import re
import unicodedata
from calendar import Calendar
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

MOODS = {"heavy": "▁", "low": "▂", "even": "▄", "good": "▆", "light": "█"}
LONGEST = 12_000  # characters of one entry
FIELD = 3_000  # characters of one field, as Slack has it
WEEKS = 8
NO_MOOD = "·"

_ACCENTS = re.compile("[\u0300-\u036f]")
_PLAIN = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_LINK = re.compile(r"<((?:https?|mailto):[^|>]*)(?:\|([^>]*))?>")
_CHANNEL = re.compile(r"<#(\w+)(?:\|([^>]*))?>")
_EVERYBODY = re.compile(r"<!(here|channel|everyone)(?:\|[^>]*)?>")
_PERSON = re.compile(r"<@(\w+)(?:\|[^>]*)?>")


@dataclass(frozen=True)
class Part:
    """What was written in one go; `ts`: of the reply it came from, None where it came from a form."""

    text: str
    ts: str | None = None


@dataclass(frozen=True)
class Words:
    """Everything a reflection says. `mood` and `theme` are empty where they were left open."""

    parts: tuple[Part, ...]
    mood: str = ""
    theme: str = ""

    @property
    def text(self) -> str:
        """The whole text."""
        return "\n\n".join(part.text for part in self.parts)


@dataclass(frozen=True)
class Entry:
    """An opened reflection; it lives as long as the request that opened it."""

    id: int
    local_date: date
    changed_at: datetime
    version: int
    prompt_slug: str | None
    sharing: str
    words: Words


def with_part(words: Words, part: Part) -> Words:
    """The same with one more part, in the order of Slack's own times."""
    parts = [*words.parts, part]
    if part.ts is not None and all(each.ts is not None for each in parts):
        parts.sort(key=lambda each: float(each.ts or 0))
    return replace(words, parts=tuple(parts))


def with_part_changed(words: Words, ts: str, text: str) -> Words | None:
    """The same with the part that came from this reply reading otherwise; None where there is no such part."""
    if all(part.ts != ts for part in words.parts):
        return None
    return replace(words, parts=tuple(replace(each, text=text) if each.ts == ts else each for each in words.parts))


def without_part(words: Words, ts: str) -> Words:
    """The same without what came from this reply."""
    return replace(words, parts=tuple(each for each in words.parts if each.ts != ts))


def problem_with(text: str) -> str | None:
    """Why this can't be an entry, in words for whoever wrote it."""
    if not text.strip():
        return "A sentence is enough. Or close the form; nothing is kept then."
    if len(text) > LONGEST:
        return f"That is {len(text):,} characters; {LONGEST:,} is the most for one entry."
    return None


def as_typed(text: str, names: Mapping[str, str]) -> str:
    """A message's text as its writer saw it: Slack's marks for links and people become words. `names` by Slack id."""
    text = _LINK.sub(lambda found: found[2] or found[1].removeprefix("mailto:"), text)
    text = _CHANNEL.sub(lambda found: f"#{found[2] or found[1]}", text)
    text = _EVERYBODY.sub(r"@\1", text)
    text = _PERSON.sub(lambda found: f"@{names.get(found[1], found[1])}", text)
    return html.unescape(text).strip()


def people_in(text: str) -> list[str]:
    """The Slack ids that a message's text names."""
    return list(dict.fromkeys(_PERSON.findall(text)))


def fold(text: str) -> str:
    """The text as the search compares it: no capitals, no accents, single spaces."""
    folded = text.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        folded = _ACCENTS.sub("", folded).translate(_PLAIN)
    return " ".join(folded.split())


def needles(query: str) -> list[str]:
    """What must all occur in an entry's folded text."""
    return list(dict.fromkeys(fold(query).split()))


def glimpse(text: str, query: str = "", *, longest: int = 140) -> str:
    """One line of a text: where it says what was searched for, else its beginning."""
    wanted = fold(query).split()
    lines = [line.strip() for line in text.splitlines() if line.strip()] or [""]
    line = next((line for line in lines if any(word in fold(line) for word in wanted)), lines[0])
    words = line.split()
    first = next((place for place, word in enumerate(words) if any(each in fold(word) for each in wanted)), 0)
    begin = max(0, first - 6) if len(line) > longest else 0
    shown = ("… " if begin else "") + " ".join(words[begin:])
    return shown if len(shown) <= longest else f"{shown[: longest - 1].rstrip()}…"


def pieces(text: str, longest: int = FIELD) -> list[str]:
    """A text in pieces that fit one field or paragraph each, cut at line ends or spaces where there are any."""
    found = []
    while len(text) > longest:
        cut = max(text.rfind("\n", 0, longest), text.rfind(" ", 0, longest))
        cut = cut if cut > longest // 2 else longest
        found.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*found, text]


def month_of(text: str) -> date | None:
    """The first day of "2026-03"; None where it can't be read."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text) or text < "1900":
        return None
    return date.fromisoformat(f"{text}-01")


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def month_before(month: date) -> date:
    """The first day of the month before."""
    return (month - timedelta(days=1)).replace(day=1)


def calendar(month: date, moods: Mapping[date, Sequence[str]]) -> str:
    """A month as text, Monday first: each day with an entry carries its mood, or a dot where it has none."""
    lines = ["Mo  Tu  We  Th  Fr  Sa  Su"]
    for week in Calendar().monthdatescalendar(month.year, month.month):
        cells = [f"{day.day:2}{_mark(moods, day)}" if day.month == month.month else "   " for day in week]
        lines.append(" ".join(cells).rstrip())
    return "\n".join(lines)


def _mark(moods: Mapping[date, Sequence[str]], day: date) -> str:
    if day not in moods:
        return " "
    return MOODS.get(middle(moods[day]) or "", NO_MOOD)


def middle(moods: Sequence[str]) -> str | None:
    """The mood in the middle of several, the lighter of two; None where none was named."""
    named = sorted((mood for mood in moods if mood in MOODS), key=list(MOODS).index)
    return named[len(named) // 2] if named else None


def by_week(moods: Mapping[date, Sequence[str]], today: date, *, weeks: int = WEEKS) -> list[tuple[date, str | None]]:
    """The mood of each of the last weeks, oldest first, by the Monday it began on."""
    monday = today - timedelta(days=today.weekday())
    begins = [monday - timedelta(weeks=back) for back in reversed(range(weeks))]
    return [(begin, middle([mood for day in _days(begin) for mood in moods.get(day, ())])) for begin in begins]


def _days(begin: date) -> Iterator[date]:
    return (begin + timedelta(days=number) for number in range(7))


def counted(moods: Sequence[str]) -> list[tuple[str, int]]:
    """How often each mood was named, the most frequent first."""
    return Counter(mood for mood in moods if mood in MOODS).most_common()
