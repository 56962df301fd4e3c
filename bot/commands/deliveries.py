"""`perennial deliveries`: what could not be delivered, and another try."""

import click
from rich.console import Console
from rich.table import Table

from bot.app import Perennial
from bot.commands.lending import run, when
from bot.delivery import queries
from bot.delivery.models import Delivery


@click.group(help="Messages on their way; never their text.")
def deliveries() -> None:
    """The group of the two."""


@deliveries.command("list", help="Messages in one state, newest first (UTC).")
@click.option("--state", type=click.Choice(queries.STATES), default="failed", show_default=True)
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000))
def list_deliveries(state: str, limit: int) -> None:
    """Id, kind, class of error; nothing of what was said."""

    async def look(perennial: Perennial) -> list[Delivery]:
        async with perennial.database.reading() as session:
            return await queries.in_state(session, state, limit=limit)

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


@deliveries.command("retry", help="Put one failed or parked message back into the queue, unseen.")
@click.argument("delivery_id", metavar="ID", type=int)
def retry_delivery(delivery_id: int) -> None:
    """A parked message goes out again although nobody knows whether it arrived: that is what is decided here."""

    async def again(perennial: Perennial) -> bool:
        async with perennial.database.transaction() as session:
            return await queries.retry(session, None, delivery_id, now=perennial.tools.clock())

    if not run(again):
        raise click.ClickException(f"There is no failed or parked message {delivery_id} that could be sent again.")
    click.echo(f"Message {delivery_id} is queued again.")
