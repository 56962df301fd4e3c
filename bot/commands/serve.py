"""`perennial serve`: run the bot."""

import click

from bot.commands.lending import build
from bot.serve import ROLES
from bot.serve import serve as run_until_stopped


@click.command(help="Run the bot until it is asked to stop (SIGTERM or Ctrl-C).")
@click.option(
    "--role",
    type=click.Choice(ROLES),
    default="all",
    show_default=True,
    help="web: Slack's doors; worker: jobs and sending.",
)
def serve(role: str) -> None:
    """Web, jobs and sender in one process, or one of them."""
    perennial = build()
    run_until_stopped(perennial.settings, perennial, role)
