"""Which conversation a call means, and whether the bot may look or write there."""

from playground.web_api.call import Call, SlackError
from playground.workspace import SLACKBOT, Doc

_SCOPES = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}


def scope_for(kind: str, act: str) -> str:
    """`channels:read`, `groups:history`, … for a conversation of this kind."""
    return f"{_SCOPES[kind]}:{act}"


def visible_channel(call: Call, act: str) -> Doc:
    """The conversation the call names, if its token may see that it exists and read this side of it."""
    workspace, channel_id = call.workspace, call.text("channel")
    if not workspace.has_channel(channel_id):
        raise SlackError("channel_not_found")
    kind = workspace.channel_type(channel_id)
    inside = workspace.is_member(call.user, channel_id)
    if kind != "channel" and not inside:
        raise SlackError("channel_not_found")
    call.need(scope_for(kind, act))
    return workspace.channel(channel_id)


def writable_channel(call: Call, target: str | None = None) -> str:
    """Where a post goes: a conversation the bot is in, or the direct message with a user id."""
    workspace, target = call.workspace, target or call.text("channel")
    if workspace.has_user(target):
        return _direct_message(call, target)
    if not workspace.has_channel(target):
        target = workspace.channel_named(target) or target
    if not workspace.has_channel(target):
        raise SlackError("channel_not_found")
    kind = workspace.channel_type(target)
    if workspace.channel(target)["is_archived"]:
        raise SlackError("is_archived")
    if not workspace.is_member(call.user, target):
        if kind != "channel":
            raise SlackError("channel_not_found")
        if "chat:write.public" not in call.token.scopes:
            raise SlackError("not_in_channel")
    if kind == "im":
        _person_can_be_reached(call, workspace.other_in_dm(target, call.user))
    return target


def _direct_message(call: Call, user: str) -> str:
    _person_can_be_reached(call, user)
    return call.workspace.open_dm(call.user, user)


def _person_can_be_reached(call: Call, user: str) -> None:
    person = call.workspace.user(user)
    if user == SLACKBOT or (person["is_bot"] and user != call.user):
        raise SlackError("cannot_dm_bot")
    if person["deleted"]:
        raise SlackError("channel_not_found")
    home = call.workspace.manifest.get("features", {}).get("app_home", {})
    if not home.get("messages_tab_enabled", False):
        raise SlackError("messages_tab_disabled")
