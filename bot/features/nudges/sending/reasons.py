"""Keeps why a nudge was chosen, sealed: a reason may name people and goals."""

from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import vault_of
from bot.errors import Gone
from bot.features.nudges.models import Nudge
from bot.features.nudges.rules import Why
from bot.members import private
from bot.members.private import Seal
from bot.vault import Vault


def seal(why: Why, member_id: int, day: date, own: Seal | None, vault: Vault) -> dict[str, Any]:
    """The columns `why` and `own_seal`: whoever keeps something private has the reason sealed with their own key."""
    about, value = _about(member_id, day), asdict(why)
    sealed = vault.seal_json(value, about) if own is None else own.seal_json(value, about)
    return {"why": sealed, "own_seal": own is not None}


async def read(session: AsyncSession, nudge: Nudge) -> Why | None:
    """Why it was chosen; None where the key to it was forgotten."""
    about = _about(nudge.member_id, nudge.day)
    if not nudge.own_seal:
        return Why(**vault_of(session).open_json(nudge.why, about))
    try:
        own = await private.open_seal(session, nudge.workspace_id, nudge.member_id)
    except Gone:
        return None
    return Why(**own.open_json(nudge.why, about))


def _about(member_id: int, day: date) -> str:
    return f"nudge:{member_id}:{day.isoformat()}"
