"""Speaks: the form in which insights are looked for, with what was found below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.archive.finding import acts
from bot.archive.finding.cards import Card, Filters, Found
from bot.archive.finding.query import MOST_WORDS
from bot.archive.finding.views import row
from bot.members.rules import listed
from bot.members.rules import number as in_words
from bot.messages import Block
from bot.slack import blocks
from bot.slack.blocks import Option

WORDS, TAGS, PEOPLE, SINCE, OUTCOME = "words", "tags", "people", "since", "outcome"
ROWS = 8
LONGEST = 300
SPANS = {"month": ("The last month", 31), "quarter": ("The last three months", 92), "year": ("The last year", 366)}
EMPTY = "Write a word, or choose something below it."


@dataclass(frozen=True)
class Typed:
    """What the form holds. `tags` with their names as they are read."""

    words: str = ""
    tags: tuple[Option, ...] = ()  # (name, slug)
    people: tuple[str, ...] = ()
    since: str = "any"
    worked: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written or chosen."""
        return not (self.words.strip() or self.tags or self.people or self.worked or self.since in SPANS)

    def filters(self, now: datetime) -> Filters:
        """What was chosen beside the words."""
        days = SPANS[self.since][1] if self.since in SPANS else None
        since = (now - timedelta(days=days)).date().isoformat() if days else None
        return Filters(tuple(slug for _, slug in self.tags), self.people, since, self.worked)


def read_form(state: dict[str, Any]) -> Typed:
    """What was typed and chosen."""
    chosen = (state.get(TAGS) or {}).get(acts.FIND_TAG) or {}
    tags = tuple((each["text"]["text"], each["value"]) for each in chosen.get("selected_options") or [])
    return Typed(
        words=str(blocks.chosen(state, WORDS) or "")[:LONGEST],
        tags=tags[:5],
        people=tuple(blocks.chosen(state, PEOPLE) or ())[:3],
        since=str(blocks.chosen(state, SINCE) or "any"),
        worked=bool(blocks.chosen(state, OUTCOME)),
    )


def search_form(typed: Typed = Typed(), results: Sequence[Block] = ()) -> Block:
    """What to look for; what was found stands right below the words, before what narrows it down."""
    spans = [("Any time", "any"), *((name, value) for value, (name, _) in SPANS.items())]
    shown = [
        blocks.field(
            "Words to look for",
            blocks.text_input(WORDS, initial=typed.words, longest=LONGEST, placeholder="saying no to a client"),
            block_id=WORDS,
            hint="All forms of a word count. “Side by side” in quotation marks finds such cards first.",
            optional=True,
        ),
        *([*results, blocks.divider()] if results else []),
        blocks.field(
            "About",
            blocks.suggest(acts.FIND_TAG, initial=typed.tags, placeholder="A skill, an industry or a challenge"),
            block_id=TAGS,
            optional=True,
        ),
        blocks.field(
            "In the words of",
            blocks.people_input(PEOPLE, initial=typed.people, placeholder="Anybody who is named"),
            block_id=PEOPLE,
            optional=True,
        ),
        blocks.field(
            "When",
            blocks.select(SINCE, spans, initial=typed.since if typed.since in SPANS else "any"),
            block_id=SINCE,
            optional=True,
        ),
        blocks.field(
            "Outcome",
            blocks.checkboxes(
                OUTCOME, [("Only what worked for somebody", "worked")], initial=["worked"] if typed.worked else []
            ),
            block_id=OUTCOME,
            optional=True,
        ),
    ]
    return blocks.modal("Search insights", shown, callback_id=acts.SEARCH_FORM, submit="Search", close="Close")


def results(found: Found, offset: int = 0, *, exactly: bool = False) -> list[Block]:
    """What was found, from a place on; the buttons to the next say where that begins."""
    shown = [blocks.divider(), *_corrected(found), blocks.section(said(found, offset), block_id="found")]
    shown += [row(card) for card in found.cards]
    mode = "exactly" if exactly else "kindly"
    turns = []
    if offset > 0:
        turns.append(blocks.button("Earlier", acts.EARLIER, f"{max(0, offset - ROWS)}:{mode}"))
    if offset + ROWS < found.total:
        turns.append(blocks.button("More", acts.MORE, f"{offset + ROWS}:{mode}"))
    if turns:
        shown.append(blocks.actions(*turns, block_id="turn"))
    return shown if found.total else [*shown, *_instead(found)]


def said(found: Found, offset: int = 0) -> str:
    """How many there are, and what was done to find them."""
    parts = []
    if found.query.cut:
        parts.append(f"I looked for the first {MOST_WORDS} words.")
    if not found.total:
        return " ".join([*parts, "No card fits. Fewer words, or others, may find one."])
    if found.query.is_empty:
        parts.append("That holds no word to look for, so here is what is new.")
    elif found.some_words:
        parts.append("No card has all of these words; these have some of them.")
    many = f"{in_words(found.total).capitalize()} card{'s' if found.total != 1 else ''}"
    if found.more:
        newest = f"The newest {found.total} are put in order; one more word narrows it down."
        parts.append(f"More than {found.total} cards. {newest} {_which(offset, len(found.cards))}")
    elif found.total > len(found.cards):
        parts.append(f"{many}. {_which(offset, len(found.cards))}")
    else:
        parts.append(f"{many}.")
    return " ".join(parts)


def _which(offset: int, shown: int) -> str:
    """Which of them stand here."""
    if offset:
        return f"Here are {offset + 1} to {offset + shown}."
    return f"Here {'is the first' if shown == 1 else f'are the first {in_words(shown)}'}."


def corrected_line(found: Found) -> str:
    """What was looked for instead of a word that no card holds; empty where nothing was."""
    if not found.corrected:
        return ""
    used = listed([f"*{blocks.escape(word)}*" for word in found.corrected.values()])
    return f"Showing results for {used}."


def collection_modal(name: str, about: str, cards: Sequence[Card], total: int) -> Block:
    """A collection, over the form."""
    shown = [blocks.section(f"*{blocks.escape(name)}*\n{blocks.escape(about)}"), *(row(card) for card in cards)]
    if not cards:
        shown.append(blocks.section("No card is in it yet."))
    elif total > len(cards):
        shown.append(blocks.context(f"The first {in_words(len(cards))} of {total}. Find, in the Home tab, shows all."))
    return blocks.modal("Collection", shown, callback_id="archive.collection", close="Back")


def _corrected(found: Found) -> list[Block]:
    if not found.corrected:
        return []
    typed = listed(list(found.corrected))
    button = blocks.button(f"Search for {typed} instead", acts.EXACTLY)
    return [blocks.section(corrected_line(found), accessory=button, block_id="corrected")]


def _instead(found: Found) -> list[Block]:
    """What there is to look for."""
    shown = []
    for place, tag in enumerate(found.suggested_tags):
        button = blocks.button("Look", acts.LOOK_FOR_TAG, tag.slug, label=f"Look for {tag.name}")
        many = f"{tag.cards} card{'s' if tag.cards != 1 else ''}"
        shown.append(blocks.section(f"{blocks.escape(tag.name)}: {many}", accessory=button, block_id=f"tag-{place}"))
    for slug, name in found.suggested_collections:
        button = blocks.button("Open", acts.OPEN_COLLECTION, slug, label=f"Open the collection {name}")
        shown.append(blocks.section(f"Collection: {blocks.escape(name)}", accessory=button, block_id=f"shelf-{slug}"))
    return shown
