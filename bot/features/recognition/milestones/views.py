"""Speaks of a milestone to whoever reached it, and of how they like such things told."""

from bot.features.recognition import rules
from bot.messages import Block, Content
from bot.slack import blocks

SHARE, KEEP = "recognition.milestone_share", "recognition.milestone_keep"
MORE = "recognition.milestone_more"  # the three dots on the Home tab: "share:12", "keep:12", "hide:12", "show:12"
LIKING, LIKING_FORM = "recognition.liking", "recognition.liking_form"
VOLUME, BY_MESSAGE, PICK = "volume", "by_message", "recognition.pick"
VOLUMES = {
    rules.PAGE: "Only on my page",
    rules.NOTE: "A short note to me",
    rules.ALOUD: "A note, and on the monthly page of thanks as well",
}


def note(milestone_id: int, yours: str, *, shared: bool) -> Content:
    """One quiet line, once."""
    value = str(milestone_id)
    who = "It may stand on the monthly page of thanks." if shared else "Nobody else is told."
    other = (
        blocks.button("Keep it to myself", KEEP, value)
        if shared
        else blocks.button("Share it on the page of thanks", SHARE, value)
    )
    return Content(
        yours,
        [
            blocks.section(f"{yours} {who}"),
            blocks.actions(other, blocks.button("How I like such news", LIKING, value), block_id=f"milestone-{value}"),
        ],
    )


def liking_form(volume: str, *, by_message: bool) -> Block:
    """How loudly?"""
    return blocks.modal(
        "How I like it",
        [
            blocks.field(
                "When I reach something, such as a first answer or a goal",
                blocks.radios(PICK, [(text, value) for value, text in VOLUMES.items()], initial=volume),
                block_id=VOLUME,
            ),
            blocks.field(
                "When somebody thanks me",
                blocks.radios(
                    PICK,
                    [("Send me their words in my hours", "yes"), ("Let them wait on my page", "no")],
                    initial="yes" if by_message else "no",
                ),
                block_id=BY_MESSAGE,
            ),
        ],
        callback_id=LIKING_FORM,
        submit="Save",
    )


def setting_row(volume: str, *, by_message: bool) -> list[Block]:
    """One row of the Settings page."""
    thanks = "Thanks come as a message" if by_message else "Thanks wait on your page"
    text = f"*Recognition*\n{thanks} · Milestones: {VOLUMES[volume][0].lower()}{VOLUMES[volume][1:]}"
    button = blocks.button("Change", LIKING, label="Change: Recognition")
    return [blocks.section(text, accessory=button, block_id="recognition_liking")]
