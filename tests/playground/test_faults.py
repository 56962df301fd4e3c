"""Faults on order: each happens as told, once per order, and the store tells the truth about it."""

import asyncio

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from tests.playground.refusals import refused


async def texts(workspace, channel):
    return [message["text"] for message in workspace.history(channel)]


async def test_a_lost_reply_leaves_the_message_stored(client, slack, workspace, general):
    slack.faults.drop_reply("chat.postMessage")
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=general, text="once")
    assert await texts(workspace, general) == ["once"]
    await client.chat_postMessage(channel=general, text="twice")
    assert await texts(workspace, general) == ["twice", "once"]


async def test_a_lost_request_leaves_nothing(client, slack, workspace, general):
    slack.faults.drop_request("chat.postMessage")
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=general, text="never")
    assert await texts(workspace, general) == []


@pytest.mark.parametrize("stored", [False, True])
async def test_an_internal_error_may_or_may_not_have_stored(client, slack, workspace, general, stored):
    slack.faults.fail("chat.postMessage", error="internal_error", stored=stored)
    answer = await refused(client.chat_postMessage(channel=general, text="x"))
    assert answer["error"] == "internal_error" and len(await texts(workspace, general)) == int(stored)


async def test_a_broken_proxy_answers_with_a_page(client, slack, general):
    slack.faults.fail("chat.postMessage", status=503)
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=general, text="x")
    assert caught.value.response.status_code == 503


async def test_a_storm_of_429_passes(client, slack, workspace, general):
    slack.faults.rate_limit("chat.postMessage", retry_after=30, times=2)
    for _ in range(2):
        answer = await refused(client.chat_postMessage(channel=general, text="x"))
        assert answer.status_code == 429 and answer.headers["Retry-After"] == "30"
    assert (await client.chat_postMessage(channel=general, text="x"))["ok"]


async def test_a_slow_answer_is_slow_only_for_its_caller(client, slack, general):
    slack.faults.slow("chat.postMessage", 60)
    slow = asyncio.create_task(client.chat_postMessage(channel=general, text="slow"))
    while not slack.workspace.history(general):
        assert (await client.auth_test())["ok"]
    assert not slow.done()
    slow.cancel()


async def test_history_may_lag_behind_what_was_posted(client, slack, clock, general):
    slack.faults.delay_history(30)
    await client.chat_postMessage(channel=general, text="x")
    assert (await client.conversations_history(channel=general))["messages"] == []
    clock.move(seconds=31)
    assert len((await client.conversations_history(channel=general))["messages"]) == 1


async def test_orders_can_be_taken_back(client, slack, general):
    slack.faults.fail("*")
    slack.faults.clear()
    assert (await client.auth_test())["ok"]
