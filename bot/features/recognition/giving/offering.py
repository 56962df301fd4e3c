"""The button other features draw beside a meeting, an answer or a session, and what it remembers: ids alone."""

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.recognition import store
from bot.features.recognition.giving import people
from bot.features.recognition.giving.views import GIVE
from bot.registry import Occasion, ThanksOffer
from bot.slack import blocks

_VALUE = re.compile(r"([a-z_]+:[0-9]{1,18})\|([0-9]{1,10}(?:,[0-9]{1,10})*)")


@dataclass(frozen=True)
class About:
    """What thanks are for, and for whom."""

    subject: str
    receiver_ids: tuple[int, ...]


async def offer(session: AsyncSession, workspace_id: int, occasion: Occasion) -> ThanksOffer:
    """For `registry.thanks`: whether it was said, else the button, where one of them is here to read it."""
    if await store.about(session, workspace_id, [occasion.subject], giver_id=occasion.giver_id):
        return ThanksOffer(said=True)
    others = [each for each in occasion.receiver_ids if each != occasion.giver_id]
    found = await people.here_by_id(session, workspace_id, others)
    if not found:
        return ThanksOffer(said=False)
    value = f"{occasion.subject}|{','.join(str(each.id) for each in found)}"
    return ThanksOffer(said=False, button=blocks.button("Say thanks", GIVE, value))


def read(value: str) -> About | None:
    """What a pressed button was about; None for one that is about nothing."""
    found = _VALUE.fullmatch(value)
    return About(found[1], tuple(int(each) for each in found[2].split(","))) if found else None


def memory(about: About | None) -> dict[str, Any] | None:
    """What the form remembers of it."""
    return {"for": about.subject, "of": list(about.receiver_ids)} if about is not None else None


def remembered(memory: dict[str, Any]) -> About | None:
    """The same, read back."""
    if "for" not in memory:
        return None
    return About(str(memory["for"]), tuple(int(each) for each in memory["of"]))
