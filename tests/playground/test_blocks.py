"""Rules of Block Kit that no schema can say."""

import pytest

from playground.blocks import problems_with_message, problems_with_view

TITLE = {"type": "plain_text", "text": "T"}


def button(action_id):
    return {"type": "button", "action_id": action_id, "text": TITLE}


def select(**more):
    options = [{"text": {"type": "plain_text", "text": word}, "value": word} for word in ("a", "b")]
    return {"type": "static_select", "action_id": "s", "options": options, **more}


def field(element, block_id="q"):
    return {"type": "input", "block_id": block_id, "label": TITLE, "element": element}


def modal(*blocks):
    return {"type": "modal", "title": TITLE, "submit": TITLE, "blocks": list(blocks)}


@pytest.mark.parametrize(
    ("blocks", "word"),
    [
        ([{"type": "divider", "block_id": "b"}] * 2, "block_id already in use: b"),
        ([{"type": "actions", "elements": [button("a"), button("a")]}], "action_id already in use: a"),
        ([{"type": "markdown", "text": "x" * 7_000}] * 2, "markdown blocks"),
        ([{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}] * 2, "only one table"),
    ],
)
def test_a_message_holds_together(blocks, word):
    assert word in problems_with_message(blocks)[0]


@pytest.mark.parametrize(
    ("blocks", "word"),
    [
        ([field(select(initial_option={"text": TITLE, "value": "c"}))], "initial option"),
        ([field({"type": "plain_text_input", "action_id": "a", "min_length": 9, "max_length": 3})], "min_length"),
        ([field(select(focus_on_load=True)), field(select(focus_on_load=True), "r")], "focus_on_load"),
    ],
)
def test_a_form_holds_together(blocks, word):
    assert word in problems_with_view(modal(*blocks))[0]


def test_the_same_action_id_in_two_blocks_is_fine():
    rows = [{"type": "actions", "block_id": name, "elements": [button("a")]} for name in ("one", "two")]
    assert problems_with_message(rows) == []


def test_a_message_may_have_no_blocks_at_all():
    assert problems_with_message([]) == []
