"""What messages of a written roundtable are filed under, so that those of one can be found, drawn and taken back."""


def nudge(round_id: int) -> str:
    """That it is still open, to whoever joined."""
    return f"roundtable:{round_id}:nudge"


def turn(round_id: int, member_id: int) -> str:
    """That it is somebody's turn to sum up."""
    return f"roundtable:{round_id}:turn:{member_id}"


def thread(round_id: int, thread_id: int) -> str:
    """What is said in one channel: the prompt, and what closes it."""
    return f"roundtable:{round_id}:thread:{thread_id}"


def round_in(subject: str) -> int:
    """The round a subject is about."""
    return int(subject.split(":")[1])


def thread_in(subject: str) -> int:
    """The thread that a subject of one is about."""
    return int(subject.split(":")[3])
