"""Installing in many workspaces: Bolt's OAuth flow, keeping installations in our own table."""

import hashlib
import hmac
import secrets
from datetime import UTC, datetime
from logging import Logger, getLogger
from typing import Any
from urllib.parse import urlsplit

from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from bot.clock import Clock
from bot.db import Database
from bot.members import workspaces
from bot.settings import Settings

STATE_SECONDS = 600


class Installations(AsyncInstallationStore):
    """Writes what an installation brought into `workspaces`; its token is sealed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock

    @property
    def logger(self) -> Logger:
        return getLogger("perennial.oauth")

    async def async_save(self, installation: Installation) -> None:
        """Keep an installation, or bring a known workspace back to life."""
        async with self.database.transaction() as session:
            await workspaces.keep(
                session,
                team_id=installation.team_id or "",
                name=installation.team_name or "",
                token=installation.bot_token or "",
                now=self.clock(),
                enterprise_id=installation.enterprise_id,
                bot_user_id=installation.bot_user_id,
                bot_id=installation.bot_id,
                app_id=installation.app_id,
                installed_by=installation.user_id,
                scopes=",".join(installation.bot_scopes or []),
            )

    async def async_save_bot(self, bot: Bot) -> None:
        """Keep a bot's token that came without an installation around it, as a rotation would bring it."""
        async with self.database.transaction() as session:
            await workspaces.keep(
                session,
                team_id=bot.team_id or "",
                name=bot.team_name or "",
                token=bot.bot_token,
                now=self.clock(),
                bot_user_id=bot.bot_user_id,
                bot_id=bot.bot_id,
                scopes=",".join(bot.bot_scopes),
            )

    async def async_find_installation(self, **_: Any) -> Installation | None:
        """Never asked: requests are authorised from our own table, without a call to Slack."""
        return None


class SignedStates(AsyncOAuthStateStore):
    """States that prove themselves: signed, ten minutes long; Bolt also compares them with the browser's cookie."""

    def __init__(self, secret: str, clock: Clock) -> None:
        self.secret = secret.encode()
        self.clock = clock

    @property
    def logger(self) -> Logger:
        return getLogger("perennial.oauth")

    async def async_issue(self, *args: Any, **kwargs: Any) -> str:
        """A fresh state."""
        body = f"{int(self.clock().timestamp())}.{secrets.token_urlsafe(16)}"
        return f"{body}.{self._sign(body)}"

    async def async_consume(self, state: str) -> bool:
        """Whether we issued this state within the last ten minutes."""
        body, _, signature = state.rpartition(".")
        if not hmac.compare_digest(signature, self._sign(body)):
            return False
        issued = datetime.fromtimestamp(int(body.split(".")[0]), UTC)
        return (self.clock() - issued).total_seconds() <= STATE_SECONDS

    def _sign(self, body: str) -> str:
        return hmac.new(self.secret, body.encode(), hashlib.sha256).hexdigest()


def oauth_settings(
    settings: Settings, database: Database, clock: Clock, scopes: list[str]
) -> AsyncOAuthSettings | None:
    """Bolt's OAuth settings where the three SLACK_CLIENT_… settings are there; None for a single workspace."""
    if not settings.many_workspaces:
        return None
    slack = urlsplit(settings.api_url)
    base = (settings.perennial_base_url or "").rstrip("/")
    return AsyncOAuthSettings(
        client_id=settings.slack_client_id,
        client_secret=settings.slack_client_secret or "",
        scopes=scopes,
        installation_store=Installations(database, clock),
        state_store=SignedStates(settings.slack_state_secret or "", clock),
        authorization_url=f"{slack.scheme}://{slack.netloc}/oauth/v2/authorize",
        redirect_uri=f"{base}/slack/oauth_redirect" if base else None,
    )
