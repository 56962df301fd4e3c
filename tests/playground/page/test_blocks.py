"""Every block and element is drawn, and whatever cannot be is loud about it."""

import json
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from playground.page.blocks import render, render_all
from playground.page.context import Choice, Context
from tests.playground.page.props import HOME, button, field, goal_form, introduction, option, plain, section

GOLDENS = Path(__file__).parents[2] / "goldens"
READER = Context(
    person={"U1": "Ana"}.get,
    file={"F1": "/page/file/F1"}.get,
    people=[Choice("U1", "Ana Sousa", "Data engineer", "/avatar/U1"), Choice("U2", "Ben Adler")],
    channels=[Choice("C1", "#general")],
)
OPTIONS = [option("One"), option("Two", "2")]


def drawn(block: dict[str, Any], ctx: Context = READER) -> str:
    return str(render(block, ctx))


def in_form(element: dict[str, Any], ctx: Context = READER, **more: Any) -> str:
    return drawn(field("b", "A label", {"action_id": "a", **element}, **more), ctx)


def test_a_header_a_divider_and_a_context() -> None:
    assert drawn({"type": "header", "text": plain("R&D :tada:")}) == '<h3 class="b-header">R&amp;D 🎉</h3>'
    assert drawn({"type": "divider"}) == '<hr class="b-divider">'
    small = {"type": "image", "image_url": "http://127.0.0.1:1/avatar/U1?size=24", "alt_text": "Ana"}
    shown = drawn({"type": "context", "elements": [small, plain("and you")]})
    assert '<img src="/avatar/U1?size=24" alt="Ana"' in shown
    assert "and you" in shown


def test_a_section_has_text_fields_and_an_accessory() -> None:
    shown = drawn(section("*Hi*", fields=[plain("left"), plain("right")], accessory=button("Go", "go", value="v&1")))
    assert "<strong>Hi</strong>" in shown
    assert shown.count('class="b-field"') == 2
    assert 'data-act="click" data-value="v&amp;1"' in shown


def test_a_picture_from_elsewhere_is_named_and_not_loaded() -> None:
    away = drawn({"type": "image", "image_url": "https://elsewhere.example/x.png", "alt_text": "A chart"})
    assert "<img" not in away
    assert "A chart" in away
    assert '<img src="/page/file/F1"' in drawn({"type": "image", "slack_file": {"id": "F1"}, "alt_text": "A chart"})


def test_a_button_says_what_kind_it_is_and_asks_before_it_acts() -> None:
    confirm = {"title": plain("Sure?"), "text": plain("Gone is gone."), "confirm": plain("Yes"), "deny": plain("No")}
    shown = drawn(
        {"type": "actions", "block_id": "x", "elements": [button("Go", "go", style="danger", confirm=confirm)]}
    )
    assert 'class="btn danger"' in shown
    assert "Gone is gone." in unescape(shown)
    assert 'data-block="x" data-action="go"' in shown


def test_an_overflow_is_a_menu_of_whole_options() -> None:
    shown = drawn(
        {"type": "actions", "block_id": "x", "elements": [{"type": "overflow", "action_id": "o", "options": OPTIONS}]}
    )
    assert shown.count('role="menuitem"') == 2
    assert json.loads(unescape(shown.split('data-option="')[2].split('"')[0]))["value"] == "2"


def test_a_control_is_named_by_block_and_action_and_its_label_leads_to_it() -> None:
    shown = drawn(field("a/b", "Title", {"type": "plain_text_input", "action_id": "c d", "max_length": 9}))
    assert 'name="a%2Fb/c%20d"' in shown
    assert 'maxlength="9"' in shown
    assert (
        shown.split('<label class="b-label" for="')[1].split('"')[0]
        == shown.split('<input class="field" data-block')[1].split('id="')[1].split('"')[0]
    )


def test_a_long_text_keeps_its_first_line_break() -> None:
    assert ">\n\nhello</textarea>" in in_form(
        {"type": "plain_text_input", "multiline": True, "initial_value": "\nhello"}
    )


@pytest.mark.parametrize("kind", ["static_select", "radio_buttons"])
def test_one_choice_starts_where_the_app_says(kind: str) -> None:
    shown = in_form({"type": kind, "options": OPTIONS, "initial_option": OPTIONS[1]})
    marked = "checked" if kind == "radio_buttons" else "selected"
    assert f'value="2" {marked}' in shown
    assert shown.count(f" {marked}") == 1


def test_checkboxes_start_with_several() -> None:
    shown = in_form({"type": "checkboxes", "options": OPTIONS, "initial_options": OPTIONS})
    assert shown.count(" checked") == 2
    assert 'role="group" aria-labelledby' in shown


def test_grouped_options_keep_their_groups() -> None:
    groups = [{"label": plain("Mornings"), "options": OPTIONS}]
    assert '<optgroup label="Mornings">' in in_form({"type": "static_select", "option_groups": groups})
    assert "Mornings" in in_form({"type": "multi_static_select", "option_groups": groups})


@pytest.mark.parametrize(
    ("element", "typed"),
    [
        ({"type": "datepicker", "initial_date": "2026-05-04"}, 'type="date" value="2026-05-04"'),
        ({"type": "timepicker", "initial_time": "09:30"}, 'type="time" value="09:30"'),
        ({"type": "datetimepicker", "initial_date_time": 1767603600}, 'type="datetime-local" value="2026-01-05T09:00"'),
        ({"type": "email_text_input", "initial_value": "a@b.c"}, 'type="email" value="a@b.c"'),
        ({"type": "url_text_input"}, 'type="url"'),
        ({"type": "number_input", "is_decimal_allowed": False}, 'inputmode="decimal"'),
    ],
)
def test_moments_and_special_texts_use_the_browsers_own_fields(element: dict[str, Any], typed: str) -> None:
    assert typed in in_form(element)


@pytest.mark.parametrize(
    "kind", ["users_select", "multi_users_select", "conversations_select", "multi_conversations_select"]
)
def test_people_can_be_picked_by_name(kind: str) -> None:
    initial = {"initial_users": ["U2"]} if kind == "multi_users_select" else {}
    shown = in_form({"type": kind, **initial})
    assert 'role="combobox"' in shown
    assert "Data engineer" in shown
    assert shown.count('class="chip"') == len(initial)


def test_channels_can_be_picked_by_name() -> None:
    assert "#general" in in_form({"type": "channels_select"})


def test_a_list_the_app_answers_with_starts_with_what_was_chosen() -> None:
    shown = in_form({"type": "multi_external_select", "min_query_length": 2, "initial_options": [OPTIONS[0]]})
    assert "data-external" in shown
    assert 'data-min="2"' in shown
    assert shown.count('class="chip"') == 1


def test_what_was_typed_earlier_wins_over_the_apps_first_value() -> None:
    earlier = READER.on("V1", values={"b": {"a": {"type": "plain_text_input", "value": "mine"}}})
    assert 'value="mine"' in in_form({"type": "plain_text_input", "initial_value": "theirs"}, earlier)
    cleared = READER.on("V1", values={"b": {"a": {"type": "plain_text_input", "value": None}}})
    assert 'value=""' in in_form({"type": "plain_text_input", "initial_value": "theirs"}, cleared)
    emptied = READER.on("V1", values={"b": {"a": {"type": "static_select", "selected_option": None}}})
    assert " selected" not in in_form(
        {"type": "static_select", "options": OPTIONS, "initial_option": OPTIONS[0]}, emptied
    )


def test_an_error_stands_under_its_field_and_is_read_with_it() -> None:
    shown = in_form(
        {"type": "plain_text_input"}, READER.on("V1", errors={"b": "A date in the past can't be a target."})
    )
    assert 'aria-invalid="true"' in shown
    assert "A date in the past can&#39;t be a target." in shown
    described = shown.split('aria-describedby="')[1].split('"')[0].split()
    assert all(f'id="{one}"' in shown for one in described)


def test_rich_text_is_drawn() -> None:
    run = [{"type": "text", "text": "Hi ", "style": {"bold": True}}, {"type": "user", "user_id": "U1"}]
    lines = {"type": "rich_text_list", "style": "ordered", "elements": [{"type": "rich_text_section", "elements": run}]}
    shown = drawn({"type": "rich_text", "elements": [lines]})
    assert '<ol class="indent0"><li><strong>Hi </strong><span class="mention">@Ana</span></li></ol>' in shown


@pytest.mark.parametrize(
    "block",
    [
        {"type": "carousel"},
        {"type": "actions", "elements": [{"type": "workflow_button"}]},
        {"type": "rich_text", "elements": [{"type": "rich_text_song"}]},
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "<hum>"}]}]},
        {},
    ],
)
def test_what_cannot_be_drawn_is_a_loud_red_box(block: dict[str, Any]) -> None:
    shown = drawn(block)
    assert 'class="unknown" role="alert"' in shown
    assert "<hum>" not in shown


def test_hostile_words_stay_words_everywhere() -> None:
    bad = '"><script>x</script>'
    shown = str(
        render_all(
            [
                {"type": "header", "text": plain(bad)},
                section(bad, block_id=bad, accessory=button(bad, bad, value=bad)),
                field(bad, bad, {"type": "plain_text_input", "action_id": bad, "initial_value": bad}, hint=plain(bad)),
                field("b", "L", {"type": "multi_static_select", "action_id": "m", "options": [option(bad)]}),
                field("c", "L", {"type": "static_select", "action_id": "s", "options": [option(bad)]}),
            ],
            READER,
        )
    )
    assert "<script" not in shown


def test_the_props_hold_nothing_unknown() -> None:
    blocks = [*HOME["blocks"], *goal_form()["blocks"], *introduction("U1", "U2")]
    assert "data-unknown" not in str(render_all(blocks, READER))


def test_everything_perennial_shows_can_be_drawn_here() -> None:
    shown = {path: json.loads(path.read_text(encoding="utf-8")) for path in sorted(GOLDENS.rglob("*.json"))}
    loud = [
        path.name for path, view in shown.items() if "data-unknown" in str(render_all(view.get("blocks", []), READER))
    ]
    assert loud == []
