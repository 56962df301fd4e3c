"""What a used button leaves behind: its message says what was chosen, so that nobody presses twice."""

from datetime import datetime

from bot.messages import Channel, Content, Kind, Message, People, Verb
from bot.slack.act import Act


def in_place(act: Act, kind: Kind, subject: str, content: Content, *, key: str, now: datetime) -> Message:
    """The message that was pressed changes into this; `key` says once for what."""
    return changed(
        act.workspace_id, kind, subject, content, to=Channel(act.channel), ts=act.message_ts, key=key, now=now
    )


def changed(
    workspace_id: int,
    kind: Kind,
    subject: str,
    content: Content | None,
    *,
    to: Channel | People,
    key: str,
    now: datetime,
    ts: str | None = None,
    target_id: int | None = None,
) -> Message:
    """The message at that place, or the one of that delivery, changes into this; None: drawn as it leaves."""
    return Message(
        workspace_id=workspace_id,
        kind=kind.name,
        subject=subject,
        to=to,
        dedupe_key=key,
        due_at=now,
        content=content,
        verb=Verb.UPDATE,
        target_ts=ts,
        target_id=target_id,
    )
