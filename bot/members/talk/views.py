"""What the bot says to somebody who writes to it."""

from collections.abc import Sequence
from datetime import datetime

from bot.members.models import Member
from bot.messages import Content, Kind, Message, MessageClass, People
from bot.registry import TalkOffer
from bot.slack import blocks

ANSWER = Kind("members.talk", MessageClass.ANSWER, priority=5)


def answer(
    member: Member, now: datetime, *, command: str, joined: bool, offers: Sequence[TalkOffer] = (), place: str = ""
) -> Message:
    """One answer an hour, however many lines somebody writes; `place` is where the first of them stands."""
    return Message(
        workspace_id=member.workspace_id,
        kind=ANSWER.name,
        subject=f"member:{member.id}",
        to=People((member.slack_id,), (member.id,)),
        dedupe_key=f"members.talk:{member.id}:{now:%Y-%m-%dT%H}",
        due_at=now,
        content=words(command, joined=joined, offers=offers, place=place),
    )


def words(command: str, *, joined: bool, offers: Sequence[TalkOffer] = (), place: str = "") -> Content:
    """What we do understand, that nothing was kept, and what could be done with it."""
    said = (
        "I only understand buttons and commands so far, so I kept nothing of what you wrote. "
        f"`{command} help` lists the commands; everything else is in my Home tab, at the top of this conversation."
    )
    more = (
        f"To have a quiet week, write `{command} pause`."
        if joined
        else "The Home tab is also where you join: three short steps."
    )
    buttons = [blocks.button(each.label, each.action_id, place) for each in offers[:5]]
    shown = [blocks.section(said), *([blocks.actions(*buttons)] if buttons else []), blocks.context(more)]
    return Content(text="I only understand buttons and commands so far.", blocks=shown)
