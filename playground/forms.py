"""Filling in forms as a person would: what the script says for a field, or what the form suggests by itself."""

import random
from typing import Any

from playground.events import Acts

Doc = dict[str, Any]


async def fill(acts: Acts, user: str, view: Doc, words: Doc, chance: random.Random) -> Doc:
    """`view.state.values` for a form; `words`: block id → what is written or chosen there.

    A form of its own in the script (`words[callback_id]`) speaks before the words for all forms; a field nobody has
    words for stays as the form offers it. Several `any_of` words: one of them, by chance.
    """
    own = words.get(str(view.get("callback_id")))
    said_here = {**words, **(own if isinstance(own, dict) else {})}
    values: Doc = {}
    for block in view["blocks"]:
        if block["type"] != "input" or block["block_id"] not in said_here:
            continue
        said = said_here[block["block_id"]]
        if isinstance(said, dict) and "any_of" in said:
            said = chance.choice(said["any_of"])
        element = block["element"]
        if element["type"].endswith("external_select"):
            said = await look_up(acts, user, view, block["block_id"], element, said)
        elif isinstance(said, list):
            said = [str(each) for each in said]
        elif said is not None:
            said = str(said)
        values[block["block_id"]] = {element["action_id"]: said}
    return values


async def look_up(acts: Acts, user: str, view: Doc, block_id: str, element: Doc, said: Any) -> Any:
    """Type each word into the type-ahead and take what it offers, the word itself before others that hold it."""
    chosen = []
    for word in said if isinstance(said, list) else [said]:
        reply = await acts.suggest(
            user, view_id=view["id"], block_id=block_id, action_id=element["action_id"], text=str(word)
        )
        if reply.options:
            exact = (each for each in reply.options if each["value"].casefold() == str(word).casefold())
            chosen.append(next(exact, reply.options[0]))
    if element["type"] == "external_select":
        return chosen[0] if chosen else None
    return chosen
