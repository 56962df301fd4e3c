"""Speaks: my cards, what each waits for, and what I can do with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.archive.acts import READ
from bot.archive.cards import rules
from bot.archive.cards.consents import views as consents
from bot.archive.cards.editing.views import NEW
from bot.archive.cards.news import EDIT
from bot.members.front.views import GO
from bot.members.rules import listed, number
from bot.messages import Block
from bot.slack import blocks

PLACE = "cards"
TAKE_BACK, OUT = "archive.take_back", "archive.take_out"
MOST = 10  # cards on a page
MOST_NAMES = 3


@dataclass(frozen=True)
class Asked:
    """Words of mine somebody asks about."""

    quote_id: int
    sentences: Sequence[str]
    hidden: bool


@dataclass(frozen=True)
class Mine:
    """A card I have a part in."""

    id: int
    title: str
    state: str
    is_mine: bool
    has_words: bool = False  # of mine, agreed to
    waits_for: Sequence[str] = ()  # names
    waits_for_more: int = 0  # people who asked under an alias
    changing: bool = False  # a newer wording is being agreed on
    asked: Asked | None = None


def front(in_the_making: int, asked: int) -> list[Block]:
    """One row on the front page, while something waits for them."""
    if asked:
        said = f"Somebody would like to keep words of yours: {_many(asked, 'card')} to look at."
    elif in_the_making:
        said = f"{_many(in_the_making, 'card').capitalize()} in the making."
    else:
        return []
    return [blocks.section(f"*Cards*\n{said}", accessory=mine_button(), block_id="cards")]


def write_button() -> Block:
    """Something found out the hard way, in three lines."""
    return blocks.button("Write a card", NEW, label="Write a card for the archive")


def mine_button() -> Block:
    """The way to all of one's own."""
    return blocks.button("My cards", GO, PLACE)


def page(cards: Sequence[Mine], start: int, total: int) -> list[Block]:
    """All of them, ten at a time, those first that ask for something."""
    shown = [
        blocks.actions(blocks.button("← Home", GO, "front"), block_id="to_front"),
        blocks.header("My cards"),
        blocks.actions(blocks.button("Write a card", NEW, style="primary"), block_id="cards_top"),
    ]
    if not cards:
        shown.append(
            blocks.section(
                "Nothing here so far. Cards you make, and cards that quote you, are listed here, with a way to take words "
                "back."
            )
        )
    for card in cards:
        shown += [blocks.divider(), *_card(card)]
    if start:
        newer = blocks.button("Newer", GO, f"{PLACE}:{max(0, start - MOST)}")
        shown.append(blocks.actions(newer, block_id="cards_newer"))
    if start + len(cards) < total:  # in a row of its own: Slack takes no two of one action side by side
        shown.append(blocks.actions(blocks.button("Older", GO, f"{PLACE}:{start + MOST}"), block_id="cards_older"))
    return shown


def _card(card: Mine) -> list[Block]:
    title = blocks.escape(card.title) or "A card without a question so far"
    shown = [blocks.section(f"*{title}*\n{_state(card)}")]
    value = str(card.id)
    buttons = []
    if card.asked is not None:
        quote = str(card.asked.quote_id)
        shown += consents.quoted(card.asked.sentences, card.asked.quote_id)
        if not card.asked.hidden:
            buttons.append(blocks.button("Fine, with my name", consents.NAMED, quote, style="primary"))
        unnamed = "Fine, without a name" if card.asked.hidden else "Fine, without my name"
        buttons.append(blocks.button(unnamed, consents.UNNAMED, quote))
        buttons.append(blocks.button("Leave me out", consents.LEAVE_OUT, quote))
        return [*shown, blocks.actions(*buttons, block_id=f"card_{card.id}")]
    if card.state == rules.PUBLISHED:
        buttons.append(blocks.button("Read it", READ, value))
    if card.state != rules.HIDDEN:
        buttons.append(blocks.button("Edit", EDIT, value))
    if card.is_mine:
        sure = blocks.confirm("Take this card back?", _what_goes(card), "Take it back")
        buttons.append(blocks.button("Take back", TAKE_BACK, value, confirm=sure))
    elif card.has_words:
        sure = blocks.confirm(
            "Take your words out?",
            "They leave this card at once, and for good. The rest of it may stay.",
            "Take them out",
        )
        buttons.append(blocks.button("Take my words out", OUT, value, confirm=sure))
    return [*shown, *([blocks.actions(*buttons, block_id=f"card_{card.id}")] if buttons else [])]


def _state(card: Mine) -> str:
    if card.asked is not None:
        return "Somebody would like to keep these words of yours in it."
    if card.state == rules.HIDDEN:
        return "A moderator looks at it; nobody else reads it until then."
    if card.state == rules.DRAFT:
        return "A draft, read by nobody but those who write it."
    waits = _waits(card)
    if card.state == rules.PUBLISHED:
        return f"Published. A newer wording {waits}." if card.changing and waits else "Published."
    return f"{waits[0].upper()}{waits[1:]}." if waits else "Being agreed on."


def _waits(card: Mine) -> str:
    """Whose answer it waits for: names, but of people with an alias only how many."""
    who = [blocks.escape(name) for name in card.waits_for[:MOST_NAMES]]
    more = len(card.waits_for) - len(who) + card.waits_for_more
    if more:
        said = "one person" if more == 1 else f"{number(more)} people"
        who.append(said.replace(" p", " more p") if who else said)
    return f"waits for {listed(who)}" if who else ""


def _what_goes(card: Mine) -> str:
    if card.state != rules.PUBLISHED:
        return "It goes with everything in it, and nobody is asked any more."
    return "It goes at once, unless words of others stand in it: then yours leave, and I ask them about theirs."


def _many(count: int, what: str) -> str:
    return f"{number(count)} {what}{'' if count == 1 else 's'}"
