"""Interaction payloads, shaped exactly as Slack shapes them."""

from typing import Any

from playground.workspace import Doc, Workspace


def person(workspace: Workspace, user: str) -> Doc:
    who = workspace.user(user)
    return {"id": user, "username": who["name"], "name": who["name"], "team_id": who["team_id"]}


def envelope(workspace: Workspace, user: str, kind: str, **more: Any) -> Doc:
    """What every interaction payload has."""
    return {
        "type": kind,
        "team": {"id": workspace.team_id, "domain": workspace.team_domain},
        "enterprise": None,
        "is_enterprise_install": False,
        "user": person(workspace, user),
        "api_app_id": workspace.fact("app_id"),
        "token": "deprecated",
        **more,
    }


def place(workspace: Workspace, channel: str) -> Doc:
    kind = workspace.channel_type(channel)
    names = {"im": "directmessage", "group": "privategroup"}
    return {"id": channel, "name": names.get(kind) or workspace.channel(channel)["name"]}


def from_message(workspace: Workspace, channel: str, message: Doc) -> Doc:
    """The parts of a block_actions payload that say where the button stood: in a message."""
    ephemeral = bool(message.get("is_ephemeral"))
    container = {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": channel,
        "is_ephemeral": ephemeral,
    }
    if thread_ts := message.get("thread_ts"):
        container["thread_ts"] = thread_ts
    found: Doc = {"container": container, "channel": place(workspace, channel)}
    # An ephemeral message is kept nowhere, so Slack cannot send it along.
    return found if ephemeral else found | {"message": message}


def from_view(view: Doc) -> Doc:
    """The same for a button in a form or on the Home tab: no channel, no message, no response_url."""
    return {"container": {"type": "view", "view_id": view["id"]}, "view": view}


def slash_command(workspace: Workspace, user: str, channel: str, command: str, text: str) -> Doc:
    who = workspace.user(user)
    return {
        "token": "deprecated",
        "team_id": who["team_id"],
        "team_domain": workspace.team_domain,
        "channel_id": channel,
        "channel_name": place(workspace, channel)["name"],
        "user_id": user,
        "user_name": who["name"],
        "command": command,
        "text": text,
        "api_app_id": workspace.fact("app_id"),
        "is_enterprise_install": "false",
    }
