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
# Bolt's own client adds team_id to every call.
_EVERYWHERE = frozenset({"channel", "text", "blocks", "attachments", "markdown_text", "link_names", "parse", "team_id"})
_UNFURLS = ("unfurl_links", "unfurl_media")
_DRESS = ("username", "icon_emoji", "icon_url")
_EVENT_TYPE = re.compile(r"[A-Za-z0-9_.\-]{1,255}")


@methods.add("chat.postMessage", "chat:write")
def post_message(call: Call) -> Doc:
    _known_arguments(call, "thread_ts", "reply_broadcast", "metadata", "mrkdwn", *_UNFURLS, *_DRESS)
    content = _content(call)
    channel = writable_channel(call)
    thread_ts = _thread(call, channel)
    message = call.workspace.post_message(
        channel,
        call.user,
        content.pop("text"),
        thread_ts=thread_ts,
        broadcast=call.flag("reply_broadcast"),
        bot_id=call.workspace.fact("bot_id"),
        app_id=call.workspace.fact("app_id"),
        **content,
    )
    return {"channel": channel, "ts": message["ts"], "message": message}


@methods.add("chat.update", "chat:write")
def update_message(call: Call) -> Doc:
    _known_arguments(call, "ts", "file_ids", "reply_broadcast", "metadata", "as_user")
    content = _content(call, updating=True)
    channel, ts = call.text("channel"), call.text("ts")
    message = _own_message(call, channel, ts, "cant_update_message")
    if call.workspace.channel(channel)["is_archived"]:
        raise SlackError("is_inactive")
    given = {name: value for name, value in content.items() if value is not None}
    if "text" in call.args and "blocks" not in given and "blocks" in message:
        # Text without blocks takes their place; metadata that is not mentioned stays.
        given["blocks"] = None
    for name in ("blocks", "metadata"):
        if given.get(name) in ([], {}):
            given[name] = None
    edited_by = None if given.get("blocks") else call.user
    after = call.workspace.update_message(channel, ts, edited_by=edited_by, **given)
    return {"channel": channel, "ts": ts, "text": after["text"], "message": after}


@methods.add("chat.delete", "chat:write")
def delete_message(call: Call) -> Doc:
    channel, ts = call.text("channel"), call.text("ts")
    _own_message(call, channel, ts, "cant_delete_message")
    call.workspace.delete_message(channel, ts)
    return {"channel": channel, "ts": ts}


@methods.add("chat.postEphemeral", "chat:write")
def post_ephemeral(call: Call) -> Doc:
    _known_arguments(call, "user", "thread_ts", *_DRESS)
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
        thread_ts=_thread(call, channel),
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
    if metadata is None or (metadata == {} and call.method == "chat.update"):
        return metadata
    kind, payload = metadata.get("event_type"), metadata.get("event_payload")
    if not isinstance(kind, str) or not isinstance(payload, dict) or set(metadata) - {"event_type", "event_payload"}:
        raise SlackError("invalid_metadata_format")
    if not _EVENT_TYPE.fullmatch(kind) or not all(_flat(value) for value in payload.values()):
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(payload)) > _LARGEST_METADATA:
        raise SlackError("metadata_too_large")
    return metadata


def _scalar(value: object) -> bool:
    return isinstance(value, str | int | float | bool)


def _flat(value: object) -> bool:
    """Plain values, objects one level deep, and lists of those."""
    if isinstance(value, list):
        return all(_flat(one) and not isinstance(one, list) for one in value)
    return all(map(_scalar, value.values())) if isinstance(value, dict) else _scalar(value)


def _thread(call: Call, channel: str) -> str | None:
    """The parent a post answers; a reply's ts leads to its parent."""
    ts = call.text("thread_ts", required=False)
    if not ts:
        if call.flag("reply_broadcast"):
            raise SlackError("invalid_arguments", ["[ERROR] reply_broadcast needs a thread_ts"])
        return None
    parent = call.workspace.message(channel, ts)
    if parent is None or parent.get("is_ephemeral"):
        raise SlackError("thread_not_found")
    found: str = parent.get("thread_ts", ts)
    return found


def _known_arguments(call: Call, *more: str) -> None:
    """Slack shrugs at an argument it does not know; we refuse it, because it is a slip of ours."""
    for name in call.args:
        if name not in _EVERYWHERE and name not in more:
            raise SlackError("invalid_arguments", [f"[ERROR] unexpected argument: {name}"])
        if name in _DRESS:
            call.need("chat:write.customize")
