"""A form as the browser sends it, turned into the state Slack would report for the same blocks."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from playground.page.elements import control_name

Doc = Mapping[str, Any]
State = dict[str, dict[str, dict[str, Any]]]
Fields = Mapping[str, Sequence[str]]

_SINGULAR = {
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
}
_TYPED = ("plain_text_input", "email_text_input", "url_text_input", "number_input")


def read_state(blocks: Iterable[Doc], fields: Fields, zone: ZoneInfo) -> State:
    """`view.state.values`: every control that holds something, also the empty ones."""
    values: State = {}
    for block_id, element in stateful(blocks):
        action_id = element.get("action_id", "")
        typed = [text for text in fields.get(control_name(block_id, action_id), ()) if text]
        values.setdefault(block_id, {})[action_id] = read_element(element, typed, zone)
    return values


def stateful(blocks: Iterable[Doc]) -> Iterator[tuple[str, Doc]]:
    """Each control with the id of its block; buttons and menus hold nothing."""
    for block in blocks:
        candidates = [block.get("element"), block.get("accessory"), *block.get("elements", ())]
        for element in candidates:
            if element and _keeps(str(element.get("type"))):
                yield block.get("block_id", ""), element


def element_at(blocks: Iterable[Doc], block_id: str, action_id: str) -> Doc | None:
    """The element an act names, as the app sent it."""
    for block in blocks:
        if block.get("block_id", "") != block_id:
            continue
        for element in [block.get("element"), block.get("accessory"), *block.get("elements", ())]:
            if element and element.get("action_id", "") == action_id:
                return element
    return None


def _keeps(kind: str) -> bool:
    return kind in _TYPED or kind in ("checkboxes", "radio_buttons") or kind.endswith(("_select", "picker"))


def read_element(element: Doc, typed: Sequence[str], zone: ZoneInfo) -> dict[str, Any]:
    kind = str(element["type"])
    first = typed[0] if typed else None
    if kind in _TYPED:
        return {"type": kind, "value": first}
    if kind == "datepicker":
        return {"type": kind, "selected_date": first}
    if kind == "timepicker":
        return {"type": kind, "selected_time": first[:5] if first else None}
    if kind == "datetimepicker":
        moment = datetime.fromisoformat(first).replace(tzinfo=zone) if first else None
        return {"type": kind, "selected_date_time": int(moment.timestamp()) if moment else None}
    if kind in ("static_select", "radio_buttons"):
        return {"type": kind, "selected_option": _listed(element, first)}
    if kind == "checkboxes":
        found = (_listed(element, value) for value in typed)
        return {"type": kind, "selected_options": [option for option in found if option]}
    return _picked(kind, [json.loads(text) for text in typed])


def _picked(kind: str, options: list[dict[str, Any]]) -> dict[str, Any]:
    """Type-ahead controls send whole options; people and channels are reported by id alone."""
    single = kind.removeprefix("multi_")
    if single in _SINGULAR:
        ids = [option["value"] for option in options]
        if kind == single:
            return {"type": kind, _SINGULAR[single]: ids[0] if ids else None}
        return {"type": kind, f"{_SINGULAR[single]}s": ids}
    if kind == single:
        return {"type": kind, "selected_option": options[0] if options else None}
    return {"type": kind, "selected_options": options}


def _listed(element: Doc, value: str | None) -> dict[str, Any] | None:
    """The option as the app sent it; a value it never offered is nothing."""
    if value is None:
        return None
    groups = [{"options": element.get("options", [])}, *element.get("option_groups", [])]
    for group in groups:
        for option in group["options"]:
            if option["value"] == value:
                return dict(option)
    return None
