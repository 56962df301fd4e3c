"""`perennial rounds`: rounds that were opened, and a proof that one can be made again."""

import sys

import click
from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from bot.app import Perennial
from bot.commands.lending import run, when
from bot.features.introductions.replay import Replay, replay
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


@rounds.command("replay", help="Make a past round again from its stored seed and inputs, and compare.")
@click.argument("round_id", metavar="ID", type=int)
def replay_round(round_id: int) -> None:
    """Exit code 1 where anything came out differently."""

    async def again(perennial: Perennial) -> Replay:
        with Console(stderr=True).status(f"making round {round_id} again …"):
            return await replay(perennial.tools, round_id)

    found = run(again)
    click.echo(
        f"Round {found.number} of {found.workspace}: {found.people} people in {found.groups} groups, seed {found.seed}."
    )
    click.echo(f"Value {found.value:g}, at most {found.bound:g} was possible. {found.certificate}")
    click.echo("The same, group by group." if found.same else f"Not the same: {found.differing} groups differ.")
    sys.exit(0 if found.same else 1)
