"""Installing and dialling in: the authorize page, oauth.v2.access, auth.revoke and apps.connections.open."""

import html
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from playground.web_api.call import Call, SlackError, methods
from playground.workspace import Doc, Workspace
from playground.workspace.app import Token


@methods.add("apps.connections.open", "connections:write", token="app")
def open_connection(call: Call) -> Doc:
    address = call.base_url.replace("http", "ws", 1)
    return {"url": f"{address}/link?ticket={call.workspace.new_socket_ticket()}"}


@methods.add("auth.revoke")
def revoke(call: Call) -> Doc:
    if not call.flag("test"):
        call.workspace.revoke(call.token.text)
    return {"revoked": not call.flag("test")}


@methods.add("oauth.v2.access", token="none")
def exchange_code(call: Call) -> Doc:
    """A code for a token. Each install gets its own token; what one is granted adds to what there was."""
    workspace = _of_client(call)
    code = workspace.spend_code(call.text("code"))
    if code is None or code.nonce is not None:  # one for signing in installs nothing
        raise SlackError("invalid_code")
    if (call.text("redirect_uri", required=False) or code.redirect_uri) != code.redirect_uri:
        raise SlackError("bad_redirect_uri")
    scopes = workspace.scopes | set(code.scopes)
    token = Token(f"xoxb-playground-{workspace.next_number('install')}", "bot", workspace.bot_user_id, scopes)
    workspace.keep_token(token)
    return {
        "access_token": token.text,
        "token_type": "bot",
        "scope": ",".join(sorted(scopes)),
        "bot_user_id": workspace.bot_user_id,
        "app_id": workspace.fact("app_id"),
        "team": {"id": workspace.team_id, "name": workspace.team_name},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": code.user},
    }


def _of_client(call: Call) -> Workspace:
    """The workspace the code belongs to: several may have installed the same app."""
    client_id, secret = call.text("client_id"), call.text("client_secret")
    ours = [one for one in call.neighbours if one.fact("client_id") == client_id]
    if not ours:
        raise SlackError("invalid_client_id")
    if secret not in {one.fact("client_secret") for one in ours}:
        raise SlackError("bad_client_secret")
    return next((one for one in ours if one.has_code(call.text("code"))), ours[0])


class AuthorizePage:
    """The page on which somebody allows the app; `approve` in the address says yes at once, for tests."""

    def __init__(self, workspaces: list[Workspace]) -> None:
        self.workspaces = workspaces

    async def show(self, request: Request) -> Response:
        asked = request.query_params
        workspace = self._asked_for(asked.get("team"), asked.get("client_id"))
        if workspace is None:
            return PlainTextResponse("invalid_client_id", 400)
        scopes = tuple(scope for scope in asked.get("scope", "").split(",") if scope)
        allowed = workspace.manifest.get("oauth_config", {})
        if not scopes or not set(scopes) <= set(allowed.get("scopes", {}).get("bot", [])):
            return PlainTextResponse("invalid_scope", 400)
        redirect_uri = asked.get("redirect_uri") or (allowed.get("redirect_urls") or [""])[0]
        if not redirect_uri or not any(redirect_uri.startswith(url) for url in allowed.get("redirect_urls") or [""]):
            return PlainTextResponse("bad_redirect_uri", 400)
        user = asked.get("approve") or asked.get("user")
        if request.method == "GET" and "approve" not in asked:
            return HTMLResponse(_page(workspace, scopes))
        code = workspace.new_code(user or _an_admin(workspace), scopes, redirect_uri)
        answer = urlencode({"code": code, "state": asked.get("state", "")})
        joint = "&" if "?" in redirect_uri else "?"
        return RedirectResponse(f"{redirect_uri}{joint}{answer}", 302)

    def _asked_for(self, team: str | None, client_id: str | None) -> Workspace | None:
        ours = [one for one in self.workspaces if one.fact("client_id") == client_id]
        return next((one for one in ours if team in (None, one.team_id)), None)


def _an_admin(workspace: Workspace) -> str:
    people = [user for user in workspace.users() if not user["is_bot"] and not user["deleted"]]
    return next((user["id"] for user in people if user["is_admin"]), people[-1]["id"])


def _page(workspace: Workspace, scopes: tuple[str, ...]) -> str:
    wanted = "".join(f"<li>{html.escape(scope)}</li>" for scope in scopes)
    name = html.escape(workspace.manifest.get("display_information", {}).get("name", "the app"))
    return (
        f"<!doctype html><html lang=en><title>Allow {name}</title><main><h1>Allow {name} in "
        f"{html.escape(workspace.team_name)}?</h1><ul>{wanted}</ul><form method=post><button>Allow</button></form></main>"
    )
