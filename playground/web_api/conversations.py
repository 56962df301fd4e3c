"""conversations.*: opening, listing, reading and joining."""

from playground.web_api.call import Call, SlackError, cursor_ts, methods, page_of, ts_cursor
from playground.web_api.places import scope_for, visible_channel
from playground.workspace import SLACKBOT, Doc

_TYPES = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}
_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
_MOST_INVITED = 8
_END = "9999999999.999999"


@methods.add("conversations.open")
def open_conversation(call: Call) -> Doc:
    if channel := call.text("channel", required=False):
        if not call.workspace.is_member(call.user, channel):
            raise SlackError("channel_not_found")
        return {"channel": _opened(call, channel)}
    users = [user for user in call.text("users").split(",") if user]
    if len(users) > _MOST_INVITED:
        raise SlackError("too_many_users")
    call.need("im:write" if len(users) == 1 else "mpim:write")
    for user in users:
        _can_be_invited(call, user)
    others = [user for user in dict.fromkeys(users) if user != call.user]
    if not others:
        raise SlackError("not_enough_users")
    before = {channel["id"] for channel in call.workspace.channels()} if call.flag("prevent_creation") else None
    alone = len(others) == 1
    channel = call.workspace.open_dm(call.user, *others) if alone else call.workspace.open_group([call.user, *others])
    if before is not None and channel not in before:
        raise SlackError("channel_not_found")
    return {"channel": _opened(call, channel)}


@methods.add("conversations.info", *_READ)
def info(call: Call) -> Doc:
    return {"channel": shown(call, visible_channel(call, "read")["id"])}


@methods.add("conversations.list", *_READ)
def list_conversations(call: Call) -> Doc:
    found = [channel for channel in _of_types(call) if not _hidden(call, channel)]
    page, metadata = page_of(found, call, most=1000)
    return {"channels": [shown(call, channel["id"]) for channel in page], "response_metadata": metadata}


@methods.add("users.conversations", *_READ)
def conversations_of_user(call: Call) -> Doc:
    user = call.text("user", required=False) or call.user
    if not call.workspace.has_user(user):
        raise SlackError("user_not_found")
    found = [c for c in _of_types(call) if not _hidden(call, c) and call.workspace.is_member(user, c["id"])]
    page, metadata = page_of(found, call, most=999)
    return {"channels": [shown(call, channel["id"]) for channel in page], "response_metadata": metadata}


@methods.add("conversations.members", *_READ)
def members(call: Call) -> Doc:
    channel = visible_channel(call, "read")
    page, metadata = page_of(call.workspace.members(channel["id"]), call)
    return {"members": page, "response_metadata": metadata}


@methods.add("conversations.history", *_HISTORY)
def history(call: Call) -> Doc:
    """The newest first; the cursor is the time of the last message shown, so that a new one shifts no page."""
    channel = _readable(call)
    limit = call.number("limit", 100, most=999)
    latest = call.text("latest", required=False)
    until, inclusive = min(_padded(latest) if latest else _END, _shown_until(call)), call.flag("inclusive")
    if cursor := call.text("cursor", required=False):
        until, inclusive = cursor_ts(cursor), False
    oldest = _padded(call.text("oldest", required=False) or "0")
    messages = call.workspace.history(channel, limit=limit + 1, oldest=oldest, latest=until, inclusive=inclusive)
    more = len(messages) > limit
    answer: Doc = {"messages": _as_asked(call, messages[:limit]), "has_more": more}
    return answer | ({"response_metadata": {"next_cursor": ts_cursor(messages[limit - 1]["ts"])}} if more else {})


@methods.add("conversations.replies", *_HISTORY)
def replies(call: Call) -> Doc:
    channel = _readable(call)
    thread = call.workspace.thread(channel, call.text("ts"))
    if not thread:
        raise SlackError("thread_not_found")
    oldest, latest = call.text("oldest", required=False), call.text("latest", required=False)
    parent, answers = thread[0], thread[1:]
    if oldest:
        answers = [m for m in answers if m["ts"] > oldest or (call.flag("inclusive") and m["ts"] == oldest)]
    if latest:
        answers = [m for m in answers if m["ts"] < latest or (call.flag("inclusive") and m["ts"] == latest)]
    answers = [message for message in answers if message["ts"] <= _shown_until(call)]
    page, metadata = page_of([parent, *answers], call, most=1000)
    answer: Doc = {"messages": _as_asked(call, page), "has_more": bool(metadata["next_cursor"])}
    return answer | ({"response_metadata": metadata} if metadata["next_cursor"] else {})


@methods.add("conversations.join", "channels:join")
def join(call: Call) -> Doc:
    channel = call.text("channel")
    if not call.workspace.has_channel(channel) or call.workspace.channel_type(channel) == "group":
        raise SlackError("channel_not_found")
    if call.workspace.channel_type(channel) != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if call.workspace.channel(channel)["is_archived"]:
        raise SlackError("is_archived")
    entered = call.workspace.join(call.user, channel)
    answer: Doc = {"channel": shown(call, channel)}
    return answer if entered else answer | {"warning": "already_in_channel"}


def shown(call: Call, channel_id: str) -> Doc:
    """A conversation as its object is shown to this token."""
    workspace = call.workspace
    channel = {**workspace.channel(channel_id)}
    channel.pop("with_users", None)
    if channel["is_im"]:
        other = workspace.other_in_dm(channel_id, call.user)
        return channel | {"user": other, "is_user_deleted": workspace.user(other)["deleted"]}
    channel["is_member"] = workspace.is_member(call.user, channel_id)
    return channel | {"num_members": len(workspace.members(channel_id))}


def _opened(call: Call, channel: str) -> Doc:
    return shown(call, channel) if call.flag("return_im") else {"id": channel}


def _can_be_invited(call: Call, user: str) -> None:
    if not call.workspace.has_user(user):
        raise SlackError("user_not_found")
    person = call.workspace.user(user)
    if user == SLACKBOT or (person["is_bot"] and user != call.user):
        raise SlackError("cannot_dm_bot")
    if person["deleted"]:
        raise SlackError("user_disabled")


def _of_types(call: Call) -> list[Doc]:
    wanted = call.text("types", required=False) or "public_channel"
    kinds = []
    for name in wanted.split(","):
        if name.strip() not in _TYPES:
            raise SlackError("invalid_types")
        kinds.append(_TYPES[name.strip()])
        call.need(scope_for(kinds[-1], "read"))
    without_archived = call.flag("exclude_archived")
    return [
        channel
        for channel in call.workspace.channels()
        if call.workspace.channel_type(channel["id"]) in kinds and not (without_archived and channel["is_archived"])
    ]


def _hidden(call: Call, channel: Doc) -> bool:
    return channel["is_private"] and not call.workspace.is_member(call.user, channel["id"])


def _readable(call: Call) -> str:
    channel = visible_channel(call, "history")["id"]
    if not call.workspace.is_member(call.user, channel):
        raise SlackError("not_in_channel")
    return channel


def _shown_until(call: Call) -> str:
    """Nobody promises that what was just posted can be read at once; a fault makes history lag."""
    if not call.history_delay:
        return _END
    return f"{call.workspace.clock().timestamp() - call.history_delay:017.6f}"


def _as_asked(call: Call, messages: list[Doc]) -> list[Doc]:
    """Metadata's payload comes only to those who ask for it."""
    return messages if call.flag("include_all_metadata") else [_without_payload(message) for message in messages]


def _without_payload(message: Doc) -> Doc:
    if "metadata" not in message:
        return message
    return {**message, "metadata": {"event_type": message["metadata"]["event_type"]}}


def _padded(ts: str) -> str:
    """A timestamp in the form they are stored in, so that they compare as texts."""
    try:
        seconds, _, micros = ts.partition(".")
        return f"{int(seconds):010d}.{int((micros + '000000')[:6]):06d}"
    except ValueError:
        raise SlackError("invalid_ts_oldest") from None
