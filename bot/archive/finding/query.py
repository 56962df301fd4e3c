"""Decides what somebody meant by what they typed: words, "phrases", #tags, @people, since:2026-01, is:worked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.archive.finding.words import meant, stem, stems, words_of

MOST_WORDS = 20  # meaningful words that are looked for; what follows them is left out, and that is said
LONGEST_TYPED = 4_000  # characters that are read at all
MOST_TAGS = 5
MOST_PEOPLE = 3
_PERSON = re.compile(r"<@([UW][A-Z0-9]{1,20})(?:\|[^>]*)?>")
_DATE = re.compile(r"(?<!\S)(since|until):(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?!\S)", re.IGNORECASE)
_OUTCOME = re.compile(r"(?<!\S)(?:is|outcome):worked(?!\S)", re.IGNORECASE)
_NAME = re.compile(r"(?<![\w@])@([^\s@,;<>]{1,40})")
_TAG = re.compile(r"(?<![\w&#])#([^\s#,;<>]{1,60})")
_PHRASE = re.compile(r"[\"“”„«»]([^\"“”„«»]{1,200})[\"“”„«»]")


@dataclass(frozen=True)
class Query:
    """What is looked for. `words` are folded, `tags` as typed, `people` Slack ids or the beginning of a name."""

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()  # tokens that stand side by side in the best cards
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None  # the first day that is too late
    worked: bool = False  # only cards that worked for somebody
    cut: bool = False  # there were more words than are looked for

    @property
    def stems(self) -> tuple[str, ...]:
        """The tokens of its words, each once."""
        return tuple(dict.fromkeys(stems(self.words)))

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing at all."""
        return not (self.words or self.tags or self.people or self.since or self.until or self.worked)

    def using(self, corrected: dict[str, str]) -> "Query":
        """The same with other spellings."""
        words = tuple(dict.fromkeys(corrected.get(word, word) for word in self.words))
        tokens = {stem(old): stem(new) for old, new in corrected.items()}
        phrases = tuple(tuple(tokens.get(each, each) for each in phrase) for phrase in self.phrases)
        return replace(self, words=words, phrases=phrases)

    def narrowed(self, other: "Query") -> "Query":
        """Both at once: what was typed, and what was chosen in the form of filters."""
        return Query(
            words=tuple(dict.fromkeys((*self.words, *other.words)))[:MOST_WORDS],
            phrases=(*self.phrases, *other.phrases),
            tags=tuple(dict.fromkeys((*self.tags, *other.tags)))[:MOST_TAGS],
            people=tuple(dict.fromkeys((*self.people, *other.people)))[:MOST_PEOPLE],
            since=max(filter(None, (self.since, other.since)), default=None),
            until=min(filter(None, (self.until, other.until)), default=None),
            worked=self.worked or other.worked,
            cut=self.cut or other.cut,
        )


def read_query(typed: str) -> Query:
    """Whatever was typed, read kindly: what is no word, tag, person, date or outcome is passed over."""
    left = typed[:LONGEST_TYPED].replace("\0", " ")
    people, left = _taken(_PERSON, left)
    left, since, until = _dates(left)
    worked, left = _OUTCOME.search(left) is not None, _OUTCOME.sub(" ", left)
    names, left = _taken(_NAME, left)
    tags, left = _taken(_TAG, left)
    phrases = [tuple(stems(meant(words_of(match)))) for match in _PHRASE.findall(left)]
    words = list(dict.fromkeys(meant(words_of(left))))
    return Query(
        words=tuple(words[:MOST_WORDS]),
        phrases=tuple(phrase for phrase in phrases if 1 < len(phrase) <= MOST_WORDS)[:3],
        tags=tuple(tag for tag in tags if words_of(tag))[:MOST_TAGS],
        people=tuple(dict.fromkeys((*people, *(name for name in names if words_of(name)))))[:MOST_PEOPLE],
        since=since,
        until=until,
        worked=worked,
        cut=len(words) > MOST_WORDS or len(typed) > LONGEST_TYPED,
    )


def without(query: Query, words: Sequence[str]) -> Query:
    """The same with fewer words."""
    return replace(query, words=tuple(word for word in query.words if word not in words), phrases=())


def _taken(pattern: re.Pattern[str], text: str) -> tuple[list[str], str]:
    return list(dict.fromkeys(pattern.findall(text))), pattern.sub(" ", text)


def _dates(text: str) -> tuple[str, date | None, date | None]:
    """since:2026, since:2026-01 and since:2026-01-15; a day that no calendar has is passed over."""
    found: dict[str, date] = {}
    for which, year, month, day in _DATE.findall(text):
        try:
            first = date(int(year), int(month or 1), int(day or 1))
            found[which.lower()] = first if which.lower() == "since" else _after(first, bool(month), bool(day))
        except (ValueError, OverflowError):
            continue
    return _DATE.sub(" ", text), found.get("since"), found.get("until")


def _after(first: date, has_month: bool, has_day: bool) -> date:
    """The day after the last one that "until" means."""
    if has_day:
        return date.fromordinal(first.toordinal() + 1)
    if has_month:
        return date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return date(first.year + 1, 1, 1)
