"""`perennial rounds`: rounds that were opened, and a proof that one can be made again."""

import click
from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from bot.app import Perennial
from bot.commands.lending import run, when
from bot.programs.models import Program, Round


@click.group(help="Rounds of every program.")
def rounds() -> None:
    """The group of the two."""


@rounds.command("list", help="The newest rounds (UTC).")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000))
def list_rounds(limit: int) -> None:
    """Id, program, number, state."""

    async def look(perennial: Perennial) -> Table:
        table = Table("Id", "Program", "Round", "State", "Opened", "Note")
        async with perennial.database.reading() as session:
            query = (
                select(Round, Program.name)
                .join(Program, Program.id == Round.program_id)
                .order_by(Round.id.desc())
                .limit(limit)
            )
            for row, program in (await session.execute(query)).all():
                table.add_row(str(row.id), program, str(row.number), row.state, when(row.opened_at), row.note or "–")
        return table

    Console().print(run(look))
