"""A direct message that somebody has says something else now; what that is, is drawn as the change leaves."""

from datetime import datetime

from bot.delivery.models import Delivery
from bot.messages import Kind, Message, People, Verb

ON_ITS_WAY = ("sending", "unknown", "parked", "sent")  # what waits is drawn as it leaves anyway


def again(sent: Delivery, kind: Kind, version: int, now: datetime) -> Message:
    """The change to a delivery that is locked, so that it is not drawn at this very moment. `version`: of its round."""
    return Message(
        workspace_id=sent.workspace_id,
        kind=kind.name,
        subject=f"{sent.subject}:changed",
        to=People(tuple(sent.slack_ids), tuple(sent.member_ids)),
        dedupe_key=f"{sent.dedupe_key}:{version}",
        due_at=now,
        verb=Verb.UPDATE,
        target_id=sent.id,
    )
