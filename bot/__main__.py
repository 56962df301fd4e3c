"""Start here: `perennial` on the command line, also `python -m bot`."""

import sys

import click

from bot import __version__
from bot.commands import Commands
from bot.errors import PerennialError


@click.group(cls=Commands, help="Perennial: mentoring that outlives programs, in the Slack where people already are.")
@click.version_option(__version__, prog_name="perennial")
def cli() -> None:
    """The group every command hangs on."""


def main() -> None:
    """Run the command line; a foreseen error is one clear line and exit code 1."""
    try:
        cli(standalone_mode=True)
    except PerennialError as error:
        click.echo(error.message, err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
