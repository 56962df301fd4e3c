"""`perennial healthcheck`: ask the process beside us whether it is alive."""

import sys
import urllib.error
import urllib.request

import click


@click.command(help="Exit 0 when the bot on this machine answers /healthz (for containers).")
@click.option("--port", envvar="PORT", default=3000, show_default=True)
def healthcheck(port: int) -> None:
    """One request to loopback, three seconds at most."""
    try:
        straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # loopback is nobody's proxy's business
        with straight.open(f"http://127.0.0.1:{port}/healthz", timeout=3) as answer:
            click.echo(answer.read().decode().strip())
    except (urllib.error.URLError, TimeoutError) as error:
        click.echo(f"no answer on port {port}: {error}", err=True)
        sys.exit(1)
