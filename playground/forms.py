"""Filling in forms as a person would: what the script says for a field, or a fitting choice."""

import random
from typing import Any

from playground.events import Acts

Doc = dict[str, Any]


async def fill(acts: Acts, user: str, view: Doc, words: Doc, chance: random.Random) -> Doc:
    """`view.state.values` for a form; `words`: block id → what may be written or chosen there, one is drawn by chance."""
    values: Doc = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        said = words.get(block["block_id"])
        if isinstance(said, list):
            said = chance.choice(said)
        value = await answer(acts, user, view, block["block_id"], element, said, chance)
        if value is not None:
            values[block["block_id"]] = {element["action_id"]: value}
    return values


async def answer(
    acts: Acts, user: str, view: Doc, block_id: str, element: Doc, said: Any, chance: random.Random
) -> Doc | None:
    """The state of one input; None leaves it as it is."""
    kind = element["type"]
    if kind == "plain_text_input":
        return {"type": kind, "value": str(said)} if said is not None else None
    if kind in ("static_select", "radio_buttons"):
        choices = element["options"]
        picked = next((each for each in choices if each["value"] == said or each["text"]["text"] == said), None)
        if picked is None and "initial_option" not in element:
            picked = chance.choice(choices)
        return {"type": kind, "selected_option": picked} if picked else None
    if kind in ("checkboxes", "multi_static_select"):
        wanted = said if isinstance(said, list) else [said]
        picked_many = [each for each in element["options"] if each["value"] in wanted or each["text"]["text"] in wanted]
        return {"type": kind, "selected_options": picked_many} if said is not None else None
    if kind in ("external_select", "multi_external_select"):
        return await _look_up(acts, user, view, block_id, element, said)
    if said is None:
        return None
    keys = {
        "datepicker": "selected_date",
        "timepicker": "selected_time",
        "conversations_select": "selected_conversation",
        "users_select": "selected_user",
        "multi_users_select": "selected_users",
    }
    return {"type": kind, keys[kind]: said}


async def _look_up(acts: Acts, user: str, view: Doc, block_id: str, element: Doc, said: Any) -> Doc | None:
    """Type each word into the type-ahead and take the first thing it offers."""
    if said is None:
        return None
    words = said if isinstance(said, list) else [said]
    chosen = []
    for word in words:
        reply = await acts.suggest(
            user, view_id=view["id"], block_id=block_id, action_id=element["action_id"], text=str(word)
        )
        if reply.options:
            chosen.append(reply.options[0])
    if element["type"] == "external_select":
        return {"type": element["type"], "selected_option": chosen[0]} if chosen else None
    return {"type": element["type"], "selected_options": chosen}
