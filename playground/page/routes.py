"""The page's doors: one address per person and place, pictures, files, pushes, and moving time."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from playground.events import Acts
from playground.limits import Limits
from playground.page.avatars import BOT, SYSTEM, portrait
from playground.page.doing import doing_routes
from playground.page.journey import STEPS, TimeControl
from playground.page.people import everybody
from playground.page.places import HOME, may_see
from playground.page.playground import Playground
from playground.page.safety import GUARDED, Guard
from playground.page.scene import Asked, scene
from playground.workspace import SLACKBOT, Workspace

HERE = Path(__file__).parent
YEAR_SECONDS = 365 * 24 * 3600
TEMPLATES = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def create_page(
    workspace: Workspace,
    acts: Acts,
    time: TimeControl,
    *,
    limits: Limits | None = None,
    after_act: Callable[[], Awaitable[object]] | None = None,
    playing: Callable[[str], None] | None = None,
) -> list[BaseRoute]:
    """All routes of the page, for the same server that answers the Web API.

    `after_act` lets the bot do what an act made due (nobody else would: there is no metronome); `playing` is told
    whose eyes the reader looks through.
    """
    playground = Playground(workspace, acts, time, limits, after_act, playing)
    doors = Doors(playground)
    return [
        Route("/", doors.entrance, middleware=GUARDED),
        Route("/as/{user}", doors.entrance, middleware=GUARDED),
        Route("/as/{user}/{place}", doors.page, middleware=GUARDED),
        Route("/avatar/{user}", doors.avatar, middleware=GUARDED),
        Route("/page/file/{file}", doors.file, middleware=GUARDED),
        Route("/stream", doors.stream, middleware=GUARDED),
        Route("/time/{by}", doors.time, methods=["POST"], middleware=GUARDED),
        Route("/switch/limits", doors.switch_limits, methods=["POST"], middleware=GUARDED),
        *doing_routes(playground),
        Mount("/static", Guard(StaticFiles(directory=HERE / "static"))),
    ]


class Doors:
    """What is fetched; what is done lives in doing.py."""

    def __init__(self, playground: Playground) -> None:
        self.playground = playground
        self.workspace = playground.workspace

    async def entrance(self, request: Request) -> Response:
        """Back to whoever one was last, or to the first person of the company."""
        user = request.path_params.get("user") or request.cookies.get("heron_as", "")
        if not self._may_act_as(user):
            people = everybody(self.workspace)
            if not people:
                return HTMLResponse(
                    "Nobody works here yet. The company is still being seeded; reload in a moment.", 503
                )
            user = people[0].id
        return RedirectResponse(f"/as/{user}/{self._front_door(user)}", 302)

    async def page(self, request: Request) -> Response:
        user, place = request.path_params["user"], request.path_params["place"]
        if not self._may_act_as(user):
            return RedirectResponse("/", 302)
        if place == "messages" and self.workspace.bot_user_id:
            place = self.workspace.open_dm(user, self.workspace.bot_user_id)
            return RedirectResponse(f"/as/{user}/{place}", 302)
        if not may_see(self.workspace, user, place):
            return RedirectResponse(f"/as/{user}/{self._front_door(user)}", 302)
        if self.playground.playing:
            self.playground.playing(user)
        query = request.query_params
        asked = Asked(
            viewer=user,
            place=place,
            thread=query.get("thread", ""),
            before=query.get("before", ""),
            new_from=query.get("new", ""),
            inspect=query.get("inspect", ""),
            theme=request.cookies.get("heron_theme", ""),
        )
        response = HTMLResponse(TEMPLATES.get_template("page.html").render(scene(self.playground, asked)))
        response.headers["cache-control"] = "no-store"
        response.set_cookie("heron_as", user, max_age=YEAR_SECONDS, samesite="strict")
        return response

    async def avatar(self, request: Request) -> Response:
        user = request.path_params["user"]
        if not self.workspace.has_user(user):
            return Response(status_code=404)
        ids = [one["id"] for one in self.workspace.users()]
        machines = {self.workspace.bot_user_id: BOT, SLACKBOT: SYSTEM}
        drawn = machines.get(user) or portrait(user, ids.index(user))
        return Response(drawn, media_type="image/svg+xml", headers={"cache-control": "max-age=3600"})

    async def file(self, request: Request) -> Response:
        """A file as a download; only pictures are shown in place."""
        doc = self.workspace.file(request.path_params["file"].split(".")[0])
        content = self.workspace.file_content(doc["id"]) if doc else None
        if doc is None or content is None:
            return Response("That file is not here any more.", 404)
        kind = {"png": "image/png", "jpg": "image/jpeg", "ics": "text/calendar"}.get(doc["name"].rpartition(".")[2], "")
        place = "inline" if kind.startswith("image/") else "attachment"
        disposition = f"{place}; filename*=UTF-8''{quote(doc['name'])}"
        headers = {"content-disposition": disposition}
        return Response(content, media_type=kind or "application/octet-stream", headers=headers)

    async def stream(self, request: Request) -> Response:
        stream = self.playground.changes.stream(request.query_params.get("as", ""))
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        return StreamingResponse(stream, media_type="text/event-stream", headers=headers)

    async def time(self, request: Request) -> Response:
        by, journey = request.path_params["by"], self.playground.journey
        if by == "stop":
            journey.stop()
        elif by == "seen":
            journey.seen()
        elif by not in STEPS:
            return JSONResponse({"ok": False, "refused": "Time moves by hour, morning, week, quarter or next."}, 404)
        elif not journey.start(by):
            return JSONResponse({"ok": False, "refused": "Time is moving already."}, 409)
        return JSONResponse({"ok": True}, 202)

    async def switch_limits(self, request: Request) -> Response:
        limits = self.playground.limits
        if limits is None:
            return JSONResponse({"ok": False, "refused": "This playground was started without rate limits."}, 409)
        limits.enabled = not limits.enabled
        self.workspace.tell("limits", {"enabled": limits.enabled})
        return JSONResponse({"ok": True, "enabled": limits.enabled})

    def _may_act_as(self, user: str) -> bool:
        return any(one.id == user for one in everybody(self.workspace))

    def _front_door(self, user: str) -> str:
        if self.workspace.bot_user_id:
            return HOME
        mine = self.workspace.conversations_of(user)
        return str(mine[0]["id"]) if mine else HOME
