"""Every environment variable Perennial reads, typed and explained; read once, in __main__."""

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import WrongSetting


class Settings(BaseSettings):
    """Field names are the variables' names in lower case; `aliases` say which carry no PERENNIAL_ prefix."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True)

    slack_bot_token: str | None = Field(None, description="Bot token (xoxb-…) of the one workspace this serves.")
    slack_signing_secret: str | None = Field(None, description="Proves that a request comes from Slack.")
    slack_app_token: str | None = Field(
        None, description="App-level token (xapp-…). Set: Socket Mode, no public URL needed."
    )
    slack_client_id: str | None = Field(
        None,
        description="With the two below: installable in many workspaces by OAuth. With the secret: Sign in with Slack.",
    )
    slack_client_secret: str | None = Field(None, description="See SLACK_CLIENT_ID.")
    slack_state_secret: str | None = Field(None, description="Signs the state of an installation under way.")
    slack_api_url: str = Field("https://slack.com/api/", description="Any server that speaks Slack's protocol.")
    database_url: str = Field("sqlite:///perennial.db", description="sqlite:///file.db or postgresql://user@host/db.")
    perennial_secret_key: str | None = Field(
        None,
        description="Encryption key(s), newest first, parted by commas. Created beside the file if unset with SQLite.",
    )
    perennial_leads: str = Field("", description="Slack user ids that are leads from the start, parted by commas.")
    perennial_base_url: str | None = Field(None, description="HTTPS address of the pages; unset: no link is drawn.")
    perennial_command: str = Field("/mentor", description="The slash command, where another app owns /mentor.")
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(3000, ge=0, le=65535, description="Port to listen on.")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="How much is logged.")
    log_format: Literal["console", "json"] = Field("console", description="For people, or for machines.")

    @property
    def lead_ids(self) -> frozenset[str]:
        """The Slack user ids in PERENNIAL_LEADS."""
        return frozenset(part.strip() for part in self.perennial_leads.split(",") if part.strip())

    @property
    def socket_mode(self) -> bool:
        """Whether Slack reaches us through a socket that we open, instead of over HTTP."""
        return self.slack_app_token is not None

    @property
    def many_workspaces(self) -> bool:
        """Whether Perennial may be installed by OAuth in any number of workspaces."""
        return bool(self.slack_client_id and self.slack_client_secret and self.slack_state_secret)

    @property
    def api_url(self) -> str:
        """SLACK_API_URL with its closing slash, which the SDK needs."""
        return self.slack_api_url.rstrip("/") + "/"

    @property
    def key_file(self) -> Path:
        """Where the key lives beside a SQLite file when PERENNIAL_SECRET_KEY is unset."""
        return Path(self.database_url.split("///", 1)[-1]).with_suffix(".key")


def read_settings(**overrides: object) -> Settings:
    """Settings from the environment (or .env), or one line that names the wrong one and how to mend it."""
    settings = read_store_settings(**overrides)
    if problems := problems_with(settings):
        raise WrongSetting(problems[0])
    return settings


def read_store_settings(**overrides: object) -> Settings:
    """The same for work on the database that never speaks to Slack, so that no token is asked for."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper() if first["loc"] else "a setting"
        raise WrongSetting(f"{name}: {first['msg']}. See the table of settings in README.md.") from error


def problems_with(settings: Settings) -> list[str]:
    """What would keep these settings from working together, each in one line that says how to mend it."""
    problems = []
    token = settings.slack_bot_token
    if token and not token.startswith(("xoxb-", "xoxe.xoxb-")):
        problems.append(
            "SLACK_BOT_TOKEN must begin with xoxb-; copy it from OAuth & Permissions in the app's settings."
        )
    if settings.slack_app_token and not settings.slack_app_token.startswith("xapp-"):
        problems.append("SLACK_APP_TOKEN must begin with xapp-; make one under Basic Information, App-Level Tokens.")
    if not token and not settings.many_workspaces:
        problems.append("SLACK_BOT_TOKEN is missing; set it, or the three SLACK_CLIENT_… settings for OAuth.")
    if not settings.slack_signing_secret and not settings.socket_mode:
        problems.append("SLACK_SIGNING_SECRET is missing; copy it from Basic Information in the app's settings.")
    if not settings.perennial_command.startswith("/") or " " in settings.perennial_command:
        problems.append("PERENNIAL_COMMAND must be one word with a slash before it, such as /mentor.")
    base = settings.perennial_base_url
    if base and not base.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        problems.append("PERENNIAL_BASE_URL must begin with https://.")
    if settings.database_url.startswith("postgres") and not settings.perennial_secret_key:
        problems.append("PERENNIAL_SECRET_KEY is missing; with PostgreSQL it must be set: perennial new-key makes one.")
    if not settings.slack_api_url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        problems.append("SLACK_API_URL must begin with https://.")
    return problems
