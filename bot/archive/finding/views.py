"""Speaks: a card as a row and whole, and the buttons that belong to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.archive.finding import acts, phrases
from bot.archive.finding.cards import Card
from bot.members.moderation.reporting.buttons import report_button
from bot.messages import Block
from bot.slack import blocks

CARD = "archive.card"
SAID = {
    "worked": "You said that it worked for you.",
    "partly": "You said that it worked in part.",
    "not": "You said that it was not for you.",
}
GONE = "This card can't be read any more: it was taken out of the archive, or is being looked at."


@dataclass(frozen=True)
class Looker:
    """Who looks at a card, as far as its buttons depend on it."""

    member_id: int
    is_lead: bool = False
    knows: bool = False  # its maker, somebody named on it, or a lead: can say whether it is still true
    page: Block | None = None  # a button that opens the card in the browser, where pages are served


def row(card: Card) -> Block:
    """A card in a list, with [Read]."""
    lines = [phrases.title(card), phrases.glimpse(card), f"_{facts}_" if (facts := phrases.facts(card)) else ""]
    read = blocks.button("Read", acts.READ, str(card.id), label=f"Read: {card.question}")
    return blocks.section("\n".join(filter(None, lines)), accessory=read, block_id=f"card-{card.id}")


def card_modal(card: Card, looker: Looker, related: Sequence[Card], today: date) -> Block:
    """The whole card, what can be done with it, and what is near it."""
    shown = [
        blocks.section(phrases.title(card)),
        *(blocks.section(part) for part in phrases.pieces(card.gist)),
        *_what_to_try(card),
    ]
    if card.tags:
        shown.append(blocks.context("About: " + ", ".join(blocks.escape(tag.name) for tag in card.tags)))
    shown.append(blocks.context(phrases.origin(card, today)))
    if card.tried:
        shown.append(blocks.section(f"*{phrases.how_it_went(card)}*"))
    shown += [*_old(card, looker), *card_acts(card, looker)]
    if related:
        shown += [blocks.divider(), blocks.section("*Near it*"), *(row(each) for each in related)]
    return blocks.modal("Insight", shown, callback_id=CARD, close="Close", memory={"insight": card.id})


def card_acts(card: Card, looker: Looker) -> list[Block]:
    """What can be done with a card: this is where every button of it is put together."""
    value = str(card.id)
    keep = (
        blocks.button("Kept. Let go", acts.LET_GO, value, label="Kept by you. Let it go")
        if card.kept
        else blocks.button("Keep", acts.KEEP, value, style="primary", label="Keep this card")
    )
    buttons = [keep]
    if looker.is_lead:
        buttons.append(blocks.button("Add to a collection", acts.COLLECT, value))
    if looker.page is not None:
        buttons.append(looker.page)
    if card.made_by == looker.member_id:
        return [blocks.actions(*buttons, block_id=f"acts-{value}")]
    buttons.append(report_button(f"insight:{value}"))
    return [*_outcome(card), blocks.actions(*buttons, block_id=f"acts-{value}")]


def gone() -> Block:
    """In place of a card that is not, or not for them."""
    return blocks.modal("Insight", [blocks.section(GONE)], callback_id=CARD, close="Close")


def _what_to_try(card: Card) -> list[Block]:
    parts = phrases.pieces(card.tips)
    if not parts:
        return []
    return [blocks.section(f"*What to try*\n{parts[0]}"), *(blocks.section(part) for part in parts[1:])]


def _old(card: Card, looker: Looker) -> list[Block]:
    """A year after it was published: is it still true?"""
    if not card.look_again:
        return []
    if not looker.knows:
        return [blocks.context("More than a year old: things may have changed since.")]
    value = str(card.id)
    return [
        blocks.section("More than a year old. Still true?"),
        blocks.actions(
            blocks.button("Still true", acts.STILL_TRUE, value),
            blocks.button("Needs a change", acts.CHANGE, value),
            block_id=f"old-{value}",
        ),
    ]


def _outcome(card: Card) -> list[Block]:
    """How it went for whoever looks; what they said replaces its button, and can be changed."""
    value = str(card.id)
    choices = [
        blocks.button(text, action, value)
        for text, action, outcome in (
            ("It worked for me", acts.WORKED, "worked"),
            ("Partly", acts.PARTLY, "partly"),
            ("Not for me", acts.NOT, "not"),
        )
        if outcome != card.my_outcome
    ]
    if card.my_outcome is None:
        asked = "Have you tried it?" if card.tried else f"{phrases.how_it_went(card)} Have you tried it?"
        return [blocks.section(asked), blocks.actions(*choices, block_id=f"tried-{value}")]
    choices.append(blocks.button("Take it back", acts.UNTOLD, value))
    return [blocks.section(SAID[card.my_outcome]), blocks.actions(*choices, block_id=f"tried-{value}")]
