"""Signing in with Slack: out to Slack's page with a state that only this browser holds, and back with a proof."""

import asyncio
import base64
import secrets
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.errors import WrongSetting
from bot.web.access import rules
from bot.web.access.gate import Gate
from bot.web.access.openid import NotBelieved, Provider, read_token
from bot.web.limits import Buckets

UNDER_WAY = "sign_in"  # the purpose of the cookie
ABOUT = "sign-in under way"
BACK = "/sign-in/back"


class SigningIn:
    """For whoever has no link at hand; nothing is stored until Slack has vouched for them."""

    def __init__(self, gate: Gate) -> None:
        self.gate, self.tools = gate, gate.tools
        settings = self.tools.settings
        self.client_id, self.secret = settings.slack_client_id or "", settings.slack_client_secret or ""
        self.provider = Provider.beside(settings.api_url)
        self.redirect_uri = gate.base_url + BACK
        self._pace = Buckets(burst=30, a_minute=60)  # for all together: each costs two calls to Slack

    async def start(self, request: Request) -> Response:
        """Off to Slack; where to go afterwards travels in a sealed cookie."""
        path = request.query_params.get("to", "")
        state, nonce = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        expires = int((self.tools.clock() + rules.SIGN_IN_LASTS).timestamp())
        kept = [state, nonce, path if rules.is_local(path) else "/insights", expires]
        sealed = base64.urlsafe_b64encode(self.tools.database.vault.seal_json(kept, ABOUT)).decode()
        address = self.provider.authorize(
            client_id=self.client_id, redirect_uri=self.redirect_uri, state=state, nonce=nonce
        )
        answer = RedirectResponse(address, 303)
        self.gate.give(answer, UNDER_WAY, sealed, lasts=int(rules.SIGN_IN_LASTS.total_seconds()))
        return answer

    async def come_back(self, request: Request) -> Response:
        """Slack sent them back: check everything, and let them in if they are a member."""
        answer = await self._judged(request)
        self.gate.take_back(answer, UNDER_WAY)
        return answer

    async def _judged(self, request: Request) -> Response:
        query = request.query_params
        kept = self._kept(request)
        if kept is None or not secrets.compare_digest(query.get("state", "").encode(), kept[0].encode()):
            return self.gate.notice(request, "sign_in_failed", 400, why="late")
        _, nonce, path = kept
        if "code" not in query:  # they pressed Cancel over there
            return self.gate.notice(request, "sign_in_failed", 403, why="declined")
        if not self._pace.take("everybody"):
            return self.gate.notice(request, "slow_down", 429)
        try:
            team, user = await self._ask_slack(query["code"], nonce)
        except (NotBelieved, SlackApiError, ClientError, TimeoutError) as error:
            reason = str(error) if isinstance(error, NotBelieved) else type(error).__name__
            self.tools.log.warning("sign-in not believed", reason=reason)
            return self.gate.notice(request, "sign_in_failed", 502, why="unanswered")
        async with self.tools.database.transaction() as session:
            assert self.gate.registry.reader_in_slack is not None, "members/ says who may read"
            reader = await self.gate.registry.reader_in_slack(session, team, user)
            if reader is None:
                return self.gate.notice(request, "not_in", 403)
            return await self.gate.let_in(request, session, reader, path)

    def _kept(self, request: Request) -> tuple[str, str, str] | None:
        """State, nonce and path of the sign-in this browser began, if that was within ten minutes."""
        cookie = request.cookies.get(self.gate.cookie(UNDER_WAY), "")
        try:
            sealed = base64.urlsafe_b64decode(cookie)
            state, nonce, path, expires = self.tools.database.vault.open_json(sealed, ABOUT)
        except (ValueError, WrongSetting):
            return None
        return (state, nonce, path) if self.tools.clock().timestamp() < expires else None

    async def _ask_slack(self, code: str, nonce: str) -> tuple[str, str]:
        """The code for a token, and the keys it must be signed with."""
        client = self.gate.registry.bolt.client
        given, keys = await asyncio.gather(
            client.openid_connect_token(
                client_id=self.client_id, client_secret=self.secret, code=code, redirect_uri=self.redirect_uri
            ),
            self._keys(),
        )
        return read_token(
            str(given.get("id_token") or ""),
            keys,
            client_id=self.client_id,
            issuer=self.provider.issuer,
            nonce=nonce,
            now=self.tools.clock(),
        )

    async def _keys(self) -> dict[str, Any]:
        session = self.gate.registry.bolt.client.session
        assert session is not None, "opened before anything is served"
        async with session.get(self.provider.keys) as answer:
            answer.raise_for_status()
            found: dict[str, Any] = await answer.json(content_type=None)
            return found
