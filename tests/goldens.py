"""What Perennial shows, kept as files: each message and view is compared with its golden and with what Slack takes."""

import json
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from bot.messages import Content
from playground import blocks

GOLDENS = Path(__file__).parent / "goldens"
SCHEMA = Path(__file__).parents[2] / "shared" / "slack" / "block-kit.schema.json"

Golden = Callable[[str, Any], None]


@pytest.fixture
def golden() -> Golden:
    """`golden("room/name", payload)`: a view, a Content, or a message with text and blocks. UPDATE_GOLDENS=1 rewrites."""
    return check


def check(name: str, payload: Any) -> None:
    """Compare with tests/goldens/<name>.json after making sure that Slack would take it."""
    shown = _as_json(payload)
    assert _refusals(shown) == []
    path = GOLDENS / f"{name}.json"
    text = json.dumps(shown, indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("UPDATE_GOLDENS"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"no golden yet; look at what UPDATE_GOLDENS=1 writes to {path.relative_to(GOLDENS.parent)}"
    assert shown == json.loads(path.read_text(encoding="utf-8"))


def _as_json(payload: Any) -> dict[str, Any]:
    if isinstance(payload, Content):
        payload = {name: value for name, value in payload.to_json().items() if value}
    return json.loads(json.dumps(payload))


def _refusals(shown: dict[str, Any]) -> list[str]:
    if shown.get("type") in ("modal", "home"):
        return blocks.problems_with_view(shown) + _against_schema(shown)
    if "file_name" in shown:
        return []
    said_nothing = [] if shown.get("text", "").strip() else ["a message needs its text: it is what a lock screen shows"]
    return (
        said_nothing
        + blocks.problems_with_message(shown.get("blocks", []))
        + _against_schema({"channel": "C0", **shown})
    )


def _against_schema(shown: dict[str, Any]) -> list[str]:
    """What Slack's published shapes say; nothing where they are not beside this checkout."""
    validator = _validator()
    return [] if validator is None else [error.message for error in validator.iter_errors(shown)]


@cache
def _validator() -> Draft7Validator | None:
    return Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))) if SCHEMA.exists() else None
