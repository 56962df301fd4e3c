"""Speaks: how a card is put in a line, where it comes from, and how it went for those who tried it."""

from datetime import date

from bot.archive.finding.cards import Card
from bot.members.rules import day_in_words, listed
from bot.members.rules import number as in_words
from bot.slack import blocks

PIECE, LONGEST = 2_800, 2_950  # characters of a paragraph, as it was written and escaped: Slack takes 3,000
TITLE, GLIMPSE = 150, 160
MOST_NAMED = 4
COMES_FROM = {
    "question": "From a question and its answers",
    "message": "From a message somebody kept",
    "story": "From a story",
    "roundtable": "From a roundtable",
    "case": "From a case study",
    "reflection": "From somebody's own reflections",
    "thanks": "From a thank-you",
}


def title(card: Card) -> str:
    """What it answers, in bold."""
    return f"*{blocks.escape(blocks.cut(' '.join(card.question.split()), TITLE))}*"


def glimpse(card: Card) -> str:
    """Its gist in a line."""
    return blocks.escape(blocks.cut(" ".join(card.gist.split()), GLIMPSE)) if card.gist.strip() else ""


def facts(card: Card) -> str:
    """Small print under a row: tags, how it went, and whether it is old."""
    tags = ", ".join(blocks.escape(tag.name) for tag in card.tags[:MOST_NAMED])
    tried = f"worked for {in_words(card.worked)} of {in_words(card.tried)}" if card.tried else ""
    kept = "kept by you" if card.kept else ""
    return " · ".join(filter(None, (tags, tried, kept, "more than a year old" if card.look_again else "")))


def how_it_went(card: Card) -> str:
    """How it went for those who tried it."""
    if not card.tried:
        return "Nobody has said yet how it went."
    if card.tried == 1:
        return "It worked for the one person who tried it." if card.worked else "One person tried it; not quite."
    if not card.worked:
        return f"{in_words(card.tried).capitalize()} tried it; it has not quite worked for anybody yet."
    return f"It worked for {in_words(card.worked)} of {in_words(card.tried)} who tried it."


def origin(card: Card, today: date) -> str:
    """Where it comes from, in whose words, and since when it is here; nobody who did not agree is named."""
    source = COMES_FROM.get(card.source_kind, "Written for the archive")
    names = [blocks.escape(person.name) for person in card.people[:MOST_NAMED]]
    if len(card.people) > MOST_NAMED:
        names.append(f"{in_words(len(card.people) - MOST_NAMED)} others")
    whose = f", in the words of {listed(names)}" if names else ""
    return f"{source}{whose}. Here since {day_in_words(card.published_at.date(), today)}."


def pieces(text: str) -> list[str]:
    """A long text in escaped parts that Slack takes, cut between lines or words where there is such a place."""
    left, found = text.strip(), []
    while left:
        most = PIECE
        while len(blocks.escape(left[:most])) > LONGEST:
            most //= 2
        cut = len(left) if len(left) <= most else max(left.rfind("\n", 0, most), left.rfind(" ", 0, most))
        cut = cut if cut > most // 2 or len(left) <= most else most
        found.append(blocks.escape(left[:cut].strip()))
        left = left[cut:].strip()
    return [each for each in found if each]
