"""Speaks: goals on the Home tab, the page of each, and what those see who follow one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.features.goals.rules import DONE as IS_DONE
from bot.features.goals.rules import PAUSED
from bot.features.goals.saying import Text
from bot.features.goals.setting.views import NEW
from bot.features.goals.steps.views import NOTE
from bot.features.goals.words import coming, first_name, local_day, progress
from bot.members.front.views import GO
from bot.members.rules import day_in_words, number
from bot.messages import Block
from bot.slack import blocks

PAGE = "goals"
CLOSED_PAGE = "goals:closed"
MOST_ROWS = 3
INVITATION = (
    "*Goals*\nIs there something you would like to be able to do three months from now? It may be small, and only you "
    "read it."
)


@dataclass(frozen=True)
class Shown:
    """A goal as it is drawn."""

    id: int
    state: str
    rhythm: str
    text: Text
    moved_at: datetime
    due_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True)
class Followed:
    """Somebody else's goal as whoever follows it sees it."""

    goal: Shown
    owner: str


def invitation() -> list[Block]:
    """For somebody who has set none."""
    return [blocks.section(INVITATION, accessory=blocks.button("Set a goal", NEW), block_id="goals_invitation")]


def front(goals: Sequence[Shown], followed: int, tz: str, today: date) -> list[Block]:
    """At most three goals on the front page, with the way to all of them."""
    shown = [blocks.section("*Goals*", block_id="goals_front")]
    shown += [_row(each, tz, today) for each in goals[:MOST_ROWS]]
    buttons = [blocks.button(f"All ({len(goals)})", GO, PAGE)] if goals else [blocks.button("All", GO, PAGE)]
    if followed:
        what = "a goal of somebody else" if followed == 1 else f"{number(followed)} goals of others"
        shown.append(blocks.context(f"You follow {what}."))
    return [*shown, blocks.actions(*buttons, blocks.button("Set a goal", NEW), block_id="goals_acts")]


def _row(goal: Shown, tz: str, today: date) -> Block:
    lines = [f"*{blocks.escape(goal.text.title)}*", coming(goal.text), how_it_stands(goal, tz, today)]
    note = blocks.button("Add a note", NOTE, str(goal.id), label=f"Add a note: {goal.text.title}")
    return blocks.section("\n".join(filter(None, lines)), accessory=note, block_id=f"goal-{goal.id}")


def how_it_stands(goal: Shown, tz: str, today: date) -> str:
    """How far a goal has come, or until when it rests."""
    if goal.state == PAUSED and goal.due_at is not None:
        return f"Rests until {day_in_words(local_day(goal.due_at, tz), today)}"
    return progress(goal.text, goal.moved_at, tz, today)


def everything(goals: Sequence[Shown], followed: Sequence[Followed], closed: int, tz: str, today: date) -> list[Block]:
    """The page of all goals."""
    shown = [back_home(), blocks.header("Goals")]
    for each in goals:
        open_it = blocks.button("Open", GO, f"{PAGE}:{each.id}", label=f"Open: {each.text.title}")
        lines = [f"*{blocks.escape(each.text.title)}*", coming(each.text), how_it_stands(each, tz, today)]
        shown.append(blocks.section("\n".join(filter(None, lines)), accessory=open_it, block_id=f"goal-{each.id}"))
    buttons = [blocks.button("Set a goal", NEW, style=None if goals else "primary")]
    if closed:
        buttons.append(blocks.button(f"Done and let go ({closed})", GO, CLOSED_PAGE))
    if not goals:
        shown.append(blocks.section("No goal is open. One that fits on a line is enough to begin with."))
    shown.append(blocks.actions(*buttons, block_id="goals_acts"))
    if followed:
        shown += [blocks.divider(), blocks.section("*Goals you follow*", block_id="goals_followed")]
        shown += [_followed_row(each, tz, today) for each in followed[:20]]
    return shown


def _followed_row(each: Followed, tz: str, today: date) -> Block:
    open_it = blocks.button("Open", GO, f"{PAGE}:{each.goal.id}", label=f"Open: {each.goal.text.title}")
    stands = "Done" if each.goal.state == IS_DONE else progress(each.goal.text, each.goal.moved_at, tz, today)
    line = f"*{blocks.escape(each.goal.text.title)}*, {first_name(each.owner)}\n{stands}"
    return blocks.section(line, accessory=open_it, block_id=f"followed-{each.goal.id}")


def closed_page(goals: Sequence[Shown], tz: str, today: date) -> list[Block]:
    """Done and let go: kept, side by side."""
    shown = [back_home(), blocks.header("Done and let go")]
    if not goals:
        shown.append(blocks.section("Nothing here yet. What you finish and what you let go is kept on this page."))
    for each in goals[:40]:
        day = day_in_words(local_day(each.closed_at or each.moved_at, tz), today)
        said = f"{'Done' if each.state == IS_DONE else 'Let go'} on {day}"
        open_it = blocks.button("Open", GO, f"{PAGE}:{each.id}", label=f"Open: {each.text.title}")
        shown.append(
            blocks.section(f"*{blocks.escape(each.text.title)}*\n{said}", accessory=open_it, block_id=f"goal-{each.id}")
        )
    return shown


def back_home() -> Block:
    """The way to the front page."""
    return blocks.actions(blocks.button("← Home", GO, "front"), block_id="to_front")
