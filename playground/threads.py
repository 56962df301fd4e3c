"""Talk in threads, in the words the script has for a question: whoever holds one answers it, and a roundtable's is for all.

Under a roundtable's, people also react to what others wrote.
"""

import random
from collections.abc import Mapping
from typing import Any

Doc = dict[str, Any]
REACTS = "reacts"  # beginning of the same: "reacts:heart"
ANSWERS = "answers"  # beginning of what somebody means to do: "answers:0" is the first of the script's lines


def answers_in(script: Doc, message: Doc) -> list[str]:
    """What the script has people say in the thread of this message; empty where it asks nothing of the kind."""
    if is_round(script, message):
        return list(_of_a_round(script["roundtables"], message).values())
    said = script.get("questions") or {}
    when = said.get("answered_when")
    if when is None or f'"{when}"' not in str(message.get("blocks")).replace("'", '"'):
        return []
    shown = str(message.get("blocks"))
    for each in said.get("asked", []):
        if each["beginning"] in shown:
            return list(each["answers"])
    return list(said.get("otherwise", []))[:1]


def is_round(script: Doc, message: Doc) -> bool:
    """Whether it is the question of a roundtable."""
    known_by = (script.get("roundtables") or {}).get("known_by")
    return known_by is not None and known_by in str(message.get("blocks"))


def writers(script: Doc, message: Doc, names: Mapping[str, str]) -> dict[str, int]:
    """Who has something to say under a roundtable's question, and which line; no two the same. `names`: by user."""
    lines = list(_of_a_round(script["roundtables"], message))
    own = {user: lines.index(name) for user, name in names.items() if name in lines}
    free = [number for number, who in enumerate(lines) if isinstance(who, int)]
    random.Random(str(message.get("text"))).shuffle(free)
    return own | dict(zip(sorted(names), free, strict=False))


def reaction_to(script: Doc, message: Doc, chance: random.Random) -> str | None:
    """What somebody feels about a line under a roundtable's question; some lines move more people than others."""
    said = (script.get("roundtables") or {}).get("reactions")
    if said is None:
        return None
    moving = random.Random(str(message.get("text"))).uniform(0, 2)  # a line is the same to everybody
    return str(chance.choice(said["names"])) if chance.random() < said["rate"] * moving else None


def emoji_in(action_id: str) -> str | None:
    """With what an intention is to react; None where it is none of these."""
    begins, _, name = action_id.partition(":")
    return name if begins == REACTS and name else None


def _of_a_round(said: Doc, message: Doc) -> Mapping[str | int, str]:
    """Its lines by who says them; by number, where anybody may."""
    text = str(message.get("text"))
    asked = (each["answers"] for each in said["asked"] if each["beginning"] in text)
    return next(asked, None) or dict(enumerate(said["otherwise"]))


def number_in(action_id: str) -> int | None:
    """Which line an intention is to say; None where it is none of these."""
    begins, _, number = action_id.partition(":")
    return int(number) if begins == ANSWERS and number.isdigit() else None
