"""One command: a make-believe workspace, the real bot, and a page in the browser."""

import asyncio
import errno
import os
import shlex
import signal
import sys
from pathlib import Path

import click

from bot.logs import set_up_logs
from bot.pace import answer_first
from playground.living import ENVIRONMENT, Living, start_over
from playground.tokens import refuse_real_token

FILES = Path(".playground")
PORT = 8765
NEXT_PORTS = 20  # how far to look for a free one


@click.command(help="Start the playground. Its state is kept between starts.")
@click.option("--port", default=PORT, show_default=True, help="Loopback port of the page.")
@click.option("--fresh", is_flag=True, help="Start over: forget the company as it was.")
@click.option(
    "--files", type=click.Path(path_type=Path), default=FILES, show_default=True, help="Where its state is kept."
)
@click.option(
    "--socket", is_flag=True, help="Have the make-believe Slack reach the bot by Socket Mode instead of HTTP."
)
def main(port: int, fresh: bool, files: Path, socket: bool) -> None:
    """Serve until Ctrl-C; then everything is saved."""
    refuse_real_token(dict(os.environ))
    for name in list(os.environ):
        if name.startswith(("SLACK_", "PERENNIAL_")) or name == "DATABASE_URL":
            del os.environ[name]  # the playground's own settings speak, not a developer's
    set_up_logs("warning", "console")
    if fresh and files.exists():
        start_over(files)
    asyncio.run(run(Living(files, socket=socket), port))


async def run(living: Living, port: int) -> None:
    """Open the page first, then let the first weeks be lived in front of whoever looks."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await start(living, port)
    answer_first()
    click.echo(f"The playground is at {living.server.url}/  (Ctrl-C stops it; make demo FRESH=1 starts over)")
    environment = shlex.quote(str(living.files / ENVIRONMENT))
    click.echo(f"To look at its bot from another terminal: . {environment} && .venv/bin/perennial doctor")
    living.time.followers.append(lambda progress: click.echo(f"  {progress['did']}") if progress["did"] else None)
    seeding = asyncio.create_task(living.live_first_weeks())
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait([seeding, waiting], return_when=asyncio.FIRST_COMPLETED)
    if seeding.done() and (error := seeding.exception()) is not None:
        click.echo(f"The company could not be brought to life: {error!r}", err=True)
        await living.stop()
        raise error
    await waiting
    seeding.cancel()
    await asyncio.gather(seeding, return_exceptions=True)
    await living.stop()
    click.echo("Saved. Until next time.")


async def start(living: Living, port: int) -> None:
    """Start on this port, or on the next one that is free."""
    for candidate in range(port, port + NEXT_PORTS):
        try:
            await living.start(candidate)
        except OSError as taken:
            if taken.errno != errno.EADDRINUSE:
                raise
            click.echo(f"Port {candidate} is taken by another program; trying the next one.", err=True)
        else:
            return
    raise click.ClickException(f"Ports {port} to {candidate} are all taken. Choose another with --port.")


if __name__ == "__main__":
    main()
    sys.exit(0)
