"""A past round, made again from what was stored; the proof that nothing about it was chance or choice afterwards."""

import asyncio
from dataclasses import dataclass
from typing import Any

from bot import plain
from bot.errors import Gone
from bot.features.introductions.making import store, work
from bot.members.models import Workspace
from bot.programs.models import Round
from bot.registry import Tools


@dataclass(frozen=True)
class Replay:
    """What came out of making a round again; `same`: every group, value and bound."""

    round_id: int
    number: int
    workspace: str
    same: bool
    people: int
    groups: int
    value: float
    bound: float
    certificate: str
    seed: int
    differing: int  # groups that came out otherwise; 0 where all is the same


async def replay(tools: Tools, round_id: int) -> Replay:
    """Make a round again, whichever workspace it belongs to: for whoever runs the server, not for Slack."""
    async with tools.database.reading() as session:
        row = await session.get(Round, round_id)
        plan = None if row is None else await store.plan_of(session, row.workspace_id, round_id, with_inputs=True)
        if row is None or plan is None or plan.result is None:
            raise Gone(f"There is no round {round_id} with stored inputs. `perennial rounds list` shows the rounds.")
        workspace = await session.get_one(Workspace, row.workspace_id)
        inputs = store.packed_inputs(session, plan)
        asked: dict[str, Any] = {"minute": 0}
        if plan.base is not None:
            asked |= {"base": plan.base, "changes": plan.changes or {}}
    answer = await asyncio.get_running_loop().run_in_executor(tools.cpu, work.draw_again, inputs, plain.pack(asked))
    again: dict[str, Any] = plain.unpack(answer)
    was = {tuple(group) for group in plan.result["groups"]}
    now = {tuple(group) for group in again["groups"]}
    return Replay(
        round_id=round_id,
        number=row.number,
        workspace=workspace.name,
        same=again == plan.result,
        people=plan.result["statistics"]["people"],
        groups=len(was),
        value=plan.result["value"],
        bound=plan.result["bound"],
        certificate=plan.certificate or "",
        seed=plan.seed,
        differing=len(was - now),
    )
