"""What an operator wants to see: queues, ages, pauses, acknowledgement times; a registry of its own."""

from datetime import datetime

from prometheus_client import CollectorRegistry, Gauge, Histogram, generate_latest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import queries
from bot.scheduler import JobRun

ACK_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3)


class Metrics:
    """Counts kept while running, and gauges read from the database at each scrape."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.acknowledged = Histogram(
            "perennial_acknowledgement_seconds",
            "From Slack's request to our answer.",
            buckets=ACK_BUCKETS,
            registry=self.registry,
        )
        self._deliveries = self._gauge("perennial_deliveries", "Messages by state.", "state")
        self._inbox = self._gauge("perennial_inbox", "Events by state.", "state")
        self._oldest = self._gauge("perennial_oldest_due_seconds", "How long the oldest due message has waited.")
        self._held = self._gauge("perennial_held_deliveries", "Messages that wait for a reason.", "reason")
        self._refusals = self._gauge("perennial_rate_limited_total", "How often Slack said 429.", "method")
        self._stopped = self._gauge("perennial_stopped_workspaces", "Workspaces whose token Slack refuses.")
        self._paused = self._gauge("perennial_paused_methods", "Methods Slack asked us to pause.")
        self._job = self._gauge("perennial_job_last_good_seconds", "How long ago a job last went well.", "job")
        self._tick = self._gauge("perennial_last_tick_seconds", "How long ago the metronome last beat.")
        self._write = self._gauge("perennial_longest_write_seconds", "The longest transaction since the start.")

    def _gauge(self, name: str, help: str, *labels: str) -> Gauge:
        return Gauge(name, help, labels, registry=self.registry)

    async def scrape(
        self, session: AsyncSession, now: datetime, last_tick: datetime | None, longest_write: float
    ) -> bytes:
        """Everything as Prometheus reads it."""
        seen = await queries.stats(session, now)
        for gauge, counted in (
            (self._deliveries, seen.deliveries),
            (self._held, seen.held),
            (self._inbox, seen.inbox),
            (self._refusals, seen.refusals),
        ):
            gauge.clear()
            for label, count in counted.items():
                gauge.labels(label).set(count)
        self._oldest.set(seen.oldest_due_seconds)
        self._paused.set(seen.paused_methods)
        self._stopped.set(seen.stopped_workspaces)
        for name, good in (await session.execute(select(JobRun.name, JobRun.last_good_at))).all():
            if good is not None:
                self._job.labels(name).set((now - good).total_seconds())
        if last_tick is not None:
            self._tick.set((now - last_tick).total_seconds())
        self._write.set(longest_write)
        return generate_latest(self.registry)
