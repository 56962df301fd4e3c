"""Links from Slack: each is for one person and one page, lives ten minutes, and is stored nowhere until it is used."""

import base64
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import vault_of
from bot.errors import WrongSetting
from bot.web.access.rules import LINK_LASTS, is_local

ABOUT = "page link"


@dataclass(frozen=True)
class Link:
    """What a link says once it is opened."""

    workspace_id: int
    member_id: int
    path: str
    expires_at: datetime


async def make_link(session: AsyncSession, workspace_id: int, member_id: int, path: str, now: datetime) -> str | None:
    """An address that lets this member in to `path` once, within ten minutes; None where no pages are served.

    It is sealed rather than stored, so that drawing one needs no transaction and leaves nothing behind.
    """
    base_url: str | None = session.info.get("base_url")
    if not base_url:
        return None
    if not is_local(path):
        raise ValueError("a link leads to a page of ours")
    expires = int((now + LINK_LASTS).timestamp())
    said = [workspace_id, member_id, path, expires, secrets.token_hex(8)]
    token = base64.urlsafe_b64encode(vault_of(session).seal_json(said, ABOUT)).decode().rstrip("=")
    return f"{base_url.rstrip('/')}/enter/{token}"


def page_address(session: AsyncSession, path: str) -> str | None:
    """The plain address of a page, which lets nobody in by itself; None where no pages are served."""
    base_url: str | None = session.info.get("base_url")
    return f"{base_url.rstrip('/')}{path}" if base_url else None


def read_link(session: AsyncSession, token: str) -> Link | None:
    """What a link's token says; None where we did not make it."""
    try:
        sealed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        workspace_id, member_id, path, expires, _ = vault_of(session).open_json(sealed, ABOUT)
    except (ValueError, WrongSetting):
        return None
    return Link(workspace_id, member_id, path, datetime.fromtimestamp(expires, UTC))
