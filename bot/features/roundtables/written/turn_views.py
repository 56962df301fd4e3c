"""Speaks to one person: the round is open, it is your turn to sum up, and what became of that."""

from collections.abc import Sequence

from bot.features.roundtables.written import rules
from bot.members.rules import listed
from bot.messages import Block, Content
from bot.programs.phrases import counted
from bot.programs.views import LEAVE
from bot.slack import blocks

SUM_UP = "roundtables.sum_up"
PASS = "roundtables.pass"
FORM = "roundtables.summary"
KEEP = "roundtables.keep"
EDIT_CARD = "archive.edit"
WORDS = "words"


def nudge(program_id: int, question: str, channels: Sequence[str], closes: str) -> Content:
    """It is quiet by the middle of a round; once, to those who joined."""
    where = listed([f"<#{each}>" for each in channels[:3]])
    asked = blocks.escape(question)
    return Content(
        f"Open until {closes}: {asked}",
        [
            blocks.section(f"*{asked}*\nOpen until {closes} in {where}. Two sentences are enough."),
            blocks.actions(blocks.button("Leave these roundtables", LEAVE, str(program_id))),
            blocks.context("You read this once a round at most, because you joined and it is quiet so far."),
        ],
    )


def was_open(question: str) -> Content:
    """In place of that, where it was hidden for a while and its round closed meanwhile."""
    text = f"*{blocks.escape(question)}*\nThis round is closed. What was written stays in its thread."
    return Content(f"Closed: {blocks.escape(question)}", [blocks.section(text)])


def turn(round_id: int, question: str, answered: str, until: str) -> Content:
    """It is somebody's turn."""
    asked = blocks.escape(question)
    first = f"It is your turn to sum up a round: *{asked}*"
    more = (
        f"{answered} A draft in their own words is ready; change it as you like and post it. If nothing is posted by "
        f"{until}, a line with the number of answers closes the round."
    )
    return Content(
        f"Your turn to sum up: {asked}",
        [
            blocks.section(f"{first}\n{more}"),
            blocks.actions(
                blocks.button("Look at the draft", SUM_UP, str(round_id), style="primary"),
                blocks.button("Somebody else this time", PASS, str(round_id)),
            ),
        ],
    )


def form(
    round_id: int,
    version: int,
    question: str,
    words: str,
    *,
    posted: bool,
    at: str = "",
    reacted: Sequence[tuple[str, int]] = (),
) -> Block:
    """The summary, to edit. `at`: channel and ts of the message it was opened from; `reacted`: what people reacted to."""
    note = (
        "It is posted with your name in every thread of this round. Colleagues who are not in Perennial stand without "
        "theirs, and what begins with (not kept) is left out."
    )
    return blocks.modal(
        "Sum up the round",
        [
            blocks.section(f"*{blocks.escape(question)}*"),
            blocks.field(
                "What came together",
                blocks.text_input(WORDS, initial=words, many_lines=True, longest=3000),
                block_id=WORDS,
                hint="What would somebody who did not read the threads take with them?",
            ),
            *([blocks.context(_reacted(reacted))] if reacted else []),
            blocks.context(note),
        ],
        callback_id=FORM,
        submit="Save" if posted else "Post it",
        memory={"round": round_id, "version": version, "at": at},
    )


def _reacted(found: Sequence[tuple[str, int]]) -> str:
    """Why the draft is in this order, in words; its moderator alone reads how many."""
    named = [f"{counted(many, 'person', 'people')} to “{blocks.escape(words)}”" for words, many in found]
    return f"What more people reacted to stands first: {listed(named)}. This line is not posted."


def read_form(state: dict[str, object]) -> tuple[str, str | None]:
    """What was written, and what to mend in it."""
    words = str(blocks.chosen(state, WORDS) or "").strip()
    return words, rules.problem_with(words, len(blocks.escape(words)))


def posted(round_id: int) -> Content:
    """The summary is in the threads."""
    text = "Your summary is on its way into the threads. Thank you for pulling it together."
    more = (
        "As an insight it can be found later. I make a draft from what people wrote, and nobody reads it before "
        "everybody quoted has agreed."
    )
    return Content(
        text,
        [
            blocks.section(f"{text}\n{more}"),
            blocks.actions(
                blocks.button("Keep as insight", KEEP, str(round_id), style="primary"),
                blocks.button("Change the summary", SUM_UP, str(round_id)),
            ),
        ],
    )


def kept(round_id: int, insight_id: int) -> Content:
    """A card's draft is there."""
    text = "A draft of an insight is there. Nobody reads it before you hand it in and everybody quoted has agreed."
    return Content(
        text,
        [
            blocks.section(text),
            blocks.actions(
                blocks.button("Open the draft", EDIT_CARD, str(insight_id)),
                blocks.button("Change the summary", SUM_UP, str(round_id)),
            ),
        ],
    )


def passed() -> Content:
    """Somebody else this time."""
    text = "Fine, somebody else sums this one up. Your turn comes round again another time."
    return Content(text, [blocks.section(text)])


def lapsed(question: str) -> Content:
    """Its time is over; no guilt."""
    text = f"“{blocks.escape(question)}” goes on without your summary now. There is nothing for you to do."
    return Content(text, [blocks.section(text)])
