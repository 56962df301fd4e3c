"""Decides which of the words people said become a card's draft: their own sentences, in their order. Pure."""

import re
from collections.abc import Sequence

from bot.archive.cards import words
from bot.archive.cards.saying import Piece, Tag, Text

LONGEST_QUESTION, LONGEST_GIST, LONGEST_TIPS = 150, 600, 900

_GREETING = re.compile(r"(hi|hello|hey|thanks|thank you|good (morning|question)|sorry|sure|great|nice|welcome)\b", re.I)
_TO_TRY = re.compile(
    r"(?:[-•*·]\s*)?(?:(?:first|then|next|also|so|and|maybe|perhaps|please|instead),?\s+)*"
    r"(?:i would|i['’]d|we would|you (?:could|can|might|should)|what (?:helped|worked)|it helps|try|don['’]t|do not|never"
    r"|always|ask|write|say|tell|show|start|begin|stop|keep|make|take|give|go|find|look|read|listen|wait|agree|set|send"
    r"|bring|draw|name|book|block|offer|invite|let|put|pick|choose|check|prepare|practi[sc]e|propose|split|plan|talk"
    r"|call|meet|use|leave|move|share|explain|repeat|count|list|sit|walk|think|avoid|focus|get|have|remember)\b",
    re.I,
)


def draft(question: str, pieces: Sequence[Piece], tags: Sequence[Tag] = (), *, is_asked: bool = True) -> Text:
    """Gist and what to try, in people's own words; `pieces` with what helped most first.

    The gist is the first answer that says something: its sentences that explain. What to try is whatever tells one to do
    something, or what somebody would do, of all answers. Nothing is put together that was not said together.
    A title nobody asked (`is_asked=False`) makes no asker of whoever says its words.
    """
    asked = [piece for piece in pieces if is_asked and _is_the_question(question, pieces, piece)]
    answers = [piece for piece in pieces if piece.may_be_quoted and piece not in asked]
    said = [sentences for piece in answers if (sentences := _substance(piece.words))]
    to_try = [sentence for sentences in said for sentence in sentences if _TO_TRY.match(sentence)]
    explains = [sentence for sentence in (said[0] if said else []) if not _TO_TRY.match(sentence)]
    if not explains:  # an answer that only advises: its first sentence says what it is about
        explains, to_try = to_try[:1], to_try[1:]
    if not explains and answers:  # so short that it is nobody's own, or a question: as it stands
        explains = words.sentences(words.cleaned(answers[0].words))
    gist = " ".join(_within(explains, LONGEST_GIST, " "))
    tips = "\n".join(_within(list(dict.fromkeys(to_try)), LONGEST_TIPS, "\n"))
    title = " ".join(words.cleaned(question).split())
    return Text(_cut(title, LONGEST_QUESTION), gist, tips, tuple(dict.fromkeys(tags)))


def _is_the_question(question: str, pieces: Sequence[Piece], piece: Piece) -> bool:
    """Whether this was said by whoever asked: what they add is part of the question, not of its answer."""
    asked = words.runs(question)
    whole = words.folded(question)
    askers = {
        (each.member_id, each.alias)
        for each in pieces
        if words.runs(each.words) & asked or (whole and words.folded(each.words) == whole)
    }
    return bool(piece.alias) or (piece.member_id, piece.alias) in askers


def _substance(text: str) -> list[str]:
    """The sentences that say something: no greeting, no question back, nothing too short to be anybody's own."""
    return [
        _bare(sentence)
        for sentence in words.sentences(words.cleaned(text))
        if len(words.folded(sentence)) >= words.RUN and not sentence.endswith("?") and not _GREETING.match(sentence)
    ]


def _bare(sentence: str) -> str:
    return re.sub(r"^(?:[-•*·]\s+|\d{1,2}[.)]\s+)", "", sentence)


def _within(said: Sequence[str], most: int, between: str) -> list[str]:
    """As many whole sentences from the beginning as fit."""
    kept: list[str] = []
    for sentence in said:
        if len(between.join([*kept, sentence])) > most:
            break
        kept.append(sentence)
    return kept


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
