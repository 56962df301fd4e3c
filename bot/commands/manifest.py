"""`perennial manifest`: the app manifest to paste into Slack."""

import os

import click
import yaml

from bot.manifest import for_http, for_socket


@click.command(help="Print the manifest to paste at api.slack.com/apps (Create New App, From a manifest).")
@click.option("--base-url", help="HTTPS address of the bot, such as https://perennial.example.com.")
@click.option("--socket", is_flag=True, help="For Socket Mode: no address needed.")
def manifest(base_url: str | None, socket: bool) -> None:
    """YAML for one of the two ways Slack can reach us."""
    command = os.environ.get("PERENNIAL_COMMAND", "/mentor")
    if socket == bool(base_url):
        raise click.UsageError("Say how Slack reaches the bot: --socket, or --base-url https://…")
    if base_url and not base_url.startswith("https://"):
        raise click.UsageError("Slack only calls addresses that begin with https://")
    made = for_socket(command, os.environ.get("PERENNIAL_BASE_URL")) if socket else for_http(base_url or "", command)
    click.echo(yaml.safe_dump(made, sort_keys=False, allow_unicode=True), nl=False)
