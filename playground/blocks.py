"""Our own strict reading of Block Kit: what Slack refuses is refused here, with Slack's kind of message."""

from typing import Any


def problems_with_message(blocks: list[Any], at: str = "/blocks") -> list[str]:
    """What Slack would refuse in a message's blocks."""
    problems: list[str] = []
    if len(blocks) > 50:
        problems.append(f"[ERROR] no more than 50 items allowed [json-pointer:{at}]")
    return problems


def problems_with_view(view: dict[str, Any], at: str = "/view") -> list[str]:
    """What Slack would refuse in a modal or a Home tab."""
    problems: list[str] = []
    blocks = view.get("blocks")
    if not isinstance(blocks, list):
        return [f"[ERROR] missing required field: blocks [json-pointer:{at}]"]
    if len(blocks) > 100:
        problems.append(f"[ERROR] no more than 100 items allowed [json-pointer:{at}/blocks]")
    return problems


def problems_with_options(answer: dict[str, Any], at: str = "") -> list[str]:
    """What Slack would refuse in the answer to a type-ahead."""
    options = answer.get("options", answer.get("option_groups"))
    if not isinstance(options, list) or len(options) > 100:
        return [f"[ERROR] must be a list of at most 100 [json-pointer:{at}/options]"]
    return []
