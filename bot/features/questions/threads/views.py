"""What people read of each other in the threads of a question."""

from dataclasses import dataclass

from bot.features.questions.standing import ForMentor
from bot.features.questions.threads import rules
from bot.features.questions.threads.checklists import checklists
from bot.features.questions.threads.review_views import REVIEW
from bot.members.moderation.reporting.buttons import report_button, report_option
from bot.members.recognising import NOTHING
from bot.members.rules import number
from bot.messages import Block, Content
from bot.registry import ThanksOffer
from bot.slack import blocks

HELPED, NOT_HELPED = "questions.helped", "questions.not_helped"
MORE, REST = "questions.ask_more", "questions.read_rest"
CLOSE, KEEP_OPEN, REOPEN = "questions.close_helped", "questions.keep_open", "questions.open_again"
PAGE, DOTS = "questions.page", "questions.about_words"
MOST_OF_A_PAGE = 40  # paragraphs; Slack's longest message has half of that
TAKEN_BACK_WORDS = "_What stood here went with its question._"
HIDDEN_WORDS = "_This was hidden after a report. A moderator looks at it._"


@dataclass(frozen=True)
class Carried:
    """Somebody's words, as they are shown to others; `by` is a name or an alias, never both."""

    answer_id: int
    by: str
    by_asker: bool
    text: str
    where: str = ""  # of words from a channel: its id
    review: bool = False
    hidden: bool = False
    taken_back: bool = False  # … with the question, by whoever asked or by a moderator
    helped: bool = False
    ended: bool = False  # the question is over
    own: bool = False  # to their own writer no thanks are due
    thanks: ThanksOffer = NOTHING  # to be said by name; never drawn for whoever asks under an alias


def holder_buttons(said: ForMentor) -> list[Block]:
    """What whoever holds a question can do besides writing in its thread."""
    if not said.checklist or said.asked_state != "claimed":
        return []
    return [blocks.button("Go through the checklist", REVIEW, str(said.question_id), style="primary")]


def checklist_line(said: ForMentor) -> str:
    """Which checklist a review goes by, and how long that is; empty for every other kind of question."""
    found = checklists().get(said.checklist or "")
    if found is None:
        return ""
    what, many = found.title[0].lower() + found.title[1:], number(len(found.points))
    return f"With a checklist for {blocks.escape(what)}: {many} points to tick, or to write a line about."


def to_asker(said: Carried) -> Content:
    """An answer, in the thread of whoever asked."""
    content = words(said, report=False)
    return Content(content.text, [*content.blocks, *_thanking(said)])


def words(said: Carried, *, report: bool = True) -> Content:
    """Somebody's words, for everybody else whom the question concerns."""
    if said.taken_back:
        return Content("What stood here went with its question.", [blocks.context(TAKEN_BACK_WORDS)])
    if said.hidden:
        return Content("Something here was hidden after a report.", [blocks.context(HIDDEN_WORDS)])
    head = _head(said)
    pieces = rules.pieces(said.text)
    body = [paragraph(piece) for piece in pieces[: rules.MOST_PARTS]]
    if len(pieces) > rules.MOST_PARTS:
        rest = blocks.button("Read all of it", REST, str(said.answer_id))
        body.append(blocks.section("_It goes on for longer than fits here._", accessory=rest))
    line = f"{said.by}: {rules.first_line(said.text)}"
    dots = blocks.overflow(DOTS, [report_option(f"answer:{said.answer_id}")]) if report else None
    return Content(blocks.escape(line), [blocks.section(head, accessory=dots), *body])


def paragraph(text: str) -> Block:
    """People's words, already shown safely; Slack adds no links or names of its own to them."""
    block = blocks.section(text)
    block["text"]["verbatim"] = True
    return block


def _head(said: Carried) -> str:
    by = f"*{blocks.escape(said.by)}*"
    if said.review:
        return f"{by} went through it"
    verb = "adds" if said.by_asker else "answers"
    return f"{by} {verb} in <#{said.where}>" if said.where else f"{by} {verb}"


def _thanking(said: Carried) -> list[Block]:
    if said.hidden or said.own:
        return []
    value = str(said.answer_id)
    if said.helped:
        undo = blocks.button("Undo", NOT_HELPED, value, label="Take back that this helped")
        line = "You said that this helped, and thanks." if said.thanks.said else "You said that this helped."
        more = [blocks.actions(said.thanks.button)] if said.thanks.button is not None else []
        return [blocks.section(line, accessory=undo), *more]
    second = (
        blocks.button("Open again", REOPEN, value)
        if said.ended
        else blocks.button("Ask for more", MORE, value, label="How to ask for more")
    )
    first = blocks.button("This helped", HELPED, value, style="primary")
    return [blocks.actions(first, second, report_button(f"answer:{value}"))]


def how_to_ask_more(by: str) -> Block:
    """A small page that says how; there is nothing to fill in."""
    said = (
        f"Write your next line in the thread of this message, and I carry it to {blocks.escape(by)}. "
        "One question at a time gets the best answers: what is still open, or what you would try first."
    )
    return blocks.modal("Ask for more", [blocks.section(said)], callback_id=PAGE, close="Fine")


def whole(said: Carried) -> Block:
    """All of a long text, on a page of its own."""
    body = [paragraph(piece) for piece in rules.pieces(said.text)[:MOST_OF_A_PAGE]]
    if said.hidden:
        body = [blocks.context(TAKEN_BACK_WORDS if said.taken_back else HIDDEN_WORDS)]
    return blocks.modal("All of it", [blocks.section(_head(said)), *body], callback_id=PAGE, close="Close")
