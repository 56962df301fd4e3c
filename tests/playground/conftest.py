"""A small workspace, the server in front of it, a real Slack client, and a tiny real app."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.server import SlackServer
from playground.workspace import Workspace
from playground.workspace.app import DEFAULT_TOKEN
from tests.playground.tiny_app import StandingClock, TinyApp, manifest


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def workspace(clock: StandingClock) -> Workspace:
    workspace = Workspace(clock=clock)
    workspace.install(manifest())
    return workspace


@pytest.fixture
def ada(workspace: Workspace) -> str:
    return str(workspace.add_user("ada", real_name="Ada Lovelace", title="Engineer")["id"])


@pytest.fixture
def grace(workspace: Workspace) -> str:
    return str(workspace.add_user("grace", real_name="Grace Hopper", tz="America/New_York")["id"])


@pytest.fixture
def general(workspace: Workspace, ada: str, grace: str) -> str:
    """A public channel with Ada, Grace and the bot in it."""
    return workspace.add_channel("general", creator=ada, members=[grace, workspace.bot_user_id])


@pytest.fixture
async def slack(workspace: Workspace, general: str) -> AsyncIterator[SlackServer]:
    """The server, started once everybody is there, so that their arrival is no event."""
    server = SlackServer(workspace)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def client(slack: SlackServer) -> AsyncWebClient:
    return AsyncWebClient(base_url=slack.api_url, token=DEFAULT_TOKEN, retry_handlers=[])


@pytest.fixture
async def tiny(slack: SlackServer) -> AsyncIterator[TinyApp]:
    app = TinyApp(slack)
    await app.start()
    yield app
    await app.stop()
