"""What a failed call to Slack means: a code, its class, and how long to rest."""

from collections.abc import Mapping
from typing import Any

from aiohttp import ClientConnectorError, ClientError
from slack_sdk.errors import SlackApiError

from bot.delivery.errors import PAUSE_WITHOUT_A_WORD, ErrorClass, classify
from bot.delivery.outcomes import Refused


def refusal(error: SlackApiError | ClientError | TimeoutError) -> Refused:
    """The class of what went wrong; where Slack may have done its work, the outcome is unknown."""
    if isinstance(error, SlackApiError):
        return _slack_said(error)
    if isinstance(error, ClientConnectorError):  # no connection, so nothing was said
        return Refused("not_connected", ErrorClass.WAIT)
    return Refused("timeout" if isinstance(error, TimeoutError) else "dropped", ErrorClass.UNKNOWN)


def _slack_said(error: SlackApiError) -> Refused:
    response: Any = error.response
    status = int(getattr(response, "status_code", None) or getattr(response, "status", 0) or 0)
    headers: Mapping[str, str] = getattr(response, "headers", None) or {}
    data = getattr(response, "data", None)
    code = str(data.get("error") or "") if isinstance(data, dict) else ""
    if status == 429 or classify(code or "server_error") is ErrorClass.RATE:
        return Refused(code or "ratelimited", ErrorClass.RATE, pause=_retry_after(headers))
    if code and (status < 500 or classify(code) is not ErrorClass.OUR_BUG):
        return Refused(code, classify(code))
    return Refused("server_error", ErrorClass.UNKNOWN)


def _retry_after(headers: Mapping[str, str]) -> float:
    for name, value in headers.items():
        if name.lower() == "retry-after":
            try:
                return max(1.0, float(value))
            except ValueError:
                return PAUSE_WITHOUT_A_WORD
    return PAUSE_WITHOUT_A_WORD
