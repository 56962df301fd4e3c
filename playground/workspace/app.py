"""The app side: what the manifest asked for, its tokens, and the short-lived keys Slack hands out."""

import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playground.workspace.store import Clock, Doc, dump
from playground.workspace.views import Views

TRIGGER_SECONDS = 3.0
_TRIGGERS_KEPT = 1_000
RESPONSE_URL_SECONDS = 30 * 60
RESPONSE_URL_USES = 5
CODE_SECONDS = 10 * 60
DEFAULT_TOKEN = "xoxb-playground-bot"
DEFAULT_APP_TOKEN = "xapp-playground-app"
DEFAULT_SECRET = "playground-signing-secret"


@dataclass
class Trigger:
    user: str
    born: float
    used: bool = False


@dataclass
class Code:
    """An OAuth code on its way from the authorize page to the app."""

    scopes: tuple[str, ...]
    redirect_uri: str
    user: str
    born: float
    nonce: str | None = None  # of a sign-in; None: the code is for an installation


@dataclass(frozen=True)
class Token:
    text: str
    kind: str
    user: str
    scopes: frozenset[str] = field(default_factory=frozenset)
    revoked: bool = False


class AppSide(Views):
    #: Trigger ids and codes live by the wall, not by the moved clock: their three seconds are the program's own.
    monotonic: Callable[[], float] = staticmethod(time.monotonic)

    def __init__(
        self,
        path: str | Path = ":memory:",
        *,
        clock: Clock,
        team_id: str = "T0PERENNIAL",
        team_name: str = "Tidewater",
    ) -> None:
        super().__init__(path, clock=clock, team_id=team_id, team_name=team_name)
        kept = json.loads(self.fact("tokens", "[]"))
        self._tokens = {doc["text"]: Token(**{**doc, "scopes": frozenset(doc["scopes"])}) for doc in kept}
        self._manifest: Doc = json.loads(self.fact("manifest", "{}"))
        self._triggers: dict[str, Trigger] = {}
        self._codes: dict[str, Code] = {}
        self._tickets: set[str] = set()

    def install(
        self,
        manifest: Doc,
        *,
        token: str = DEFAULT_TOKEN,
        app_token: str = DEFAULT_APP_TOKEN,
        signing_secret: str = DEFAULT_SECRET,
        client_id: str = "1000.2000",
        client_secret: str = "playground-client-secret",
    ) -> None:
        """Install the app as its manifest says: bot user, scopes, events, commands and shortcuts."""
        self._manifest = manifest
        self.remember("manifest", dump(manifest))
        self.remember("signing_secret", signing_secret)
        for name, prefix in (("app_id", "A"), ("bot_id", "B")):
            if not self.fact(name):
                self.remember(name, self.next_id(prefix))
        if not self.fact("client_id"):
            self.remember("client_id", client_id)
            self.remember("client_secret", client_secret)
        if not self.fact("bot_user_id"):
            features = manifest.get("features", {})
            name = features.get("bot_user", {}).get("display_name", "perennial")
            real_name = manifest.get("display_information", {}).get("name", name)
            self.remember("bot_user_id", self.add_user(name, real_name=real_name, is_bot=True)["id"])
            bot = self._users[self.bot_user_id]
            bot["profile"] |= {"bot_id": self.fact("bot_id"), "api_app_id": self.fact("app_id")}
            self._keep_user(bot, "")
        scopes = frozenset(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", []))
        self.keep_token(Token(token, "bot", self.bot_user_id, scopes))
        self.keep_token(Token(app_token, "app", self.bot_user_id, frozenset({"connections:write"})))

    def serve_pages_at(self, base_url: str) -> None:
        """The app's web pages are there: its links unfurl, and people who sign in are sent back."""
        manifest = self._manifest
        manifest.setdefault("features", {})["unfurl_domains"] = [urlsplit(base_url).hostname]
        manifest.setdefault("oauth_config", {})["redirect_urls"] = [
            f"{base_url}/slack/oauth_redirect",
            f"{base_url}/sign-in",
        ]
        self.remember("manifest", dump(manifest))

    @property
    def manifest(self) -> Doc:
        return self._manifest

    @property
    def bot_user_id(self) -> str:
        return self.fact("bot_user_id")

    @property
    def signing_secret(self) -> str:
        return self.fact("signing_secret", DEFAULT_SECRET)

    @property
    def scopes(self) -> frozenset[str]:
        """What the bot's token was granted, all installs together: scopes only ever add up."""
        tokens = self._tokens.values()
        return frozenset().union(*(t.scopes for t in tokens if t.kind == "bot" and not t.revoked))

    # tokens

    def token(self, text: str) -> Token | None:
        return self._tokens.get(text)

    def tokens(self) -> list[Token]:
        return list(self._tokens.values())

    def keep_token(self, token: Token) -> None:
        self._tokens[token.text] = token
        docs = [{**t.__dict__, "scopes": sorted(t.scopes)} for t in self._tokens.values()]
        self.remember("tokens", dump(docs))

    def revoke(self, text: str) -> None:
        """A token dies; the app is told whose, never which."""
        token = self._tokens[text]
        self.keep_token(replace(token, revoked=True))
        revoked = {"oauth": [], "bot": [token.user]} if token.kind == "bot" else {"oauth": [token.user], "bot": []}
        self.happen({"type": "tokens_revoked", "tokens": revoked, "event_ts": self.next_ts()})

    def uninstall(self) -> None:
        """The app is removed: its tokens die, and it hears of both."""
        for token in self.tokens():
            if token.kind == "bot" and not token.revoked:
                self.revoke(token.text)
        self.happen({"type": "app_uninstalled", "event_ts": self.next_ts()})

    def new_trigger(self, user: str) -> str:
        """A trigger id: three seconds, one use."""
        text = f"{self.seconds()}.{len(self._triggers)}.{secrets.token_hex(12)}"
        if len(self._triggers) >= _TRIGGERS_KEPT:
            late = self.monotonic() - TRIGGER_SECONDS
            self._triggers = {known: trigger for known, trigger in self._triggers.items() if trigger.born > late}
        self._triggers[text] = Trigger(user, self.monotonic())
        return text

    def spend_trigger(self, text: str) -> str:
        """Whose trigger it was; ValueError with Slack's word when it is spent, late or unknown."""
        trigger = self._triggers.get(text)
        if trigger is None:
            raise ValueError("invalid_trigger_id")
        if trigger.used:
            raise ValueError("exchanged_trigger_id")
        if self.monotonic() - trigger.born > TRIGGER_SECONDS:
            raise ValueError("expired_trigger_id")
        trigger.used = True
        return trigger.user

    def new_response_url(self, kind: str, **about: Any) -> str:
        """The path of a response_url (the server knows the host): five uses within thirty minutes."""
        url_id = secrets.token_hex(12)
        doc = {"kind": kind, "born": self.seconds(), **about}
        self.db.execute("INSERT INTO response_urls VALUES (?, 0, ?)", (url_id, dump(doc)))
        return f"/response/{url_id}"

    def spend_response_url(self, url_id: str) -> Doc | None:
        row = self.db.execute("SELECT uses, doc FROM response_urls WHERE id = ?", (url_id,)).fetchone()
        if row is None:
            return None
        doc = json.loads(row[1])
        if row[0] >= RESPONSE_URL_USES or self.seconds() - doc["born"] > RESPONSE_URL_SECONDS:
            return None
        self.db.execute("UPDATE response_urls SET uses = uses + 1 WHERE id = ?", (url_id,))
        return doc

    def new_code(self, user: str, scopes: tuple[str, ...], redirect_uri: str, *, nonce: str | None = None) -> str:
        text = f"{secrets.token_hex(6)}.{secrets.token_hex(16)}"
        self._codes[text] = Code(scopes, redirect_uri, user, self.monotonic(), nonce)
        return text

    def has_code(self, text: str) -> bool:
        return text in self._codes

    def spend_code(self, text: str) -> Code | None:
        """One use, ten minutes."""
        code = self._codes.pop(text, None)
        if code is None or self.monotonic() - code.born > CODE_SECONDS:
            return None
        return code

    def new_socket_ticket(self) -> str:
        """What apps.connections.open puts into the address it hands out; good for one connection."""
        ticket = secrets.token_hex(12)
        self._tickets.add(ticket)
        return ticket

    def spend_socket_ticket(self, ticket: str) -> bool:
        known = ticket in self._tickets
        self._tickets.discard(ticket)
        return known
