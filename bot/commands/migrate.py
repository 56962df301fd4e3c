"""`perennial migrate`: bring the database to the newest schema."""

import asyncio

import click

from bot.schema import newest
from bot.settings import read_store_settings


@click.command(help="Bring the database to the newest schema. `serve` does it by itself.")
def migrate() -> None:
    """Run what is missing, and say where the database is now."""
    from bot.migrate import migrate as upgrade  # with Alembic, which no other command needs at once

    asyncio.run(upgrade(read_store_settings().database_url))
    click.echo(f"The database is at {newest()}.")
