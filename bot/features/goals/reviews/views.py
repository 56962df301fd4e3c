"""Speaks: the review of a goal, its answers in words, and the forms behind them."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.features.goals.rules import LONGEST_NOTE, Text
from bot.features.goals.words import by_when, coming, last_moved, quoted, steps_done
from bot.members.front.views import GO
from bot.members.rules import day_in_words, number
from bot.messages import Block, Content
from bot.slack import blocks

KEEP, RECUT, PAUSE, DONE, LET_GO, MORE, UNDO, NO_REVIEWS = (
    "goals.keep",
    "goals.edit",
    "goals.pause",
    "goals.done",
    "goals.let_go",
    "goals.more",
    "goals.undo",
    "goals.no_reviews",
)
UNTIL, HELPED, LOUD, SHARE = "until", "helped", "loud", "share"
PICK = "goals.pick"
QUIETLY, TOGETHER = "quietly", "followers"
SAID_RHYTHM = {"two_weeks": "every two weeks", "month": "every month", "quarter": "every quarter"}


@dataclass(frozen=True)
class Asked:
    """A goal as it is asked about."""

    goal_id: int
    text: Text
    rhythm: str
    moved_at: datetime
    tz: str
    today: date


def review(about: Asked, *, back: bool = False) -> Content:
    """Is it still yours? Three buttons, and the rest behind the dots."""
    title = quoted(about.text.title)
    moved = last_moved(about.moved_at, about.tz, about.today)
    first = f"{title} is back from its pause today. Shall it go on?" if back else f"{title}: is it still what you want?"
    facts = [steps_done(about.text), "" if back else moved]
    said = ", ".join(filter(None, facts))
    lines = [f"*{first}*", f"{said[0].upper()}{said[1:]}." if said else "", coming(about.text)]
    if about.text.by is not None:
        lines.append(f"{by_when(about.text.by, about.today)}.")
    value = str(about.goal_id)
    return Content(
        first,
        [
            blocks.section("\n".join(filter(None, lines))),
            blocks.actions(
                blocks.button("Keep it", KEEP, value, style="primary"),
                blocks.button("Re-cut it", RECUT, value),
                blocks.button("Pause it", PAUSE, value),
                more(about.goal_id),
                block_id=f"review-{about.goal_id}",
            ),
            blocks.context(_why(about.rhythm)),
        ],
    )


def more_options(goal_id: int) -> list[blocks.Option]:
    """What is behind the dots, by act and goal."""
    return [
        ("It is done", f"done:{goal_id}"),
        ("Let it go", f"let_go:{goal_id}"),
        ("Stop asking about it", f"no_reviews:{goal_id}"),
    ]


def more(goal_id: int, *first: blocks.Option) -> Block:
    """The dots, with what else comes first there."""
    return blocks.overflow(MORE, [*first, *more_options(goal_id)])


def _why(rhythm: str) -> str:
    asked = SAID_RHYTHM.get(rhythm)
    why = f"You chose to be asked {asked}." if asked else "You asked for this."
    return f"{why} Another rhythm: Re-cut it. Not at all: behind the dots."


def kept(goal_id: int, text: Text, due: date | None, today: date) -> Content:
    """It goes on as it is."""
    again = f" I ask again on {day_in_words(due, today)}." if due else ""
    return _chosen(f"You keep {quoted(text.title)}.{again}", goal_id)


def recut(goal_id: int, text: Text, today: date) -> Content:
    """It was cut anew; what it says now, and the way to change it again."""
    by = f", by {day_in_words(text.by, today)}" if text.by else ""
    said = f"Re-cut: {quoted(text.title)}{by}."
    return Content(said, [blocks.section(said), blocks.actions(_change(goal_id), block_id=f"chosen-{goal_id}")])


def paused(goal_id: int, text: Text, until: date, today: date) -> Content:
    """It rests."""
    return _chosen(f"{quoted(text.title)} rests until {day_in_words(until, today)}. I bring it back then.", goal_id)


def let_go(goal_id: int, text: Text) -> Content:
    """It is let go, which is an answer like the others."""
    return _chosen(f"You let {quoted(text.title)} go. That makes room for what matters more now.", goal_id)


def no_reviews(goal_id: int, text: Text) -> Content:
    """It goes on, unasked."""
    said = f"I don't ask about {quoted(text.title)} any more. It stays on my Home tab."
    return Content(said, [blocks.section(said), blocks.actions(_change(goal_id), block_id=f"chosen-{goal_id}")])


def done(goal_id: int, text: Text, since: date, today: date, notes: int, told: int) -> Content:
    """It is done: one line, and a second one for who hears of it."""
    steps = sum(each.done_on is not None for each in text.milestones)
    way = [f"{number(steps)} milestone{'s' if steps != 1 else ''}"] if steps else []
    way += [f"{number(notes)} note{'s' if notes != 1 else ''}"] if notes else []
    behind = f", with {' and '.join(way)} on the way" if way else ""
    said = f"Done: {quoted(text.title)}. You set out on {day_in_words(since, today)}{behind}."
    if told:
        said += (
            f" {number(told).capitalize()} {'people who follow' if told != 1 else 'person who follows'} it will hear."
        )
    return _chosen(said, goal_id, blocks.button("See it", GO, f"goals:{goal_id}"))


def open_again(goal_id: int, text: Text) -> Content:
    """It was closed or resting, and is not any more."""
    said = f"{quoted(text.title)} is open again."
    return Content(said, [blocks.section(said, accessory=blocks.button("Open it", GO, f"goals:{goal_id}"))])


def _change(goal_id: int) -> Block:
    return blocks.button("Change it again", RECUT, str(goal_id))


def _chosen(said: str, goal_id: int, *more: Block) -> Content:
    undo = blocks.button("Undo", UNDO, str(goal_id))
    return Content(said, [blocks.section(said), blocks.actions(*more, undo, block_id=f"chosen-{goal_id}")])


def pause_form(goal_id: int, until: date) -> Block:
    """Until when?"""
    return blocks.modal(
        "Pause this goal",
        [
            blocks.field(
                "I bring it back on",
                blocks.date_input(PICK, initial=until.isoformat()),
                block_id=UNTIL,
                hint="Until then nobody asks about it. It comes back by itself that morning.",
            )
        ],
        callback_id=PAUSE,
        submit="Pause it",
        memory={"goal": goal_id},
    )


def done_form(goal_id: int, followers: int) -> Block:
    """What helped, and how loudly it is celebrated; without followers there is only quietly."""
    fields = [
        blocks.field(
            "What helped most?",
            blocks.text_input(HELPED, many_lines=True, longest=LONGEST_NOTE),
            block_id=HELPED,
            hint="For yourself, next time. It is kept with the goal.",
            optional=True,
        )
    ]
    if followers:
        choices = [("Quietly: one line to me", QUIETLY), ("With those who follow: they get a line, too", TOGETHER)]
        fields.append(blocks.field("How loudly?", blocks.radios(PICK, choices, initial=QUIETLY), block_id=LOUD))
    return blocks.modal("It is done", fields, callback_id=DONE, submit="Done", memory={"goal": goal_id})
