"""Structured logs: ours and every library's in one shape, with no token and no text of a person in them."""

import logging
import re
import sys
from typing import Any, Literal

import structlog
from structlog.typing import EventDict, Processor

TOKEN = re.compile(r"xox[a-z]*(?:\.xox[a-z])?-[\w-]+|xapp-[\w-]+")
PRIVATE = frozenset(
    {"text", "blocks", "payload", "body", "view", "values", "message"}
)  # keys whose values are people's words
LOUD = {
    "httpx": "WARNING",
    "apscheduler": "WARNING",
    "slack_bolt": "WARNING",
    "slack_sdk": "INFO",  # below it, every call is written out with the text of its messages and forms
    "aiosqlite": "WARNING",
    "alembic": "WARNING",
}


def without_secrets(logger: Any, method: str, event: EventDict) -> EventDict:
    """Strike out tokens wherever they stand, and values that would hold what people wrote."""
    for key, value in event.items():
        if key in PRIVATE:
            event[key] = "[not logged]"
        elif isinstance(value, str):
            event[key] = TOKEN.sub("[token]", value)
    return event


def set_up_logs(level: str, shape: Literal["console", "json"]) -> None:
    """Send every log line through structlog to standard error, for people (console) or machines (json)."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    render: Processor = structlog.processors.JSONRenderer()
    if shape == "console":
        render = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            without_secrets,
            render,
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name, quiet in LOUD.items():
        logging.getLogger(name).setLevel(quiet)
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).handlers = []
        logging.getLogger(name).propagate = True
