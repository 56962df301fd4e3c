"""Reads a lead's own nudges from YAML: what is good, and what is wrong by entry and field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from pydantic import ValidationError

from bot.content import LOADER
from bot.features.nudges.library import MOMENTS, ROLES, Entry, themes

DEEPEST = 6  # entries are a list of mappings of lists; nothing sensible goes deeper
MOST_ENTRIES = 60
FIELDS = ("slug", "for", "themes", "moment", "title", "act", "why", "checklist")


@dataclass
class Read:
    """What could be read, and one line for each thing that could not."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_entries(text: str) -> Read:
    """Every good entry, and every problem with the others: "entry <slug or number>, <field>: what is wrong"."""
    try:
        if refused := _refused(text):
            return Read(problems=[refused])
        raw = yaml.load(text, LOADER)  # the safe loader, in C where it is
    except yaml.YAMLError as error:
        return Read(problems=[_not_yaml(error)])
    if not isinstance(raw, list) or not raw:
        return Read(problems=["This must be a list of nudges. Start each one with a line such as: - slug: my-nudge"])
    if len(raw) > MOST_ENTRIES:
        return Read(problems=[f"These are {len(raw)} nudges; {MOST_ENTRIES} at a time is the most."])
    found, seen = Read(), set[str]()
    for number, each in enumerate(raw, 1):
        _read_one(each, number, seen, found)
    return found


def problems_of(raw: Any, name: str) -> tuple[Entry | None, dict[str, str]]:
    """One entry, or what is wrong with it by field, in words."""
    if not isinstance(raw, dict):
        return None, {"entry": "write its fields below each other, such as: title: Ask one question"}
    try:
        return Entry.model_validate(raw), {}
    except ValidationError as error:
        wrong: dict[str, str] = {}
        for each in error.errors():
            place = str(each["loc"][0]) if each["loc"] else "entry"
            wrong.setdefault(place, in_words(place, each["type"], each.get("ctx") or {}, each["msg"]))
        return None, wrong


def in_words(place: str, kind: str, facts: Mapping[str, Any], said: str) -> str:
    """What is wrong with a field, for whoever wrote it; never what they wrote."""
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        return f"is no field of a nudge; those are {', '.join(FIELDS)}"
    if kind == "literal_error":
        known = {"for": ROLES, "themes": tuple(themes()), "moment": MOMENTS}.get(place, ())
        return f"takes only {', '.join(known)}"
    if kind == "string_too_long":
        return f"is too long; {facts['max_length']} characters are the most"
    if kind == "string_too_short":
        return f"is too short; write at least {facts['min_length']} characters"
    if kind in ("too_short", "too_long"):
        least, most = facts.get("min_length"), facts.get("max_length")
        return f"needs at least {least}" if kind == "too_short" else f"takes {most} at most"
    if kind == "string_pattern_mismatch":
        return "takes small letters, digits and dashes, such as ask-one-question"
    if kind.endswith("_type"):
        return "is not written as it should be; put text into quotes and lists into [brackets]"
    return said.removeprefix("Value error, ")


def _read_one(raw: Any, number: int, seen: set[str], found: Read) -> None:
    name = str(raw["slug"])[:60] if isinstance(raw, dict) and isinstance(raw.get("slug"), str) else str(number)
    entry, wrong = problems_of(raw, name)
    if entry is not None and entry.slug in seen:
        entry, wrong = None, {"slug": "is there twice"}
    if entry is None:
        found.problems += [f"entry {name}, {place}: {what}" for place, what in wrong.items()]
        return
    seen.add(entry.slug)
    found.entries.append(entry)


def _refused(text: str) -> str | None:
    """What must not even be built: brackets by the thousand, and aliases, which can stand for a great many copies."""
    depth = 0
    for event in yaml.parse(text, LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                return "This is nested too deeply. Start each nudge with a line such as: - slug: my-nudge"
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            return "Aliases (a name behind *) can't be used here. Write every nudge out."
    return None


def _not_yaml(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f" Look at line {mark.line + 1}." if mark is not None else ""
    return f"This can't be read as YAML.{where} A text with a colon in it must stand in quotes."
