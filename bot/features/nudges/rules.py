"""Chooses the nudge that fits somebody now, and says why: moment, then leanings, then variety. Values in, values out."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b
from typing import Protocol

ANY = "any"
URGENCY = (  # which of several moments speaks first
    "before-first-meeting", "after-missed-meeting", "question-answered", "goal-stale", "new-in-role", "quiet-week",
)  # fmt: skip
RESTS = {  # what lasts speaks once in a while; what happens on a day speaks each time
    "goal-stale": timedelta(days=6), "new-in-role": timedelta(days=6), "quiet-week": timedelta(days=13),
}  # fmt: skip
NEVER_AGAIN_FOR = timedelta(days=180)
LEFT_OUT_FOR = timedelta(days=90)  # a theme that somebody asked twice to hear less of
FRESH_AFTER = 28  # days after which a theme is as welcome as one that was never there
LEANING, LESS, TRIED = 2.0, 0.5, 0.1
MOST_TRIED = 3
SELDOM = {"returning": 0.5}  # what few people are in at any time; whoever says so leans towards it


class Happening(Protocol):
    """A moment in somebody's days, as other features tell it."""

    @property
    def name(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def themes(self) -> frozenset[str]: ...


class Leans(Protocol):
    """A theme somebody cares about, and how that is known."""

    @property
    def theme(self) -> str: ...
    @property
    def reason(self) -> str: ...


@dataclass(frozen=True)
class Nudge:
    """What of a nudge matters for choosing."""

    slug: str
    roles: frozenset[str]
    themes: tuple[str, ...]  # the first is what it is mainly about
    moment: str = ANY
    by_lead: bool = False


@dataclass(frozen=True)
class Had:
    """A nudge somebody got, and what they said to it: did | not_now | less | stop | None."""

    slug: str
    theme: str
    moment: str | None  # the moment it was chosen for
    day: date
    answer: str | None = None


@dataclass(frozen=True)
class Person:
    """Whom a nudge is for; `had` newest first."""

    member_id: int
    roles: frozenset[str]
    had: Sequence[Had] = ()
    moments: Sequence[Happening] = ()
    leanings: Sequence[Leans] = ()


@dataclass(frozen=True)
class Why:
    """What decided: moment | leaning | new (a theme they never had) | variety; `because` finishes "because …"."""

    kind: str
    theme: str
    because: str = ""
    moment: str | None = None
    by_lead: bool = False


@dataclass(frozen=True)
class Choice:
    """The nudge, and why this one."""

    nudge: Nudge
    why: Why


def choose(library: Iterable[Nudge], person: Person, *, today: date, seed: int) -> Choice | None:
    """The best nudge that they did not have within 180 days; None once there is none that fits."""
    seen = {had.slug for had in person.had if today - had.day < NEVER_AGAIN_FOR}
    weary = left_out(person.had, today)
    fits = [
        nudge
        for nudge in library
        if nudge.slug not in seen and not nudge.roles.isdisjoint(person.roles) and nudge.themes[0] not in weary
    ]
    for moment in _speaking(person, today):
        of_moment = [nudge for nudge in fits if nudge.moment == moment.name]
        about = [nudge for nudge in of_moment if not moment.themes.isdisjoint(nudge.themes)]
        if chosen := _best(about or of_moment, person, today, seed):
            return Choice(chosen, Why("moment", chosen.themes[0], moment.reason, moment.name, chosen.by_lead))
    found = _best([nudge for nudge in fits if nudge.moment == ANY], person, today, seed)
    return None if found is None else Choice(found, _why(found, person))


def left_out(had: Iterable[Had], today: date) -> set[str]:
    """Themes of which somebody asked twice to hear less, the last time within 90 days."""
    asked: dict[str, list[date]] = {}
    for each in had:
        if each.answer == "less":
            asked.setdefault(each.theme, []).append(each.day)
    return {theme for theme, days in asked.items() if len(days) > 1 and today - max(days) < LEFT_OUT_FOR}


def theme_weights(had: Iterable[Had]) -> dict[str, float]:
    """How welcome a theme is by what they answered: halved by "less like this", raised a little by "did it"."""
    less = {each.theme for each in had if each.answer == "less"}
    tried: dict[str, int] = {}
    for each in had:
        if each.answer == "did":
            tried[each.theme] = tried.get(each.theme, 0) + 1
    return {
        theme: (LESS if theme in less else 1.0) * (1 + TRIED * min(tried.get(theme, 0), MOST_TRIED))
        for theme in less | set(tried)
    }


def _speaking(person: Person, today: date) -> list[Happening]:
    """The moments that may decide today, most urgent first."""
    last: dict[str, date] = {}
    for each in person.had:
        if each.moment is not None:
            last[each.moment] = max(each.day, last.get(each.moment, each.day))
    free = [
        moment
        for moment in person.moments
        if moment.name in URGENCY
        and (moment.name not in last or today - last[moment.name] >= RESTS.get(moment.name, timedelta(0)))
    ]
    return sorted(free, key=lambda moment: URGENCY.index(moment.name))


def _best(nudges: Sequence[Nudge], person: Person, today: date, seed: int) -> Nudge | None:
    """Another theme than last time if one fits; the most welcome of what is left; a lead's own before ours."""
    last = person.had[0].theme if person.had else None
    nudges = [nudge for nudge in nudges if nudge.themes[0] != last] or nudges
    if not nudges:
        return None
    seen: dict[str, date] = {}
    for each in person.had:
        seen.setdefault(each.theme, each.day)
    weights, leanings = theme_weights(person.had), {each.theme for each in person.leanings}
    scored = [(_welcome(nudge, seen, weights, leanings, today), nudge) for nudge in nudges]
    top = max(score for score, _ in scored)
    best = [nudge for score, nudge in scored if score == top]
    best = [nudge for nudge in best if nudge.by_lead] or best
    return min(best, key=lambda nudge: _lot(seed, person.member_id, nudge.slug))


def _lot(seed: int, member_id: int, slug: str) -> bytes:
    """Decides where nothing else does; a checksum would give neighbours in the list of members the same."""
    return blake2b(f"{seed}:{member_id}:{slug}".encode(), digest_size=8).digest()


def _welcome(
    nudge: Nudge, seen: dict[str, date], weights: dict[str, float], leanings: Collection[str], today: date
) -> float:
    theme = nudge.themes[0]
    days = min((today - seen[theme]).days, FRESH_AFTER) if theme in seen else FRESH_AFTER + 1
    leans = LEANING if any(each in leanings for each in nudge.themes) else 1.0
    return days * weights.get(theme, 1.0) * SELDOM.get(theme, 1.0) * leans


def _why(nudge: Nudge, person: Person) -> Why:
    theme = nudge.themes[0]
    for each in nudge.themes:
        for leaning in person.leanings:
            if leaning.theme == each:
                return Why("leaning", theme, leaning.reason, by_lead=nudge.by_lead)
    is_new = all(each.theme != theme for each in person.had)
    return Why("new" if is_new else "variety", theme, by_lead=nudge.by_lead)
