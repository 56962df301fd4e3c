"""Speaks: goals on the Home tab, the page of each, and what those see who follow one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.features.goals.following.views import STOP
from bot.features.goals.plans.views import SMALLER
from bot.features.goals.reviews.views import DONE, MORE, RECUT, UNDO
from bot.features.goals.rules import CLOSED, PAUSED, RHYTHMS, Milestone, Note, Text
from bot.features.goals.rules import DONE as IS_DONE
from bot.features.goals.setting.views import NEW
from bot.features.goals.steps.views import NOTE, OBSTACLE, STEPS, TICK, UNTICK
from bot.features.goals.words import by_when, coming, first_name, local_day, progress, quoted, steps_done
from bot.members.front.views import GO
from bot.members.rules import day_in_words, number
from bot.messages import Block
from bot.slack import blocks

PAGE = "goals"
CLOSED_PAGE = "goals:closed"
MOST_ROWS = 3
MOST_NOTES = 8
NOTE_SHOWN = 600  # characters of a note on the page
INVITATION = (
    "*Goals*\nIs there something you would like to be able to do three months from now? It may be small, and only you "
    "read it."
)
SAID_KIND = {"obstacle": " · in the way", "angle": " · another angle"}


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
    created_at: datetime
    step: str | None = None


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
    lines = [f"*{blocks.escape(goal.text.title)}*", coming(goal.text), _how_it_stands(goal, tz, today)]
    note = blocks.button("Add a note", NOTE, str(goal.id), label=f"Add a note: {goal.text.title}")
    return blocks.section("\n".join(filter(None, lines)), accessory=note, block_id=f"goal-{goal.id}")


def _how_it_stands(goal: Shown, tz: str, today: date) -> str:
    if goal.state == PAUSED and goal.due_at is not None:
        return f"Rests until {day_in_words(local_day(goal.due_at, tz), today)}"
    return progress(goal.text, goal.moved_at, tz, today)


def everything(goals: Sequence[Shown], followed: Sequence[Followed], closed: int, tz: str, today: date) -> list[Block]:
    """The page of all goals."""
    shown = [_back_home(), blocks.header("Goals")]
    for each in goals:
        open_it = blocks.button("Open", GO, f"{PAGE}:{each.id}", label=f"Open: {each.text.title}")
        lines = [f"*{blocks.escape(each.text.title)}*", coming(each.text), _how_it_stands(each, tz, today)]
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
    shown = [_back_home(), blocks.header("Done and let go")]
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


def page(goal: Shown, notes: Sequence[Note], people: Sequence[tuple[str, str]], tz: str, today: date) -> list[Block]:
    """One goal, for its owner. `people`: names of who was named, with how it stands between them."""
    text = goal.text
    facts = blocks.section(_facts(goal, tz, today), accessory=_all_goals(), block_id="facts")
    shown = [_back_home(), blocks.header(text.title), facts]
    if goal.state in CLOSED:
        day = day_in_words(local_day(goal.closed_at or goal.moved_at, tz), today)
        said = f"*{'Done' if goal.state == IS_DONE else 'Let go'} on {day}.*"
        again = blocks.button("Open again", UNDO, str(goal.id))
        shown.append(blocks.section(said, accessory=again, block_id="closed"))
    else:
        shown.append(_acts(goal))
    shown += _steps(goal)
    if people:
        shown.append(blocks.context(_people(people)))
    return [*shown, *_notes(notes, tz, today)]


def _facts(goal: Shown, tz: str, today: date) -> str:
    text = goal.text
    facts = [by_when(text.by, today)]
    if text.skill:
        facts.append(f"Skill: {blocks.escape(text.skill)}")
    if goal.state not in CLOSED:
        facts.append(_how_it_stands(goal, tz, today))
        facts.append(_asked(goal, tz, today))
    lines = [" · ".join(filter(None, facts))]
    if text.why:
        lines += [f"> {line}" for line in blocks.escape(text.why).splitlines() if line.strip()]
    return "\n".join(lines)


def _asked(goal: Shown, tz: str, today: date) -> str:
    if goal.state == PAUSED:
        return ""
    if goal.due_at is None:
        return "Nobody asks about it"
    return f"{RHYTHMS.get(goal.rhythm, 'Once')}, next on {day_in_words(local_day(goal.due_at, tz), today)}"


def _acts(goal: Shown) -> Block:
    value = str(goal.id)
    options = [("Let it go", f"let_go:{value}")]
    if goal.state != PAUSED:
        options = [("Pause it", f"pause:{value}"), *options]
        if goal.rhythm != "none":
            options.append(("Stop asking about it", f"no_reviews:{value}"))
    else:
        options = [("End the pause", f"keep:{value}"), *options]
    return blocks.actions(
        blocks.button("Add a note", NOTE, value, style="primary"),
        blocks.button("It is done", DONE, value),
        blocks.button("What is in the way?", OBSTACLE, value),
        blocks.button("Re-cut it", RECUT, value),
        blocks.overflow(MORE, options),
        block_id=f"acts-{value}",
    )


def _steps(goal: Shown) -> list[Block]:
    said = steps_done(goal.text)
    title = f"*Milestones*: {said}" if said else "*Milestones*: none yet. The first one may fit into an afternoon."
    can_change = goal.state not in CLOSED
    change = blocks.button("Add or take away", STEPS, str(goal.id)) if can_change else None
    rows = [_step(goal.id, each, can_change=can_change) for each in goal.text.milestones]
    return [blocks.section(title, accessory=change, block_id="steps"), *rows]


def _step(goal_id: int, step: Milestone, *, can_change: bool) -> Block:
    done = step.done_on is not None
    line = f"✓  ~{blocks.escape(step.text)}~" if done else f"○  {blocks.escape(step.text)}"
    value = f"{goal_id}:{step.id}"
    button = blocks.button("Untick", UNTICK, value) if done else blocks.button("Tick", TICK, value)
    named = button | {"accessibility_label": blocks.cut(f"{'Untick' if done else 'Tick'}: {step.text}", 75)}
    return blocks.section(line, accessory=named if can_change else None, block_id=f"step-{value.replace(':', '-')}")


def _people(people: Sequence[tuple[str, str]]) -> str:
    said = {"asked": "asked", "following": "follows", "declined": "not this time"}
    return "Named by you: " + ", ".join(f"{blocks.escape(name)} ({said[state]})" for name, state in people)


def _notes(notes: Sequence[Note], tz: str, today: date, *, mine: bool = True) -> list[Block]:
    if not notes:
        return []
    shown = [blocks.divider(), blocks.section("*Notes*", block_id="notes")]
    for each in notes[:MOST_NOTES]:
        day = day_in_words(local_day(each.written_at, tz), today)
        who = " · shared" if each.shared and mine else ""
        words = blocks.escape(blocks.cut(each.text, NOTE_SHOWN))
        shown += [blocks.section(words), blocks.context(f"{day}{SAID_KIND.get(each.kind, '')}{who}")]
    if len(notes) > MOST_NOTES:
        shown.append(blocks.context(f"And {number(len(notes) - MOST_NOTES)} older ones."))
    return shown


def follower_page(each: Followed, notes: Sequence[Note], tz: str, today: date) -> list[Block]:
    """One goal of somebody else's: title, milestones, how it comes along, and the notes they share."""
    goal, who = each.goal, first_name(each.owner)
    stands = "Done" if goal.state == IS_DONE else progress(goal.text, goal.moved_at, tz, today)
    steps = [
        blocks.section(
            f"✓  ~{blocks.escape(step.text)}~" if step.done_on else f"○  {blocks.escape(step.text)}",
            block_id=f"step-{goal.id}-{step.id}",
        )
        for step in goal.text.milestones
    ]
    return [
        _back_home(),
        blocks.header(goal.text.title),
        blocks.section(f"A goal of {who}'s. {stands}.", accessory=_all_goals(), block_id="facts"),
        *steps,
        *_notes(notes, tz, today, mine=False),
        blocks.actions(blocks.button("Stop following", STOP, str(goal.id)), block_id="follower_acts"),
        blocks.context(f"You see this because {who} asked you to follow it, and you said yes."),
    ]


def help_page(goal: Shown, helps: Sequence[Block]) -> list[Block]:
    """What was in the way is kept; here is who or what could help."""
    smaller = blocks.button("A smaller step", SMALLER, str(goal.id))
    if helps:
        said = f"Kept with {quoted(goal.text.title)}. This could help:"
    else:
        said = (
            f"Kept with {quoted(goal.text.title)}. I know nobody yet to bring you together with for this. A smaller "
            "step often shows what is behind it."
        )
    return [
        blocks.actions(blocks.button("← The goal", GO, f"{PAGE}:{goal.id}"), block_id="to_goal"),
        blocks.header("What could help"),
        blocks.section(said, block_id="helps_said"),
        blocks.actions(*helps, smaller, block_id="helps"),
    ]


def not_here() -> list[Block]:
    """A page that is not, or not for whoever asked."""
    return [_back_home(), blocks.section("There is no such goal here, or it is no longer shown to you.")]


def _back_home() -> Block:
    return blocks.actions(blocks.button("← Home", GO, "front"), block_id="to_front")


def _all_goals() -> Block:
    return blocks.button("All goals", GO, PAGE)
