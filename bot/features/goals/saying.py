"""What a goal says, as plain values: its words, its milestones, the notes along its way."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime


@dataclass(frozen=True)
class Milestone:
    """A step on the way; `done_on` is the local day it was ticked."""

    id: int
    text: str
    done_on: date | None = None


@dataclass(frozen=True)
class Text:
    """Everything a goal says."""

    title: str
    why: str = ""
    by: date | None = None
    skill: str = ""
    milestones: tuple[Milestone, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Plain values, for the sealed column."""
        steps = [[each.id, each.text, each.done_on and each.done_on.isoformat()] for each in self.milestones]
        by = self.by.isoformat() if self.by else None
        return {"title": self.title, "why": self.why, "by": by, "skill": self.skill, "milestones": steps}

    @classmethod
    def from_json(cls, value: Mapping[str, object]) -> "Text":
        """What `to_json` described."""
        steps = tuple(
            Milestone(each[0], each[1], date.fromisoformat(each[2]) if each[2] else None)
            for each in value["milestones"]  # type: ignore[attr-defined]
        )
        by = date.fromisoformat(str(value["by"])) if value["by"] else None
        return cls(str(value["title"]), str(value["why"]), by, str(value["skill"]), steps)


@dataclass(frozen=True)
class Note:
    """One note as it is read: progress, an obstacle, or what an angle brought up."""

    written_at: datetime
    text: str
    kind: str = "progress"  # progress | obstacle | angle
    shared: bool = False


@dataclass(frozen=True)
class Draft:
    """A goal as its form holds it."""

    title: str = ""
    why: str = ""
    by: date | None = None
    skill: str = ""
    rhythm: str = "month"
    followers: tuple[str, ...] = ()  # Slack user ids


def with_steps(text: Text, added: Sequence[str], taken: Collection[int] = ()) -> Text:
    """The goal with some milestones taken away and others added at the end."""
    kept = [each for each in text.milestones if each.id not in taken]
    first = max((each.id for each in text.milestones), default=0) + 1
    new = [Milestone(first + number, line) for number, line in enumerate(added)]
    return replace(text, milestones=(*kept, *new))


def with_smaller_step(text: Text, line: str) -> Text:
    """The goal with one more milestone, before all others that are still to be done."""
    *kept, new = with_steps(text, [line]).milestones
    place = next((number for number, each in enumerate(kept) if each.done_on is None), len(kept))
    return replace(text, milestones=(*kept[:place], new, *kept[place:]))


def ticked(text: Text, milestone_id: int, on: date | None) -> Text:
    """The goal with one milestone done on a day, or (None) open again."""
    changed = [replace(each, done_on=on) if each.id == milestone_id else each for each in text.milestones]
    return replace(text, milestones=tuple(changed))


def next_step(text: Text) -> Milestone | None:
    """The first milestone that is not done."""
    return next((each for each in text.milestones if each.done_on is None), None)
