"""Speaks: the page of one goal, for its owner and for who follows it, and where help is."""

from collections.abc import Sequence
from datetime import date

from bot.features.goals.following.views import STOP
from bot.features.goals.helping import rows
from bot.features.goals.plans.views import SMALLER
from bot.features.goals.reviews.views import DONE, MORE, RECUT, UNDO
from bot.features.goals.rules import CLOSED, PAUSED, RHYTHMS
from bot.features.goals.rules import DONE as IS_DONE
from bot.features.goals.saying import Milestone, Note
from bot.features.goals.steps.views import NOTE, OBSTACLE, STEPS, TICK, UNTICK
from bot.features.goals.views import PAGE, Followed, Shown, back_home, how_it_stands
from bot.features.goals.words import by_when, first_name, local_day, progress, quoted, steps_in_short
from bot.members.front.views import GO
from bot.members.rules import day_in_words, number
from bot.messages import Block
from bot.slack import blocks

MOST_NOTES = 8
NOTE_SHOWN = 600  # characters of a note on the page
SAID_KIND = {"obstacle": " · in the way", "angle": " · another angle"}


def page(goal: Shown, notes: Sequence[Note], people: Sequence[tuple[str, str]], tz: str, today: date) -> list[Block]:
    """One goal, for its owner. `people`: names of who was named, with how it stands between them."""
    text = goal.text
    facts = blocks.section(_facts(goal, tz, today), accessory=_all_goals(), block_id="facts")
    shown = [back_home(), blocks.header(text.title), facts]
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
        facts.append(how_it_stands(goal, tz, today))
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
    title = f"*Milestones*: {steps_in_short(goal.text)}"
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
    said = {"asked": "asked", "following": "follows", "declined": "not this time", "refused": "not this time"}
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
        back_home(),
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
        *rows([*helps, smaller]),
    ]


def not_here() -> list[Block]:
    """A page that is not, or not for whoever asked."""
    return [back_home(), blocks.section("There is no such goal here, or it is no longer shown to you.")]


def _all_goals() -> Block:
    return blocks.button("All goals", GO, PAGE)
