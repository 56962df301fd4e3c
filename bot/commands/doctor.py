"""`perennial doctor`: looks at every setting as it is in real life, and says what to do in words."""

import asyncio
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime

import click
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from bot.app import Perennial
from bot.commands.lending import build
from bot.errors import WrongSetting
from bot.manifest import scopes
from bot.members import workspaces
from bot.members.models import Workspace
from bot.schema import newest, revision_of

WITHOUT = {"reactions:read": "drafts of roundtable summaries begin with the longest answers, whatever people react to"}
GRANT = (
    "Put what `perennial manifest` prints in place of the manifest in the app's settings (api.slack.com/apps), and "
    "install the app again: its settings alone grant nothing."
)
CLOCK_MAY_DIFFER = timedelta(seconds=60)  # Slack refuses requests signed more than five minutes away


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    about: str
    well: bool
    says: str


@click.command(help="Check token, scopes, database, migrations, clock and key, and say what to do.")
def doctor() -> None:
    """One line per check; exit code 1 when something is wrong."""
    sys.exit(asyncio.run(_print_findings()))


async def _print_findings() -> int:
    try:
        perennial = build()
    except WrongSetting as error:
        click.echo(f"✗ settings: {error.message}")
        return 1
    wrong = 0
    await perennial.open()
    try:
        async for finding in examine(perennial):
            click.echo(f"{'✓' if finding.well else '✗'} {finding.about}: {finding.says}")
            wrong += not finding.well
    finally:
        await perennial.close()
    click.echo("All is well." if not wrong else f"{wrong} to mend.")
    return 1 if wrong else 0


async def examine(perennial: Perennial) -> AsyncIterator[Finding]:
    """Every check in turn."""
    yield Finding("settings", True, "read, and they fit together")
    async for finding in _slack(perennial):
        yield finding
    async for finding in _store(perennial):
        yield finding


async def _slack(perennial: Perennial) -> AsyncIterator[Finding]:
    settings = perennial.settings
    if settings.slack_bot_token is None:
        yield Finding("token", True, "installations come by OAuth; each brings its own")
        return
    try:
        answer = await perennial.clients.with_token(settings.slack_bot_token).auth_test()
    except SlackApiError as error:
        reason = error.response.get("error")
        yield Finding("token", False, f"Slack answered {reason}. Copy the bot token again from OAuth & Permissions.")
        return
    except (ClientError, TimeoutError):
        yield Finding(
            "token", False, f"no answer from {settings.api_url}. Is SLACK_API_URL right, and the network open?"
        )
        return
    yield Finding("token", True, f"of {answer['user']} in {answer['team']}")
    yield _scopes(answer.headers.get("x-oauth-scopes") or "")
    if date := answer.headers.get("date"):
        apart = abs(perennial.tools.clock() - parsedate_to_datetime(date))
        well = apart <= CLOCK_MAY_DIFFER
        yield Finding(
            "clock", well, "agrees with Slack's" if well else f"{apart.seconds} s away from Slack's. Set up NTP."
        )
    if settings.slack_app_token:
        yield await _socket(perennial)


def _scopes(granted: str, of: str = "") -> Finding:
    """Whether an installation may do all that the manifest asks for; an older one goes on with what it was given."""
    missing = sorted(set(scopes()) - {each.strip() for each in granted.split(",")})
    if not missing:
        return Finding("scopes", True, f"{of}all that manifest.yml asks for")
    until = [f"Until then {WITHOUT[each]}." for each in missing if each in WITHOUT]
    return Finding("scopes", False, " ".join([f"{of}missing {', '.join(missing)}.", *until, GRANT]))


async def _socket(perennial: Perennial) -> Finding:
    try:
        await perennial.clients.with_token(None).apps_connections_open(
            app_token=perennial.settings.slack_app_token or ""
        )
    except SlackApiError as error:
        reason = error.response.get("error")
        return Finding("socket", False, f"Slack answered {reason}. Make an app-level token with connections:write.")
    return Finding("socket", True, "Slack opens one for SLACK_APP_TOKEN")


async def _store(perennial: Perennial) -> AsyncIterator[Finding]:
    try:
        async with perennial.database.reading() as session:
            found = await (await session.connection()).run_sync(_revision)
            yield Finding("database", True, f"{perennial.database.url.get_backend_name()} answers")
            if found != newest():
                says = (
                    "empty; `perennial migrate` makes the tables (serve does it, too)"
                    if found is None
                    else f"at {found}"
                )
                yield Finding("migrations", found is None, f"{says}. The code wants {newest()}.")
                return
            yield Finding("migrations", True, f"at {found}, the newest")
            for workspace in (await session.execute(select(Workspace))).scalars():
                yield _key(perennial, workspace)
                if perennial.settings.slack_bot_token is None and workspace.state == "active":
                    yield _scopes(workspace.scopes, f"{workspace.name}: ")
    except (SQLAlchemyError, OSError) as error:
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        yield Finding("database", False, f"{reason}. Is DATABASE_URL right, and the server running?")
        return
    if not perennial.settings.perennial_secret_key:
        yield Finding(
            "key", True, f"made by itself in {perennial.settings.key_file.name}; keep a copy apart from the backups"
        )


def _key(perennial: Perennial, workspace: Workspace) -> Finding:
    try:
        if workspace.bot_token is not None:
            perennial.database.vault.open(workspace.bot_token, workspaces.TOKEN)
    except WrongSetting as error:
        return Finding("key", False, error.message)
    state = (
        "" if workspace.state == "active" else f", but Slack ended it ({workspace.stopped_reason}); install it again"
    )
    return Finding("workspace", workspace.state == "active", f"{workspace.name}{state}")


def _revision(connection: Connection) -> str | None:
    return revision_of(connection)
