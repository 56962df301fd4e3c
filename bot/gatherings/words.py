"""A gathering in words: what it is called, when and where it is, how full it is."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.gatherings.kinds import gathering_kinds_of
from bot.gatherings.models import Gathering
from bot.gatherings.store import Counts
from bot.programs import phrases
from bot.slack import blocks

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def place_of(gathering_id: int) -> str:
    """Where its page is on the Home tab."""
    return f"gathering:{gathering_id}"


def untitled(session: AsyncSession, gathering: Gathering) -> str:
    """What it is called while it has no title, its feature taken out or not."""
    kind = gathering_kinds_of(session).get(gathering.kind)
    return kind.untitled if kind else "Session"


def noun(session: AsyncSession, gathering: Gathering) -> str:
    """What kind of thing it is: "story session"."""
    kind = gathering_kinds_of(session).get(gathering.kind)
    return kind.noun if kind else "session"


def title(session: AsyncSession, gathering: Gathering) -> str:
    """Its title, escaped."""
    return blocks.escape(gathering.title or untitled(session, gathering))


def plain_title(session: AsyncSession, gathering: Gathering) -> str:
    """The same for places that show text as it is: headings, calendars."""
    return gathering.title or untitled(session, gathering)


def when(starts_at: datetime) -> str:
    """Its moment as each reader's own clock shows it, for what many read."""
    return blocks.at(starts_at, "UTC", "{date_long} at {time}")


def their_time(starts_at: datetime, tz: str, now: datetime) -> str:
    """ "15:00, your time" on the day itself, "Thursday 19 March, 15:00, your time" before."""
    local, today = starts_at.astimezone(ZoneInfo(tz)), now.astimezone(ZoneInfo(tz)).date()
    if local.date() == today:
        return f"{local:%H:%M}, your time"
    return f"{phrases.moment(starts_at, tz)}, your time"


def plain_moment(starts_at: datetime, tz: str) -> str:
    """ "Thursday 19 March, 15:00, Lisbon time", where Slack can't show each reader their own."""
    return f"{phrases.moment(starts_at, tz)}, {phrases.zone(tz)}"


def ordinal(place: int) -> str:
    """ "third"; a long line in figures."""
    return ORDINALS[place - 1] if place <= len(ORDINALS) else f"number {place}"


def fullness(gathering: Gathering, counts: Counts) -> str:
    """How many come, never who does not: "8 of 12 seats", "Full: you would be third in line"."""
    if gathering.seats is None:
        if not counts.coming:
            return "As many as like can come."
        return f"{phrases.counted(counts.coming, 'person comes', 'people come').capitalize()} so far."
    if counts.coming >= gathering.seats:
        seats = f"All {gathering.seats} seats are" if gathering.seats > 1 else "The only seat is"
        return f"{seats} taken: you would be {ordinal(counts.waiting + 1)} in line."
    if not counts.coming:
        return f"{gathering.seats} seats."
    return f"{counts.coming} of {gathering.seats} seats are taken."


def minutes(count: int) -> str:
    """ "twenty minutes"."""
    words = {15: "fifteen minutes", 20: "twenty minutes", 30: "half an hour", 60: "an hour", 90: "an hour and a half"}
    return words.get(count, f"{count} minutes")


@dataclass(frozen=True)
class Facts:
    """What every message of a gathering says of it; mrkdwn, escaped."""

    id: int
    title: str
    plain_title: str
    noun: str
    starts_at: datetime
    tz: str
    minutes: int
    about: str
    place: str
    link: str
    lines: list[str]


def where(facts: Facts) -> str:
    """Where it is, with the link for those who are not there; empty where nobody said so far."""
    if not facts.link:
        return facts.place
    link = blocks.escape(facts.link)
    return f"{facts.place}, or <{link}|the call>" if facts.place else f"<{link}|The call>"
