"""What the bot says in the thread of a question."""

from datetime import datetime, timedelta

from bot.features.reflections.models import Prompt
from bot.features.reflections.prompts.views import kept_buttons
from bot.messages import Channel, Content, Kind, Message, MessageClass
from bot.slack import blocks
from bot.slack.act import Act
from bot.slack.used import in_place

KEPT = Kind("reflections.kept", MessageClass.ANSWER, priority=10, expires=timedelta(days=1), cost=0, private=True)


def kept(prompt: Prompt, reflection_id: int, now: datetime, *, ts: str, added: bool) -> Message:
    """Kept, or added to what was kept before."""
    said = "Added to what you kept for this question." if added else "Kept in your journal."
    return _in_thread(prompt, Content(said, [blocks.section(said), kept_buttons(reflection_id)]), now, f"kept:{ts}")


def too_long(prompt: Prompt, now: datetime, *, ts: str) -> Message:
    """It is not kept, and why."""
    said = (
        "That makes more than the 12,000 characters one entry can have, so I kept nothing of this reply. "
        "A shorter one fits, and so does the form in my Home tab."
    )
    return _in_thread(prompt, Content(said, [blocks.section(said)]), now, f"long:{ts}")


def kept_as_written(prompt: Prompt, now: datetime, *, ts: str, key: str) -> Message:
    """The entry was written anew in the form since, so a change in Slack does not reach it."""
    said = "You changed this entry in its form since, so your journal keeps it as you wrote it there."
    return _in_thread(prompt, Content(said, [blocks.section(said)]), now, f"as_written:{ts}:{key}")


def removed(act: Act, now: datetime) -> Message:
    """The line that said "kept" says what became of it."""
    said = "Removed from your journal."
    more = "Your reply itself still stands in this conversation. Delete it in Slack if it should go as well."
    content = Content(said, [blocks.section(said), blocks.context(more)])
    key = f"reflections.removed:{act.channel}:{act.message_ts}"
    return in_place(act, KEPT, "reflections:removed", content, key=key, now=now)


def gone(prompt: Prompt, now: datetime, *, ts: str, empty: bool) -> Message:
    """A reply was deleted in Slack, and with it what the journal had of it."""
    said = "You deleted your reply, so it left your journal as well."
    if not empty:
        said += " What else you wrote here is still kept."
    return _in_thread(prompt, Content(said, [blocks.section(said)]), now, f"gone:{ts}")


def _in_thread(prompt: Prompt, content: Content, now: datetime, key: str) -> Message:
    assert prompt.channel is not None, "it has a thread, so it was sent"
    return Message(
        workspace_id=prompt.workspace_id,
        kind=KEPT.name,
        subject=f"reflection_prompt:{prompt.id}:thread",
        to=Channel(prompt.channel),
        dedupe_key=f"reflections.thread:{prompt.id}:{key}",
        due_at=now,
        content=content,
        thread_ts=prompt.ts,
    )
