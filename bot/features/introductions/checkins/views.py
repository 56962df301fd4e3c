"""Speaks: bump, check-in, what was answered, the thank-you form, and the note in the channel."""

from collections.abc import Sequence
from datetime import datetime

from bot.features.introductions.checkins.rules import ANSWERS, RATINGS
from bot.features.introductions.hello import reasons
from bot.features.introductions.hello.views import TIME, time_row
from bot.members.moderation import report_option
from bot.messages import Block, Content
from bot.registry import SharedThanks, ThanksOffer
from bot.slack import blocks

MET, DATE, NOT_YET, WONT = (f"introductions.{answer}" for answer in ANSWERS)
RATE = {rating: f"introductions.rate_{rating}" for rating in RATINGS}
CHANGE_ANSWER = "introductions.change_answer"
NOTE_MORE = "introductions.note_more"  # [Report] behind it is answered by moderation
STAY, LATER, STOP = "introductions.stay", "introductions.later", "introductions.stop"


def bump(introduction_id: int, names: Sequence[str], times: Sequence[datetime], starter: str | None) -> Content:
    """Half-way, in their conversation: three fresh times, or a question to answer in writing."""
    who = reasons.joined([reasons.first_name(name) for name in names])
    if times:
        text = f"{who}: half of this round is left. Any of these for half an hour?"
        return Content(
            text, [blocks.section(text), *[time_row(introduction_id, each, TIME, "Suggest") for each in times]]
        )
    text = f"{who}: half of this round is left. If no hour fits, one question in writing is a meeting too:"
    return Content(text, [blocks.section(f"{text}\n•  {starter}" if starter else text)])


def check_in(introduction_id: int, names: Sequence[str], *, again: bool) -> Content:
    """Did you meet? Four answers."""
    who = reasons.joined([reasons.first_name(name) for name in names])
    text = f"Did you and {who} meet after all?" if again else f"Did you and {who} meet?"
    why = "This is the last time I ask. " if again else ""
    return Content(
        text,
        [
            blocks.section(f"*{text}*"),
            answer_buttons(introduction_id),
            blocks.context(f"{why}Only counts reach the lead, never names. Fewer messages or a pause: my Home tab."),
        ],
    )


def answer_buttons(introduction_id: int) -> Block:
    """The four answers; the first is the one we hope for."""
    value = str(introduction_id)
    return blocks.actions(
        *[
            blocks.button(label, f"introductions.{answer}", value, style="primary" if answer == "met" else None)
            for answer, label in ANSWERS.items()
        ],
        block_id=f"answers-{introduction_id}",
    )


def answered(
    introduction_id: int, names: Sequence[str], answer: str, rating: str | None, thanks: ThanksOffer
) -> Content:
    """What was chosen stays in words, with what may follow."""
    who = reasons.joined([reasons.first_name(name) for name in names])
    said = {
        "met": f"You and {who} met.",
        "date": f"You and {who} have a date. I ask once more after it.",
        "not_yet": f"You and {who} have not met yet. There is time; I ask once more.",
        "wont": f"You and {who} won't meet this time. You come first in the next round.",
    }[answer]
    undo = blocks.button("Change my answer", CHANGE_ANSWER, str(introduction_id))
    if answer != "met":
        return Content(said, [blocks.section(said), blocks.actions(undo)])
    if rating is None:
        ask = [blocks.button(label, RATE[each], str(introduction_id)) for each, label in RATINGS.items()]
        return Content(said, [blocks.section(f"{said} How was it?"), blocks.actions(*ask, undo)])
    rated = f"{said} You called it _{RATINGS[rating].lower()}_."
    if thanks.said:
        return Content(said, [blocks.section(f"{rated} You said thanks.")])
    return Content(said, [blocks.section(rated), blocks.actions(*([thanks.button] if thanks.button else []), undo)])


def gone_quiet(until: str) -> Content:
    """Three rounds without a word: paused, with three ways on."""
    text = f"The last three check-ins went by; there may be a lot on. You are paused until {until}. What suits you?"
    return Content(
        text,
        [
            blocks.section(text),
            blocks.actions(
                blocks.button("Keep introducing me", STAY, "quiet"),
                blocks.button("Pause is right", LATER, "quiet"),
                blocks.button("Stop introductions", STOP, "quiet"),
            ),
        ],
    )


def chosen_after_quiet(choice: str, until: str) -> Content:
    """What was chosen, in words."""
    text = {
        STAY: "You take part again, from the next round on.",
        LATER: f"You are paused until {until} and back by yourself then. Sooner: my Home tab.",
        STOP: "No more introductions. Your Home tab has them whenever you like.",
    }[choice]
    return Content(text, [blocks.section(text)])


def note(number: int, seated: int, met: int, dates: int, quotes: Sequence[SharedThanks]) -> Content:
    """After the round, in the channel: how many met, and what both sides like to share; never who did not."""
    text = f"Round {number} is over: {met} of {seated} introductions led to a conversation."
    if dates:
        text += " One more has a date." if dates == 1 else f" {dates} more have a date."
    shown = [blocks.section(text)]
    for quote in quotes:
        lines = "\n".join(f"> {line}" for line in blocks.escape(quote.words).splitlines() if line.strip())
        more = blocks.overflow(NOTE_MORE, [report_option(quote.subject)])
        shown.append(blocks.section(f"{reasons.first_name(quote.giver)} says thanks:\n{lines}", accessory=more))
    return Content(text, shown)
