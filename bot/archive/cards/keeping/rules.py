"""Decides which messages can become a card, and says kindly why another can't. Values in, values out."""

from dataclasses import dataclass

OWN, ASK = "own", "ask"


@dataclass(frozen=True)
class Said:
    """A message and where it stands, as far as it matters here."""

    text: str
    by_me: bool
    by_a_bot: bool
    writer_is_from_here: bool
    writer_can_be_asked: bool  # in Perennial, and no guest
    writer: str = ""  # their name
    is_private: bool = False  # written where not everybody in the workspace could read


def judged(said: Said) -> tuple[bool, str]:
    """Whether it can be kept, and if not, why: what it means for whoever asked, and what to do."""
    if said.by_a_bot:
        return False, (
            "An app wrote this, and an app can't be asked whether it may be quoted. If it carries words of a person, use "
            "their own message, or say in words of your own what you took from it."
        )
    if not said.text:
        return (
            False,
            "This message has no words of its own, so there is nothing to keep. Write a card about it instead.",
        )
    if said.by_me:
        return True, OWN
    if not said.writer_is_from_here:
        return False, (
            "Somebody from another company wrote this, and their words stay with them. Say in words of your own what you "
            "took from it; that needs nobody's yes."
        )
    if not said.writer_can_be_asked:
        return False, (
            f"{said.writer or 'Whoever wrote this'} is not in Perennial, so I can't ask whether these words may be kept. "
            "Say in words of your own what you took from them; that needs nobody's yes."
        )
    return True, ASK


def is_private(channel_id: str, channel_name: str) -> bool:
    """Whether a message stands where not everybody could read it: a direct message, a group of people, a private channel."""
    return (
        channel_id[:1] in ("D", "G") or channel_name in ("directmessage", "privategroup") or channel_name[:5] == "mpdm-"
    )
