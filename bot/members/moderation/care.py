"""What somebody reads who writes words of acute distress: whom they can turn to. They alone; nobody is told."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.members.moderation.conduct import store, views
from bot.members.moderation.conduct.words import Conduct
from bot.messages import Block
from bot.slack import blocks

ALWAYS = (
    "Wherever you are, there is always somebody: a person you trust, a doctor, and, if you are in danger now, the emergency "
    "number of the country you are in. You can call it for this, too, at any hour."
)


async def care_note(session: AsyncSession, workspace_id: int) -> list[Block]:
    """Blocks for whoever wrote it, to be shown to them alone and at once; only looks, and leaves no trace.

    For `rules.shows_distress(text)`: in the answer to the form itself, never in a message.
    """
    return note(await store.conduct_of(session, workspace_id))


def note(conduct: Conduct) -> list[Block]:
    """The words of it."""
    shown = [
        blocks.section(
            "*You don't have to carry this alone.* What you wrote sounds heavy. If it is as heavy as it sounds, please talk "
            "to somebody today; a few words are enough to begin."
        )
    ]
    if conduct.contacts:
        shown.append(blocks.section(f"*Whom you can turn to here*\n{views.listed(conduct)}"))
    return [
        *shown,
        blocks.section(ALWAYS),
        blocks.context(
            "Only you see this. Nobody was told, and it is noted nowhere that you saw it. If those words meant something "
            "else, there is nothing you need to do."
        ),
    ]
