"""How long a link and a session last, where they may lead, and which form is ours."""

from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import urlsplit

LINK_LASTS = timedelta(minutes=10)
SESSION_LASTS = timedelta(hours=12)
SIGN_IN_LASTS = timedelta(minutes=10)
MOST_SESSIONS = 10  # browsers of one person at a time; the oldest makes room
LONGEST_PATH = 500


def is_local(path: str) -> bool:
    """Whether an address stays on our own pages: a path from our root, and nothing a browser reads as another host."""
    if not path.startswith("/") or path.startswith("//") or len(path) > LONGEST_PATH:
        return False
    return "\\" not in path and path.isprintable() and not urlsplit(path).netloc


def origin_of(url: str) -> str:
    """Scheme, host and port, as a browser writes them into Origin."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def host_of(url: str) -> str:
    """The name of the host alone, as Slack's link events name it."""
    return (urlsplit(url).hostname or "").lower()


def is_from_us(headers: Mapping[str, str], base_url: str) -> bool:
    """Whether a form was sent from one of our own pages; a browser that says neither is refused."""
    if site := headers.get("sec-fetch-site"):
        return site == "same-origin"
    origin = headers.get("origin")
    return origin is not None and origin.lower() == origin_of(base_url)


def cookie_name(purpose: str, *, secure: bool) -> str:
    """With HTTPS under a prefix that no other host of the domain can set."""
    return f"__Host-perennial_{purpose}" if secure else f"perennial_{purpose}"
