"""What a story page holds, how long it takes to tell, and what to mend. Values in, values out."""

from dataclasses import dataclass

WORDS_A_MINUTE = 125  # spoken, with pauses
LONGEST_TITLE = 80
LONGEST = 2500  # characters a beat, under what Slack takes in a field
LONGEST_QUESTION = 200
GOOD = (5, 10)  # minutes


@dataclass(frozen=True)
class Page:
    """A story in three beats, with what a listener will ask."""

    title: str = ""
    broke: str = ""
    changed: str = ""
    attempt: str = ""  # what to try
    questions: str = ""

    def to_json(self) -> dict[str, str]:
        """Plain values, to be sealed."""
        return self.__dict__.copy()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written yet."""
        return not any(self.to_json().values())


def minutes(page: Page) -> float:
    """How long the three beats take to tell."""
    words = sum(len(beat.split()) for beat in (page.broke, page.changed, page.attempt))
    return words / WORDS_A_MINUTE


def length(page: Page) -> str:
    """That in words, with what it means for a slot of about eight minutes; nothing for an empty page."""
    told = minutes(page)
    if told == 0:
        return ""
    about = "under a minute" if told < 1 else "about a minute" if told < 1.5 else f"about {round(told)} minutes"
    if told < GOOD[0]:
        return f"Read aloud this takes {about}. Eight minutes are usual, and short ones are liked: they leave room for questions."
    if told <= GOOD[1]:
        return f"Read aloud this takes {about}, which fits."
    return f"Read aloud this takes {about}. Eight are usual: what could you leave for their questions?"
