"""Speaks in the channel of thanks, and to leads who choose it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.features.recognition.words import quoted, said
from bot.members.moderation import report_option
from bot.messages import Block, Content
from bot.slack import blocks

PLACE, PLACE_FORM, STOP = "recognition.place", "recognition.place_form", "recognition.place_stop"
CHANNEL, ZONE, PICK = "channel", "zone", "recognition.pick_channel"
FIND_ZONE = "recognition.zone"
DOTS = "recognition.page_more"
MOST_SHOWN = 40  # thanks with a [Report] each; Slack takes fifty blocks


@dataclass(frozen=True)
class Line:
    """One thank-you on the page; names and words unescaped."""

    thanks_id: int
    giver: str
    receiver: str
    words: str


def page(month: date, lines: Sequence[Line], milestones: Sequence[str]) -> Content:
    """What was said in a month and may be read by all; `milestones`: whole sentences, escaped."""
    title = f"Thanks in {month:%B}"
    shown = [blocks.header(title)]
    for line in lines[:MOST_SHOWN]:
        text = f"*{blocks.escape(line.giver)}* thanks *{blocks.escape(line.receiver)}*:\n{quoted(line.words)}"
        dots = blocks.overflow(DOTS, [report_option(f"thanks:{line.thanks_id}")])
        shown.append(said(text, accessory=dots))
    if len(lines) > MOST_SHOWN:
        shown.append(
            blocks.context("More was said than fits here. The rest stands on the pages of those it was said to.")
        )
    if milestones:
        shown.append(blocks.section("\n".join(["*Also this month*", *(f"•  {each}" for each in milestones)])))
    shown.append(
        blocks.context(
            "Both sides like to share what stands here, and can take it out any time. Thanks of your own: "
            "the shortcut *Say thanks*."
        )
    )
    return Content(f"{title}: what people here like to share", shown)


def emptied(month: date) -> Content:
    """All of it was taken out after it had been read."""
    text = f"Thanks in {month:%B}: what stood here is private again."
    return Content(text, [blocks.context(text)])


def row(channel: str | None, trouble: str | None, next_day: str, counted: str) -> list[Block]:
    """One line in the leads' part of the Settings page. `counted`: how many people said thanks, where that can be said."""
    if channel is None:
        text = (
            "*Page of thanks*\nNo channel yet. With one, thanks that both sides like to share stand there on the first "
            "working morning of a month. After a month with none, I post nothing."
        )
    elif trouble:
        why = {"archived": "is archived", "removed": "is one I am no longer in"}[trouble]
        text = f"*Page of thanks*\n<#{channel}> {why}, so I post nothing there. Choose another channel, or stop it."
    else:
        text = f"*Page of thanks*\nIn <#{channel}>, next on {next_day}, if anything is shared by then."
    shown = f"{text}\n{counted}" if counted else text
    button = blocks.button("Change" if channel else "Choose one", PLACE, label="Page of thanks: the channel")
    return [blocks.section(shown, accessory=button, block_id="thanks_place")]


def place_form(channel: str | None, tz: str) -> Block:
    """Where, and by which clock."""
    stop = [blocks.actions(blocks.button("Stop the page", STOP), block_id="thanks_stop")] if channel else []
    return blocks.modal(
        "Page of thanks",
        [
            blocks.field(
                "Channel",
                blocks.channel_input(PICK, initial=channel),
                block_id=CHANNEL,
                hint="One that people read gladly. I join public ones; invite me to a private one first.",
            ),
            blocks.field(
                "Time zone",
                blocks.suggest(
                    FIND_ZONE, initial=[(tz, tz)], many=False, placeholder="Type a city, such as Lisbon", least=2
                ),
                block_id=ZONE,
                hint="I post the page at half past nine there, on the first working day of a month.",
            ),
            *stop,
        ],
        callback_id=PLACE_FORM,
        submit="Save",
    )


def stopped() -> Block:
    """No page any more."""
    return blocks.modal(
        "Page of thanks",
        [blocks.section("No page is posted any more. What people said to each other stays where it is.")],
        callback_id="recognition.notice",
        close="Close",
    )
