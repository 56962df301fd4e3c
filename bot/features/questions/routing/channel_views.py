"""What everybody in a channel reads of a question that was put to them."""

from dataclasses import dataclass

from bot.features.questions import rules
from bot.features.questions.routing.views import ASKS, TAKE, words_of
from bot.features.questions.rules import Words
from bot.members.moderation.reporting.buttons import report_button
from bot.messages import Content
from bot.slack import blocks


@dataclass(frozen=True)
class Posted:
    """A question as it stands in a channel; `by` is a name or an alias."""

    question_id: int
    by: str
    under_alias: bool
    kind: str
    words: Words
    state: str
    holder: str | None
    closing: str | None = None


def post(said: Posted) -> Content:
    """Open: it invites an answer. Held: says by whom. Over: says so, and hides what was taken back."""
    if said.state in ("withdrawn", "hidden", "merged") or said.closing == "moderator":
        line = {
            "closed": "A question stood here; a moderator closed it.",
            "withdrawn": "A question stood here; it was taken back.",
            "hidden": "A question stood here; it is hidden at present.",
            "merged": "A question stood here; it was joined with another thread.",
        }[said.state]
        return Content(line, [blocks.section(line)])
    value = str(said.question_id)
    shown = words_of(said.by, said.kind, said.words.question, said.words.context)
    if said.state == "open":
        shown += [
            blocks.section(
                "Answer in this thread, a line is enough: I keep it with the question and carry it to "
                f"{blocks.escape(said.by)}. Or take it, so that nobody else needs to."
            ),
            blocks.actions(
                blocks.button("I'll take it", TAKE, value, style="primary"),
                report_button(f"question:{said.question_id}"),
                block_id=f"post-{value}",
            ),
        ]
    elif said.state == "held":
        who = blocks.escape(said.holder) if said.holder else "Somebody"
        shown += [
            blocks.section(f"*{who} took it.* Adding a line in this thread is welcome."),
            blocks.actions(report_button(f"question:{said.question_id}"), block_id=f"post-{value}"),
        ]
    else:
        shown += [
            blocks.section("*This is closed.* Thank you to everybody who wrote."),
            blocks.actions(report_button(f"question:{said.question_id}"), block_id=f"post-{value}"),
        ]
    if said.under_alias:
        shown.append(blocks.context("Asked under an alias: nobody here sees who it is. Replies here reach them."))
    return Content(blocks.escape(f"{said.by} {ASKS[said.kind]}: {rules.first_line(said.words.question)}"), shown)
