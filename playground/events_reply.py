"""What a person sees of the app's answer to an act of theirs."""

from dataclasses import dataclass, field
from typing import Any

from playground.events_delivery import Answer, Outgoing
from playground.workspace import Doc

TIMED_OUT = "Operation timed out. Apps need to respond within 3 seconds."
FAILED = "We had some trouble connecting. Try again?"


@dataclass
class Reply:
    """The status is None when nothing came in time, or when Slack's client never sent it (`sent`)."""

    status: int | None = None
    body: Any = None
    ms: float = 0.0
    errors: dict[str, str] = field(default_factory=dict)
    text: str = ""
    problems: list[str] = field(default_factory=list)
    options: list[Doc] = field(default_factory=list)
    sent: bool = True
    request: Outgoing | None = None

    @property
    def ok(self) -> bool:
        return self.status is not None and 200 <= self.status < 300 and not self.errors and not self.problems

    @property
    def response_action(self) -> str | None:
        return self.body.get("response_action") if isinstance(self.body, dict) else None


def reply_to(request: Outgoing, answer: Answer) -> Reply:
    reply = Reply(answer.status, answer.body, answer.ms, request=request)
    if answer.status is None:
        reply.text = TIMED_OUT if answer.failure == "http_timeout" else FAILED
        reply.problems = [answer.failure]
    elif not answer.ok:
        reply.text = FAILED
        reply.problems = [f"http_error {answer.status}"]
    return reply
