"""What a used button leaves behind: its message says what was chosen, so that nobody presses twice."""

from datetime import datetime

from bot.messages import Channel, Content, Kind, Message, Verb
from bot.slack.act import Act


def in_place(act: Act, kind: Kind, subject: str, content: Content, *, key: str, now: datetime) -> Message:
    """The message that was pressed changes into this; `key` says once for what."""
    return Message(
        workspace_id=act.workspace_id,
        kind=kind.name,
        subject=subject,
        to=Channel(act.channel),
        dedupe_key=key,
        due_at=now,
        content=content,
        verb=Verb.UPDATE,
        target_ts=act.message_ts,
    )
