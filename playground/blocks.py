"""Our own strict reading of Block Kit: what Slack refuses is refused here, with Slack's kind of message."""

from collections.abc import Iterator
from typing import Any

from playground import blocks_elements as kit
from playground.blocks_checks import Problems, by_type, each, flag, number, one_of, shape, string, wrong
from playground.blocks_elements import ID, either_text, plain
from playground.blocks_rich_text import RICH_TEXT

MOST_MESSAGE_BLOCKS = 50
MOST_VIEW_BLOCKS = 100
_LONGEST_MARKDOWN = 12_000

_ID = {"block_id": ID}
_RICH_TEXT_INPUT = kit.rich_text_input(RICH_TEXT)
_BLOCKS = {
    "section": shape(
        None,
        {
            "text": either_text(3000),
            "fields": each(either_text(2000), least=1, most=10),
            "accessory": by_type(kit.ACCESSORIES),
            "expand": flag,
            **_ID,
        },
        either=("text", "fields"),
    ),
    "header": shape({"text": plain(150)}, _ID),
    "divider": shape(None, _ID),
    "context": shape(
        {
            "elements": each(
                by_type(
                    {
                        "image": kit.IMAGE,
                        "mrkdwn": shape({"text": string(3000)}, {"verbatim": flag}),
                        "plain_text": shape({"text": string(3000)}, {"emoji": flag}),
                    }
                ),
                least=1,
                most=10,
            )
        },
        _ID,
    ),
    "actions": shape({"elements": each(by_type({**kit.ACTIONS, **_RICH_TEXT_INPUT}), least=1, most=25)}, _ID),
    "image": kit.IMAGE_BLOCK,
    "input": shape(
        {"label": plain(2000), "element": by_type({**kit.INPUTS, **_RICH_TEXT_INPUT})},
        {"hint": plain(2000), "optional": flag, "dispatch_action": flag, **_ID},
    ),
    "rich_text": RICH_TEXT,
}
_CELL = by_type(
    {
        "raw_text": shape({"text": string()}),
        "raw_number": shape({"value": number, "text": string()}),
        "rich_text": RICH_TEXT,
    }
)
_COLUMN = shape(None, {"align": one_of("left", "center", "right"), "is_wrapped": flag}, typed=False)


def _column(value: Any, at: str, problems: Problems) -> None:
    if value is not None:
        _COLUMN(value, at, problems)


_MESSAGE_BLOCKS = {
    **_BLOCKS,
    "markdown": shape({"text": string(_LONGEST_MARKDOWN)}, _ID),
    "table": shape(
        {"rows": each(each(_CELL, least=1, most=20), least=1, most=100)},
        {"column_settings": each(_column, most=20), **_ID},
    ),
}
_OF_MESSAGE = each(by_type(_MESSAGE_BLOCKS), least=1, most=MOST_MESSAGE_BLOCKS)
_OF_VIEW = each(by_type(_BLOCKS), least=1, most=MOST_VIEW_BLOCKS)
_BOTH = {"private_metadata": string(3000, least=0), "callback_id": string(255, least=0)}
_VIEWS = {
    "modal": shape(
        {"title": plain(24), "blocks": _OF_VIEW},
        {
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": flag,
            "notify_on_close": flag,
            "external_id": string(255, least=0),
            **_BOTH,
        },
    ),
    "home": shape({"blocks": _OF_VIEW}, {"external_id": string(255, least=0), **_BOTH}),
}
_VIEW = by_type(_VIEWS)
_ANSWER = shape(
    None,
    {"options": kit.OPTIONS, "option_groups": kit.GROUPS},
    exactly_one=("options", "option_groups"),
    typed=False,
)


def problems_with_message(blocks: Any, at: str = "/blocks") -> list[str]:
    """What Slack would refuse in a message's blocks; no blocks at all are a message of text only."""
    problems: Problems = []
    if blocks == []:
        return problems
    _OF_MESSAGE(blocks, at, problems)
    if problems:
        return problems
    _ids_are_unique(blocks, at, problems)
    if sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > _LONGEST_MARKDOWN:
        wrong(problems, f"markdown blocks must be less than {_LONGEST_MARKDOWN + 1} characters together", at)
    if sum(block["type"] == "table" for block in blocks) > 1:
        wrong(problems, "only one table is allowed", at)
    return problems


def problems_with_view(view: Any, at: str = "/view") -> list[str]:
    """What Slack would refuse in a modal or a Home tab."""
    problems: Problems = []
    _VIEW(view, at, problems)
    if problems:
        return problems
    blocks = view["blocks"]
    _ids_are_unique(blocks, f"{at}/blocks", problems)
    if view["type"] == "modal" and "submit" not in view and any(block["type"] == "input" for block in blocks):
        wrong(problems, "missing required field: submit (there is an input block)", at)
    if sum(bool(element.get("focus_on_load")) for block in blocks for element in _elements(block)) > 1:
        wrong(problems, "only one element may have focus_on_load", f"{at}/blocks")
    return problems


def problems_with_options(answer: Any, at: str = "") -> list[str]:
    """What Slack would refuse in the answer to a type-ahead."""
    problems: Problems = []
    _ANSWER(answer, at, problems)
    return problems


def _elements(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if block["type"] == "actions":
        yield from block["elements"]
    elif "accessory" in block:
        yield block["accessory"]
    elif "element" in block:
        yield block["element"]


def _ids_are_unique(blocks: list[dict[str, Any]], at: str, problems: Problems) -> None:
    """A block_id once per message or view, an action_id once per block."""
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id in seen:
            wrong(problems, f"block_id already in use: {block_id}", f"{at}/{index}/block_id")
        if block_id:
            seen.add(block_id)
        actions = [element["action_id"] for element in _elements(block) if "action_id" in element]
        for action_id in {action for action in actions if actions.count(action) > 1}:
            wrong(problems, f"action_id already in use: {action_id}", f"{at}/{index}")
