"""Speaks to whoever is thanked: the words, what was seen of a skill, and who else may read it."""

from bot.features.recognition import rules
from bot.features.recognition.store import Opened
from bot.features.recognition.words import first_words, quoted, said
from bot.members.moderation import report_option
from bot.members.rules import number
from bot.messages import Block, Content
from bot.slack import blocks

PLACE = "recognition"
SHARE, KEEP = "recognition.share", "recognition.keep_private"
UNSHARE, AFTER_ALL = "recognition.unshare", "recognition.share_after_all"  # the way back from either choice
CARD = "recognition.card"
MORE = "recognition.more"  # the three dots: "away:12", "back:12", "page:12"
SHARED = (
    "it may stand on the monthly page of thanks and, after an introduction, in the note of its round, with your names"
)
AWAY, BACK, QUIET = "away", "back", "page"
READ = "recognition.read"


def received(each: Opened) -> Content:
    """A thank-you, with at most two buttons and the rest behind the dots."""
    giver = blocks.escape(each.giver)
    shown = [said(f"*{giver}* thanks you:\n{quoted(each.said.words)}", accessory=dots(each)), *skill(each)]
    return Content(
        f"{giver} thanks you: {first_words(each.said.words)}",
        [*shown, *choice(each), blocks.context(who_reads(each))],
    )


def skill(each: Opened) -> list[Block]:
    """What was seen of a skill they offer."""
    if not each.said.skill:
        return []
    return [
        said(
            f"{blocks.escape(each.giver)} saw your *{blocks.escape(each.said.skill)}* at work:\n{quoted(each.said.evidence)}"
        )
    ]


def choice(each: Opened) -> list[Block]:
    """May others read it? Asked only where whoever wrote it is fine with that."""
    row, value = each.row, str(each.row.id)
    if not row.may_share or row.put_away:
        return []
    if row.choice == rules.OPEN:
        buttons = [
            blocks.button("Share it", SHARE, value, style="primary"),
            blocks.button("Keep it private", KEEP, value),
        ]
    elif row.choice == rules.SHARE:
        buttons = [
            blocks.button("Keep it private", UNSHARE, value),
            blocks.button("Make a card of it", CARD, value, label="Make a card for the archive of it"),
        ]
    else:
        buttons = [blocks.button("Share it after all", AFTER_ALL, value)]
    return [blocks.actions(*buttons, block_id=f"thanks-{value}")]


def who_reads(each: Opened) -> str:
    """Who can read it now, in small print."""
    row, giver = each.row, blocks.escape(each.giver)
    if row.put_away:
        return "Hidden: it stands on no page. Only the two of you can read it."
    if not row.may_share:
        return "Only the two of you can read this."
    if row.choice == rules.OPEN:
        return f"{giver} is fine with sharing it: {SHARED}. Until you choose, it stays private."
    if row.choice == rules.SHARE:
        return f"You both like to share it: {SHARED}."
    return "You keep it private. Only the two of you can read this."


def dots(each: Opened) -> Block:
    """What else can be done with it."""
    value = str(each.row.id)
    put = (
        ("Show on my page again", f"{BACK}:{value}") if each.row.put_away else ("Hide from my page", f"{AWAY}:{value}")
    )
    quiet = ("From now on only on my page", f"{QUIET}:{value}")
    return blocks.overflow(MORE, [put, quiet, report_option(f"thanks:{value}")])


def together(many: int) -> Content:
    """Several came in one day: the first ones came by themselves."""
    text = (
        "One more thank-you came for you."
        if many == 1
        else f"{number(many).capitalize()} more thank-yous came for you."
    )
    read = blocks.button("Read them" if many > 1 else "Read it", READ, style="primary")
    return Content(
        text,
        [
            blocks.section(text),
            blocks.actions(read),
            blocks.context(f"{'They wait' if many > 1 else 'It waits'} in my Home tab, under *My recognition*."),
        ],
    )


def taken_back() -> Content:
    """It is no longer there."""
    text = "What stood here was taken back by whoever wrote it."
    return Content(text, [blocks.context(text)])


def hidden() -> Content:
    """After a report."""
    text = "A thank-you that stood here is hidden after a report. A moderator looks at it."
    return Content(text, [blocks.context(text)])
