"""response_url: an answer to a press or a command, without a token, five times within thirty minutes."""

import json

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from playground import blocks as block_kit
from playground.workspace import Doc, Workspace

_KNOWN = {
    "text",
    "blocks",
    "attachments",
    "markdown_text",
    "response_type",
    "replace_original",
    "delete_original",
    "thread_ts",
    "unfurl_links",
    "unfurl_media",
    "mrkdwn",
    "metadata",
    "link_names",
    "parse",
}


class Hooks:
    def __init__(self, workspaces: list[Workspace]) -> None:
        self.workspaces = workspaces

    async def answer(self, request: Request) -> Response:
        try:
            said = json.loads(await request.body())
        except json.JSONDecodeError:
            return _refused("invalid_payload")
        if not isinstance(said, dict):
            return _refused("invalid_payload")
        if problems := self._problems(said):
            return _refused(*problems)
        for workspace in self.workspaces:
            if about := workspace.spend_response_url(request.path_params["url_id"]):
                error = _act(workspace, about, said)
                workspace.record_call("response_url", ok=not error, error=error, ms=0, caller=workspace.bot_user_id)
                return _refused(error) if error else PlainTextResponse("ok")
        return JSONResponse({"ok": False, "error": "expired_url"}, 404)

    def _problems(self, said: Doc) -> list[str]:
        if unknown := set(said) - _KNOWN:
            return ["invalid_payload", f"[ERROR] unexpected argument: {', '.join(sorted(unknown))}"]
        if said.get("response_type", "ephemeral") not in ("ephemeral", "in_channel"):
            return ["invalid_payload", "[ERROR] response_type must be ephemeral or in_channel"]
        if not _yes(said, "delete_original") and not any(said.get(name) for name in ("text", "blocks", "attachments")):
            return ["no_text"]
        if problems := block_kit.problems_with_message(said.get("blocks") or []):
            return ["invalid_blocks", *problems]
        return []


def _act(workspace: Workspace, about: Doc, said: Doc) -> str | None:
    """Do what was said; Slack's word for it when that is impossible."""
    channel, ts = about["channel"], about["ts"]
    content = {"text": said.get("text", ""), "blocks": said.get("blocks"), "attachments": said.get("attachments")}
    if _yes(said, "delete_original"):
        return None if ts and workspace.delete_message(channel, ts) else "message_not_found"
    # A command has no original to replace: what is said then is simply said.
    if ts and _yes(said, "replace_original"):
        if workspace.message(channel, ts) is None:
            return "message_not_found"
        workspace.update_message(channel, ts, **content)
        return None
    workspace.post_message(
        channel,
        workspace.bot_user_id,
        content["text"],
        thread_ts=said.get("thread_ts") or about["thread_ts"],
        seen_by=None if said.get("response_type") == "in_channel" else about["user"],
        blocks=content["blocks"],
        attachments=content["attachments"],
        bot_id=workspace.fact("bot_id"),
        app_id=workspace.fact("app_id"),
    )
    return None


def _yes(said: Doc, name: str) -> bool:
    return str(said.get(name, False)).lower() == "true"


def _refused(error: str, *messages: str) -> Response:
    answer: Doc = {"ok": False, "error": error}
    if messages:
        answer["response_metadata"] = {"messages": list(messages)}
    return JSONResponse(answer, 400)
