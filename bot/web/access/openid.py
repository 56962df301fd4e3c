"""Sign in with Slack (OpenID Connect): Slack's addresses, and whether what it says of somebody can be believed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

SCOPES = "openid profile"  # a name at most; no address of theirs is asked for
TEAM, USER = "https://slack.com/team_id", "https://slack.com/user_id"
SKEW = timedelta(minutes=1)  # between Slack's clock and ours


class NotBelieved(Exception):
    """What came back proves nothing; the reason is for our log alone."""


@dataclass(frozen=True)
class Provider:
    """Slack's addresses for signing in, beside its Web API."""

    issuer: str

    @classmethod
    def beside(cls, api_url: str) -> "Provider":
        """The one that belongs to this Web API."""
        parts = urlsplit(api_url)
        return cls(f"{parts.scheme}://{parts.netloc}")

    @property
    def keys(self) -> str:
        """Where the keys are published that its tokens are signed with."""
        return f"{self.issuer}/openid/connect/keys"

    def authorize(self, *, client_id: str, redirect_uri: str, state: str, nonce: str) -> str:
        """The page on which somebody says that it is them."""
        asked = {
            "response_type": "code",
            "scope": SCOPES,
            "client_id": client_id,
            "redirect_uri": redirect_uri,
            "state": state,
            "nonce": nonce,
        }
        return f"{self.issuer}/openid/connect/authorize?{urlencode(asked)}"


def read_token(
    id_token: str, keys: dict[str, Any], *, client_id: str, issuer: str, nonce: str, now: datetime
) -> tuple[str, str]:
    """The Slack team and user a token speaks of; raises NotBelieved where anything about it is wrong."""
    import jwt

    try:
        key = _key(jwt.get_unverified_header(id_token), keys)
        claims = jwt.decode(
            id_token,
            key,
            algorithms=["RS256"],
            audience=client_id,
            issuer=issuer,
            # The times are compared below, with the clock everything else here goes by.
            options={"require": ["exp", "iss", "aud"], "verify_exp": False, "verify_iat": False, "verify_nbf": False},
        )
    except jwt.PyJWTError as error:
        raise NotBelieved(type(error).__name__) from error
    if datetime.fromtimestamp(float(claims["exp"]), UTC) + SKEW <= now:
        raise NotBelieved("it is over")
    if claims.get("nonce") != nonce:
        raise NotBelieved("it answers another sign-in")
    team, user = claims.get(TEAM), claims.get(USER)
    if not isinstance(team, str) or not isinstance(user, str):
        raise NotBelieved("it names nobody")
    return team, user


def _key(header: dict[str, Any], keys: dict[str, Any]) -> Any:
    """The published key a token names; an RSA key for signatures, and nothing else."""
    import jwt

    for one in keys.get("keys", []):
        if one.get("kid") == header.get("kid") and one.get("kty") == "RSA":
            return jwt.PyJWK.from_dict(one, algorithm="RS256").key
    raise NotBelieved("its key is not published")
