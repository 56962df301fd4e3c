"""Sign in with Slack: the page on which somebody says who they are, the code for a token, and the published keys."""

import html
from base64 import urlsafe_b64encode
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response

from playground.web_api.call import Call, SlackError, methods
from playground.workspace import Doc, Workspace

LASTS = 300
KEY_ID = "playground"
STYLE = """
:root { color-scheme: light dark; } body { margin: 0; font: 16px/24px system-ui, sans-serif; }
main { max-width: 640px; margin: 0 auto; padding: 40px 24px; } h1 { margin: 0 0 16px; font-size: 24px; line-height: 32px; }
ul { columns: 2; margin: 0; padding: 0; list-style: none; }
a { display: block; padding: 6px 0; color: light-dark(#0b6b70, #69c3c1); }
"""


class Signer:
    """An RSA key of this process, made when the first person signs in."""

    @cached_property
    def _key(self) -> Any:
        from cryptography.hazmat.primitives.asymmetric import rsa

        return rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def sign(self, claims: Doc) -> str:
        """The claims as a token."""
        import jwt

        return jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": KEY_ID})

    def published(self) -> Doc:
        """What everybody may check such tokens with."""
        numbers = self._key.public_key().public_numbers()
        parts = {name: _base64(getattr(numbers, name)) for name in ("n", "e")}
        return {"keys": [{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": KEY_ID, **parts}]}


SIGNER = Signer()


def _base64(number: int) -> str:
    return urlsafe_b64encode(number.to_bytes((number.bit_length() + 7) // 8, "big")).decode().rstrip("=")


@methods.add("openid.connect.token", token="none")
def exchange_code(call: Call) -> Doc:
    """A code from the page for a token that says who it was."""
    ours = [one for one in call.neighbours if one.fact("client_id") == call.text("client_id")]
    if not ours:
        raise SlackError("invalid_client_id")
    if call.text("client_secret") not in {one.fact("client_secret") for one in ours}:
        raise SlackError("bad_client_secret")
    workspace = next((one for one in ours if one.has_code(call.text("code"))), ours[0])
    code = workspace.spend_code(call.text("code"))
    if code is None or code.nonce is None:
        raise SlackError("invalid_code")
    if call.text("redirect_uri", required=False) not in ("", code.redirect_uri):
        raise SlackError("bad_redirect_uri")
    claims = {
        "iss": call.base_url,
        "sub": code.user,
        "aud": call.text("client_id"),
        "iat": workspace.seconds(),
        "exp": workspace.seconds() + LASTS,
        "nonce": code.nonce,
        "https://slack.com/team_id": workspace.team_id,
        "https://slack.com/user_id": code.user,
        "name": workspace.user(code.user)["real_name"],
    }
    return {"access_token": f"xoxp-playground-{code.user}", "token_type": "Bearer", "id_token": SIGNER.sign(claims)}


class OpenIdPages:
    """The page on which somebody says who they are; `user` in the address says it at once, for tests."""

    def __init__(self, workspaces: list[Workspace]) -> None:
        self.workspaces = workspaces

    async def keys(self, request: Request) -> Response:
        return JSONResponse(SIGNER.published())

    async def authorize(self, request: Request) -> Response:
        asked = request.query_params
        workspace = self._where(asked.get("team"), asked.get("client_id"), asked.get("user"))
        if workspace is None:
            return PlainTextResponse("invalid_client_id", 400)
        if "openid" not in asked.get("scope", "").split() or asked.get("response_type") != "code":
            return PlainTextResponse("invalid_scope", 400)
        allowed = workspace.manifest.get("oauth_config", {}).get("redirect_urls") or []
        redirect_uri = asked.get("redirect_uri", "")
        if not any(redirect_uri == url or redirect_uri.startswith(url.rstrip("/") + "/") for url in allowed):
            return PlainTextResponse("bad_redirect_uri", 400)
        user = asked.get("user")
        if user is None or not workspace.has_user(user):
            return HTMLResponse(_page(workspace, dict(asked)))
        code = workspace.new_code(user, ("openid",), redirect_uri, nonce=asked.get("nonce", ""))
        return RedirectResponse(f"{redirect_uri}?{urlencode({'code': code, 'state': asked.get('state', '')})}", 302)

    def _where(self, team: str | None, client_id: str | None, user: str | None) -> Workspace | None:
        ours = [one for one in self.workspaces if one.fact("client_id") == client_id]
        theirs = [one for one in ours if team in (None, one.team_id) and (user is None or one.has_user(user))]
        return next(iter(theirs or ours), None)


def _page(workspace: Workspace, asked: dict[str, str]) -> str:
    people = [user for user in workspace.users() if not user["is_bot"] and not user["deleted"]]
    people = [user for user in people if user["id"] != "USLACKBOT"]
    lines = "".join(
        f'<li><a href="?{html.escape(urlencode(asked | {"user": user["id"]}))}">{html.escape(user["real_name"])}</a></li>'
        for user in people
    )
    return (
        "<!doctype html><html lang=en><meta name=viewport content='width=device-width'>"
        f"<title>Who are you?</title><style>{STYLE}</style>"
        f"<main><h1>Who signs in to {html.escape(workspace.team_name)}?</h1><ul>{lines}</ul></main>"
    )
