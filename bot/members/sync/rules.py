"""Decides what of Slack's description of a person concerns us, and when to ask Slack again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

SLACKBOT = "USLACKBOT"
EVERY = timedelta(days=1)  # events tell us of changes at once; this walk finds what they missed
BETWEEN_PAGES = timedelta(seconds=3)  # users.list is good for twenty calls a minute
CURSOR_LIVES = timedelta(hours=1)  # Slack's cursors expire; an older walk begins anew


@dataclass(frozen=True)
class Person:
    """What Slack says about somebody."""

    slack_id: str
    name: str
    avatar: str | None
    title: str
    tz: str
    is_guest: bool
    is_admin: bool
    deactivated: bool


def read_person(user: dict[str, Any], team_id: str) -> Person | None:
    """Who Slack's user object describes; None for bots, Slack's own helper, workflows and people of other companies."""
    if user["id"] == SLACKBOT or user.get("is_bot") or user.get("is_workflow_bot") or user.get("is_stranger"):
        return None
    if user.get("team_id") not in (None, team_id) and team_id not in _teams(user):
        return None
    profile = user.get("profile") or {}
    name = user.get("real_name") or profile.get("real_name") or profile.get("display_name") or user.get("name")
    return Person(
        slack_id=user["id"],
        name=" ".join(str(name or user["id"]).split()),
        avatar=profile.get("image_192") or profile.get("image_72") or None,
        title=profile.get("title") or "",
        tz=known_zone(user.get("tz")),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
        deactivated=bool(user.get("deleted")),
    )


def known_zone(tz: str | None) -> str:
    """The zone Slack names, or UTC where it names none that exists."""
    try:
        return ZoneInfo(tz).key if tz else "UTC"
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"


def goes_on_at(cursor: str | None, due_at: datetime | None, now: datetime) -> str | None:
    """The cursor to go on with; None begins anew, because the walk is over or was left lying too long."""
    return cursor if cursor and due_at is not None and now - due_at < CURSOR_LIVES else None


def _teams(user: dict[str, Any]) -> list[str]:
    """On a grid, one person belongs to several workspaces of one company."""
    return list((user.get("enterprise_user") or {}).get("teams") or [])
