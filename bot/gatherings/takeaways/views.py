"""Speaks after a gathering: what do you take from it, what others took, and two weeks later what came of it."""

from collections.abc import Mapping, Sequence

from bot.gatherings.models import Takeaway
from bot.gatherings.takeaways import rules
from bot.gatherings.takeaways.kinds import TakeawayKind
from bot.gatherings.words import Facts
from bot.members.moderation.reporting.buttons import report_option
from bot.messages import Block, Content
from bot.slack import blocks

SAY = "gatherings.say_takeaway"
SAY_HERE = "gatherings.say_takeaway_here"  # the same, in a thread
NOTHING = "gatherings.no_takeaway"
STOP = "gatherings.no_takeaways"  # none after any session of this program
AGAIN = "gatherings.takeaways_again"
FORM = "gatherings.takeaway_form"
TAKE_BACK = "gatherings.take_back_takeaway"
MORE = "gatherings.takeaway_more"
OUTCOMES = {each: f"gatherings.takeaway_{each}" for each in ("yes", "partly", "no", "not_yet")}
ABOUT, NO_ONE = "about", "none"


def _where(in_thread: bool) -> str:
    if in_thread:
        return "It stands in the session's thread, with your name."
    return "Only you read it, because this session has no thread any more."


def question(facts: Facts, kind: TakeawayKind, *, in_thread: bool, beside: Block | None = None) -> Content:
    """The one question to whoever came, with a way to answer nothing and a way to hear it no more."""
    asks, ended = kind.asking, f"{kind.asking.ended(facts)} One line is enough."
    return Content(
        f"{asks.question} {ended.replace('*', '')}",
        [
            blocks.section(f"*{asks.question}*\n{ended}"),
            blocks.actions(
                blocks.button(asks.button, SAY, str(facts.id), style="primary"),
                blocks.button("Nothing this time", NOTHING, str(facts.id)),
                *([beside] if beside is not None else []),
                blocks.overflow(STOP, [("Don't ask me after these sessions", str(facts.id))]),
            ),
            blocks.context(f"{_where(in_thread)} {asks.later}"),
        ],
    )


STOPPED = "I don't ask you after these sessions any more. The page of a session you came to still has the button."


def form(
    gathering_id: int,
    kind: TakeawayKind,
    before: tuple[Takeaway, str] | None,
    about: Mapping[int, str],
    *,
    in_thread: bool,
) -> Block:
    """One line, and what it is about; whoever shared it before can change it, or take it back."""
    asks, (row, words) = kind.asking, before if before is not None else (None, "")
    line = blocks.text_input(asks.field, initial=words, longest=rules.LONGEST)
    shown = [blocks.field("One thing", line, block_id=asks.field, hint=asks.hint)]
    if len(about) >= asks.least:
        # A menu can't be emptied again in Slack, so that none is a choice of it.
        choices = [(asks.no_one, NO_ONE), *((text, str(each)) for each, text in about.items())]
        chosen = str(row.about) if row is not None and row.about in about else NO_ONE
        menu = blocks.select(ABOUT, choices, initial=chosen)
        shown.append(blocks.field(asks.which, menu, block_id=ABOUT, hint=asks.which_hint))
    shown.append(blocks.context(_where(in_thread)))
    if row is not None:
        shown.append(blocks.actions(blocks.button("Take it back", TAKE_BACK, str(row.id))))
    return blocks.modal(asks.title, shown, callback_id=FORM, submit=asks.submit, memory={"gathering": gathering_id})


def read_form(kind: TakeawayKind, state: dict[str, object]) -> tuple[str, str]:
    """The line, with its spaces tidied, and what it is about, as it was chosen."""
    text = " ".join(str(blocks.chosen(state, kind.asking.field) or "").split())
    return text, str(blocks.chosen(state, ABOUT) or NO_ONE)


HIDDEN = "What you shared here was hidden after a report, so others read this once a moderator has put it back."


def said(kind: TakeawayKind, text: str, takeaway_id: int, *, hidden: bool = False) -> Block:
    """The form once it was handed in."""
    shown = [
        blocks.section(f"{kind.sharing.yours}: {blocks.escape(text)}\n{kind.sharing.promise}"),
        *([blocks.context(HIDDEN)] if hidden else []),
        blocks.actions(blocks.button("Take it back", TAKE_BACK, str(takeaway_id))),
    ]
    return blocks.modal(kind.sharing.done, shown, callback_id=FORM, close="Close")


def taken_back() -> Block:
    """The form once it was taken back."""
    shown = [blocks.section("Taken back: nobody reads it any more.")]
    return blocks.modal("Taken back", shown, callback_id=FORM, close="Close")


def gathered(
    facts: Facts,
    kind: TakeawayKind,
    rows: Sequence[tuple[Takeaway, str]],
    names: Mapping[int, str],
    about: Mapping[int, str],
) -> Content:
    """One post of the thread: who takes what from it."""
    if not rows:
        text = "What stood here was taken back."
        return Content(text, [blocks.section(text)])
    lines = [(row, _line(kind, row, text, names, about)) for row, text in rows]
    shown = [
        blocks.section(line, accessory=blocks.overflow(MORE, [report_option(f"{rules.REPORTED}:{row.id}")]))
        for row, line in lines
    ]
    heading = [blocks.context(kind.sharing.heading(facts))] if kind.sharing.heading is not None else []
    return Content(lines[0][1].replace("*", ""), [*heading, *shown])


def _line(kind: TakeawayKind, row: Takeaway, text: str, names: Mapping[int, str], about: Mapping[int, str]) -> str:
    one = about.get(row.about or 0)
    name = blocks.escape(names.get(row.member_id, "Somebody"))
    return kind.sharing.line(name, blocks.escape(text), blocks.escape(one) if one else None)


def follow_up(takeaway_id: int, text: str, said_on: str, facts: Facts, kind: TakeawayKind, *, counts: bool) -> Content:
    """Two weeks later, to whoever shared it alone."""
    asks, value, line = kind.following, str(takeaway_id), blocks.escape(text)
    return Content(
        f"{asks.opening(said_on)} {line}",
        [
            blocks.section(f"{asks.recalls(facts, said_on)}\n>{line}\n*{asks.question}*"),
            blocks.actions(
                blocks.button("It helped", OUTCOMES["yes"], value),
                blocks.button("Partly", OUTCOMES["partly"], value),
                blocks.button(asks.not_yet, OUTCOMES["not_yet"], value),
                blocks.overflow(OUTCOMES["no"], [("It was not for me", value)]),
            ),
            blocks.context(asks.note(counts)),
        ],
    )


def on_page(gathering_id: int, kind: TakeawayKind, words: str | None, *, in_thread: bool, stopped: bool) -> list[Block]:
    """The viewer's own line on the page of a gathering they came to, or the way to share one."""
    value = str(gathering_id)
    if words is None:
        label, text = kind.asking.button, f"{kind.asking.question} {_where(in_thread)}"
    else:
        label, text = "Change it", f"{kind.sharing.yours}: {blocks.escape(words)}"
    shown = [blocks.section(text, accessory=blocks.button(label, SAY, value))]
    if stopped:
        again = blocks.button("Ask me again", AGAIN, value)
        shown.append(blocks.section("I don't ask you after these sessions.", accessory=again))
    return shown
