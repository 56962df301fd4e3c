"""Socket Mode with Bolt's own handler: events, interactions, silence, and coming back."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

from playground.events_reply import TIMED_OUT
from playground.server import SlackServer
from playground.workspace.app import DEFAULT_APP_TOKEN
from tests.playground.refusals import error_of
from tests.playground.tiny_app import TinyApp


@pytest.fixture
async def dialled_in(slack: SlackServer) -> AsyncIterator[TinyApp]:
    """The tiny app without any address of its own."""
    app = TinyApp(slack)
    handler = AsyncSocketModeHandler(app.bolt, DEFAULT_APP_TOKEN)
    await handler.connect_async()
    await slack.sockets.connected()
    yield app
    await handler.close_async()


async def test_an_event_arrives_and_is_acknowledged(slack, dialled_in: TinyApp, workspace, ada):
    dm = workspace.open_dm(ada, workspace.bot_user_id)
    await slack.acts.post(ada, dm, "hello")
    await dialled_in.hears(1)
    assert dialled_in.heard[0]["text"] == "hello" and slack.acts.queue.delivered == 1


async def test_a_command_is_answered_in_the_acknowledgement(slack, dialled_in, general, ada):
    async def command(ack):
        await ack("by wire")

    dialled_in.bolt.command("/mentor")(command)
    assert (await slack.acts.command(ada, general, "help")).text == "by wire"


async def test_an_app_that_says_nothing_is_timed_out(slack, dialled_in, ada):
    async def never(ack):
        await asyncio.Event().wait()

    dialled_in.bolt.shortcut("ask")(never)
    slack.acts.deliver.patience = 0.05
    assert (await slack.acts.shortcut(ada, "ask")).text == TIMED_OUT


async def test_nobody_dialled_in_is_a_failed_delivery_that_is_sent_again(slack, workspace, ada):
    dm = workspace.open_dm(ada, workspace.bot_user_id)
    await slack.acts.post(ada, dm, "hello")
    assert [answer.failure for _, answer in slack.acts.queue.failed] == ["connection_failed"] * 2
    assert slack.acts.queue.next_retry() is not None


async def test_an_app_told_to_come_back_comes_back(slack: SlackServer, dialled_in: TinyApp, workspace, ada):
    calls = len(workspace.api_calls(100, method="apps.connections.open"))
    redialled = asyncio.Event()

    def told(kind, payload):
        if kind == "call" and payload["method"] == "apps.connections.open":
            redialled.set()

    workspace.subscribe(told)
    await slack.sockets.disconnect()
    async with asyncio.timeout(5):
        await redialled.wait()
    assert len(workspace.api_calls(100, method="apps.connections.open")) == calls + 1


async def test_the_address_is_good_for_one_connection_and_asked_for_with_the_right_token(slack, client):
    url = (await client.apps_connections_open(app_token=DEFAULT_APP_TOKEN))["url"]
    assert url.startswith("ws://127.0.0.1:")
    assert await error_of(client.apps_connections_open(app_token=client.token)) == "not_allowed_token_type"
    import aiohttp

    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(url) as first:
            assert (await first.receive_json())["type"] == "hello"
        with contextlib.suppress(aiohttp.WSServerHandshakeError):
            async with session.ws_connect(url):
                raise AssertionError("the ticket was good twice")
