"""App Home: who I am with now, and the one open question as buttons."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.introductions import people
from bot.features.introductions.checkins import views
from bot.features.introductions.hello import reasons
from bot.features.introductions.meetings.views import open_conversation, when
from bot.features.introductions.models import Introduction, IntroductionMember
from bot.members.models import Workspace
from bot.messages import Block
from bot.registry import Ahead, Viewer
from bot.slack import blocks

MOST_ROWS = 3
ASKED = ("ask again", "close")  # what follows once "Did you meet?" was put


async def people_section(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """At most three introductions, newest first; nothing for somebody who is in none."""
    if not viewer.joined:
        return []
    current = await people.current(session, viewer.workspace_id, viewer.member_id, limit=MOST_ROWS)
    if not current:
        return []
    shown = [blocks.section("*People*")]
    for introduction in current:
        shown += await _row(session, viewer, introduction)
    return shown


async def coming_meetings(session: AsyncSession, viewer: Viewer) -> list[Ahead]:
    """Agreed times that are still ahead, for "Next for you"."""
    if not viewer.joined:
        return []
    rows = []
    workspace = await session.get_one(Workspace, viewer.workspace_id)
    for introduction in await people.current(session, viewer.workspace_id, viewer.member_id):
        meeting = await people.meeting_of(session, introduction)
        if meeting is not None and meeting.state == "agreed" and meeting.starts_at > viewer.now:
            facts = await people.profiles(session, introduction)
            names = reasons.joined([each.name for each in facts if each.member_id != viewer.member_id])
            way = open_conversation(workspace.team_id, introduction.channel, names) if introduction.channel else None
            others = await _others(session, viewer, introduction)
            rows.append(Ahead(meeting.starts_at, f"Half an hour with {others}.", way))
    return rows


async def _row(session: AsyncSession, viewer: Viewer, introduction: Introduction) -> list[Block]:
    facts = await people.profiles(session, introduction)
    others = await _others(session, viewer, introduction)
    since = _since(introduction.sent_at or introduction.created_at, viewer.tz)
    line = f"{others}, since {since}: {reasons.short_why(facts)}."
    meeting = await people.meeting_of(session, introduction)
    if meeting is not None and meeting.state == "agreed" and meeting.starts_at > viewer.now:
        line += f" You meet {when(meeting.starts_at)}."
    me = next(row for row in await people.members_of(session, introduction) if row.member_id == viewer.member_id)
    return [blocks.section(line), *_question(introduction, me)]


def _question(introduction: Introduction, me: IntroductionMember) -> list[Block]:
    if me.answer is not None:
        said = {"met": "You met.", "date": "You have a date.", "not_yet": "Not met yet.", "wont": "Not this time."}
        undo = blocks.button("Change my answer", views.CHANGE_ANSWER, str(introduction.id))
        return [blocks.context(said[me.answer]), blocks.actions(undo)]
    if introduction.step not in ASKED:
        return []
    return [blocks.section("Did you meet?"), views.answer_buttons(introduction.id)]


async def _others(session: AsyncSession, viewer: Viewer, introduction: Introduction) -> str:
    facts = await people.profiles(session, introduction)
    return reasons.joined([f"<@{each.slack_id}>" for each in facts if each.member_id != viewer.member_id])


def _since(moment: datetime, tz: str) -> str:
    local = moment.astimezone(ZoneInfo(tz))
    return f"{local.day} {local:%B}"
