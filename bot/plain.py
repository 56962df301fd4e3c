"""Plain values as JSON text and back: quick enough for a round of ten thousand, because nobody is answered meanwhile."""

import zlib
from typing import Any

import orjson


def to_bytes(value: Any) -> bytes:
    """Compact UTF-8 JSON; keys that are numbers become text, as JSON has it."""
    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS)


def to_text(value: Any) -> str:
    """The same as text."""
    return to_bytes(value).decode()


def read(text: bytes | str) -> Any:
    """The value behind a JSON text; raises ValueError where it is none."""
    return orjson.loads(text)


def pack(value: Any) -> bytes:
    """The same in few bytes, for what is handed to another process or kept for long."""
    return zlib.compress(to_bytes(value), 1)


def unpack(packed: bytes) -> Any:
    """The value that `pack` was given, as JSON has it."""
    return read(zlib.decompress(packed))
