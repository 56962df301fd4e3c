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
NOTHING = "gatherings.no_takeaway"
STOP = "gatherings.no_takeaways"  # none after any session of this program
AGAIN = "gatherings.takeaways_again"
FORM = "gatherings.takeaway_form"
TAKE_BACK = "gatherings.take_back_takeaway"
MORE = "gatherings.takeaway_more"
OUTCOMES = {each: f"gatherings.takeaway_{each}" for each in ("yes", "partly", "no", "not_yet")}
TEXT, TOPIC, NO_TOPIC = "takeaway", "topic", "none"
WHERE = "It stands in the session's thread, with your name."


def question(facts: Facts, kind: TakeawayKind) -> Content:
    """The one question to whoever came, with a way to answer nothing and a way to hear it no more."""
    return Content(
        f"{kind.asks} {facts.title} is over. One line is enough.",
        [
            blocks.section(f"*{kind.asks}*\n*{facts.title}* is over. One line is enough."),
            blocks.actions(
                blocks.button("Share a line", SAY, str(facts.id), style="primary"),
                blocks.button("Nothing this time", NOTHING, str(facts.id)),
                blocks.overflow(STOP, [("Don't ask me after these sessions", str(facts.id))]),
            ),
            blocks.context(f"{WHERE} What you keep to yourself stays with you. In two weeks I ask you alone about it."),
        ],
    )


NOTHING_SAID = "Nothing this time, which is fine."
STOPPED = "I don't ask you after these sessions any more. The page of a session you came to still has the button."


def form(
    gathering_id: int, kind: TakeawayKind, before: tuple[Takeaway, str] | None, topics: Mapping[int, str]
) -> Block:
    """One line, and what it is about; whoever shared it before can change it, or take it back."""
    row, words = before if before is not None else (None, "")
    shown = [
        blocks.field(
            "One thing", blocks.text_input(TEXT, initial=words, longest=rules.LONGEST), block_id=TEXT, hint=kind.hint
        )
    ]
    if topics:
        choices = [("None of them, or several", NO_TOPIC), *((text, str(each)) for each, text in topics.items())]
        about = str(row.proposal_id) if row is not None and row.proposal_id in topics else NO_TOPIC
        shown.append(
            blocks.field("Which topic was it about?", blocks.select(TOPIC, choices, initial=about), block_id=TOPIC)
        )
    shown.append(blocks.context(WHERE))
    if row is not None:
        shown.append(blocks.actions(blocks.button("Take it back", TAKE_BACK, str(row.id))))
    return blocks.modal(
        "What do you take?", shown, callback_id=FORM, submit="Share it", memory={"gathering": gathering_id}
    )


def read_form(state: dict[str, object]) -> tuple[str, str]:
    """The line, with its spaces tidied, and the topic that was chosen."""
    return " ".join(str(blocks.chosen(state, TEXT) or "").split()), str(blocks.chosen(state, TOPIC) or NO_TOPIC)


HIDDEN = "What you shared here was hidden after a report, so others read this once a moderator has put it back."


def said(text: str, takeaway_id: int, *, hidden: bool = False) -> Block:
    """The form once it was handed in."""
    shown = [
        blocks.section(f"Shared: {blocks.escape(text)}\nIn two weeks I ask you what came of it."),
        *([blocks.context(HIDDEN)] if hidden else []),
        blocks.actions(blocks.button("Take it back", TAKE_BACK, str(takeaway_id))),
    ]
    return blocks.modal("Shared", shown, callback_id=FORM, close="Close")


def taken_back() -> Block:
    """The form once it was taken back."""
    shown = [blocks.section("Taken back: nobody reads it any more.")]
    return blocks.modal("Taken back", shown, callback_id=FORM, close="Close")


def gathered(
    facts: Facts, rows: Sequence[tuple[Takeaway, str]], names: Mapping[int, str], topics: Mapping[int, str]
) -> Content:
    """One post of the thread: who takes what from it."""
    if not rows:
        text = "What stood here was taken back."
        return Content(text, [blocks.section(text)])
    lines = [(row, _line(row, text, names, topics)) for row, text in rows]
    shown = [
        blocks.section(line, accessory=blocks.overflow(MORE, [report_option(f"{rules.REPORTED}:{row.id}")]))
        for row, line in lines
    ]
    return Content(lines[0][1].replace("*", ""), [blocks.context(f"What people take from *{facts.title}*:"), *shown])


def _line(row: Takeaway, text: str, names: Mapping[int, str], topics: Mapping[int, str]) -> str:
    name = blocks.escape(names.get(row.member_id, "Somebody"))
    topic = topics.get(row.proposal_id or 0)
    about = f", on “{blocks.escape(topic)}”" if topic else ""
    return f"*{name}*{about}: {blocks.escape(text)}"


def follow_up(takeaway_id: int, text: str, facts: Facts, kind: TakeawayKind) -> Content:
    """Two weeks later, to whoever shared it alone."""
    value = str(takeaway_id)
    return Content(
        f"What came of it? Two weeks ago {kind.then}: {blocks.escape(text)}",
        [
            blocks.section(f"Two weeks ago, at *{facts.title}*, {kind.then}:\n>{blocks.escape(text)}\n*Did it help?*"),
            blocks.actions(
                blocks.button("It helped", OUTCOMES["yes"], value),
                blocks.button("Partly", OUTCOMES["partly"], value),
                blocks.button("Not so far", OUTCOMES["not_yet"], value),
                blocks.overflow(OUTCOMES["no"], [("It was not for me", value)]),
            ),
            blocks.context("If its host made a card of it, that card counts your answer without your name."),
        ],
    )


ANSWERED = {
    "yes": "It helped. A card its host made counts that, without your name.",
    "partly": "It helped in part. A card its host made counts that, without your name.",
    "no": "Not for you. A card its host made counts that, without your name.",
    "not_yet": "Not so far. There is no date for it, and I don't ask again.",
}


def on_page(gathering_id: int, kind: TakeawayKind, words: str | None, *, stopped: bool) -> list[Block]:
    """The viewer's own line on the page of a gathering they came to, or the way to share one."""
    value = str(gathering_id)
    if words is None:
        label, text = "Share a line", f"{kind.asks} {WHERE}"
    else:
        label, text = "Change it", f"You shared: {blocks.escape(words)}"
    shown = [blocks.section(text, accessory=blocks.button(label, SAY, value))]
    if stopped:
        again = blocks.button("Ask me again", AGAIN, value)
        shown.append(blocks.section("I don't ask you after these sessions.", accessory=again))
    return shown
