"""What goals tell the nudges: that one has been quiet, and which themes people's goals speak of."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.goals import content, rules, store
from bot.registry import Leaning, Moment

STALE = "goal-stale"
QUIET = "one of your goals has been quiet for three weeks"
GOAL_SETTING = Leaning("goal-setting", "you have set yourself a goal")


async def quiet_goals(
    session: AsyncSession, workspace_id: int, member_ids: list[int], now: datetime
) -> dict[int, list[Moment]]:
    """Of these members, those with an open goal that did not move for three weeks.

    The reason never names the goal: whoever keeps it, or writes it into a log, learns nothing from it.
    """
    found: dict[int, set[str]] = {}
    for each in await store.open_of_many(session, workspace_id, member_ids, still_since=now - rules.QUIET_AFTER):
        themes = rules.themes_in(each.text, content.words_by_theme())
        found.setdefault(each.row.member_id, set()).update(themes)
    return {member_id: [Moment(STALE, QUIET, frozenset(themes))] for member_id, themes in found.items()}


async def themes_of_goals(
    session: AsyncSession, workspace_id: int, member_ids: list[int], now: datetime
) -> dict[int, list[Leaning]]:
    """The themes these members' open goals speak of; setting goals is one for everybody who has any."""
    found: dict[int, dict[str, Leaning]] = {}
    for each in await store.open_of_many(session, workspace_id, member_ids):
        leanings = found.setdefault(each.row.member_id, {})
        for theme in rules.themes_in(each.text, content.words_by_theme()):
            leanings.setdefault(theme, Leaning(theme, f"one of your goals is about {content.themes()[theme].name}"))
    return {
        member_id: list(({GOAL_SETTING.theme: GOAL_SETTING} | leanings).values())
        for member_id, leanings in found.items()
    }
