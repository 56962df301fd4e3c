"""What somebody took on, in the words of the feature that knows it."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.members.commitments.rules import Taken
from bot.members.commitments.words import ONE_OF
from bot.registry import Namer


async def names(session: AsyncSession, workspace_id: int, taken: Sequence[Taken]) -> list[str]:
    """What each of these is, in their order; what no feature names is called by its kind."""
    namers: dict[str, Namer] = session.info.get("commitment_names", {})
    said: dict[tuple[str, int], str] = {}
    for kind in {each.kind for each in taken} & namers.keys():
        ids = [found for each in taken if each.kind == kind and (found := _id_in(each.subject)) is not None]
        for each_id, name in (await namers[kind](session, workspace_id, ids)).items():
            said[kind, each_id] = name
    return [said.get((each.kind, _id_in(each.subject) or 0), ONE_OF[each.kind]) for each in taken]


def _id_in(subject: str) -> int | None:
    _, _, found = subject.partition(":")
    return int(found) if found.isdecimal() else None
