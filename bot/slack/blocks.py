"""Small Block Kit builders; user text passes through `escape` wherever it is shown."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.messages import Block

Option = tuple[str, str]  # (what is read, value)


def escape(text: str) -> str:
    """Text of a person, safe inside mrkdwn: it can ping nobody and link nowhere."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str, limit: int = 3000) -> Block:
    """A plain_text object, cut to what Slack takes."""
    return {"type": "plain_text", "text": cut(text, limit), "emoji": True}


def mrkdwn(text: str, limit: int = 3000) -> Block:
    """A mrkdwn object; whoever calls has escaped what people wrote."""
    return {"type": "mrkdwn", "text": cut(text, limit)}


def cut(text: str, limit: int) -> str:
    """The text, or its beginning with an ellipsis; never empty, because Slack refuses empty text."""
    text = text if text.strip() else " "
    return text if len(text) <= limit else text[: limit - 1] + "…"


def header(text: str) -> Block:
    """A heading."""
    return {"type": "header", "text": plain(text, 150)}


def section(text: str, *, accessory: Block | None = None, block_id: str | None = None) -> Block:
    """A paragraph, with at most one thing beside it."""
    block: Block = {"type": "section", "text": mrkdwn(text)}
    if accessory is not None:
        block["accessory"] = accessory
    return _with_id(block, block_id)


def written(text: str) -> Block:
    """A paragraph exactly as somebody wrote it: no sign in it is a mention, a link or a format, or counts more than one."""
    return {"type": "section", "text": plain(text)}


def context(*texts: str) -> Block:
    """Small print."""
    return {"type": "context", "elements": [mrkdwn(text) for text in texts]}


def divider() -> Block:
    """A line."""
    return {"type": "divider"}


def image(url: str, alt: str) -> Block:
    """A small picture beside text."""
    return {"type": "image", "image_url": url, "alt_text": cut(alt, 2000)}


def button(
    text: str,
    action_id: str,
    value: str = "",
    *,
    style: str | None = None,
    confirm: Block | None = None,
    label: str | None = None,
) -> Block:
    """A button. `style`: primary or danger; `label`: what a screen reader says instead."""
    element: Block = {"type": "button", "text": plain(text, 75), "action_id": action_id}
    if value:
        element["value"] = value
    if style:
        element["style"] = style
    if confirm:
        element["confirm"] = confirm
    if label:
        element["accessibility_label"] = cut(label, 75)
    return element


def confirm(title: str, text: str, yes: str, no: str = "Not now") -> Block:
    """The question behind a button that cannot be undone."""
    return {"title": plain(title, 100), "text": plain(text, 300), "confirm": plain(yes, 30), "deny": plain(no, 30)}


def actions(*elements: Block, block_id: str | None = None) -> Block:
    """A row of buttons and menus."""
    return _with_id({"type": "actions", "elements": list(elements)}, block_id)


def option(text: str, value: str) -> Block:
    """One choice of a menu."""
    return {"text": plain(text, 75), "value": value}


def overflow(action_id: str, options: Sequence[Option]) -> Block:
    """The three-dots menu: at most five choices."""
    return {"type": "overflow", "action_id": action_id, "options": [option(*each) for each in options[:5]]}


def select(
    action_id: str, options: Sequence[Option], *, initial: str | None = None, placeholder: str = "Choose"
) -> Block:
    """A menu of which one is chosen."""
    choices = [option(*each) for each in options[:100]]
    element: Block = {
        "type": "static_select",
        "action_id": action_id,
        "options": choices,
        "placeholder": plain(placeholder, 150),
    }
    if chosen := next((each for each in choices if each["value"] == initial), None):
        element["initial_option"] = chosen
    return element


def suggest(
    action_id: str,
    *,
    initial: Sequence[Option] = (),
    many: bool = True,
    placeholder: str = "Type to find",
    least: int = 0,
) -> Block:
    """A type-ahead menu whose choices a listener gives."""
    element: Block = {
        "type": "multi_external_select" if many else "external_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, 150),
        "min_query_length": least,
    }
    if initial:
        chosen = [option(*each) for each in initial]
        element |= {"initial_options": chosen} if many else {"initial_option": chosen[0]}
    return element


def checkboxes(action_id: str, options: Sequence[Option], *, initial: Sequence[str] = ()) -> Block:
    """Boxes to tick: at most ten."""
    choices = [option(*each) for each in options[:10]]
    element: Block = {"type": "checkboxes", "action_id": action_id, "options": choices}
    if ticked := [each for each in choices if each["value"] in initial]:
        element["initial_options"] = ticked
    return element


def radios(action_id: str, options: Sequence[Option], *, initial: str | None = None) -> Block:
    """One of a few, all visible: at most ten."""
    choices = [option(*each) for each in options[:10]]
    element: Block = {"type": "radio_buttons", "action_id": action_id, "options": choices}
    if chosen := next((each for each in choices if each["value"] == initial), None):
        element["initial_option"] = chosen
    return element


def text_input(
    action_id: str, *, initial: str = "", many_lines: bool = False, longest: int = 3000, placeholder: str = ""
) -> Block:
    """A field to write in."""
    element: Block = {
        "type": "plain_text_input",
        "action_id": action_id,
        "multiline": many_lines,
        "max_length": longest,
    }
    if initial:
        element["initial_value"] = initial[:longest]
    if placeholder:
        element["placeholder"] = plain(placeholder, 150)
    return element


def date_input(action_id: str, *, initial: str | None = None) -> Block:
    """A day, as YYYY-MM-DD."""
    return {"type": "datepicker", "action_id": action_id} | ({"initial_date": initial} if initial else {})


def time_input(action_id: str, *, initial: str | None = None) -> Block:
    """A time of day, as HH:MM."""
    return {"type": "timepicker", "action_id": action_id} | ({"initial_time": initial} if initial else {})


def people_input(
    action_id: str, *, many: bool = True, initial: Sequence[str] = (), placeholder: str = "Choose people"
) -> Block:
    """A menu of the workspace's people."""
    element: Block = {
        "type": "multi_users_select" if many else "users_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, 150),
    }
    if initial:
        element |= {"initial_users": list(initial)} if many else {"initial_user": initial[0]}
    return element


def channel_input(action_id: str, *, initial: str | None = None) -> Block:
    """A menu of channels, private ones included."""
    element = _channels("conversations_select", action_id, "Choose a channel")
    return element | ({"initial_conversation": initial} if initial else {})


def channels_input(action_id: str, *, initial: Sequence[str] = (), most: int) -> Block:
    """The same, of which several are chosen."""
    element = _channels("multi_conversations_select", action_id, "Choose channels") | {"max_selected_items": most}
    return element | ({"initial_conversations": list(initial)} if initial else {})


def _channels(type_: str, action_id: str, placeholder: str) -> Block:
    return {
        "type": type_,
        "action_id": action_id,
        "placeholder": plain(placeholder),
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }


def field(
    label: str,
    element: Block,
    *,
    block_id: str,
    hint: str | None = None,
    optional: bool = False,
    dispatch: bool = False,
) -> Block:
    """An input of a form; its errors come back under `block_id`."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, 2000),
        "element": element,
        "optional": optional,
    }
    if hint:
        block["hint"] = plain(hint, 2000)
    if dispatch:
        block["dispatch_action"] = True
    return block


def modal(
    title: str,
    blocks: list[Block],
    *,
    callback_id: str,
    submit: str | None = None,
    close: str = "Cancel",
    memory: dict[str, Any] | None = None,
) -> Block:
    """A form. `memory` carries ids only: Slack keeps it readable."""
    view: Block = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, 24),
        "close": plain(close, 24),
        "blocks": blocks,
    }
    if submit:
        view["submit"] = plain(submit, 24)
    if memory:
        view["private_metadata"] = json.dumps(memory, separators=(",", ":"))
    return view


def home(blocks: list[Block]) -> Block:
    """A Home tab; Slack takes at most 100 blocks."""
    return {"type": "home", "blocks": blocks[:100] or [section(" ")]}


def at(moment: datetime, tz: str, style: str = "{date_short_pretty} at {time}") -> str:
    """A moment that each reader sees in their own device's zone; `tz` serves where Slack can't."""
    from_zone = _in_zone(moment, tz)
    return f"<!date^{int(moment.timestamp())}^{style}|{from_zone}>"


def on(moment: datetime, tz: str) -> str:
    """The same in words, for a line that stays: Slack would make "yesterday" of what was to come when it was said."""
    return _in_zone(moment, tz)


def _in_zone(moment: datetime, tz: str) -> str:
    local = moment.astimezone(ZoneInfo(tz))
    return f"{local:%A} {local.day} {local:%B}, {local:%H:%M}"


def _with_id(block: Block, block_id: str | None) -> Block:
    return block | {"block_id": block_id} if block_id else block


def chosen(state: dict[str, Any], block_id: str, action_id: str | None = None) -> Any:
    """What a form's field holds: text, a value, a list of values, or None; `state` is view.state.values."""
    fields = state.get(block_id) or {}
    given = fields.get(action_id) if action_id else next(iter(fields.values()), None)
    if not given:
        return None
    for key in ("selected_options", "selected_users", "selected_conversations"):
        if given.get(key) is not None:
            return [each["value"] if isinstance(each, dict) else each for each in given[key]]
    if option_chosen := given.get("selected_option"):
        return option_chosen["value"]
    for key in (
        "value",
        "selected_date",
        "selected_time",
        "selected_user",
        "selected_conversation",
        "selected_channel",
    ):
        if given.get(key) is not None:
            return given[key]
    return None
