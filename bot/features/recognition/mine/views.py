"""Speaks: my recognition on the Home tab. No counts of people, no ranks, nothing to collect."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.features.recognition import rules
from bot.features.recognition.giving.views import GIVE
from bot.features.recognition.milestones.views import LIKING
from bot.features.recognition.milestones.views import MORE as MILESTONE_MORE
from bot.features.recognition.receiving.views import CARD, PLACE, choice, dots, skill, who_reads
from bot.features.recognition.store import Opened
from bot.features.recognition.words import on, quoted, said
from bot.members.front.views import GO
from bot.messages import Block
from bot.slack import blocks

ROWS = 8
TAKE_BACK = "recognition.take_back"
BACK, ON = "recognition.turn_back", "recognition.turn_on"
RECEIVED, BY_ME, HIDDEN = "", "given", "hidden"


@dataclass(frozen=True)
class Reached:
    """A milestone of mine, in words."""

    id: int
    text: str
    reached_at: datetime
    shared: bool
    put_away: bool


@dataclass(frozen=True)
class Page:
    """One page of what was said; `part`: received, given or hidden."""

    part: str
    rows: Sequence[Opened]
    number: int
    total: int
    tz: str
    today: date
    has_given: bool = False
    has_hidden: bool = False
    milestones: Sequence[Reached] = ()
    printable: Block | None = None  # the way to the same in the browser


def invitation() -> list[Block]:
    """One inviting line."""
    return [
        blocks.section(
            "*Recognition*\nIs there somebody whose help you still use? A sentence is enough, and only they read it.",
            accessory=blocks.button("Say thanks", GIVE),
            block_id="recognition",
        )
    ]


def front(latest: tuple[str, datetime] | None, tz: str, today: date) -> list[Block]:
    """One row on the front page. `latest`: who said thanks last, and when."""
    line = (
        f"{blocks.escape(latest[0])} thanked you {on(latest[1], tz, today)}."
        if latest is not None
        else "What you said to others, and what you reached."
    )
    return [
        blocks.section(f"*Recognition*\n{line}", block_id="recognition"),
        blocks.actions(
            blocks.button("My recognition", GO, PLACE), blocks.button("Say thanks", GIVE), block_id="recognition_acts"
        ),
    ]


def page(shown: Page) -> list[Block]:
    """What was said to me, what I said, what I reached."""
    acts = [
        blocks.button("Say thanks", GIVE, style="primary"),
        blocks.button("How I like it", LIKING),
        *([shown.printable] if shown.printable else []),
    ]
    to = PLACE if shown.part else "front"
    return [
        blocks.actions(blocks.button("← Back" if shown.part else "← Home", GO, to), block_id="back"),
        blocks.header({RECEIVED: "My recognition", BY_ME: "Said by me", HIDDEN: "Hidden from my page"}[shown.part]),
        *([blocks.actions(*acts, block_id="recognition_acts")] if shown.part == RECEIVED else []),
        *(_milestones(shown) if shown.part == RECEIVED and not shown.number else []),
        *_rows(shown),
        *_turn(shown),
        *(_parts(shown) if shown.part == RECEIVED else []),
    ]


def nobody() -> list[Block]:
    """For whoever is not in."""
    return [
        blocks.actions(blocks.button("← Home", GO, "front"), block_id="back"),
        blocks.section("Join first; then this is the place of what people say to you."),
    ]


def _rows(shown: Page) -> list[Block]:
    if not shown.rows:
        empty = {
            RECEIVED: "When somebody thanks you, their words stand here. Only the two of you read them, until you both "
            "like to share them.",
            BY_ME: "What you say to others stands here, and can be taken back here.",
            HIDDEN: "Nothing is hidden.",
        }
        return [blocks.section(empty[shown.part], block_id="nothing_yet")]
    found: list[Block] = []
    for each in shown.rows:
        found += _given(each, shown) if shown.part == BY_ME else _received(each, shown)
    return found


def _received(each: Opened, shown: Page) -> list[Block]:
    head = f"*{blocks.escape(each.giver)}*, {on(each.row.given_at, shown.tz, shown.today)}:\n{quoted(each.said.words)}"
    return [
        said(head, accessory=dots(each), block_id=f"received-{each.row.id}"),
        *skill(each),
        *choice(each),
        blocks.context(who_reads(each)),
    ]


def _given(each: Opened, shown: Page) -> list[Block]:
    receiver = blocks.escape(each.receiver)
    sure = blocks.confirm(
        "Take it back?", "The words are deleted, here and where they were read. That can't be undone.", "Take it back"
    )
    back = blocks.button("Take it back", TAKE_BACK, str(each.row.id), confirm=sure)
    evidence = f"\n{blocks.escape(each.said.skill)}:\n{quoted(each.said.evidence)}" if each.said.skill else ""
    head = f"To *{receiver}*, {on(each.row.given_at, shown.tz, shown.today)}:\n{quoted(each.said.words)}{evidence}"
    card = blocks.button("Make a card of it", CARD, str(each.row.id), label="Make a card for the archive of it")
    return [
        said(head, accessory=back, block_id=f"given-{each.row.id}"),
        *([blocks.actions(card, block_id=f"given-acts-{each.row.id}")] if each.row.shared_at else []),
        blocks.context(_standing(each)),
    ]


def _standing(each: Opened) -> str:
    if each.row.state == rules.HIDDEN:
        return "Hidden after a report, for now or for good; you were told which."
    if each.row.shared_at is not None:
        return "You both like to share it."
    return "It may be shared, once they like that, too." if each.row.may_share else "Only the two of you read this."


def _milestones(shown: Page) -> list[Block]:
    rows = []
    for each in shown.milestones:
        day = on(each.reached_at, shown.tz, shown.today)
        text = f"_{each.text}, {day} (hidden)_" if each.put_away else f"{each.text}, {day}"
        if each.shared and not each.put_away:
            text += " · on the page of thanks, too"
        value = str(each.id)
        share = (
            ("Keep it to myself", f"keep:{value}")
            if each.shared
            else ("Share it on the page of thanks", f"share:{value}")
        )
        put = ("Show it again", f"show:{value}") if each.put_away else ("Hide it", f"hide:{value}")
        dots = blocks.overflow(MILESTONE_MORE, [put] if each.put_away else [share, put])
        rows.append(blocks.section(text, accessory=dots, block_id=f"milestone-{value}"))
    return [
        *([blocks.section("*What I reached*")] if rows else []),
        *rows,
        *([blocks.section("*What was said to me*")] if rows else []),
    ]


def _turn(shown: Page) -> list[Block]:
    place = f"{PLACE}:{shown.part}" if shown.part else PLACE
    buttons = []
    if shown.number:
        buttons.append(blocks.button("Newer", BACK, f"{place}:{shown.number - 1}"))
    if (shown.number + 1) * ROWS < shown.total:
        buttons.append(blocks.button("Older", ON, f"{place}:{shown.number + 1}"))
    return [blocks.actions(*buttons, block_id="turn")] if buttons else []


def _parts(shown: Page) -> list[Block]:
    buttons = []
    if shown.has_given:
        buttons.append(blocks.button("Said by me", GO, f"{PLACE}:{BY_ME}"))
    if shown.has_hidden:
        buttons.append(blocks.button("Hidden", ON, f"{PLACE}:{HIDDEN}"))
    return [blocks.divider(), blocks.actions(*buttons, block_id="parts")] if buttons else []
