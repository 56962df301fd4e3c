"""Slack asks: a lead previews a round, changes it, has a sample sent, sends it, takes it back."""

from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import after_commit
from bot.delivery import outbox
from bot.delivery.submissions import first_time
from bot.errors import Gone, TooLate
from bot.features.introductions.hello import views as hello_views
from bot.features.introductions.hello.callbacks import hours_of
from bot.features.introductions.lead import views
from bot.features.introductions.making import rules, store, writing
from bot.features.introductions.meetings import rules as times
from bot.features.introductions.models import RoundPlan
from bot.features.introductions.starters import library
from bot.lookup import id_in, number_in
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Block, Content, Kind, Message, MessageClass, People
from bot.programs import rounds
from bot.programs import store as programs
from bot.programs.models import Program, Round
from bot.registry import Tools, Viewer
from bot.slack import blocks, home
from bot.slack.act import Act

SAMPLE = Kind("introductions.sample", MessageClass.ANSWER, priority=30, cost=0)
DRAWING = "The round is being drawn. Look again in a moment."


async def open_preview(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """The stored draft of the next round, drawn if there is none yet."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        program = await programs.get(session, act.workspace_id, id_in(act.value), lock=True)
        if program.kind != store.KIND or program.state not in ("draft", "active", "paused"):
            raise Gone
        row = await rounds.draft(session, program, now)
        plan = await store.begin_plan(session, row)
        plan.asked_by = lead.id
        if plan.result is None and plan.due_at is None:
            plan.due_at = now
            _wake(session)
        await _look(session, act, lead, row.id, 0, now)
    await ack()


async def turn_page(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Another page of a large round."""
    round_id, _, page = act.value.partition(":")
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        await _look(session, act, lead, id_in(round_id), number_in(page), tools.clock())
    await ack()


async def leave_preview(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Back to the program's page."""
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        row = await programs.get_round(session, act.workspace_id, id_in(act.value))
        place = f"program:{row.program_id}"
        await home.open_home(session, act.workspace_id, lead.id, now=tools.clock(), place=place)
    await ack()


async def draw_again(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """The next seed; what a lead wished stays."""
    async with tools.database.transaction() as session:
        lead, row, plan = await _draft(session, act, id_in(act.value))
        await _want(session, act, lead, row, plan, {"seed": plan.seed + 1}, tools.clock())
    await ack()


async def open_change(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """The form for one change."""
    async with tools.database.transaction() as session:
        await _draft(session, act, id_in(act.value))
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=views.change_form(id_in(act.value)))


async def change(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Swap, keep together, keep apart, leave out: asked for, and drawn in the background."""
    what = str(blocks.chosen(act.state, views.WHAT) or "swap")
    chosen = list(dict.fromkeys(blocks.chosen(act.state, views.WHO) or []))
    wanted = 1 if what == "leave_out" else 2
    if len(chosen) != wanted:
        count = "one person" if wanted == 1 else "two people"
        await ack(response_action="errors", errors={views.WHO: f"Choose {count} for this."})
        return
    async with tools.database.transaction() as session:
        lead, row, plan = await _draft(session, act, id_in(act.memory.get("round")))
        ids = await _ids(session, act.workspace_id, chosen)
        outside = len(ids) < wanted or not set(ids) <= _people_in(plan)
        if not outside and await first_time(session, act):
            asked = {what: ids if what in ("swap", "leave_out") else [ids]}
            await _want(session, act, lead, row, plan, asked, tools.clock())
    if outside:
        await ack(response_action="errors", errors={views.WHO: "Not everybody here is in this round."})
        return
    await ack()


async def send_sample(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """The first introduction as it would read, to the lead alone."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        row = await programs.get_round(session, act.workspace_id, id_in(act.value))
        plan = await store.plan_of(session, act.workspace_id, row.id)
        if plan is None or plan.result is None or not plan.result["groups"]:
            raise TooLate(DRAWING)
        program = await programs.get(session, act.workspace_id, row.program_id)
        content = await _sample(session, program, row, plan, now)
        message = Message(
            workspace_id=act.workspace_id,
            kind=SAMPLE.name,
            subject=f"round:{row.id}:sample",
            to=People((lead.slack_id,), (lead.id,)),
            dedupe_key=f"round:{row.id}:sample:{act.trigger_id}",
            due_at=now,
            content=content,
        )
        await outbox.enqueue(session, message, now=now)
    await ack()


async def send(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Send the previewed round: in ten minutes, until when it can be undone."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        # The program is locked before its round, as everywhere: two orders of locking would wait for each other.
        known = await programs.get_round(session, act.workspace_id, id_in(act.value))
        program = await programs.get(session, act.workspace_id, known.program_id, lock=True)
        lead, row, _ = await _draft(session, act, id_in(act.value))
        await rounds.send_now(session, program, now)
        await _look(session, act, lead, row.id, 0, now)
        _wake(session)
    await ack()


async def undo(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Take it back before anything left; its seating is a draft again."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        known = await programs.get_round(session, act.workspace_id, id_in(act.value))
        program = await programs.get(session, act.workspace_id, known.program_id, lock=True)
        row = await programs.get_round(session, act.workspace_id, known.id, lock=True)
        await rounds.undo_send(session, row, program, now)
        await _look(session, act, lead, row.id, 0, now)
    await ack()


async def _sample(session: AsyncSession, program: Program, row: Round, plan: RoundPlan, now: datetime) -> Content:
    assert plan.result is not None, "there are groups"
    group = list(plan.result["groups"][0])
    people = await writing.profiles_of(session, program.workspace_id, group)
    (values,) = await writing.introductions(session, program, row, [group], people, now=now, seed=plan.seed)
    ordered = sorted(people.values(), key=lambda each: (each.member_id != values["opener_id"], each.member_id))
    found = times.offer([hours_of(each) for each in ordered], now, until=values["ends_at"])
    hello = hello_views.Hello(
        id=0,
        people=ordered,
        starters=[library()[slug].text for slug in values["starters"]],
        times=found.times,
        shared=found.shared,
        program=program.name,
    )
    return views.sample(hello_views.introduction(hello))


async def _draft(session: AsyncSession, act: Act, round_id: int) -> tuple[Member, Round, RoundPlan]:
    """A preview that may be changed, by a lead."""
    lead = await members.lead_actor(session, act)
    row = await programs.get_round(session, act.workspace_id, round_id, lock=True)
    plan = await store.plan_of(session, act.workspace_id, round_id, lock=True)
    if row.state != "draft" or plan is None:
        raise TooLate("This round is on its way already, so the preview can't be changed any more.")
    if plan.due_at is not None or plan.result is None:
        raise TooLate(DRAWING)
    return lead, row, plan


async def _want(
    session: AsyncSession, act: Act, lead: Member, row: Round, plan: RoundPlan, change: dict[str, Any], now: datetime
) -> None:
    plan.wanted, plan.due_at, plan.asked_by = change, now, lead.id
    await _look(session, act, lead, row.id, 0, now)
    _wake(session)


async def _look(session: AsyncSession, act: Act, lead: Member, round_id: int, page: int, now: datetime) -> None:
    place = f"{views.PLACE}:{round_id}:{page}"
    await home.open_home(session, act.workspace_id, lead.id, now=now, place=place)


async def _ids(session: AsyncSession, workspace_id: int, slack_ids: list[str]) -> list[int]:
    found = [await members.by_slack_id(session, workspace_id, each) for each in slack_ids]
    return sorted(member.id for member in found if member is not None)


def _people_in(plan: RoundPlan) -> set[int]:
    assert plan.result is not None, "only a drawn preview can be changed"
    return {each for group in plan.result["groups"] for each in group} | set(plan.result["left_out"])


def _wake(session: AsyncSession) -> None:
    if wake := session.info.get("wake"):
        after_commit(session, wake)


async def page(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """The preview page; the place is "introductions-preview:ROUND:PAGE"."""
    if not viewer.is_lead:
        return [blocks.section("This page is for leads. Your Home tab names them.")]
    _, round_id, number = [*viewer.place.split(":"), "", ""][:3]
    try:
        return await _preview(session, viewer, round_id, number_in(number))
    except Gone:
        return views.gone()


async def _preview(session: AsyncSession, viewer: Viewer, round_id: str, at: int) -> list[Block]:
    row = await programs.get_round(session, viewer.workspace_id, id_in(round_id))
    program = await programs.get(session, viewer.workspace_id, row.program_id)
    plan = await store.plan_of(session, viewer.workspace_id, row.id)
    if plan is None:
        raise Gone
    result = plan.result or {"groups": [], "left_out": [], "repeats": [], "same_team": []}
    start = at * views.GROUPS_A_PAGE
    some = result["groups"][start : start + views.GROUPS_A_PAGE]
    wanted = [each for group in some for each in group] + list(result["left_out"][:10])
    shown = views.Shown(
        round_id=row.id,
        program=program.name,
        number=row.number,
        state=row.state,
        drawing=plan.due_at is not None or plan.result is None,
        groups=result["groups"],
        left_out=result["left_out"],
        repeats=result["repeats"],
        same_team=len(result["same_team"]),
        certificate=plan.certificate or "",
        minutes=rules.minutes_to_send(len(result["groups"])),
        page=at,
        names=await members.names(session, viewer.workspace_id, wanted),
        note=plan.note,
        sends_at=row.sends_at,
    )
    return views.preview(shown)
