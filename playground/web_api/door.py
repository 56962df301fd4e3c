"""The door of the Web API: token, limits, faults and arguments, then the method, then Slack's envelope."""

import asyncio
import base64
import json
import time
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from playground.faults import Fault, Faults
from playground.limits import Limits
from playground.web_api.call import Call, Method, SlackError, methods
from playground.workspace import Doc, Workspace
from playground.workspace.app import Token

_NOBODY = Token("", "none", "")


class Door:
    """One instance per server; a token leads to the workspace it belongs to."""

    def __init__(self, workspaces: list[Workspace], limits: Limits, faults: Faults) -> None:
        self.workspaces = workspaces
        self.limits = limits
        self.faults = faults

    async def serve(self, request: Request) -> Response:
        began = time.perf_counter()
        method_name = request.path_params["method"]
        try:
            args, bearer = await read_arguments(request)
        except ValueError:
            return Response('{"ok":false,"error":"invalid_json"}', media_type="application/json")
        workspace, token = self._who(bearer or str(args.pop("token", "") or ""))
        fault = self.faults.take(method_name)
        status, headers = 200, dict[str, str]()
        answer: Doc
        if wait := self._too_early(workspace, method_name, args, fault):
            status, headers = 429, {"retry-after": str(wait)}
            answer = {"ok": False, "error": "ratelimited"}
        elif fault and fault.kind in ("drop", "fail") and not fault.stored:
            status, answer = fault.status, {"ok": False, "error": fault.error or "dropped"}
        else:
            base_url = str(request.base_url).rstrip("/")
            answer = self._answer(method_name, workspace, args, token, base_url)
            if fault and fault.kind == "fail":
                status, answer = fault.status, {"ok": False, "error": fault.error}
        ms = (time.perf_counter() - began) * 1000
        self._note(workspace, method_name, args, token, answer, ms, fault)
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        if fault and fault.kind == "drop":
            request.app.state.cut(request.client)
        if fault and fault.status >= 500:
            return Response("<html>upstream error</html>", status, media_type="text/html")
        if token is not None:
            headers["x-oauth-scopes"] = ",".join(sorted(token.scopes))
        body = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
        return Response(body, status, headers, media_type="application/json")

    def _who(self, bearer: str) -> tuple[Workspace, Token | None]:
        for workspace in self.workspaces:
            if token := workspace.token(bearer):
                return workspace, token
        return self.workspaces[0], Token(bearer, "unknown", "") if bearer else None

    def _too_early(self, workspace: Workspace, method: str, args: Doc, fault: Fault | None) -> int | None:
        if fault and fault.kind == "rate":
            return fault.retry_after
        return self.limits.wait(workspace.team_id, method, str(args.get("channel", "")), workspace.clock)

    def _answer(self, name: str, workspace: Workspace, args: Doc, token: Token | None, base_url: str) -> Doc:
        method = methods.known.get(name)
        try:
            if method is None:
                raise SlackError("unknown_method", req_method=name)
            _check_token(method, token)
            call = Call(name, workspace, args, token or _NOBODY, base_url, self.faults.history_delay, self.workspaces)
            if method.scopes and token is not None and not token.scopes.intersection(method.scopes):
                call.need(*method.scopes)
            with workspace.together():
                answer = method.handler(call)
            return {"ok": True, **answer}
        except SlackError as refusal:
            return {"ok": False, "error": refusal.error, **refusal.more}

    def _note(
        self,
        workspace: Workspace,
        method: str,
        args: Doc,
        token: Token | None,
        answer: Doc,
        ms: float,
        fault: Fault | None,
    ) -> None:
        more: dict[str, Any] = {}
        for name in ("channel", "user", "user_id", "users", "view_id", "ts"):
            if args.get(name):
                more[name] = args[name]
        if messages := answer.get("response_metadata", {}).get("messages"):
            more["messages"] = messages
        if fault:
            more["fault"] = fault.kind
        error = None if answer["ok"] else answer.get("error")
        caller = token.user if token else ""
        workspace.record_call(method, ok=answer["ok"], error=error, ms=ms, caller=caller, **more)


def _check_token(method: Method, token: Token | None) -> None:
    if method.token == "none":
        return
    if token is None:
        raise SlackError("not_authed")
    if token.kind == "unknown":
        raise SlackError("invalid_auth")
    if token.revoked:
        raise SlackError("token_revoked")
    if token.kind != method.token:
        raise SlackError("not_allowed_token_type")


async def read_arguments(request: Request) -> tuple[Doc, str]:
    """The arguments of a call, from query, form or JSON, and the bearer token if it came in the header."""
    args: Doc = dict(request.query_params) if request.url.query else {}
    kind = request.headers.get("content-type", "")
    if kind.startswith("multipart/form-data"):
        async with request.form() as form:
            args |= {name: value for name, value in form.items() if isinstance(value, str)}
    else:
        body = await request.body()
        if kind.startswith("application/json") and body:
            given = json.loads(body)
            args |= given if isinstance(given, dict) else {}
        elif body:
            args |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        args["client_id"], _, args["client_secret"] = base64.b64decode(credentials).decode().partition(":")
    return args, credentials.strip() if scheme.lower() == "bearer" else ""
