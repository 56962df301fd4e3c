"""Talk in threads: whoever holds a question answers it in its thread, in the words the script has for that question."""

from typing import Any

Doc = dict[str, Any]
ANSWERS = "answers"  # beginning of what somebody means to do: "answers:0" is the first of the script's lines


def answers_in(script: Doc, message: Doc) -> list[str]:
    """What the script has whoever holds this question say; empty where the message is nothing of the kind."""
    said = script.get("questions") or {}
    when = said.get("answered_when")
    if when is None or f'"{when}"' not in str(message.get("blocks")).replace("'", '"'):
        return []
    shown = str(message.get("blocks"))
    for each in said.get("asked", []):
        if each["beginning"] in shown:
            return list(each["answers"])
    return list(said.get("otherwise", []))[:1]


def number_in(action_id: str) -> int | None:
    """Which line an intention is to say; None where it is none of these."""
    begins, _, number = action_id.partition(":")
    return int(number) if begins == ANSWERS and number.isdigit() else None
