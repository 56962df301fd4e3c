"""Reads what Slack says when it refuses a call."""

from datetime import timedelta

from slack_sdk.errors import SlackApiError

REST_WITHOUT_A_WORD = timedelta(seconds=30)  # Slack said "too much" and not for how long


def code_of(error: SlackApiError) -> str:
    """Slack's word for what was wrong."""
    return str(error.response.get("error") or "no error named")


def rest_after(error: SlackApiError) -> timedelta | None:
    """How long Slack asks us to leave this method alone; None where that is not what it says."""
    if error.response.status_code != 429 and code_of(error) not in ("ratelimited", "rate_limited"):
        return None
    asked = {name.lower(): value for name, value in (error.response.headers or {}).items()}.get("retry-after")
    try:
        return timedelta(seconds=max(1.0, float(asked))) if asked is not None else REST_WITHOUT_A_WORD
    except ValueError:
        return REST_WITHOUT_A_WORD
