"""`perennial jobs`: what runs by the clock, when it last ran and runs next."""

import click
from rich.console import Console
from rich.table import Table

from bot.app import Perennial
from bot.commands.lending import run, when
from bot.scheduler import JobRun


@click.group(help="What runs by the clock.")
def jobs() -> None:
    """The group of the two."""


@jobs.command("list", help="Each job with its last and next run (UTC).")
def list_jobs() -> None:
    """A table of every registered job."""

    async def look(perennial: Perennial) -> Table:
        table = Table("Job", "Last run", "Handled", "Took", "Next run", "Last error")
        async with perennial.database.reading() as session:
            for job in perennial.registry.schedule.jobs.values():
                last = await session.get(JobRun, job.name)
                due = await job.next_due(session)
                table.add_row(job.name, *_last(last), when(due), (last.error if last else None) or "–")
        return table

    Console().print(run(look))


def _last(run: JobRun | None) -> tuple[str, str, str]:
    """When it last ran, how much it handled, and how long it took."""
    return (when(run.last_run_at), str(run.handled), f"{run.milliseconds} ms") if run else ("–", "–", "–")


@jobs.command("run", help="Run one job now, until nothing of it is due any more.")
@click.argument("name")
def run_job(name: str) -> None:
    """The job by its name, with a line of progress for each turn."""

    async def work(perennial: Perennial) -> None:
        job = perennial.registry.schedule.jobs.get(name)
        if job is None:
            known = ", ".join(perennial.registry.schedule.jobs)
            raise click.BadParameter(f"there is no job called {name!r}. There are: {known}")
        total = 0
        with Console(stderr=True).status(f"{name} …") as status:
            while handled := await perennial.scheduler.run(job):
                total += handled
                status.update(f"{name}: {total} handled …")
        click.echo(f"{name}: {total} handled.")

    run(work)
