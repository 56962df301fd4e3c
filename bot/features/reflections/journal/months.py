"""Speaks: a month as a calendar of days with an entry, and the moods of the last weeks as a line."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.features.reflections.journal import rules
from bot.features.reflections.journal.places import BACK, ON, PLACE, back
from bot.features.reflections.journal.rules import Entry
from bot.members.rules import listed
from bot.members.rules import number as in_words
from bot.messages import Block
from bot.slack import blocks

OPEN_DAY = "reflections.open_day"


def mood_line(weeks: Sequence[tuple[date, str | None]]) -> list[Block]:
    """A bar a week from the first that has a mood; the sentence above says the same in words."""
    weeks = weeks if weeks and weeks[-1][1] else weeks[:-1]  # the current one has hardly begun
    begun = next((place for place, (_, mood) in enumerate(weeks) if mood), len(weeks))
    weeks = weeks[begun:]
    if not weeks:
        return []
    monday = weeks[0][0]
    said = listed([mood or "none named" for _, mood in weeks])
    bars = " ".join(rules.MOODS.get(mood or "", rules.NO_MOOD) for _, mood in weeks)
    return [
        blocks.context(f"Mood by week, from {monday.day} {monday:%B} on: {said}."),
        blocks.section(f"`{bars}`", block_id="moods"),
    ]


def month(first: date, entries: Sequence[Entry], today: date, *, has_older: bool) -> list[Block]:
    """One month as a calendar of days with an entry and its mood; the sentence above says the same in words."""
    moods = moods_by_day(entries)
    shown = [
        back("← Journal", PLACE),
        blocks.header(f"{first:%B} {first.year}"),
        blocks.section(_month_in_words(entries, moods)),
        blocks.section(f"```\n{rules.calendar(first, moods)}\n```", block_id="calendar"),
        blocks.context(
            f"Mood: {'  '.join(f'{bar} {mood}' for mood, bar in rules.MOODS.items())}  {rules.NO_MOOD} not named"
        ),
    ]
    if entries:
        options = [(_option(entry, today), str(entry.id)) for entry in entries]
        shown.append(blocks.actions(blocks.select(OPEN_DAY, options, placeholder="Open an entry"), block_id="open_day"))
    turns = (
        [blocks.button("Earlier month", BACK, f"{PLACE}:month:{rules.month_before(first):%Y-%m}")] if has_older else []
    )
    if rules.next_month(first) <= today:
        turns.append(blocks.button("Later month", ON, f"{PLACE}:month:{rules.next_month(first):%Y-%m}"))
    return [*shown, *([blocks.actions(*turns, block_id="turn")] if turns else [])]


def _option(entry: Entry, today: date) -> str:
    glimpse = rules.glimpse(entry.words.text, longest=40)
    return f"{entry.local_date.day} {entry.local_date:%b}: {glimpse}"


def _month_in_words(entries: Sequence[Entry], moods: Mapping[date, Sequence[str]]) -> str:
    if not entries:
        return "No entry in this month."
    days = f"{in_words(len(moods))} day{'s' if len(moods) != 1 else ''}"
    said = f"{in_words(len(entries)).capitalize()} entr{'ies' if len(entries) != 1 else 'y'} on {days}."
    counts = rules.counted([entry.words.mood for entry in entries])
    if counts:
        said += f" Mood: {listed([f'{mood} {_times(count)}' for mood, count in counts])}."
    return said


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{in_words(count)} times")


def moods_by_day(entries: Sequence[Entry]) -> dict[date, list[str]]:
    """The moods of each day with an entry, an empty word where none was named."""
    moods: dict[date, list[str]] = {}
    for entry in entries:
        moods.setdefault(entry.local_date, []).append(entry.words.mood)
    return moods
