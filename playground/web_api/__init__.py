"""The Web API, answered from the make-believe workspace, as strict as Slack's."""

from collections.abc import Sequence

from starlette.routing import Route

from playground.faults import Faults
from playground.limits import Limits
from playground.web_api import chat, conversations, files, openid, people, sign_in, unfurls, views
from playground.web_api.call import methods
from playground.web_api.door import Door
from playground.web_api.files import FileDoors
from playground.web_api.hooks import Hooks
from playground.web_api.openid import OpenIdPages
from playground.web_api.sign_in import AuthorizePage
from playground.workspace import Workspace

__all__ = [
    "chat",
    "conversations",
    "create_web_api",
    "files",
    "methods",
    "openid",
    "people",
    "sign_in",
    "unfurls",
    "views",
]


def create_web_api(
    workspace: Workspace, *, limits: Limits, faults: Faults, others: Sequence[Workspace] = ()
) -> list[Route]:
    """The routes under which a Slack client finds this workspace (and others, told apart by token)."""
    workspaces = [workspace, *others]
    stored = FileDoors(workspaces)
    openid_pages = OpenIdPages(workspaces)
    return [
        Route("/api/{method:path}", Door(workspaces, limits, faults).serve, methods=["GET", "POST"]),
        Route("/response/{url_id}", Hooks(workspaces).answer, methods=["POST"]),
        Route("/upload/{file_id}", stored.receive, methods=["POST"]),
        Route("/files/{file_id}/{name}", stored.read, methods=["GET"]),
        Route("/oauth/v2/authorize", AuthorizePage(workspaces).show, methods=["GET", "POST"]),
        Route("/openid/connect/authorize", openid_pages.authorize),
        Route("/openid/connect/keys", openid_pages.keys),
    ]
