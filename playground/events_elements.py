"""Buttons and fields as a person works them: found in what is drawn, filled in, and put into Slack's words."""

from collections.abc import Iterator
from typing import Any

from playground.workspace import Doc

# Where each element keeps what was chosen, and what it starts with.
_HOLDS: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}
_LISTS = {"selected_options", "selected_users", "selected_conversations", "selected_channels"}
REQUIRED = "Please complete this required field."


class NotThereError(LookupError):
    """There is no such button, field, form or command to use."""


def elements(blocks: list[Doc]) -> Iterator[tuple[Doc, Doc]]:
    """Every element that can be worked, with the block it stands in."""
    for block in blocks:
        kind = block.get("type")
        if kind == "actions":
            for element in block["elements"]:
                yield block, element
        elif kind == "section" and "accessory" in block:
            yield block, block["accessory"]
        elif kind == "input":
            yield block, block["element"]


def find(blocks: list[Doc], action_id: str, block_id: str | None = None) -> tuple[Doc, Doc]:
    for block, element in elements(blocks):
        if element.get("action_id") == action_id and block_id in (None, block.get("block_id", "")):
            return block, element
    drawn = ", ".join(sorted(str(element.get("action_id")) for _, element in elements(blocks)))
    raise NotThereError(f"nothing here is called {action_id}; there is: {drawn or 'nothing to press'}")


def starting_state(blocks: list[Doc], typed: Doc | None = None) -> Doc:
    """`state.values` as a form begins: its initial values, and over them what was typed into the same fields."""
    values: Doc = {}
    for block, element in elements(blocks):
        kind = element.get("type", "")
        if kind not in _HOLDS or "action_id" not in element:
            continue
        place, initial = _HOLDS[kind]
        entry: Doc = {"type": kind, place: element.get(initial, [] if place in _LISTS else None)}
        before = (typed or {}).get(block["block_id"], {}).get(element["action_id"])
        if before and before.get("type") == kind:
            entry = before
        values.setdefault(block["block_id"], {})[element["action_id"]] = entry
    return values


def filled(element: Doc, given: Any) -> Doc:
    """One entry of the state: a whole entry as it is, or plain text, an option's value, an id, a date, or a list."""
    kind = element["type"]
    if kind not in _HOLDS:
        raise NotThereError(f"a {kind} holds no value")
    place, _ = _HOLDS[kind]
    if isinstance(given, dict) and (place in given or "type" in given):
        return {"type": kind, **given}
    if place == "selected_option":
        return {"type": kind, place: _option(element, given) if given is not None else None}
    if place == "selected_options":
        return {"type": kind, place: [_option(element, one) for one in given or []]}
    return {"type": kind, place: given}


def action(block: Doc, element: Doc, *, value: Any, selected: Any, action_ts: str) -> Doc:
    """The one entry of `actions` for a press or a choice."""
    done: Doc = {"type": element["type"], "block_id": block.get("block_id"), "action_id": element.get("action_id")}
    chosen = selected if selected is not None else value
    if element["type"] == "button":
        done["text"] = element["text"]
        if value is not None or "value" in element:
            done["value"] = element["value"] if value is None else value
    elif element["type"] == "overflow":
        done["selected_option"] = _option(element, chosen)
    else:
        done |= filled(element, chosen)
    return done | {"action_ts": action_ts}


def missing(blocks: list[Doc], values: Doc) -> dict[str, str]:
    """What Slack's own client refuses before the app hears of a submission, by block_id."""
    errors: dict[str, str] = {}
    for block in blocks:
        if block.get("type") != "input":
            continue
        element = block["element"]
        place, _ = _HOLDS[element["type"]]
        held = values.get(block["block_id"], {}).get(element["action_id"], {}).get(place)
        if held in (None, "", []):
            if not block.get("optional", False):
                errors[block["block_id"]] = REQUIRED
        elif isinstance(held, str) and element["type"] == "plain_text_input":
            if len(held) < element.get("min_length", 0):
                errors[block["block_id"]] = f"Must be at least {element['min_length']} characters."
            if len(held) > element.get("max_length", 3000):
                errors[block["block_id"]] = f"Must be at most {element.get('max_length', 3000)} characters."
    return errors


def _option(element: Doc, given: Any) -> Doc:
    if isinstance(given, dict):
        return given
    for option in _options(element):
        if given in (option.get("value"), option["text"]["text"]):
            return option
    if element["type"] in ("external_select", "multi_external_select"):
        return {"text": {"type": "plain_text", "text": str(given)}, "value": str(given)}
    raise NotThereError(f"{given!r} is not among the choices of {element.get('action_id')}")


def _options(element: Doc) -> Iterator[Doc]:
    yield from element.get("options", [])
    for group in element.get("option_groups", []):
        yield from group["options"]
    initial = element.get("initial_option")
    if initial:
        yield initial
    yield from element.get("initial_options", [])
