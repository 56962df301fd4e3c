"""Rate limits in moved time: per conversation, per method, per workspace; off unless switched on."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.limits import Limits
from playground.server import SlackServer
from playground.workspace.app import DEFAULT_TOKEN
from tests.playground.refusals import refused
from tests.playground.tiny_app import StandingClock


@pytest.fixture
async def limited(workspace, general) -> AsyncIterator[AsyncWebClient]:
    """A client of a server that enforces the limits."""
    server = SlackServer(workspace, Limits(True, channel_burst=3, posts_per_minute=20))
    await server.start()
    yield AsyncWebClient(base_url=server.api_url, token=DEFAULT_TOKEN, retry_handlers=[])
    await server.stop()


async def test_a_conversation_takes_a_burst_and_then_one_a_second(
    limited, workspace, general, ada, clock: StandingClock
):
    for _ in range(3):
        await limited.chat_postMessage(channel=general, text="x")
    answer = await refused(limited.chat_postMessage(channel=general, text="x"))
    assert (answer.status_code, answer["error"]) == (429, "ratelimited")
    assert answer.headers["Retry-After"] == "1"
    assert (await limited.chat_postMessage(channel=ada, text="another conversation goes on"))["ok"]
    clock.move(seconds=1)
    assert (await limited.chat_postMessage(channel=general, text="x"))["ok"]


async def test_a_workspace_takes_so_many_posts_a_minute_and_then_shuts_the_method(limited, workspace, clock):
    people = [workspace.add_user(f"p{number}")["id"] for number in range(21)]
    for person in people[:20]:
        await limited.chat_postMessage(channel=person, text="x")
    answer = await refused(limited.chat_postMessage(channel=people[20], text="x"))
    wait = int(answer.headers["Retry-After"])
    assert wait == 60
    assert (await limited.auth_test())["ok"]
    clock.move(seconds=wait)
    assert (await limited.chat_postMessage(channel=people[20], text="x"))["ok"]


async def test_conversations_are_opened_fifty_times_a_minute(limited, workspace, ada, clock):
    for _ in range(50):
        await limited.conversations_open(users=[ada])
    answer = await refused(limited.conversations_open(users=[ada]))
    assert answer.status_code == 429
    clock.move(minutes=1)
    for _ in range(50):
        await limited.conversations_open(users=[ada])


async def test_no_limits_unless_they_are_switched_on(client, slack, general):
    for _ in range(30):
        await client.chat_postMessage(channel=general, text="x")
    slack.limits.enabled = True
    for _ in range(5):
        await client.chat_postMessage(channel=general, text="x")
    assert (await refused(client.chat_postMessage(channel=general, text="x"))).status_code == 429


def test_no_more_than_the_limit_ever_passes_in_any_minute_and_no_less_in_the_long_run():
    clock = StandingClock()
    limits = Limits(True, posts_per_minute=60)
    passed = []
    for tenth in range(3_000):
        clock.move(seconds=0.1)
        if limits.wait("T1", "chat.postMessage", f"C{tenth % 50}", clock) is None:
            passed.append(tenth)
    fullest = max(sum(start <= tenth < start + 600 for tenth in passed) for start in range(2_400))
    assert fullest == 60 and len(passed) == 300
