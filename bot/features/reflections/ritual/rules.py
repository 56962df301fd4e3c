"""Decides which question a shared round asks. Values in, values out."""

from collections.abc import Sequence
from zlib import crc32


def choose(slugs: Sequence[str], asked: Sequence[str], *, luck: int) -> str:
    """A question this channel has not had; once all were asked, the one that lies furthest back. `asked`: newest first."""
    last = {slug: place for place, slug in reversed(list(enumerate(asked)))}
    return min(slugs, key=lambda slug: (slug in last, -last.get(slug, 0), crc32(f"{luck}|{slug}".encode()), slug))
