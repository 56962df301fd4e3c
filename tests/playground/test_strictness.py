"""Our reading of Block Kit against Slack's published samples and schema, where that folder is at hand."""

import copy
import itertools
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from slack_sdk.errors import SlackApiError

from playground.blocks import problems_with_message, problems_with_options, problems_with_view
from tests.playground.tiny_app import TinyApp

REFERENCE = Path(__file__).parents[2] / "../shared/slack"
needs_reference = pytest.mark.skipif(
    not REFERENCE.is_dir(), reason="Slack's reference samples and schema are not beside this repository"
)

# Scheduled messages are not answered by the playground: the bot's own outbox is its schedule.
NOT_PLAYED = {"ChatScheduleMessage"}
# Slack cuts such a text instead of refusing it, and so do we (test_chat says so).
ONLY_CUT = {"text 40001"}
TEXT = {"type": "mrkdwn", "text": "hi"}


def samples(kind: str) -> list[Any]:
    if not REFERENCE.is_dir():
        return []
    found = json.loads((REFERENCE / "samples" / f"{kind}.json").read_text(encoding="utf-8"))
    return [
        pytest.param(sample["definition"], filled(sample["payload"]), id=sample["name"])
        for sample in found
        if sample["definition"] not in NOT_PLAYED and sample["name"] not in ONLY_CUT
    ]


def filled(value: Any) -> Any:
    """Write out the samples' shorthand; what is repeated gets ids of its own, which Slack wants and they leave out."""
    if isinstance(value, dict):
        if "$rep" in value:
            return value["$rep"][0] * value["$rep"][1]
        if "$fill" in value:
            item, count = value["$fill"]
            return [_numbered(filled(item), number) for number in range(count)]
        return {name: filled(inner) for name, inner in value.items()}
    if isinstance(value, list):
        written = [filled(inner) for inner in value]
        ids = [item.get("block_id") for item in written if isinstance(item, dict) and "block_id" in item]
        repeated = len(set(ids)) < len(ids)
        return [_numbered(item, number) for number, item in enumerate(written)] if repeated else written
    return value


def _numbered(item: Any, number: int) -> Any:
    """The same length, another id."""
    if not isinstance(item, dict):
        return item
    end = str(number)
    ids = {name: item[name] for name in ("action_id", "block_id") if name in item}
    return item | {name: (text[: 255 - len(end)] if len(text) == 255 else text) + end for name, text in ids.items()}


@needs_reference
@pytest.mark.parametrize(("definition", "payload"), samples("valid"))
async def test_what_slack_takes_is_taken(
    tiny: TinyApp, general: str, ada: str, definition: str, payload: dict[str, Any]
):
    assert await refusal_of(tiny, general, ada, definition, payload) is None


@needs_reference
@pytest.mark.parametrize(("definition", "payload"), samples("invalid"))
async def test_what_slack_refuses_is_refused(
    tiny: TinyApp, general: str, ada: str, definition: str, payload: dict[str, Any]
):
    assert await refusal_of(tiny, general, ada, definition, payload) is not None


async def refusal_of(tiny: TinyApp, general: str, ada: str, definition: str, payload: dict[str, Any]) -> Any:
    """Put the sample where it belongs (a call, a response_url, an answer to a form) and see what is said."""
    workspace = tiny.slack.workspace
    if definition in ("Message", "ChatUpdate", "ChatPostEphemeral"):
        return await _refusal_of_call(tiny, general, ada, definition, payload)
    if definition in ("ModalView", "HomeView"):
        return problems_with_view(payload) or None
    if definition == "OptionsResponse":
        return problems_with_options(payload) or None
    if definition == "ResponseUrlMessage":
        ts = workspace.post_message(general, workspace.bot_user_id, "x")["ts"]
        path = workspace.new_response_url("actions", user=ada, channel=general, ts=ts, thread_ts=None)
        async with tiny.slack.acts.deliver._client().post(tiny.slack.url + path, json=payload) as response:
            return None if response.status == 200 else await response.text()

    async def sent(ack: Any) -> None:
        await ack(**payload)

    tiny.bolt.view("form")(sent)
    label = {"type": "plain_text", "text": "Why?"}
    field = {"type": "input", "block_id": "block-1", "label": label, "optional": True}
    field["element"] = {"type": "plain_text_input", "action_id": "why"}
    form = {"type": "modal", "title": label, "submit": label, "callback_id": "form", "blocks": [field]}
    view = workspace.open_modal(ada, form)
    return (await tiny.slack.acts.submit(ada, view["id"])).problems or None


async def _refusal_of_call(tiny: TinyApp, general: str, ada: str, definition: str, payload: dict[str, Any]) -> Any:
    workspace = tiny.slack.workspace
    method = {"Message": "postMessage", "ChatUpdate": "update", "ChatPostEphemeral": "postEphemeral"}[definition]
    arguments = copy.deepcopy(payload)
    if "channel" in arguments:
        arguments["channel"] = general
    mine = workspace.post_message(general, workspace.bot_user_id, "x")["ts"]
    for name in ("ts", "thread_ts"):
        if "." in arguments.get(name, ""):
            arguments[name] = mine
    if "user" in arguments:
        arguments["user"] = ada
    try:
        await tiny.client.api_call(f"chat.{method}", json=arguments)
    except SlackApiError as refusal:
        return refusal.response["error"]
    return None


EDGES: list[Any] = [
    [{"type": "divider"}, {"type": "divider", "block_id": ""}],
    [{"type": "section", "text": TEXT, "fields": []}],
    [{"type": "section", "text": {"type": "plain_text", "text": "x", "verbatim": True}}],
    [{"type": "section", "text": {"type": "mrkdwn", "text": None}}],
    [{"type": "section", "text": TEXT, "accessory": {"type": "datetimepicker", "action_id": "a"}}],
    [{"type": "section", "text": TEXT, "accessory": {"type": "button", "text": TEXT}}],
    [{"type": "context", "elements": []}],
    [{"type": "actions", "elements": [{"type": "plain_text_input", "action_id": "a"}]}],
    [{"type": "image", "image_url": "https://e.org/a.png", "alt_text": ""}],
    [{"type": "header", "text": {"type": "plain_text", "text": "x"}, "block_id": 7}],
    [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "shout"}]}]}],
    [{"type": "table", "rows": [[]]}],
    ["divider"],
    [{}],
]


@needs_reference
@pytest.mark.parametrize("blocks", EDGES)
def test_edges_are_refused_by_the_schema_and_by_us(blocks: list[Any]):
    assert schema_refuses("Message", {"channel": "C1", "blocks": blocks})
    assert problems_with_message(blocks)


@needs_reference
@pytest.mark.parametrize(("definition", "payload"), [s for s in samples("valid") if "View" in str(s.values[0])])
def test_breaking_any_one_part_of_a_view_is_noticed_by_both_or_by_neither(definition: str, payload: dict[str, Any]):
    """Take a good view, spoil one value after the other, and compare the two judges."""
    if definition == "ViewSubmissionResponse":
        payload, definition = payload.get("view", {"type": "modal"}), "ModalView"
    validator = validator_for(definition)
    for spoiled, where in itertools.islice(spoilings(payload), 150):
        ours, theirs = bool(problems_with_view(spoiled)), not validator.is_valid(spoiled)
        assert ours or not theirs, f"only the schema refuses {where}"
        assert theirs or not ours or beyond_the_schema(spoiled), f"only we refuse {where}"


def spoilings(value: Any, at: str = "") -> Any:
    """The same value with one part left out, of another kind, or too long."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield {key: other for key, other in value.items() if key != name}, f"{at} without {name}"
            yield value | {name: 7.5}, f"{at}/{name} = 7.5"
            if isinstance(inner, str):
                yield value | {name: "x" * 4_000}, f"{at}/{name} too long"
            for spoiled, where in spoilings(inner, f"{at}/{name}"):
                yield value | {name: spoiled}, where
        yield value | {"colour": "red"}, f"{at} with a colour"
    elif isinstance(value, list) and value:
        for spoiled, where in spoilings(value[0], f"{at}/0"):
            yield [spoiled, *value[1:]], where


def beyond_the_schema(view: dict[str, Any]) -> bool:
    """What the schema cannot say: unique ids, starting choices, bounds that contradict each other."""
    words = ("already in use", "not among the options", "min_length", "focus_on_load")
    return all(any(word in problem for word in words) for problem in problems_with_view(view))


def validator_for(definition: str) -> jsonschema.Draft7Validator:
    schema = json.loads((REFERENCE / "block-kit.schema.json").read_text(encoding="utf-8"))
    return jsonschema.Draft7Validator({"$ref": f"#/definitions/{definition}", "definitions": schema["definitions"]})


def schema_refuses(definition: str, payload: Any) -> bool:
    return not validator_for(definition).is_valid(payload)
