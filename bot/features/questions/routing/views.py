"""What somebody sees who is asked for an answer, in each state of it."""

from bot.features.questions import rules
from bot.features.questions.routing import borrowed
from bot.features.questions.standing import ForMentor
from bot.members.commitments.views import no_more_button
from bot.members.moderation.reporting.buttons import report_option
from bot.messages import Block, Content
from bot.slack import blocks

TAKE, PASS, NOT_NOW, UNPASS = "questions.take", "questions.pass", "questions.not_now", "questions.unpass"
WHY = {"subject": "questions.why_subject", "time": "questions.why_time", "close": "questions.why_close"}
HAND_ON, SECOND, STILL = "questions.hand_on", "questions.second", "questions.still"
NAME, POST = "questions.name", "questions.post"
DOTS = "questions.about_question"
REASONS = {"subject": "Not my subject", "time": "No time", "close": "Too close to me"}
SHOWN_CONTEXT = 1_500  # characters
ASKS = {
    "question": "asks",
    "feedback": "would like feedback",
    "review": "would like a quick review",
    "thinking": "would like somebody to think with",
}


def ask(said: ForMentor) -> Content:
    """What is asked, why of them, and what they can say to it."""
    if said.state in rules.ENDED:
        return _ended(said)
    draw = {"asked": _asked, "claimed": _claimed, "passed": _passed, "not_now": _put_off}.get(
        said.asked_state, _moved_on
    )
    return draw(said)


def words_of(by: str, kind: str, question: str, context: str = "", *, dots: Block | None = None) -> list[Block]:
    """What somebody asks, escaped; `by` is a name or an alias, `dots` what can be done about these words."""
    line = blocks.cut(f"*{blocks.escape(by)} {ASKS[kind]}:* {blocks.escape(question)}", 2_900)
    shown = [blocks.section(line, accessory=dots)]
    if context:
        lines = blocks.cut(blocks.escape(context), SHOWN_CONTEXT).replace("\n", "\n>")
        shown.append(blocks.section(f">{lines}"))
    return shown


def _words(said: ForMentor) -> list[Block]:
    dots = blocks.overflow(DOTS, [report_option(f"question:{said.question_id}")])
    shown = words_of(said.by, said.kind, said.words.question, said.words.context, dots=dots)
    if said.state not in rules.ENDED and (line := borrowed.checklist_line(said)):
        shown.append(blocks.context(line))
    if said.under_alias:
        shown.append(blocks.context("Asked under an alias: nobody here sees who it is, leads included."))
    return shown


def _text(said: ForMentor) -> str:
    return blocks.escape(f"{said.by} {ASKS[said.kind]}: {rules.first_line(said.words.question)}")


def _asked(said: ForMentor) -> Content:
    return _asked_as_lead(said) if said.role == "lead" else _asked_as_mentor(said)


def _asked_as_mentor(said: ForMentor) -> Content:
    value = str(said.question_id)
    second = f" {blocks.escape(said.claimed_by)} is on it; a second opinion is wished for." if said.claimed_by else ""
    until = f"An answer by {blocks.at(said.due_at, said.tz)} would be in good time." if said.due_at else ""
    return Content(
        text=_text(said),
        blocks=[
            *_words(said),
            blocks.section(f"*Why you:* {_reasons(said)}.{second} {until}".strip()),
            blocks.actions(
                blocks.button("I'll take it", TAKE, value, style="primary"),
                blocks.button("Pass", PASS, value),
                blocks.button("Not now", NOT_NOW, value),
                block_id=f"ask-{value}",
            ),
            blocks.context(
                f"A line in this thread is welcome without taking it: I carry it to {blocks.escape(said.by)}. "
                f"{_if_you_pass(said)}"
            ),
            _way_out(said),
        ],
    )


def _if_you_pass(said: ForMentor) -> str:
    if said.for_one:
        return f"If you pass, {blocks.escape(said.by)} decides whether I ask others."
    return "If you pass, I simply ask somebody else."


def once_more(said: ForMentor) -> Content:
    """Under the question they were asked before."""
    until = f" An answer by {blocks.on(said.due_at, said.tz)} would be in good time." if said.due_at else ""
    line = "This question still has nobody." if said.role != "lead" else "Nobody has taken this question so far."
    return Content(
        text=f"Once more: {_text(said)}",
        blocks=[blocks.section(f"{line} Would you take it now?{until}"), _take_or_pass(str(said.question_id))],
    )


def _reasons(said: ForMentor) -> str:
    return blocks.escape("; ".join(said.reasons)) or "somebody thought of you"


def _asked_as_lead(said: ForMentor) -> Content:
    value = str(said.question_id)
    tried = f"Asked so far: {blocks.escape(_some(said.tried))}." if said.tried else "I found nobody to ask first."
    tried += f" It stands in <#{said.channel}>, too." if said.channel else ""
    acts = [blocks.button("I'll take it", TAKE, value, style="primary")]
    if said.others_may_be_asked:
        acts.append(blocks.button("Ask somebody I name", NAME, value))
    for channel, name in said.places[:1]:
        acts.append(
            blocks.button(f"Post it to #{name}" if name else "Post it to its channel", POST, f"{value}:{channel}")
        )
    return Content(
        text=f"Nobody has taken this so far. {_text(said)}",
        blocks=[
            blocks.section(f"*This question has nobody yet.* {tried}"),
            *_words(said),
            blocks.actions(*acts, block_id=f"ask-{value}"),
            blocks.context(
                "You read this because you lead: a question nobody has taken comes to you, so that it is not left."
            ),
        ],
    )


def _claimed(said: ForMentor) -> Content:
    value = str(said.question_id)
    by = blocks.escape(said.by)
    also = f" {blocks.escape(said.claimed_by)} is on it, too." if said.claimed_by else ""
    how = "Go through the checklist, or write in this thread" if said.checklist else "Write in this thread"
    acts = [
        *borrowed.holder_buttons(said),
        blocks.button("Hand it on", HAND_ON, value),
        blocks.button("Ask for a second opinion", SECOND, value),
    ]
    return Content(
        text=f"You took it. {_text(said)}",
        blocks=[
            *_words(said),
            blocks.section(f"*You took it.* {how}, as short as you like; I carry it to {by}.{also}"),
            blocks.actions(*acts, block_id=f"ask-{value}"),
            _way_out(said),
        ],
    )


def _passed(said: ForMentor) -> Content:
    value = str(said.question_id)
    acts = [blocks.button("Undo", UNPASS, value)]
    fine = "That is fine, and they decide what comes next." if said.for_one else "That is fine; I go on asking."
    why = "You can say why, if you like; only I know."
    if said.pass_reason is None:
        acts += [blocks.button(label, WHY[reason], value) for reason, label in REASONS.items()]
    else:
        why = f"{REASONS.get(said.pass_reason, '')}: noted, and only I know."
    return Content(
        text="You passed." if said.for_one else "You passed, and I go on asking.",
        blocks=[
            blocks.section(f"*You passed* on a question from {blocks.escape(said.by)}. {fine} {why}"),
            blocks.actions(*acts, block_id=f"ask-{value}"),
            blocks.actions(no_more_button(), block_id=f"ask-out-{value}"),
        ],
    )


def _put_off(said: ForMentor) -> Content:
    value = str(said.question_id)
    if said.put_off_until is None:
        goes_on = "" if said.for_one else " I go on asking."
        text = f"Not now: noted.{goes_on} If it still has nobody later, you can take it here."
    else:
        text = f"Not now: I ask you once more, {blocks.at(said.put_off_until, said.tz)}."
    return Content(
        text="Not now; noted.",
        blocks=[*_words(said), blocks.section(text), _take_or_pass(value), _way_out(said)],
    )


def _take_or_pass(value: str) -> Block:
    return blocks.actions(
        blocks.button("I'll take it", TAKE, value), blocks.button("Pass", PASS, value), block_id=f"ask-{value}"
    )


def _moved_on(said: ForMentor) -> Content:
    """They were asked, or held it, and others are asked or hold it now."""
    value = str(said.question_id)
    if said.asked_state == "released":
        line = "*You handed it on.* Thank you for the look; what you wrote stays."
    elif said.claimed_by:
        line = f"*{blocks.escape(said.claimed_by)} took it*, so there is nothing for you to do."
    elif said.for_one:
        line = "*The time for it has passed*, so there is nothing you have to do."
    else:
        line = "*I went on to ask others*, so there is nothing for you to do."
    shown = [*_words(said), blocks.section(f"{line} A line in this thread is welcome all the same.")]
    if said.claimed_by is None and said.state == "open":
        shown.append(blocks.actions(blocks.button("I'll take it", TAKE, value), block_id=f"ask-{value}"))
    return Content(text=_text(said), blocks=[*shown, _way_out(said)])


def _ended(said: ForMentor) -> Content:
    """Withdrawn, hidden or closed by a moderator, its words are gone from here; otherwise they stay with what was said."""
    lines = {
        "withdrawn": f"{said.by} took this question back, so there is nothing for you to do.",
        "hidden": "This question is hidden at present, so there is nothing for you to do.",
        "merged": "This question was joined with another thread, so there is nothing for you to do here.",
    }
    if said.closing == "moderator":
        lines["closed"] = "A moderator closed this question, so there is nothing for you to do."
    if said.state in lines:
        line = blocks.escape(lines[said.state])
        return Content(line, [blocks.section(line)])
    held = said.claimed_by or ""
    line = "This is closed. Thank you." if said.asked_state in ("claimed", "over") and not held else "This is closed."
    return Content(f"{line} {_text(said)}", [*_words(said), blocks.section(f"*{line}*")])


def _way_out(said: ForMentor) -> Block:
    return blocks.actions(no_more_button(), block_id=f"ask-out-{said.question_id}")


def _some(names: tuple[str, ...]) -> str:
    shown = list(names[:4])
    more = len(names) - len(shown)
    shown += [f"{more} more"] if more else []
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
