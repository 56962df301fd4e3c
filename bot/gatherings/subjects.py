"""What messages of gatherings are filed under, so that those of one can be found, drawn and taken back."""


def of(gathering_id: int) -> str:
    """Reminders: taken back with its date."""
    return f"gathering:{gathering_id}"


def post(gathering_id: int) -> str:
    """The announcement in its channel, and every update of it."""
    return f"gathering:{gathering_id}:post"


def news(gathering_id: int, change: str) -> str:
    """That it was moved, changed or called off, to one person each."""
    return f"gathering:{gathering_id}:news:{change}"


def calendar(gathering_id: int, member_id: int, sequence: int) -> str:
    """One version of one person's calendar file."""
    return f"gathering:{gathering_id}:calendar:{member_id}:{sequence}"


def personal(gathering_id: int) -> str:
    """What is said to one person and needs no taking back: a free seat, an invitation, news for the host."""
    return f"gathering:{gathering_id}:personal"


def gathering_in(subject: str) -> int:
    """The gathering that a subject is about."""
    return int(subject.split(":")[1])


def invitation(gathering_id: int, inviter_id: int) -> str:
    """A host's invitation to one person."""
    return f"gathering:{gathering_id}:invitation:{inviter_id}"
