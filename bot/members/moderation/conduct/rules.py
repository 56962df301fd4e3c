"""Decides what a lead's own words on conduct may be; values in, values out."""

import re

from bot.members.moderation.conduct.words import LONGEST, LONGEST_CONTACT, MOST_CONTACTS, Conduct, default_text

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def read(text: str, contacts: str) -> Conduct:
    """What was typed, without what only disturbs; our own text unchanged stays ours, so that a better one reaches them."""
    said = _UNSEEN.sub("", text).strip()
    lines = [" ".join(_UNSEEN.sub("", line).split()) for line in contacts.splitlines()]
    return Conduct("" if said == default_text() else said, tuple(line for line in lines if line))


def problem_with_text(conduct: Conduct) -> str | None:
    """Why this can't be the code of conduct."""
    if len(conduct.own_text) > LONGEST:
        return f"That is {len(conduct.own_text)} characters long; {LONGEST} is the most. Short is read."
    return None


def problem_with_contacts(conduct: Conduct) -> str | None:
    """Why these can't be the help contacts."""
    if len(conduct.contacts) > MOST_CONTACTS:
        return f"Those are {len(conduct.contacts)} lines; five are the most. Name those who answer."
    if any(len(line) > LONGEST_CONTACT for line in conduct.contacts):
        return f"One line is longer than {LONGEST_CONTACT} characters. A name, and how to reach them, is enough."
    return None


def first_sentences(text: str, longest: int = 180) -> str:
    """As much of the beginning as fits a line or two, whole sentences where possible."""
    flat = " ".join(text.split())
    if len(flat) <= longest:
        return flat
    ends = [match.end() for match in re.finditer(r"[.!?](?= )", flat) if match.end() <= longest]
    return flat[: ends[-1]] if ends else flat[:longest].rsplit(" ", 1)[0] + "…"
