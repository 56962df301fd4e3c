"""The milestones that features contribute, by name."""

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from bot.registry import MilestoneKind, Milestones


def known(session: AsyncSession) -> Mapping[str, MilestoneKind]:
    """Every kind, lent to every session."""
    milestones: Milestones | None = session.info.get("milestones")
    return milestones.kinds if milestones is not None else {}
