"""`perennial new-key` and `rotate-keys`: make an encryption key, and move everybody's own keys under it."""

import click
from rich.console import Console

from bot import vault
from bot.app import Perennial
from bot.commands.lending import run
from bot.members import private, workspaces


@click.command(
    "new-key", help="Print a fresh PERENNIAL_SECRET_KEY. To rotate, put it before the old one, with a comma."
)
def new_key() -> None:
    """One key on standard output."""
    click.echo(vault.new_key())


@click.command("rotate-keys", help="Wrap every member's key and every token with the newest PERENNIAL_SECRET_KEY.")
def rotate_keys() -> None:
    """Some hundreds of members a transaction, so that a running bot goes on; repeating it changes nothing."""

    async def rewrap(perennial: Perennial) -> int:
        many, last = 0, 0
        with Console(stderr=True).status("wrapping keys …") as status:
            async with perennial.database.transaction() as session:
                await workspaces.reseal_tokens(session)
            while True:
                async with perennial.database.transaction() as session:
                    wrapped = await private.rewrap(session, beyond=last)
                if not wrapped:
                    return many
                many, last = many + len(wrapped), wrapped[-1]
                status.update(f"wrapping keys … {many}")

    many = run(rewrap)
    keys = "one member key" if many == 1 else f"{many} member keys"
    click.echo(
        f"{keys} and the tokens are wrapped with the newest key. Keep the older ones in the setting: rounds and "
        "thank-you notes from before are sealed with them."
    )
