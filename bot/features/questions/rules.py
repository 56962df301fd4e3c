"""What questions are made of: kinds, paces, states and names; values only."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_QUESTION, LONGEST_CONTEXT = 500, 2_000  # characters
KINDS = {  # value: how it is chosen in the form
    "question": "A question",
    "feedback": "Feedback on something",
    "review": "A quick review, with a checklist",
    "thinking": "Somebody to think with me",
}
PACES = {  # value: (how it is chosen, hours of the mentor's working time until the next step)
    "today": ("Today, if somebody can", 2),
    "days": ("In the next days", 8),
    "week": ("This week is early enough", 16),
}
OPEN = ("open", "held")  # somebody still waits, or is being answered
ENDED = ("closed", "withdrawn", "merged", "hidden")
SMALL_AUDIENCE = 10  # fewer people than this, and an alias hides nobody
OUTCOME_AFTER = timedelta(days=30)
CLOSE_AFTER = timedelta(days=14)  # without a word from anybody


@dataclass(frozen=True)
class Words:
    """What somebody asks."""

    question: str
    context: str = ""


@dataclass(frozen=True)
class Draft:
    """A question as it is handed in; `audience` as in the table: mentor:12, channel:C1, program:3, everyone."""

    words: Words
    kind: str
    pace: str
    audience: str
    skills: tuple[str, ...] = ()  # as written
    checklist: str | None = None
    under_alias: bool = False


def rounded(moment: datetime) -> datetime:
    """The hour somebody under an alias did something, and no closer."""
    return moment.replace(minute=0, second=0, microsecond=0)


def first_line(text: str, longest: int = 80) -> str:
    """A question in one line, for lists and lock screens."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    cut = line[: longest - 1].rsplit(" ", 1)[0]
    return f"{cut or line[: longest - 1]}…"


def is_for_many(audience: str) -> bool:
    """Whether it may meet others on its way: not where one mentor or one group was chosen to read and answer it."""
    return audience.partition(":")[0] in ("everyone", "channel")
