"""Posting, changing and taking back messages, and what is refused on the way."""

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.workspace import SLACKBOT, Workspace
from playground.workspace.app import DEFAULT_TOKEN
from tests.playground.refusals import error_of, refused
from tests.playground.tiny_app import StandingClock, manifest

HELLO = [{"type": "section", "text": {"type": "mrkdwn", "text": "hello"}}]
KEY = {"event_type": "sent", "event_payload": {"key": "k1"}}


async def test_a_posted_message_is_in_history_with_its_blocks(client, workspace, general):
    posted = await client.chat_postMessage(channel=general, text="hello", blocks=HELLO)
    (message,) = (await client.conversations_history(channel=general))["messages"]
    assert message["ts"] == posted["ts"] and message["blocks"] == HELLO
    assert message["user"] == workspace.bot_user_id and message["bot_id"] == workspace.fact("bot_id")


async def test_message_times_follow_the_moved_clock_and_never_repeat(client, clock: StandingClock, general):
    first = (await client.chat_postMessage(channel=general, text="one"))["ts"]
    second = (await client.chat_postMessage(channel=general, text="two"))["ts"]
    clock.move(days=7)
    third = (await client.chat_postMessage(channel=general, text="three"))["ts"]
    assert first < second < third and float(third) - float(first) == pytest.approx(7 * 86_400, abs=1)


async def test_a_first_direct_message_may_be_posted_to_the_user_id(client, workspace, ada):
    answer = await client.chat_postMessage(channel=ada, text="hello")
    assert answer["channel"] == workspace.open_dm(workspace.bot_user_id, ada)
    assert answer["channel"].startswith("D")


async def test_nobody_is_written_to_who_cannot_read(client, workspace):
    gone = workspace.add_user("gone", deleted=True)["id"]
    robot = workspace.add_user("robot", is_bot=True)["id"]
    assert await error_of(client.chat_postMessage(channel=gone, text="hello")) == "channel_not_found"
    assert await error_of(client.chat_postMessage(channel=robot, text="hello")) == "cannot_dm_bot"
    assert await error_of(client.chat_postMessage(channel=SLACKBOT, text="hello")) == "cannot_dm_bot"
    assert await error_of(client.chat_postMessage(channel="C0NOWHERE", text="hello")) == "channel_not_found"


async def test_direct_messages_need_the_messages_tab(client, workspace: Workspace, ada):
    workspace.install(manifest(messages=False))
    assert await error_of(client.chat_postMessage(channel=ada, text="hello")) == "messages_tab_disabled"


async def test_the_bot_posts_only_where_it_is(client, workspace: Workspace, ada):
    public = workspace.add_channel("public", creator=ada)
    private = workspace.add_channel("private", creator=ada, is_private=True)
    assert await error_of(client.chat_postMessage(channel=public, text="hello")) == "not_in_channel"
    assert await error_of(client.chat_postMessage(channel=private, text="hello")) == "channel_not_found"


async def test_an_archived_channel_takes_nothing(client, workspace: Workspace, general):
    ts = (await client.chat_postMessage(channel=general, text="hello"))["ts"]
    workspace.archive(general)
    assert await error_of(client.chat_postMessage(channel=general, text="hello")) == "is_archived"
    assert await error_of(client.chat_update(channel=general, ts=ts, text="bye")) == "is_inactive"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({}, "no_text"),
        ({"text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ({"text": "x", "blocks": [{"type": "paragraph"}]}, "invalid_blocks"),
        ({"text": "x", "blocks": "not json"}, "invalid_blocks_format"),
        ({"text": "x", "attachments": [{}] * 101}, "too_many_attachments"),
        ({"text": "x", "metadata": {"event_type": "x"}}, "invalid_metadata_format"),
        ({"text": "x", "metadata": {"event_type": "x", "event_payload": {"a": {"b": {"c": 1}}}}}, "invalid_metadata_schema"),
        ({"text": "x", "metadata": {"event_type": "x", "event_payload": {"a": "x" * 9000}}}, "metadata_too_large"),
        ({"text": "x", "thread_ts": "1700000000.000100"}, "thread_not_found"),
        ({"text": "x", "client_msg_id": "u"}, "invalid_arguments"),
    ],
)  # fmt: skip
async def test_what_a_message_may_not_be(client: AsyncWebClient, general, arguments, error):
    assert await error_of(client.api_call("chat.postMessage", json={"channel": general, **arguments})) == error


async def test_a_refusal_says_where_the_blocks_are_wrong(client, general):
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]
    answer = await refused(client.chat_postMessage(channel=general, text="x", blocks=blocks))
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]


async def test_long_text_is_cut_when_posted_and_refused_when_updated(client, workspace, general):
    ts = (await client.chat_postMessage(channel=general, text="x" * 40_001))["ts"]
    assert len(workspace.message(general, ts)["text"]) == 40_000
    assert await error_of(client.chat_update(channel=general, ts=ts, text="x" * 4_001)) == "msg_too_long"


async def test_an_update_keeps_metadata_and_lets_text_take_the_place_of_blocks(client, workspace, general):
    ts = (await client.chat_postMessage(channel=general, text="one", blocks=HELLO, metadata=KEY))["ts"]
    await client.chat_update(channel=general, ts=ts, text="two")
    message = workspace.message(general, ts)
    assert message["text"] == "two" and "blocks" not in message and message["metadata"] == KEY


async def test_only_the_bots_own_messages_can_be_changed(client, workspace, general, ada):
    ts = workspace.post_message(general, ada, "mine")["ts"]
    assert await error_of(client.chat_update(channel=general, ts=ts, text="x")) == "cant_update_message"
    assert await error_of(client.chat_delete(channel=general, ts=ts)) == "cant_delete_message"
    assert await error_of(client.chat_update(channel=general, ts="1.000000", text="x")) == "message_not_found"


async def test_a_deleted_message_is_gone(client, general):
    ts = (await client.chat_postMessage(channel=general, text="x"))["ts"]
    await client.chat_delete(channel=general, ts=ts)
    assert (await client.conversations_history(channel=general))["messages"] == []


async def test_an_ephemeral_is_seen_by_one_person_and_never_in_history(client, workspace, general, ada, grace):
    await client.chat_postEphemeral(channel=general, user=ada, text="only you")
    assert (await client.conversations_history(channel=general))["messages"] == []
    assert [m["text"] for m in workspace.history(general, viewer=ada)] == ["only you"]
    assert workspace.history(general, viewer=grace) == []
    outsider = workspace.add_user("outsider")["id"]
    assert await error_of(client.chat_postEphemeral(channel=general, user=outsider, text="x")) == "user_not_in_channel"


async def test_a_reply_belongs_to_its_thread_and_a_broadcast_to_both(client, general):
    ts = (await client.chat_postMessage(channel=general, text="parent"))["ts"]
    await client.chat_postMessage(channel=general, text="reply", thread_ts=ts)
    await client.chat_postMessage(channel=general, text="loud", thread_ts=ts, reply_broadcast=True)
    history = [m["text"] for m in (await client.conversations_history(channel=general))["messages"]]
    replies = await client.conversations_replies(channel=general, ts=ts)
    assert history == ["loud", "parent"]
    assert [m["text"] for m in replies["messages"]] == ["parent", "reply", "loud"]
    assert replies["messages"][0]["reply_count"] == 2


async def test_metadata_is_given_only_to_those_who_ask(client, general):
    await client.chat_postMessage(channel=general, text="x", metadata=KEY)
    (without,) = (await client.conversations_history(channel=general))["messages"]
    (with_it,) = (await client.conversations_history(channel=general, include_all_metadata=True))["messages"]
    assert without["metadata"] == {"event_type": "sent"} and with_it["metadata"] == KEY


async def test_a_reaction_is_added_once(client, workspace, general, ada):
    ts = workspace.post_message(general, ada, "well done")["ts"]
    await client.reactions_add(channel=general, timestamp=ts, name="tada")
    again = client.reactions_add(channel=general, timestamp=ts, name="tada")
    assert await error_of(again) == "already_reacted"
    assert workspace.message(general, ts)["reactions"][0]["users"] == [workspace.bot_user_id]


async def test_a_permalink_leads_to_the_message(client, general):
    ts = (await client.chat_postMessage(channel=general, text="x"))["ts"]
    link = (await client.chat_getPermalink(channel=general, message_ts=ts))["permalink"]
    assert link.endswith(f"/archives/{general}/p{ts.replace('.', '')}")


async def test_another_name_or_face_needs_its_own_scope(client, general):
    assert await error_of(client.chat_postMessage(channel=general, text="x", username="someone")) == "missing_scope"


async def test_a_body_that_is_no_json_is_refused(slack):
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {DEFAULT_TOKEN}"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(slack.api_url + "chat.postMessage", data=b"{", headers=headers) as response,
    ):
        assert await response.json() == {"ok": False, "error": "invalid_json"}
