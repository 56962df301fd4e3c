"""chat.*: posting, changing and taking back messages."""

import json
import re

from playground import blocks as block_kit
from playground.web_api.call import Call, SlackError, methods
from playground.web_api.places import writable_channel
from playground.workspace import Doc

_LONGEST_POST = 40_000
_LONGEST_UPDATE = 4_000
_LONGEST_MARKDOWN = 12_000
_LARGEST_METADATA = 8_000
_EVENT_TYPE = re.compile(r"[A-Za-z0-9_.\-]{1,255}")


@methods.add("chat.postMessage", "chat:write")
def post_message(call: Call) -> Doc:
    content = _content(call)
    channel = writable_channel(call)
    thread_ts = call.text("thread_ts", required=False) or None
    if thread_ts:
        parent = call.workspace.message(channel, thread_ts)
        if parent is None or parent.get("is_ephemeral"):
            raise SlackError("thread_not_found")
        thread_ts = parent.get("thread_ts", thread_ts)
    message = call.workspace.post_message(
        channel,
        call.user,
        content.pop("text"),
        thread_ts=thread_ts,
        broadcast=bool(thread_ts) and call.flag("reply_broadcast"),
        bot_id=call.workspace.fact("bot_id"),
        app_id=call.workspace.fact("app_id"),
        **content,
    )
    return {"channel": channel, "ts": message["ts"], "message": message}


@methods.add("chat.update", "chat:write")
def update_message(call: Call) -> Doc:
    content = _content(call, updating=True)
    channel = call.text("channel")
    ts = call.text("ts")
    message = _own_message(call, channel, ts, "cant_update_message")
    if call.workspace.channel(channel)["is_archived"]:
        raise SlackError("is_archived")
    given = {name: value for name, value in content.items() if name == "text" or value is not None}
    # Text alone takes the place of blocks too; metadata that is not mentioned stays.
    if "blocks" not in given and "blocks" in message:
        given["blocks"] = None
    after = call.workspace.update_message(channel, ts, **given)
    return {"channel": channel, "ts": ts, "text": after["text"], "message": after}


@methods.add("chat.delete", "chat:write")
def delete_message(call: Call) -> Doc:
    channel, ts = call.text("channel"), call.text("ts")
    _own_message(call, channel, ts, "cant_delete_message")
    call.workspace.delete_message(channel, ts)
    return {"channel": channel, "ts": ts}


@methods.add("chat.postEphemeral", "chat:write")
def post_ephemeral(call: Call) -> Doc:
    content = _content(call)
    content.pop("metadata")
    user = call.text("user")
    channel = writable_channel(call)
    if not call.workspace.has_user(user) or not call.workspace.is_member(user, channel):
        raise SlackError("user_not_in_channel")
    message = call.workspace.post_message(
        channel,
        call.user,
        content.pop("text"),
        seen_by=user,
        thread_ts=call.text("thread_ts", required=False) or None,
        bot_id=call.workspace.fact("bot_id"),
        **content,
    )
    return {"message_ts": message["ts"]}


@methods.add("chat.getPermalink")
def permalink(call: Call) -> Doc:
    channel, ts = call.text("channel"), call.text("message_ts")
    if not call.workspace.has_channel(channel) or not call.workspace.is_member(call.user, channel):
        raise SlackError("channel_not_found")
    message = call.workspace.message(channel, ts)
    if message is None:
        raise SlackError("message_not_found")
    thread = message.get("thread_ts", ts)
    link = f"{call.base_url}/archives/{channel}/p{ts.replace('.', '')}"
    return {"channel": channel, "permalink": link + (f"?thread_ts={thread}&cid={channel}" if thread != ts else "")}


@methods.add("reactions.add", "reactions:write")
def add_reaction(call: Call) -> Doc:
    channel, ts, name = call.text("channel"), call.text("timestamp"), call.text("name").strip(":")
    _may_react(call, channel)
    if call.workspace.message(channel, ts) is None:
        raise SlackError("message_not_found")
    if not re.fullmatch(r"[a-z0-9_+'\-]+(::skin-tone-[2-6])?", name):
        raise SlackError("invalid_name")
    if not call.workspace.react(call.user, channel, ts, name):
        raise SlackError("already_reacted")
    return {}


def _may_react(call: Call, channel: str) -> None:
    if not call.workspace.has_channel(channel):
        raise SlackError("channel_not_found")
    if not call.workspace.is_member(call.user, channel):
        raise SlackError("not_in_channel" if call.workspace.channel_type(channel) == "channel" else "channel_not_found")


def _own_message(call: Call, channel: str, ts: str, refusal: str) -> Doc:
    if not call.workspace.has_channel(channel):
        raise SlackError("channel_not_found")
    message = call.workspace.message(channel, ts)
    if message is None or message.get("is_ephemeral"):
        raise SlackError("message_not_found")
    if message["user"] != call.user:
        raise SlackError(refusal)
    return message


def _content(call: Call, *, updating: bool = False) -> Doc:
    """Text, blocks, attachments and metadata, refused as Slack would refuse them."""
    text = call.text("text", required=False)
    markdown = call.text("markdown_text", required=False)
    blocks = call.structure("blocks", list, "invalid_blocks_format")
    attachments = call.structure("attachments", list, "invalid_attachments")
    if markdown and (text or blocks):
        raise SlackError("markdown_text_conflict")
    if len(markdown) > _LONGEST_MARKDOWN:
        raise SlackError("msg_too_long")
    if not (text or markdown or blocks or attachments):
        raise SlackError("no_text")
    if updating and len(text) > _LONGEST_UPDATE:
        raise SlackError("msg_too_long")
    if attachments and len(attachments) > 100:
        raise SlackError("too_many_attachments")
    if blocks is not None and (problems := block_kit.problems_with_message(blocks)):
        raise SlackError("invalid_blocks", problems)
    return {
        "text": (text or markdown)[:_LONGEST_POST],
        "blocks": blocks,
        "attachments": attachments,
        "metadata": _metadata(call),
    }


def _metadata(call: Call) -> Doc | None:
    metadata = call.structure("metadata", dict, "invalid_metadata_format")
    if metadata is None:
        return None
    kind, payload = metadata.get("event_type"), metadata.get("event_payload")
    if not isinstance(kind, str) or not isinstance(payload, dict) or set(metadata) - {"event_type", "event_payload"}:
        raise SlackError("invalid_metadata_format")
    if not _EVENT_TYPE.fullmatch(kind) or not all(_flat(value) for value in payload.values()):
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(payload)) > _LARGEST_METADATA:
        raise SlackError("metadata_too_large")
    return metadata


def _flat(value: object, depth: int = 0) -> bool:
    if isinstance(value, dict):
        return depth < 2 and all(_flat(inner, depth + 1) for inner in value.values())
    if isinstance(value, list):
        return depth < 2 and all(_flat(inner, depth + 1) for inner in value)
    return isinstance(value, str | int | float | bool)
