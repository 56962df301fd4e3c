"""`perennial deliveries`: what could not be delivered, and another try."""

import click
from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from bot.app import Perennial
from bot.commands.lending import run, when
from bot.delivery.models import Delivery

STATES = ("queued", "sending", "unknown", "parked", "sent", "failed", "withdrawn", "dropped", "expired")


@click.group(help="Messages on their way; never their text.")
def deliveries() -> None:
    """The group of the two."""


@deliveries.command("list", help="Messages in one state, newest first (UTC).")
@click.option("--state", type=click.Choice(STATES), default="failed", show_default=True)
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000))
def list_deliveries(state: str, limit: int) -> None:
    """Id, kind, class of error; nothing of what was said."""

    async def look(perennial: Perennial) -> list[Delivery]:
        async with perennial.database.reading() as session:
            query = select(Delivery).where(Delivery.state == state).order_by(Delivery.id.desc()).limit(limit)
            return list((await session.execute(query)).scalars())

    found = run(look)
    if not found:
        click.echo(f"No message is {state}.")
        return
    table = Table("Id", "Kind", "Class", "Due", "Tries", "Error", "What kind of error")
    for row in found:
        table.add_row(
            str(row.id),
            row.kind,
            row.message_class,
            when(row.due_at),
            str(row.attempts),
            row.error or "–",
            row.error_class or "–",
        )
    Console().print(table)
