"""`perennial new-key`: make an encryption key."""

import click

from bot import vault


@click.command(
    "new-key", help="Print a fresh PERENNIAL_SECRET_KEY. To rotate, put it before the old one, with a comma."
)
def new_key() -> None:
    """One key on standard output."""
    click.echo(vault.new_key())
