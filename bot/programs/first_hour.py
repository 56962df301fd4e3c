"""A lead's first hour: one message with four steps, each with a button, ticked off as they are done."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_new
from bot.delivery import outbox
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Block, Content, Message, People, Verb
from bot.programs import store, views
from bot.programs.models import FirstHour, Program
from bot.slack import blocks

CHANNEL = "programs.first_channel"
PROGRAM = "programs.first_program"
DATES = "programs.first_dates"
INVITE = "programs.first_invite"
GREETING = (
    "Perennial is here. Four steps, about ten minutes, and your colleagues can be introduced. "
    "Nobody hears from me before you post the invitation."
)
DONE = "All four steps are done. Programs, their dates and their people are on your Home tab from now on."


@dataclass(frozen=True)
class Steps:
    """Which of the four are done, and with what."""

    channel: str | None
    program: Program | None
    dated: bool
    invited: bool

    @property
    def done(self) -> tuple[bool, bool, bool, bool]:
        """One after the other."""
        return bool(self.channel), self.program is not None, self.dated, self.invited


async def steps_of(session: AsyncSession, workspace_id: int, started: FirstHour | None) -> Steps:
    """How far a workspace has come; read from its first living program, whoever made it and wherever."""
    programs = await store.living(session, workspace_id)
    first = programs[0] if programs else None
    chosen = started.channel if started else None
    return Steps(
        channel=(first.channel if first else None) or chosen,
        program=first,
        dated=any(program.state != "draft" for program in programs),
        invited=any(program.invited_at for program in programs),
    )


def step_blocks(steps: Steps) -> list[Block]:
    """The four steps; a step's button stands only where it can be pressed with success."""
    program = str(steps.program.id) if steps.program else ""
    told = [
        ("A channel where people hear about it", CHANNEL, "Choose a channel", "", True),
        ("A program: who meets, how often", PROGRAM, "Set up a program", "", bool(steps.channel)),
        ("Its dates, looked at and confirmed", DATES, "Look at the dates", program, steps.program is not None),
        ("The invitation, posted in the channel", INVITE, "Post the invitation", program, steps.dated),
    ]
    shown = []
    primary = True
    for number, ((text, action_id, label, value, ready), done) in enumerate(zip(told, steps.done, strict=True), 1):
        if done:
            shown.append(blocks.section(f":white_check_mark:  {number}. {text}"))
            continue
        style = "primary" if primary else None
        primary = False
        button = blocks.button(label, action_id, value, style=style) if ready else None
        shown.append(blocks.section(f"{number}. {text}", accessory=button))
    return shown


def message(steps: Steps) -> Content:
    """The one message; drawn anew whenever a step is done."""
    text = DONE if all(steps.done) else GREETING
    return Content(text, [blocks.section(text), *step_blocks(steps)])


async def steps_for_home(session: AsyncSession, workspace_id: int) -> list[Block]:
    """The same four steps on the Home tab, while there is no program."""
    return step_blocks(await steps_of(session, workspace_id, await store.first_hour(session, workspace_id)))


async def greet(session: AsyncSession, workspace_id: int, *, only_known: bool, now: datetime) -> None:
    """Write once to whoever installed Perennial and to PERENNIAL_LEADS; to nobody where neither is known.

    `only_known`: where Perennial serves many companies, a Slack id in the settings may be somebody of another one.
    """
    row = {"workspace_id": workspace_id, "member_ids": [], "started_at": now}
    if not await insert_new(session, FirstHour, [row], unique=("workspace_id",), returning=FirstHour.workspace_id):
        return
    started = await store.first_hour(session, workspace_id, lock=True)
    assert started is not None, "it was inserted a moment ago"
    people = await _first_leads(session, workspace_id, only_known)
    started.member_ids = [person.id for person in people]
    steps = await steps_of(session, workspace_id, started)
    if all(steps.done):
        started.finished_at = now
        return
    await outbox.enqueue_all(session, [_to(person, steps, now) for person in people], now=now)


async def tick_off(session: AsyncSession, workspace_id: int, now: datetime) -> None:
    """A step may just have been done: bring everybody's message up to date."""
    started = await store.first_hour(session, workspace_id, lock=True)
    if started is None or started.finished_at is not None:
        return
    steps = await steps_of(session, workspace_id, started)
    if all(steps.done):
        started.finished_at = now
    people = await store.members_by_id(session, workspace_id, started.member_ids)
    for person in people.values():
        first = await outbox.find(session, workspace_id, _key(person))
        if first is not None:
            await outbox.enqueue(session, _update(person, steps, first.id, now), now=now)


def _key(person: Member) -> str:
    return f"first-hour:{person.workspace_id}:{person.id}"


def _to(person: Member, steps: Steps, now: datetime) -> Message:
    return Message(
        workspace_id=person.workspace_id,
        kind=views.FIRST_HOUR.name,
        subject=f"first-hour:{person.workspace_id}",
        to=People((person.slack_id,), (person.id,)),
        dedupe_key=_key(person),
        due_at=now,
        content=message(steps),
    )


def _update(person: Member, steps: Steps, target_id: int, now: datetime) -> Message:
    return Message(
        workspace_id=person.workspace_id,
        kind=views.FIRST_HOUR.name,
        subject=f"first-hour:{person.workspace_id}",
        to=People((person.slack_id,), (person.id,)),
        dedupe_key=f"{_key(person)}:{''.join(str(int(done)) for done in steps.done)}:{now.isoformat()}",
        due_at=now,
        content=message(steps),
        verb=Verb.UPDATE,
        target_id=target_id,
    )


async def _first_leads(session: AsyncSession, workspace_id: int, only_known: bool) -> list[Member]:
    workspace = await store.workspace_of(session, workspace_id)
    found = {}
    installer = {workspace.installed_by} if workspace.installed_by else set()
    for slack_id in sorted(installer | members.leads_from_the_start(session)):
        person = await members.by_slack_id(session, workspace_id, slack_id)
        if person is None and not (only_known and slack_id != workspace.installed_by):
            person = await members.meet(session, workspace_id, slack_id)
        if person is not None and person.deactivated_at is None:
            found[person.id] = person
    return list(found.values())
