"""A small stage for the page's tests: a company of eight, a puppet for an app, and a clock that moves when told."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from playground.events import Answer, Outgoing
from playground.limits import Limits
from playground.page.routes import create_page
from playground.server import SlackServer
from playground.workspace import Workspace
from tests.playground.page.props import HOME, MANIFEST, goal_form, introduction, second_form

Doc = dict[str, Any]
START = datetime(2026, 3, 3, 9, 14, tzinfo=UTC)
SPANS = {
    "hour": timedelta(hours=1),
    "morning": timedelta(days=1),
    "week": timedelta(weeks=1),
    "next": timedelta(days=2),
}


class HandClock:
    """A moved clock, and the page's TimeControl in its smallest form: it moves in steps and tells of each."""

    def __init__(self) -> None:
        self.moment = START
        self.busy = False
        self.scripted = True
        self.gate: asyncio.Event | None = None
        self.followers: list[Callable[[Doc], None]] = []
        self.lines: list[tuple[datetime, str]] = []

    def __call__(self) -> datetime:
        return self.moment

    def now(self) -> datetime:
        return self.moment

    async def move(self, by: str) -> AsyncIterator[Doc]:
        self.busy = True
        try:
            span = SPANS.get(by, timedelta(weeks=13))
            for step in range(1, 5):
                if self.gate:
                    await self.gate.wait()
                self.moment += span / 4
                self.lines.append((self.moment, f"Step {step} of {by}"))
                yield {"now": self.moment.isoformat(), "did": f"Step {step}", "done": False}
        finally:
            self.busy = False
        yield {"now": self.moment.isoformat(), "did": "", "done": True}

    def story(self, since: datetime) -> list[Doc]:
        return [{"at": at.isoformat(), "text": text, "kind": "test"} for at, text in self.lines if at > since]


@dataclass
class Puppet:
    """The app at the other end: it answers as it is told to, and remembers what it was asked."""

    workspace: Workspace
    heard: list[Outgoing] = field(default_factory=list)
    answers: dict[str, Callable[[Doc], Awaitable[Answer] | Answer]] = field(default_factory=dict)

    async def send(self, outgoing: Outgoing) -> Answer:
        self.heard.append(outgoing)
        payload = outgoing.payload
        if outgoing.kind == "slash_commands":
            return Answer(200, {"text": f"You typed {payload['text'] or 'nothing'}."}, 4)
        if outgoing.kind == "events_api":
            return self._event(payload["event"])
        key = payload.get("callback_id") or payload.get("view", {}).get("callback_id") or ""
        if payload["type"] in ("block_actions", "block_suggestion"):
            key = payload["actions"][0]["action_id"] if "actions" in payload else payload["action_id"]
        answer = self.answers.get(f"{payload['type']}:{key}") or self.answers.get(str(key))
        if answer is None:
            return self._usual(payload, key)
        made = answer(payload)
        return made if isinstance(made, Answer) else await made

    async def close(self) -> None:
        """Nothing is held open."""

    def payloads(self, kind: str) -> list[Doc]:
        return [one.payload for one in self.heard if one.payload.get("type") == kind]

    def _event(self, event: Doc) -> Answer:
        if event["type"] == "app_home_opened" and event["tab"] == "home":
            self.workspace.publish_home(event["user"], HOME)
        return Answer(200, "", 3)

    def _usual(self, payload: Doc, key: str) -> Answer:
        workspace, user = self.workspace, payload["user"]["id"]
        if key in ("new_goal", "ask_mentors"):
            workspace.open_modal(user, goal_form())
        elif key == "more":
            workspace.push_modal(user, second_form())
        elif key == "met" and "message" in payload:
            where = payload["container"]
            done = [{"type": "section", "block_id": "done", "text": {"type": "mrkdwn", "text": "You met. *Good.*"}}]
            workspace.update_message(where["channel_id"], where["message_ts"], text="You met.", blocks=done)
        elif payload["type"] == "view_submission":
            return self._submission(payload)
        elif payload["type"] == "block_suggestion":
            names = [name for name in ("Saying no", "Sailing", "SQL") if payload["value"].lower() in name.lower()]
            options = [{"text": {"type": "plain_text", "text": name}, "value": name.lower()} for name in names]
            return Answer(200, {"options": options}, 5)
        return Answer(200, "", 5)

    def _submission(self, payload: Doc) -> Answer:
        values = payload["view"]["state"]["values"]
        if values.get("title", {}).get("text", {}).get("value") == "wrong":
            return Answer(200, {"response_action": "errors", "errors": {"title": "Say it in your own words."}}, 6)
        return Answer(200, "", 6)


@dataclass
class Stage:
    """The page on a loopback port, with everything behind it at hand."""

    workspace: Workspace
    server: SlackServer
    clock: HandClock
    puppet: Puppet
    people: dict[str, str]
    general: str
    intro: str

    @property
    def acts(self) -> Any:
        return self.server.acts

    def url(self, who: str = "Ana", place: str = "home") -> str:
        return f"{self.server.url}/as/{self.people[who]}/{place}"

    @property
    def bot_dm(self) -> str:
        return self.workspace.open_dm(self.people["Ana"], self.workspace.bot_user_id)


PEOPLE = (
    ("Ana", "Ana Sousa", "Data engineer", "Data", "Europe/Lisbon"),
    ("Ben", "Ben Adler", "Account executive", "Sales", "America/New_York"),
    ("Hana", "Hana Sato", "Product designer", "Design", "Asia/Tokyo"),
    ("Femi", "Femi Balogun", "Platform lead", "Platform", "Europe/Lisbon"),
    ("Priya", "Priya Raman", "Support lead", "Support", "Asia/Kolkata"),
    ("Tomas", "Tomás Rey", "Backend engineer", "Platform", "America/Sao_Paulo"),
    ("Lena", "Lena Vogt", "Finance analyst", "Finance", "Europe/Berlin"),
)


def furnish(workspace: Workspace) -> tuple[dict[str, str], str, str]:
    """People, two channels, and an introduction of the day before."""
    workspace.install(MANIFEST)
    people = {
        name: workspace.add_user(name.lower(), real_name=real, title=title, team=team, tz=tz)["id"]
        for name, real, title, team, tz in PEOPLE
    }
    people["Otto"] = workspace.add_user("otto", real_name="Otto Falk", title="Contractor", is_restricted=True)["id"]
    bot = workspace.bot_user_id
    everybody = [*people.values(), bot]
    general = workspace.add_channel(
        "general", creator=people["Ana"], members=everybody, topic="Everything that concerns everybody"
    )
    workspace.add_channel("sea-swimming", creator=people["Femi"], members=[people["Femi"]])
    intro = workspace.open_group([people["Ana"], people["Ben"], bot])
    workspace.post_message(
        intro, bot, "Ana, meet Ben.", blocks=introduction(people["Ana"], people["Ben"]), bot_id=workspace.fact("bot_id")
    )
    first = workspace.post_message(general, people["Femi"], "The deploy is back. Notes in the thread.")
    workspace.post_message(general, people["Ana"], "Thank you, *that was quick*.", thread_ts=first["ts"])
    workspace.post_message(general, people["Ben"], f"Lovely. <@{people['Ana']}>, lunch? &lt;script&gt;")
    return people, general, intro


@asynccontextmanager
async def open_stage() -> AsyncIterator[Stage]:
    clock = HandClock()
    workspace = Workspace(":memory:", clock=clock)
    people, general, intro = furnish(workspace)
    server = SlackServer(workspace, limits=Limits(enabled=False))
    puppet = Puppet(workspace)
    server.acts.deliver = puppet
    server.app.router.routes.extend(create_page(workspace, server.acts, clock, limits=server.limits))
    await server.start()
    try:
        yield Stage(workspace, server, clock, puppet, people, general, intro)
    finally:
        await server.stop()
