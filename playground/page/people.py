"""Who is who on the page: names, portraits, the time where they are, and what a blocks' reader knows."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from playground.page.context import Choice, Context
from playground.page.dates import clock_time
from playground.workspace import SLACKBOT, Doc, Workspace


@dataclass(frozen=True)
class Person:
    """Somebody as the page names them."""

    id: str
    name: str
    title: str
    team: str
    avatar: str
    zone: ZoneInfo
    clock: str
    badge: str
    is_app: bool

    @property
    def first_name(self) -> str:
        return self.name.split()[0]


def person(workspace: Workspace, user_id: str) -> Person:
    user = workspace.user(user_id)
    zone = ZoneInfo(user["tz"])
    return Person(
        id=user_id,
        name=user["profile"]["real_name"] or user["name"],
        title=user["profile"].get("title", ""),
        team=workspace.department(user_id),
        avatar=f"/avatar/{user_id}",
        zone=zone,
        clock=clock_time(workspace.clock(), zone),
        badge=_badge(user, workspace.team_id),
        is_app=user["is_bot"] or user_id == SLACKBOT,
    )


def _badge(user: Doc, team_id: str) -> str:
    if user["deleted"]:
        return "deactivated"
    if user["is_bot"]:
        return "app"
    if user["team_id"] != team_id:
        return "external"
    return "guest" if user["is_restricted"] else ""


def everybody(workspace: Workspace) -> list[Person]:
    """All one can act as: people, not apps, and nobody whose account is closed."""
    people = [person(workspace, user["id"]) for user in workspace.users()]
    return [one for one in people if not one.is_app and one.badge != "deactivated"]


def name_of(workspace: Workspace, user_id: str) -> str | None:
    return person(workspace, user_id).name if workspace.has_user(user_id) else None


def channel_name(workspace: Workspace, channel: str) -> str | None:
    return workspace.channel(channel).get("name") if workspace.has_channel(channel) else None


def reader(workspace: Workspace, viewer: str) -> Context:
    """What the renderer knows about the person who reads."""
    me = person(workspace, viewer)
    now: datetime = workspace.clock()
    return Context(
        zone=me.zone,
        now=now,
        viewer=viewer,
        person=lambda user: name_of(workspace, user),
        channel=lambda channel: channel_name(workspace, channel),
        file=lambda file: f"/page/file/{file}" if workspace.file(file) else None,
        people=[Choice(one.id, one.name, note=one.title, image=one.avatar) for one in everybody(workspace)],
        channels=[
            Choice(doc["id"], f"#{doc['name']}")
            for doc in workspace.channels()
            if workspace.channel_type(doc["id"]) == "channel" or _in_private(workspace, viewer, doc)
        ],
    )


def _in_private(workspace: Workspace, viewer: str, doc: Doc) -> bool:
    return workspace.channel_type(doc["id"]) == "group" and workspace.is_member(viewer, doc["id"])
