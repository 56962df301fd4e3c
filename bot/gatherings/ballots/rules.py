"""Decides what may be proposed, and what was chosen. Values in, values out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

LONGEST = 120
MOST_UP = 10  # proposals on one ballot: a post stays readable, and within Slack's fifty blocks
MOST_EACH = 2  # proposals by one person on one ballot


@dataclass(frozen=True)
class Standing:
    """A proposal and the votes for it."""

    proposal_id: int
    votes: int
    proposed_at: datetime


def chosen(standings: Sequence[Standing], many: int) -> list[int]:
    """Those with most votes, by id; between equals whoever was proposed first. Without a vote at all, nobody chose."""
    return ranked([each for each in standings if each.votes])[:many]


def ranked(standings: Sequence[Standing]) -> list[int]:
    """The same order of all of them, also where whoever voted for one is gone since, and the vote with them."""
    return [
        each.proposal_id
        for each in sorted(standings, key=lambda each: (-each.votes, each.proposed_at, each.proposal_id))
    ]


def problem_with(text: str, known: Sequence[str], *, mine: int) -> str | None:
    """What to mend in a proposal. `known`: the texts that are up; `mine`: how many of them are by the same person."""
    if not text:
        return "Write what you propose, in one line."
    if len(text) > LONGEST:
        return f"Keep it under {LONGEST} characters, so that it fits beside a button."
    if text.casefold() in {each.casefold() for each in known}:
        return "That is proposed already. Close this and vote for it."
    if mine >= MOST_EACH:
        return "Two of these are yours already, which leaves room for others. Take one back first, or vote."
    if len(known) >= MOST_UP:
        return "Ten are proposed, and no more fit. Vote for one of them; yours can wait for the next time."
    return None
