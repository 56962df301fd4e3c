"""Words as they are compared: sentences, and the runs of five that make words somebody's. Pure."""

import re
import unicodedata
from collections.abc import Collection
from itertools import pairwise

RUN = 5  # so many words in a row that somebody said are theirs
Run = tuple[str, ...]

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ALONE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # written without spaces: a sign counts as a word
_WORD = re.compile(rf"[{_ALONE}]|[^\W_{_ALONE}]+(?:['’][^\W_{_ALONE}]+)*")
_END = re.compile(r"(?<=[.!?…])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!^\d\.)(?<!^\d\d\.)[\"'”’)\]]*\s+|(?<=[。！？])(?=\S)")
_LINK = re.compile(r"<(?:https?|mailto)[^|>]*\|([^>]*)>|<((?:https?://|mailto:)[^>|]*)>")
_SPECIAL = re.compile(r"<!(?:date\^[^|>]*\|([^>]*)|subteam\^[^|>]*\|([^>]*)|[^>]*)>")
_CHANNEL = re.compile(r"<#[A-Z0-9]+\|?([^>]*)>")
_PERSON = re.compile(r"<@[A-Z0-9]+(?:\|[^>]*)?>")


def cleaned(text: str) -> str:
    """What was typed, line by line, without characters nobody sees and without empty lines."""
    seen = _UNSEEN.sub("", unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(line for line in (" ".join(each.split()) for each in seen.split("\n")) if line)


def as_read(text: str) -> str:
    """A message of Slack's as people read it: links by their name, nobody mentioned, and no marks for machines."""
    bare = _LINK.sub(lambda found: found[1] or (found[2] or "").removeprefix("mailto:"), text)
    bare = _SPECIAL.sub(lambda found: found[1] or found[2] or "", bare)
    bare = _CHANNEL.sub(lambda found: f"#{found[1]}" if found[1] else "a channel", bare)
    bare = _PERSON.sub("a colleague", bare)
    return cleaned(bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


def lines(text: str) -> list[list[str]]:
    """Line by line, the sentences of a text."""
    return [_sentences(line) for line in text.split("\n") if line.strip()]


def sentences(text: str) -> list[str]:
    """Every sentence of a text, in order."""
    return [sentence for line in lines(text) for sentence in line]


def joined(by_line: Collection[list[str]]) -> str:
    """What `lines` took apart."""
    return "\n".join(" ".join(line) for line in by_line if line)


def folded(text: str) -> list[str]:
    """The words of a text as they are compared: capitals, accents and punctuation don't count."""
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).casefold())
    return [word.replace("’", "'") for word in _WORD.findall("".join(c for c in bare if not unicodedata.combining(c)))]


def runs(text: str) -> frozenset[Run]:
    """Every five words in a row: two texts share a longer run exactly where they share one of these."""
    said = folded(text)
    return frozenset(tuple(said[at : at + RUN]) for at in range(len(said) - RUN + 1))


def touched(part: str, own: Collection[Run]) -> set[int]:
    """Which sentences of a part of a card, by place, hold some of these runs; one may reach over several sentences."""
    if not own:
        return set()
    said = [(word, place) for place, sentence in enumerate(sentences(part)) for word in folded(sentence)]
    found: set[int] = set()
    for at in range(len(said) - RUN + 1):
        some = said[at : at + RUN]
        if tuple(word for word, _ in some) in own:
            found |= {place for _, place in some}
    return found


def quoted(part: str, own: Collection[Run]) -> list[str]:
    """The sentences of a part that hold some of these runs."""
    places = touched(part, own)
    return [sentence for place, sentence in enumerate(sentences(part)) if place in places]


def without(part: str, own: Collection[Run]) -> str:
    """The part without every sentence that holds some of these runs, nor any that comes together by what leaves."""
    while places := touched(part, own):
        part = _kept(part, places)
    return part


def stretches(part: str, own: Collection[Run]) -> list[str]:
    """The same sentences as `quoted`, those that stand side by side as one."""
    said, places = sentences(part), sorted(touched(part, own))
    groups: list[list[int]] = [[places[0]]] if places else []
    for before, place in pairwise(places):
        if place == before + 1:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [" ".join(said[place] for place in group) for group in groups]


def replaced(part: str, own: Collection[Run], new: list[str]) -> str:
    """The part with each of its `stretches` said anew; an empty one leaves."""
    places, said = touched(part, own), iter(new)
    kept: list[list[str]] = []
    at, inside = 0, False
    for line in lines(part):
        out: list[str] = []
        for sentence in line:
            mine = at in places
            if not mine:
                out.append(sentence)
            elif not inside:
                out += [each for each in [next(said, "").strip()] if each]
            inside, at = mine, at + 1
        kept.append(out)
    return cleaned(joined(kept))


def _kept(part: str, gone: set[int]) -> str:
    at, kept = 0, []
    for line in lines(part):
        kept.append([sentence for place, sentence in enumerate(line, at) if place not in gone])
        at += len(line)
    return joined(kept)


def _sentences(line: str) -> list[str]:
    found, begin = [], 0
    for end in _END.finditer(line):
        found.append(line[begin : end.end()].strip())
        begin = end.end()
    return [each for each in [*found, line[begin:].strip()] if each]
