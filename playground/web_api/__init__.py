"""The Web API, answered from the make-believe workspace, as strict as Slack's."""

from collections.abc import Sequence

from starlette.routing import Route

from playground.faults import Faults
from playground.limits import Limits
from playground.web_api import chat, conversations, people, views
from playground.web_api.call import methods
from playground.web_api.door import Door
from playground.workspace import Workspace

__all__ = ["chat", "conversations", "create_web_api", "methods", "people", "views"]


def create_web_api(
    workspace: Workspace, *, limits: Limits, faults: Faults, others: Sequence[Workspace] = ()
) -> list[Route]:
    """The routes under which a Slack client finds this workspace (and others, told apart by token)."""
    door = Door([workspace, *others], limits, faults)
    return [Route("/api/{method:path}", door.serve, methods=["GET", "POST"])]
