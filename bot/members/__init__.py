"""Members: who people are, what they offer and want, when they work, and how much attention they give."""

from bot.members import (
    apart,
    attention,
    commitments,
    forms,
    front,
    joining,
    leading,
    moderation,
    moments,
    pauses,
    preferences,
    reading,
    store,
    sync,
    talk,
    wishes,
    workspaces,
)
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    forms.functions()  # a broken content file stops the start, not the first person who joins
    registry.viewer = store.viewer
    registry.recipients = store.recipients
    registry.reader, registry.reader_in_slack = reading.reader, reading.reader_in_slack
    registry.workspace_stopped = workspaces.stop
    registry.moments.append(moments.new_in_role)
    registry.wishes.append(wishes.WANTED)
    for room in (sync, front, joining, preferences, pauses, leading, apart, talk, attention, commitments, moderation):
        room.register(registry)
