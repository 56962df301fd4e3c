"""A form as the browser sends it becomes the state Slack would report."""

import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from playground.page.state import element_at, read_state
from tests.playground.page.props import button, field, option, section

LISBON = ZoneInfo("Europe/Lisbon")
OPTIONS = [option("One"), option("Two", "2")]


def whole(words: str) -> str:
    return json.dumps(option(words))


@pytest.mark.parametrize(
    ("element", "sent", "state"),
    [
        ({"type": "plain_text_input"}, ["hello"], {"value": "hello"}),
        ({"type": "plain_text_input"}, [""], {"value": None}),
        ({"type": "static_select", "options": OPTIONS}, ["2"], {"selected_option": OPTIONS[1]}),
        ({"type": "static_select", "options": OPTIONS}, ["never offered"], {"selected_option": None}),
        ({"type": "radio_buttons", "options": OPTIONS}, [], {"selected_option": None}),
        ({"type": "checkboxes", "options": OPTIONS}, ["one", "2"], {"selected_options": OPTIONS}),
        ({"type": "datepicker"}, ["2026-05-04"], {"selected_date": "2026-05-04"}),
        ({"type": "timepicker"}, ["09:30:00"], {"selected_time": "09:30"}),
        ({"type": "datetimepicker"}, ["2026-07-06T10:00"], {"selected_date_time": 1783328400}),
        ({"type": "external_select"}, [whole("One")], {"selected_option": option("One")}),
        ({"type": "multi_external_select"}, [], {"selected_options": []}),
        ({"type": "users_select"}, [whole("U1")], {"selected_user": "u1"}),
        ({"type": "multi_users_select"}, [whole("U1"), whole("U2")], {"selected_users": ["u1", "u2"]}),
        ({"type": "conversations_select"}, [], {"selected_conversation": None}),
        ({"type": "multi_channels_select"}, [whole("C1")], {"selected_channels": ["c1"]}),
    ],
)
def test_each_control_reports_as_slack_does(element: dict[str, Any], sent: list[str], state: dict[str, Any]) -> None:
    values = read_state([field("b", "L", {"action_id": "a", **element})], {"b/a": sent}, LISBON)
    assert values == {"b": {"a": {"type": element["type"], **state}}}


def test_controls_outside_inputs_are_reported_and_buttons_are_not() -> None:
    blocks = [
        section("x", block_id="s", accessory={"type": "datepicker", "action_id": "d"}),
        {
            "type": "actions",
            "block_id": "x",
            "elements": [button("Go", "go"), {"type": "users_select", "action_id": "u"}],
        },
    ]
    values = read_state(blocks, {"s/d": ["2026-01-01"]}, LISBON)
    assert values["s"]["d"]["selected_date"] == "2026-01-01"
    assert list(values["x"]) == ["u"]


def test_a_slash_in_an_id_misleads_nobody() -> None:
    blocks = [field("a/b", "L", {"type": "plain_text_input", "action_id": "c"})]
    assert read_state(blocks, {"a%2Fb/c": ["x"], "a/b/c": ["y"]}, LISBON) == {
        "a/b": {"c": {"type": "plain_text_input", "value": "x"}}
    }


def test_an_element_is_found_by_both_its_ids() -> None:
    blocks = [section("x", block_id="s", accessory=button("Go", "go"))]
    assert element_at(blocks, "s", "go") == button("Go", "go")
    assert element_at(blocks, "other", "go") is None
