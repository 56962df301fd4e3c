"""What features put beside the things they show: [Report], as a button or behind three dots."""

from bot.messages import Block
from bot.slack import blocks
from bot.slack.blocks import Option

REPORT = "moderation.report"
BEHIND_DOTS = "report:"


def report_button(subject: str) -> Block:
    """A button that opens the form. `subject`: what it is beside, such as "answer:12"; whoever may not see that draws none."""
    return blocks.button("Report", REPORT, subject)


def report_option(subject: str) -> Option:
    """The same as a choice of any three-dots menu, whatever that menu's own action is: it is answered here."""
    return ("Report", f"{BEHIND_DOTS}{subject}")
