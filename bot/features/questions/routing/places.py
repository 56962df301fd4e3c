"""Channels that leads opened for questions, the first of them for whatever names no other."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Gone
from bot.features.questions import store
from bot.features.questions.models import Question
from bot.members.models import Workspace
from bot.programs.models import Program

OPTION = "question_channels"
MOST = 10

Place = tuple[str, str]  # id, name


async def question_channels(session: AsyncSession, workspace_id: int) -> list[Place]:
    """Channels open for questions: id and name, the workspace's usual one first."""
    return _read(await session.get(Workspace, workspace_id))


async def place_for(session: AsyncSession, question: Question) -> Place | None:
    """The channel in which a question may be put to everybody who may see it; None where there is none."""
    kind, _, which = question.audience.partition(":")
    if kind == "everyone":
        known = await question_channels(session, question.workspace_id)
        return known[0] if known else None
    if kind == "channel":
        names = dict(await question_channels(session, question.workspace_id))
        return which, names.get(which, "")
    if kind == "program":
        query = select(Program.channel).where(
            Program.workspace_id == question.workspace_id, Program.id == int(which), Program.state == "active"
        )
        channel = (await session.execute(query)).scalar_one_or_none()
        return (channel, "") if channel else None
    return None


async def open_to(session: AsyncSession, question: Question) -> tuple[Place, ...]:
    """Channels to which a lead may still post it."""
    if question.channel is not None:
        return ()
    if question.audience == "everyone":
        return tuple(await question_channels(session, question.workspace_id))
    place = await place_for(session, question)
    return (place,) if place is not None else ()


async def add(session: AsyncSession, workspace_id: int, channel: str, name: str) -> None:
    """Open a channel for questions; the first one becomes the usual one."""
    workspace = await _locked(session, workspace_id)
    known = [each for each in _read(workspace) if each[0] != channel]
    _write(workspace, [*known, (channel, name)])


async def put_first(session: AsyncSession, workspace_id: int, channel: str) -> None:
    """Have it be the usual one."""
    workspace = await _locked(session, workspace_id)
    known = _read(workspace)
    _write(workspace, sorted(known, key=lambda each: each[0] != channel))


async def remove(session: AsyncSession, workspace_id: int, channel: str) -> bool:
    """Questions go there no more; False where none did."""
    workspace = await _locked(session, workspace_id)
    known = _read(workspace)
    _write(workspace, [each for each in known if each[0] != channel])
    return channel in dict(known)


async def renumber(session: AsyncSession, workspace_id: int, old: str, new: str) -> None:
    """Slack gave a channel another id."""
    workspace = await _locked(session, workspace_id)
    _write(workspace, [(new if each == old else each, name) for each, name in _read(workspace)])


async def stands_in(session: AsyncSession, workspace_id: int, channel: str) -> list[int]:
    """Open questions whose thread stands in a channel."""
    query = select(Question.id).where(
        Question.workspace_id == workspace_id, Question.channel == channel, Question.state == "open"
    )
    return list((await session.execute(query.order_by(Question.id))).scalars())


async def look_again(session: AsyncSession, workspace_id: int, channel: str, *, now: datetime) -> None:
    """Nobody reads in that channel any more: questions that wait there go on."""
    for number in await stands_in(session, workspace_id, channel):
        question = await store.get(session, workspace_id, number, lock=True)
        question.channel = question.channel_ts = None
        if question.state == "open" and question.due_at is not None:
            question.due_at = now


def _read(workspace: Workspace | None) -> list[Place]:
    kept = workspace.options.get(OPTION, []) if workspace is not None else []
    return [(str(each["id"]), str(each["name"])) for each in kept]


def _write(workspace: Workspace, known: list[Place]) -> None:
    kept = [{"id": each, "name": name} for each, name in known]
    workspace.options = {**workspace.options, OPTION: kept}


async def _locked(session: AsyncSession, workspace_id: int) -> Workspace:
    query = select(Workspace).where(Workspace.id == workspace_id).with_for_update(key_share=True)
    found = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    if found is None:
        raise Gone
    return found
