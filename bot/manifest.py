"""The app's manifest: what Slack is asked to allow, as it must be pasted there."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from bot.content import LOADER
from bot.errors import WrongSetting

PLACES = (Path(__file__).parents[1] / "manifest.yml", Path(__file__).parent / "manifest.yml")  # a checkout, a wheel


def read_manifest() -> dict[str, Any]:
    """manifest.yml as a plain value."""
    for place in PLACES:
        if place.exists():
            found: dict[str, Any] = yaml.load(place.read_text(encoding="utf-8"), LOADER)
            return found
    raise WrongSetting("manifest.yml is missing; install Perennial again.")


def scopes() -> list[str]:
    """The scopes the bot asks for."""
    asked: list[str] = read_manifest()["oauth_config"]["scopes"]["bot"]
    return asked


def for_http(base_url: str, command: str) -> dict[str, Any]:
    """The manifest for a bot that Slack reaches at an HTTPS address, under which its pages are read as well."""
    base = base_url.rstrip("/")
    manifest = _with_command(read_manifest(), command)
    events = f"{base}/slack/events"
    manifest["features"]["slash_commands"][0]["url"] = events
    manifest["features"]["unfurl_domains"] = [urlsplit(base).hostname]
    manifest["oauth_config"]["redirect_urls"] = [f"{base}/slack/oauth_redirect", f"{base}/sign-in"]
    manifest["settings"]["event_subscriptions"]["request_url"] = events
    manifest["settings"]["interactivity"] |= {"request_url": events, "message_menu_options_url": events}
    return manifest


def for_socket(command: str, base_url: str | None = None) -> dict[str, Any]:
    """The manifest for Socket Mode: no address anywhere, but for that of the pages, where they are served."""
    manifest = _with_command(read_manifest(), command)
    del manifest["features"]["slash_commands"][0]["url"]
    del manifest["oauth_config"]["redirect_urls"]
    del manifest["settings"]["event_subscriptions"]["request_url"]
    manifest["settings"]["interactivity"] = {"is_enabled": True}
    manifest["settings"]["socket_mode_enabled"] = True
    if base_url:
        manifest["features"]["unfurl_domains"] = [urlsplit(base_url).hostname]
        manifest["oauth_config"]["redirect_urls"] = [f"{base_url.rstrip('/')}/sign-in"]
    return manifest


def _with_command(manifest: dict[str, Any], command: str) -> dict[str, Any]:
    manifest["features"]["slash_commands"][0]["command"] = command
    return manifest
