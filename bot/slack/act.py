"""What somebody just did in Slack: one value read from any interaction, command or shortcut."""

import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Act:
    """`workspace_id` is ours; ids in capitals are Slack's. Missing parts are empty."""

    workspace_id: int
    team_id: str
    user_id: str
    user_name: str
    user_team_id: str
    trigger_id: str
    channel: str
    message_ts: str
    thread_ts: str
    message: dict[str, Any]
    view: dict[str, Any]
    action_id: str
    block_id: str
    value: str  # of the button or option that was used
    words: str  # what was typed after a command, or into a type-ahead
    response_url: str
    state: dict[str, Any] = field(default_factory=dict)

    @property
    def is_stranger(self) -> bool:
        """Whether they belong to another company's workspace."""
        return bool(self.user_team_id) and self.user_team_id != self.team_id

    @property
    def memory(self) -> dict[str, Any]:
        """The ids a view of ours carries in private_metadata."""
        text = self.view.get("private_metadata") or "{}"
        found: dict[str, Any] = json.loads(text)
        return found


def read_act(workspace_id: int, body: dict[str, Any]) -> Act:
    """The act behind a payload, whatever kind of payload it is."""
    user = body.get("user") or {}
    if isinstance(user, str):
        user = {"id": user}
    action = (body.get("actions") or [{}])[0]
    container = body.get("container") or {}
    message = body.get("message") or {}
    team = body.get("team") or {}
    team_id = team.get("id") or body.get("team_id") or ""
    view = body.get("view") or {}
    return Act(
        workspace_id=workspace_id,
        team_id=team_id,
        user_id=user.get("id") or body.get("user_id") or "",
        user_name=user.get("name") or user.get("username") or body.get("user_name") or "",
        user_team_id=user.get("team_id") or team_id,
        trigger_id=body.get("trigger_id") or "",
        channel=(body.get("channel") or {}).get("id") or container.get("channel_id") or body.get("channel_id") or "",
        message_ts=message.get("ts") or container.get("message_ts") or "",
        thread_ts=message.get("thread_ts") or container.get("thread_ts") or "",
        message=message,
        view=view,
        action_id=action.get("action_id") or body.get("action_id") or "",
        block_id=action.get("block_id") or body.get("block_id") or "",
        value=_value_of(action),
        words=body.get("text") or body.get("value") or "",
        response_url=body.get("response_url") or "",
        state=(view.get("state") or body.get("state") or {}).get("values") or {},
    )


def _value_of(action: dict[str, Any]) -> str:
    if "value" in action:
        return str(action["value"] or "")
    for key in ("selected_option", "selected_user", "selected_channel", "selected_conversation", "selected_date"):
        if chosen := action.get(key):
            return str(chosen["value"] if isinstance(chosen, dict) else chosen)
    return ""
