"""Questions on the Home tab: a row each, with the clock in words."""

from collections.abc import Sequence
from datetime import datetime

from bot.features.questions import rules
from bot.features.questions.asking import wording
from bot.features.questions.asking.forms import ASK
from bot.features.questions.asking.views import DETAILS, NOBODY
from bot.features.questions.routing.views import TAKE
from bot.features.questions.standing import ForAsker, ForMentor
from bot.lookup import number_in
from bot.members.front.views import GO
from bot.members.rules import listed, number
from bot.messages import Block
from bot.registry import Ahead
from bot.slack import blocks

PAGE = "questions"
MOST_ROWS = 3
ON_A_PAGE = 10
INVITATION = (
    "*Questions*\nWhat could a colleague tell you in ten minutes that would take you a day to find out? I find somebody who "
    "knows, and you see each step."
)


def front(mine: Sequence[ForAsker], held: Sequence[ForMentor], many: int, now: datetime, tz: str) -> list[Block]:
    """On the front page: my open questions, then those I hold, three rows together."""
    ask = blocks.button("Ask mentors", ASK)
    everything_else = [blocks.button(f"All ({many})", GO, PAGE)] if many else []
    if not mine and not held:
        if not many:
            return [blocks.section(INVITATION, accessory=ask, block_id="questions_invitation")]
        return [
            blocks.section("*Questions*\nNone of yours is open at the moment.", block_id="questions_front"),
            blocks.actions(*everything_else, ask, block_id="questions_acts"),
        ]
    rows = [*(row(each, now, tz) for each in mine), *(held_row(each, now, tz) for each in held)]
    return [
        blocks.section("*Questions*", block_id="questions_front"),
        *rows[:MOST_ROWS],
        blocks.actions(*everything_else, ask, block_id="questions_acts"),
    ]


def everything(
    mine: Sequence[ForAsker], held: Sequence[ForMentor], page: int, now: datetime, tz: str, *, more: bool
) -> list[Block]:
    """The page of all my questions, those I hold first."""
    shown = [blocks.actions(blocks.button("← Home", GO, "front"), block_id="to_front"), blocks.header("Questions")]
    if held:
        shown += [blocks.section("*You answer*", block_id="held"), *(held_row(each, now, tz) for each in held)]
        shown.append(blocks.divider())
    shown.append(blocks.section("*You asked*", block_id="mine"))
    shown += [row(each, now, tz) for each in mine]
    if not mine:
        shown.append(blocks.context("Nothing on this page yet. What you ask stays here, with what became of it."))
    if page > 1:  # Slack takes no two buttons of one action in a row
        shown.append(blocks.actions(blocks.button("Newer", GO, f"{PAGE}:page-{page - 1}"), block_id="newer"))
    older = [blocks.button("Older", GO, f"{PAGE}:page-{page + 1}")] if more else []
    ask = blocks.button("Ask mentors", ASK, style=None if mine else "primary")
    return [*shown, blocks.actions(*older, ask, block_id="questions_acts")]


def row(said: ForAsker, now: datetime, tz: str) -> Block:
    """One of mine: the question in a line, and how it stands."""
    line = rules.first_line(said.words.question)
    under = f" · as {blocks.escape(said.alias)}" if said.alias else ""
    open_it = blocks.button("Open", DETAILS, str(said.question_id), label=f"Open: {line}")
    text = f"*{blocks.escape(line)}*\n{stands(said, now, tz)}{under}"
    return blocks.section(text, accessory=open_it, block_id=f"question-{said.question_id}")


def held_row(said: ForMentor, now: datetime, tz: str) -> Block:
    """One I took: who asks, and until when an answer is hoped for."""
    line = rules.first_line(said.words.question)
    coming = _coming([said.due_at], now)
    due = f"you have until {wording.until(coming, now, tz)}" if coming is not None else "yours to answer"
    asked = wording.ago(said.asked_at, now)
    text = f"*{blocks.escape(said.by)}: {blocks.escape(line)}*\nAsked {asked}, {due}. Answer in your thread with me."
    return blocks.section(text, block_id=f"held-{said.question_id}")


def ahead(said: ForMentor, now: datetime) -> Ahead:
    """One that waits for the viewer, among what is next for them."""
    line = rules.first_line(said.words.question)
    asked = f"{blocks.escape(said.by)} asks: {blocks.escape(line)}"
    due = said.due_at or now
    if said.asked_state == "claimed":
        open_it = blocks.button("Open", GO, PAGE, label=f"Open: {line}")
        stop = "" if line.endswith((".", "?", "!", "…")) else "."
        return Ahead(due, f"{asked}{stop} It is yours to answer.", open_it, until=True)
    return Ahead(
        due,
        asked,
        blocks.button("I'll take it", TAKE, str(said.question_id), label=f"I'll take it: {line}"),
        until=True,
    )


def stands(said: ForAsker, now: datetime, tz: str) -> str:
    """How a question stands, in a line: asked two hours ago, Hana has until 15:00."""
    asked = f"Asked {wording.ago(said.asked_at, now)}" if said.asked_at is not None else "Asked"
    if said.state in rules.OPEN:
        return f"{asked}, {_open(said, now, tz)}"
    ended = f" on {wording.day(said.closed_at, now, tz)}" if said.closed_at is not None else ""
    if said.state == "closed" and said.helped_by:
        return f"Closed{ended}. What {blocks.escape(listed(list(said.helped_by)))} wrote helped"
    if said.state == "closed":
        return f"Closed{ended}, {_answers(said)}"
    if said.state == "merged":
        where = f": {blocks.escape(said.merged_line)}" if said.merged_line else ""
        return f"Goes on in another thread{where}"
    return {"withdrawn": f"Taken back{ended}", "hidden": "A moderator is looking at it"}.get(said.state, asked)


def not_here() -> list[Block]:
    """For somebody who is not in."""
    return [
        blocks.actions(blocks.button("← Home", GO, "front"), block_id="to_front"),
        blocks.section(
            "Questions are for people who are in Perennial. Three short steps on the front page, and you are."
        ),
    ]


def page_in(place: str) -> int:
    """Which page a place names, of a hundred at most; the first for whatever is no number."""
    return min(max(number_in(place.rpartition("page-")[2]), 1), 100)


def _open(said: ForAsker, now: datetime, tz: str) -> str:
    if said.answers:
        return _answers(said)
    claimed = [each for each in said.people if each.state == "claimed"]
    asked = [each for each in said.people if each.state == "asked"]
    people = claimed or asked
    if not people:
        return _nobody_in_particular(said)
    names = blocks.escape(listed([each.name for each in people]))
    due = _coming([each.due_at for each in people], now)
    if due is None:
        return f"{names} took it" if claimed else f"{names} {'is' if len(people) == 1 else 'are'} asked"
    return f"{names} {'has' if len(people) == 1 else 'have'} until {wording.until(due, now, tz)}"


def _nobody_in_particular(said: ForAsker) -> str:
    if said.step >= NOBODY:
        return "nobody is found so far"
    if said.step == NOBODY - 1:
        return "a lead sees it, too"
    return f"it stands in <#{said.channel}>" if said.channel else "I am looking for somebody who fits"


def _answers(said: ForAsker) -> str:
    if not said.answers:
        return "no answer yet" if said.state in rules.OPEN else "without an answer"
    return "one answer" if said.answers == 1 else f"{number(said.answers)} answers"


def _coming(moments: Sequence[datetime | None], now: datetime) -> datetime | None:
    """The last of these moments that is still to come."""
    return max((each for each in moments if each is not None and each > now), default=None)
