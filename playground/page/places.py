"""Where one can be: the sidebar of a person, and what a conversation is called there."""

from dataclasses import dataclass, field

from playground.page.people import Person, person
from playground.workspace import SLACKBOT, Doc, Workspace

HOME = "home"


@dataclass(frozen=True)
class Place:
    """One line of the sidebar."""

    id: str
    kind: str
    name: str
    unread: int = 0
    people: tuple[Person, ...] = ()
    archived: bool = False
    joined: bool = True
    topic: str = ""
    members: int = 0
    last_ts: str = "0"
    last_read: str = "0"

    @property
    def avatar(self) -> str:
        return self.people[0].avatar if self.people else ""


@dataclass(frozen=True)
class Sidebar:
    channels: list[Place] = field(default_factory=list)
    direct: list[Place] = field(default_factory=list)
    groups: list[Place] = field(default_factory=list)
    apps: list[Place] = field(default_factory=list)
    others: list[Place] = field(default_factory=list)

    @property
    def everywhere(self) -> list[Place]:
        return [*self.apps, *self.channels, *self.direct, *self.groups, *self.others]


def place_of(workspace: Workspace, viewer: str, doc: Doc) -> Place:
    """A conversation as this viewer's sidebar names it."""
    kind = workspace.channel_type(doc["id"])
    members = workspace.members(doc["id"])
    others = tuple(person(workspace, user) for user in members if user != viewer) if kind in ("im", "mpim") else ()
    if kind == "im":
        name = others[0].name if others else person(workspace, viewer).name + " (you)"
        others = others or (person(workspace, viewer),)
        kind = "app" if others[0].is_app else "im"
    elif kind == "mpim":
        others = tuple(one for one in others if not one.is_app) or others
        name = ", ".join(one.first_name for one in others)
    else:
        name = doc["name"]
    return Place(
        id=doc["id"],
        kind=kind,
        name=name,
        unread=doc.get("unread", 0),
        people=others,
        archived=doc["is_archived"],
        joined=viewer in members,
        topic=(doc.get("topic") or {}).get("value", ""),
        members=len(members),
        last_ts=doc.get("last_ts", "0"),
        last_read=doc.get("last_read", "0"),
    )


def sidebar(workspace: Workspace, viewer: str) -> Sidebar:
    """Everything this person is in; people and groups with the liveliest first, channels by name."""
    places = [place_of(workspace, viewer, doc) for doc in workspace.conversations_of(viewer)]
    mine = {place.id for place in places}
    open_to_all = [
        place_of(workspace, viewer, doc)
        for doc in workspace.channels()
        if workspace.channel_type(doc["id"]) == "channel" and doc["id"] not in mine and not doc["is_archived"]
    ]
    spoken = [place for place in places if place.last_ts != "0"]
    return Sidebar(
        channels=sorted((p for p in places if p.kind in ("channel", "group")), key=lambda p: (p.archived, p.name)),
        direct=[p for p in spoken if p.kind == "im"],
        groups=[p for p in spoken if p.kind == "mpim"],
        apps=[p for p in places if p.kind == "app" and p.people[0].id != SLACKBOT],
        others=sorted(open_to_all, key=lambda p: p.name),
    )


def app_conversation(workspace: Workspace, viewer: str) -> str | None:
    """The direct message with the bot, if the two have one yet."""
    channel = workspace.id_from("D", *sorted((viewer, workspace.bot_user_id)))
    return channel if workspace.has_channel(channel) else None


def may_see(workspace: Workspace, viewer: str, place: str) -> bool:
    """Members see a conversation, everybody a public channel and their own Home tab."""
    if place == HOME:
        return True
    if not workspace.has_channel(place):
        return False
    return workspace.is_member(viewer, place) or workspace.channel_type(place) == "channel"
