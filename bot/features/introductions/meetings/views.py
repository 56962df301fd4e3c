"""Speaks: a suggested time, an agreed one, a cancelled one."""

from collections.abc import Sequence
from datetime import datetime

from bot.features.introductions.hello import reasons
from bot.features.introductions.hello.views import EXCHANGE, TIME, WHEN, time_row
from bot.messages import Block, Content
from bot.slack import blocks

WORKS, ANOTHER = "introductions.works", "introductions.another"
MOVE, CANCEL = "introductions.move", "introductions.cancel"
OPEN = "introductions.open_conversation"  # opens it in Slack, which tells us all the same
IN_CALENDAR = "Perennial introduced you. Thirty minutes; your conversation in Slack has two questions."


def when(starts_at: datetime) -> str:
    """A time as each reader's own clock shows it."""
    return blocks.at(starts_at, "UTC", WHEN)


def suggestion(introduction_id: int, names: Sequence[str], starts_at: datetime, waiting_for: Sequence[str]) -> Content:
    """Somebody can; do the others?"""
    value = f"{introduction_id}:{int(starts_at.timestamp())}"
    who = reasons.joined([reasons.first_name(name) for name in names])
    asked = reasons.joined([f"<@{slack_id}>" for slack_id in waiting_for])
    text = f"{who} can meet {when(starts_at)}, for half an hour."
    buttons = blocks.actions(
        blocks.button("Works", WORKS, value, style="primary"), blocks.button("Another", ANOTHER, value)
    )
    return Content(_plain(who, starts_at), [blocks.section(f"{text} {asked}, does it suit you?"), buttons])


def _plain(who: str, starts_at: datetime) -> str:
    return f"{who} can meet {when(starts_at)}. Does it suit you?"


def said_in_hello(name: str, starts_at: datetime) -> str:
    """What stands in the introduction once a time was suggested."""
    return f"{reasons.first_name(name)} suggested {when(starts_at)}."


def agreed(introduction_id: int, starts_at: datetime) -> Content:
    """It is settled; the calendar file follows."""
    text = f"Agreed: {when(starts_at)}, for half an hour. The calendar file is below."
    return Content(text, [blocks.section(text), _care(introduction_id)])


def _care(introduction_id: int) -> Block:
    value = str(introduction_id)
    sure = blocks.confirm(
        "Cancel the meeting?", "Everybody here sees it, and calendars get a cancellation.", "Cancel it"
    )
    return blocks.actions(
        blocks.button("Another time", MOVE, value), blocks.button("Cancel it", CANCEL, value, confirm=sure)
    )


def open_conversation(team_id: str, channel: str, who: str) -> Block:
    """From the Home tab to where the two or three of them talk, which has every choice about the time."""
    url = f"https://slack.com/app_redirect?team={team_id}&channel={channel}"
    return blocks.button("Open", OPEN, label=f"Open your conversation with {who}") | {"url": url}


def other_times(introduction_id: int, name: str, times: Sequence[datetime], *, shared: bool) -> Content:
    """Fresh times after one that did not suit."""
    if not times:
        text = "No further half hour suits everybody's hours. Write or speak in turns instead?"
        swap = blocks.actions(blocks.button("In turns, over three days", EXCHANGE, str(introduction_id)))
        return Content(text, [blocks.section(text), swap])
    hours = "" if shared else " They lie partly outside somebody's hours."
    text = f"{reasons.first_name(name)} asks for another time. Any of these?{hours}"
    return Content(text, [blocks.section(text), *[time_row(introduction_id, each, TIME, "Suggest") for each in times]])


def cancelled(introduction_id: int, name: str, starts_at: datetime) -> Content:
    """It will not take place."""
    text = f"{reasons.first_name(name)} cancelled {when(starts_at)}."
    find = blocks.actions(blocks.button("Find another time", MOVE, str(introduction_id)))
    return Content(text, [blocks.section(text), find])


def called_off(name: str, starts_at: datetime) -> Content:
    """One of them is gone, so the agreed meeting falls away."""
    text = f"{reasons.first_name(name)} can't take part any more, so {when(starts_at)} is free again."
    return Content(text, [blocks.section(text)])


def calendar_file(text: str, *, cancelled: bool) -> Content:
    """The .ics, to be opened with whatever calendar somebody uses."""
    title = "Cancelled: take it out of your calendar" if cancelled else "Open it to put the meeting into your calendar"
    return Content(title, [], file_name="introduction.ics", file_text=text)
