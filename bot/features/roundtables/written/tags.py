"""Everybody's own choice: whether their tags may inspire prompts; a row on the Settings page, and its form."""

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_new
from bot.features.roundtables.models import TagChoice
from bot.members import store as members
from bot.messages import Block
from bot.registry import Tools, Viewer
from bot.slack import blocks, home
from bot.slack.act import Act

OPEN, FORM, FIELD = "roundtables.tags", "roundtables.save_tags", "tags"
SKILLS, GOALS = "skills", "goals"


async def row(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """How it stands, on the Settings page."""
    return [setting(await choice_of(session, viewer.workspace_id, viewer.member_id))] if viewer.joined else []


def setting(ticked: list[str]) -> Block:
    """The row itself."""
    said = {
        (True, True): "Skills you want or asked about, and those your goals name, may inspire one.",
        (True, False): "Skills you want or asked about may inspire one; your goals may not.",
        (False, True): "Skills your goals name may inspire one; those you want or asked about may not.",
        (False, False): "Nothing of yours inspires one.",
    }[SKILLS in ticked, GOALS in ticked]
    return blocks.section(
        f"*Questions at roundtables*\n{said}",
        accessory=blocks.button("Change", OPEN, label="Change: Questions at roundtables"),
        block_id=OPEN,
    )


def form(ticked: list[str]) -> Block:
    """Two boxes."""
    choices = [("Skills I want or asked about", SKILLS), ("Skills my open goals name", GOALS)]
    about = (
        "A question at a roundtable can be about a skill that at least five people here want to learn. Only tags "
        "count, never a word you wrote, and never what you ask under an alias. Nobody is named."
    )
    field = blocks.field(
        "My tags may inspire questions",
        blocks.checkboxes(FIELD, choices, initial=ticked),
        block_id=FIELD,
        optional=True,
    )
    return blocks.modal("Questions", [blocks.section(about), field], callback_id=FORM, submit="Save")


async def choice_of(session: AsyncSession, workspace_id: int, member_id: int) -> list[str]:
    """What somebody lets inspire prompts."""
    found = await _row(session, workspace_id, member_id)
    if found is None:
        return [SKILLS]
    return [name for name, allowed in ((SKILLS, found.skills), (GOALS, found.goals)) if allowed]


async def choose(session: AsyncSession, workspace_id: int, member_id: int, ticked: list[str]) -> None:
    """Keep somebody's choice."""
    values = {"skills": SKILLS in ticked, "goals": GOALS in ticked}
    row = {"member_id": member_id, "workspace_id": workspace_id} | values
    if not await insert_new(session, TagChoice, [row], unique=("member_id",), returning=TagChoice.member_id):
        found = await _row(session, workspace_id, member_id)
        assert found is not None, "it was there a moment ago"
        found.skills, found.goals = values["skills"], values["goals"]


async def _row(session: AsyncSession, workspace_id: int, member_id: int) -> TagChoice | None:
    query = select(TagChoice).where(TagChoice.workspace_id == workspace_id, TagChoice.member_id == member_id)
    return (await session.execute(query)).scalar_one_or_none()


async def open_form(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Change] on the Settings page."""
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        view = form(await choice_of(session, act.workspace_id, member.id))
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=view)


async def save(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """What was ticked."""
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        await choose(session, act.workspace_id, member.id, list(blocks.chosen(act.state, FIELD) or []))
        await home.redraw(session, act.workspace_id, [member.id], now=tools.clock())
    await ack()
