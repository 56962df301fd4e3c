"""Decides what counts as a word: folded, stemmed and spelled in ASCII, so that every database splits it alike."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

LONGEST = 40  # characters of a word that count
FIELD_END = "|"  # between the fields of a search text; no token holds it
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]")
_NO_SPACES = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_APART = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ħ": "h"})
_JOINTS = re.compile("['’ʼ`\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe0e\ufe0f]")
_NAMED = (
    (re.compile(r"(?<!\w)([a-z])\+\+(?!\w)"), r"\1pp"),  # c++
    (re.compile(r"(?<!\w)([a-z])#(?!\w)"), r"\1sharp"),  # c#, f#
    (re.compile(r"(?<!\w)\.net(?!\w)"), "dotnet"),
)
_ASCII_WORD = re.compile("[a-z0-9]+")

# Words that nearly every card holds and nobody means. "No", "not", "why", "up" and "down" are meant here.
_STOP = """
a an and are as at be been being but by can could did do does for from had has have he her hers him his how i
if in into is it its itself just me my of on or our ours she should so than that the their theirs them then
there these they this those to too us was we were what when where which who whom will with would you your
yours im ive id ill youre dont doesnt thats
"""
STOP = frozenset(_STOP.split())


def fold(text: str) -> str:
    """Capitals, accents and compatibility forms don't count; letters that are no accent stay what they are."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    bare = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", plain)))
    return _JOINTS.sub("", bare.translate(_APART))


def words_of(text: str) -> list[str]:
    """The folded words of a text in order; C++ is cpp, C# is csharp, scripts without spaces become pairs of signs."""
    folded = fold(text)
    for pattern, name in _NAMED:
        folded = pattern.sub(name, folded)
    if folded.isascii():
        return [word[:LONGEST] for word in _ASCII_WORD.findall(folded)]
    return [word[:LONGEST] for run in _runs(folded) for word in _split(run)]


def meant(words: Iterable[str]) -> list[str]:
    """Those words that say what is looked for."""
    return [word for word in words if word not in STOP]


def stem(word: str) -> str:
    """The token of a folded word: its English stem, or its spelling in ASCII where it is of another script."""
    if word.isascii():
        found: str = _stemmer().stemWord(word)
        return found
    return "_u" + word.encode("punycode").decode("ascii").replace("-", "_")


def stems(words: Iterable[str]) -> list[str]:
    """Their tokens in order."""
    return [stem(word) for word in words]


def tag_token(name: str) -> str:
    """The token of a whole tag, the same for its name and its slug; no word that is typed can be one."""
    return "_t" + "_".join(word if word.isascii() else stem(word) for word in words_of(name))


def month_token(month: str) -> str:
    """The token of a month such as 2026-03."""
    return f"_m{month.replace('-', '')}"


def token_here(workspace_id: int, token: str = "") -> str:
    """A token as it is indexed, which keeps one workspace's cards apart; without a token, that of all its cards."""
    return f"_{workspace_id}_{token}"


def _runs(folded: str) -> Iterator[str]:
    """Letters, digits and the marks between them; everything else parts words."""
    begun = -1
    for place, sign in enumerate(folded):
        inside = sign.isalnum() or (begun >= 0 and unicodedata.category(sign) in ("Mn", "Mc"))
        if inside and begun < 0:
            begun = place
        elif not inside and begun >= 0:
            yield folded[begun:place]
            begun = -1
    if begun >= 0:
        yield folded[begun:]


def _split(run: str) -> Iterator[str]:
    """A run of letters, of which the parts written without spaces are cut into overlapping pairs."""
    end = 0
    for match in _NO_SPACES.finditer(run):
        if match.start() > end:
            yield run[end : match.start()]
        signs = match[0]
        yield from (signs[place : place + 2] for place in range(max(1, len(signs) - 1)))
        end = match.end()
    if end < len(run):
        yield run[end:]


@cache
def _stemmer() -> Any:
    from Stemmer import Stemmer  # type: ignore[import-not-found]  # in C, without hints; loaded with the first word

    return Stemmer("english", 0)
