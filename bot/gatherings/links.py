"""Decides whether what somebody pasted is a link. Values in, values out."""

from urllib.parse import urlsplit

LONGEST = 500


def problem_with(link: str) -> str | None:
    """What to mend in a link to a call or a recording; None where it will do."""
    if len(link) > LONGEST:
        return f"That link is over {LONGEST} characters long. Most services have a shorter one behind Share."
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
    except ValueError:
        host, parts = "", urlsplit("")
    works = parts.scheme in ("http", "https") and "." in host.strip(".") and not set(link) & set(" \t\n<>|\"")
    return None if works else "That is not a link. Paste the whole address, beginning with https://."
