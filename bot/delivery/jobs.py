"""Delivers what is due: claims, lets the sender talk to Slack, and records, many at once."""

import asyncio

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import DBAPIError

from bot.delivery import queues, sender, settling, store
from bot.delivery.limits import Limits
from bot.delivery.models import Delivery
from bot.delivery.outcomes import Refused
from bot.delivery.settling import Settled
from bot.registry import Registry, Tools

MOST_IN_FLIGHT = 100  # of this process, over all workspaces
GATHER_SECONDS = 0.003  # outcomes that come in this close together are recorded in one transaction
LOOK_SECONDS = 0.1  # how soon something new is seen while a slow call is out
TURN_SECONDS, TURNS = 0.005, 40  # waiting for another worker to finish its claim
TRIES = 3  # at recording: PostgreSQL may choose us to give way


class Delivering:
    """One run of the job: lasts as long as there is something to do."""

    def __init__(self, registry: Registry, tools: Tools, limits: Limits) -> None:
        self.registry, self.tools, self.limits = registry, tools, limits
        self.handled = 0
        self._out: dict[asyncio.Task[Settled], Delivery] = {}
        self._clients: dict[int, AsyncWebClient] = {}

    async def run(self) -> int:
        """Claim and record in turn until nothing is due and nothing is out; how many deliveries were moved."""
        try:
            while await self._claim() or self._out:
                await self._record()
        except Exception:
            while self._out:  # what is out is recorded before the failure is told
                await self._record()
            raise
        finally:
            for task in self._out:
                task.cancel()
        return self.handled

    async def _claim(self) -> bool:
        """Take what may leave and send it off; whether anything was moved."""
        room = MOST_IN_FLIGHT - len(self._out)
        if room <= 0 or self.tools.stopping:
            return False
        for _ in range(TURNS):
            now = self.tools.clock()
            async with self.tools.database.reading() as session:
                due = await queues.workspaces_due(session, self.limits, now)
            if not due:
                return False
            async with self.tools.database.transaction() as session:
                claimed = await store.claim(session, self.registry, self.limits, due, now=now, most=room)
            if not claimed.locked_out or self._out:
                break
            await asyncio.sleep(TURN_SECONDS)
        for delivery in claimed.deliveries:
            client = await self._client(delivery.workspace_id)
            self._out[asyncio.create_task(self._act(client, delivery))] = delivery
        self.handled += claimed.moved + len(claimed.deliveries)
        return bool(claimed.moved or claimed.deliveries)

    async def _act(self, client: AsyncWebClient, delivery: Delivery) -> Settled:
        outcome = await sender.act(self.tools, client, delivery)
        if isinstance(outcome, Refused):
            self._clients.pop(delivery.workspace_id, None)  # the token may have been changed
        return Settled(delivery, outcome, self.tools.clock())

    async def _client(self, workspace_id: int) -> AsyncWebClient:
        if workspace_id not in self._clients:
            self._clients[workspace_id] = await self.tools.client_for(workspace_id)
        return self._clients[workspace_id]

    async def _record(self) -> None:
        """Wait for the first answer, gather those right behind it, and record them together."""
        if not self._out:
            return
        done, _ = await asyncio.wait(self._out, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        if not done:
            return
        if len(done) < len(self._out):
            await asyncio.sleep(GATHER_SECONDS)
        batch = [task.result() for task in list(self._out) if task.done() and self._out.pop(task)]
        for attempt in range(1, TRIES + 1):
            try:
                await self._settle(batch)
            except DBAPIError:
                if attempt == TRIES or self.tools.database.is_sqlite:
                    raise
            else:
                return

    async def _settle(self, batch: list[Settled]) -> None:
        async with self.tools.database.transaction() as session:
            await settling.settle(session, self.registry, self.limits, batch, now=self.tools.clock())


async def deliver(registry: Registry, limits: Limits, tools: Tools) -> int:
    """The job: how many deliveries were moved on."""
    return await Delivering(registry, tools, limits).run()
