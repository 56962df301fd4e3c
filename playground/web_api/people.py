"""auth.*, users.*, team.* and bots.*: who is who."""

from playground.web_api.call import Call, SlackError, methods, page_of
from playground.workspace import Doc


@methods.add("auth.test")
def auth_test(call: Call) -> Doc:
    workspace = call.workspace
    user = workspace.user(call.user)
    return {
        "url": f"https://{workspace.team_domain}.example/",
        "team": workspace.team_name,
        "user": user["name"],
        "team_id": workspace.team_id,
        "user_id": call.user,
        "bot_id": workspace.fact("bot_id"),
        "is_enterprise_install": False,
    }


@methods.add("users.info", "users:read")
def user_info(call: Call) -> Doc:
    user = call.text("user")
    if not call.workspace.has_user(user):
        raise SlackError("user_not_found")
    return {"user": _shown(call, call.workspace.user(user))}


@methods.add("users.list", "users:read")
def list_users(call: Call) -> Doc:
    page, metadata = page_of(call.workspace.user_ids(), call, default=1000)
    members = [_shown(call, call.workspace.user(user)) for user in page]
    return {"members": members, "cache_ts": call.workspace.seconds(), "response_metadata": metadata}


@methods.add("users.lookupByEmail", "users:read.email")
def look_up_by_email(call: Call) -> Doc:
    email = call.text("email")
    for user in call.workspace.users():
        if user["profile"].get("email") == email and not user["deleted"]:
            return {"user": _shown(call, user)}
    raise SlackError("users_not_found")


@methods.add("team.info", "team:read")
def team_info(call: Call) -> Doc:
    workspace = call.workspace
    return {"team": {"id": workspace.team_id, "name": workspace.team_name, "domain": workspace.team_domain}}


@methods.add("bots.info", "users:read")
def bot_info(call: Call) -> Doc:
    workspace = call.workspace
    if call.text("bot") != workspace.fact("bot_id"):
        raise SlackError("bot_not_found")
    bot = {"id": workspace.fact("bot_id"), "app_id": workspace.fact("app_id"), "user_id": workspace.bot_user_id}
    return {"bot": bot | {"deleted": False, "name": workspace.user(workspace.bot_user_id)["name"]}}


def _shown(call: Call, user: Doc) -> Doc:
    profile = {**user["profile"]}
    if "users:read.email" not in call.token.scopes:
        profile.pop("email", None)
    for name in [name for name in profile if name.startswith("image_")]:
        if str(profile[name]).startswith("/"):
            profile[name] = call.base_url + profile[name]
    return user | {"profile": profile}
