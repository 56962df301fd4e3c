"""views.*: forms and Home tabs."""

import json

from playground import blocks as block_kit
from playground.web_api.call import Call, SlackError, methods
from playground.workspace import Doc
from playground.workspace.views import MOST_VIEWS

_LARGEST_VIEW = 250_000


@methods.add("views.open")
def open_view(call: Call) -> Doc:
    view = checked_view(call, "modal")
    return {"view": call.workspace.open_modal(_spent_trigger(call), view)}


@methods.add("views.push")
def push_view(call: Call) -> Doc:
    view = checked_view(call, "modal")
    user = _spent_trigger(call)
    stack = call.workspace.modals(user)
    if not stack:
        raise SlackError("not_found")
    if len(stack) >= MOST_VIEWS:
        raise SlackError("push_limit_reached")
    return {"view": call.workspace.push_modal(user, view)}


@methods.add("views.update")
def update_view(call: Call) -> Doc:
    view_id = call.text("view_id", required=False)
    external_id = call.text("external_id", required=False)
    if not view_id and not external_id:
        raise SlackError("invalid_arguments", ["[ERROR] missing required field: view_id or external_id"])
    found = view_id or call.workspace.view_with_external_id(external_id) or ""
    try:
        _, before = call.workspace.view(found)
    except KeyError:
        raise SlackError("not_found") from None
    view = checked_view(call, before["type"], view_id=found)
    _check_hash(call, before)
    return {"view": call.workspace.update_view(found, view)}


@methods.add("views.publish")
def publish_view(call: Call) -> Doc:
    user = call.text("user_id")
    workspace = call.workspace
    if not workspace.has_user(user) or workspace.user(user)["is_bot"]:
        raise SlackError("invalid_arguments", ["[ERROR] invalid user_id [json-pointer:/user_id]"])
    if not workspace.manifest.get("features", {}).get("app_home", {}).get("home_tab_enabled", False):
        raise SlackError("not_enabled")
    before = workspace.home(user)
    view = checked_view(call, "home", view_id=before["id"] if before else None)
    if before:
        _check_hash(call, before)
    return {"view": workspace.publish_home(user, view)}


def checked_view(call: Call, kind: str, *, view_id: str | None = None) -> Doc:
    """The view argument, refused as Slack would refuse it."""
    view = call.structure("view", dict, "invalid_arguments")
    if view is None:
        raise SlackError("invalid_arguments", ["[ERROR] missing required field: view"])
    if view.get("type") != kind:
        raise SlackError("invalid_arguments", [f"[ERROR] must be of type {kind} [json-pointer:/view/type]"])
    if problems := block_kit.problems_with_view(view, "/view"):
        raise SlackError("invalid_arguments", problems)
    if len(json.dumps(view, ensure_ascii=False).encode()) > _LARGEST_VIEW:
        raise SlackError("view_too_large")
    external_id = view.get("external_id")
    if external_id and call.workspace.view_with_external_id(external_id) not in (None, view_id):
        raise SlackError("duplicate_external_id")
    return view


def _check_hash(call: Call, before: Doc) -> None:
    given = call.text("hash", required=False)
    if given and given != before["hash"]:
        raise SlackError("hash_conflict")


def _spent_trigger(call: Call) -> str:
    try:
        return call.workspace.spend_trigger(call.text("trigger_id"))
    except ValueError as refusal:
        raise SlackError(str(refusal)) from None
