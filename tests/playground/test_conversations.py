"""Conversations and people: opening, listing, reading, joining, and who may see what."""

import pytest

from playground.workspace import SLACKBOT, Workspace
from tests.playground.refusals import error_of, refused
from tests.playground.tiny_app import SCOPES, manifest


async def test_a_direct_message_opens_once_and_is_the_same_again(client, ada):
    first = await client.conversations_open(users=[ada])
    again = await client.conversations_open(users=[ada], return_im=True)
    assert first["channel"] == {"id": again["channel"]["id"]} and again["channel"]["user"] == ada


async def test_a_group_message_is_the_same_in_any_order(client, workspace, ada, grace):
    one = (await client.conversations_open(users=[ada, grace]))["channel"]["id"]
    other = (await client.conversations_open(users=[grace, ada]))["channel"]["id"]
    assert one == other and set(workspace.members(one)) == {ada, grace, workspace.bot_user_id}


async def test_who_cannot_be_opened_to(client, workspace: Workspace, ada):
    gone = workspace.add_user("gone", deleted=True)["id"]
    assert await error_of(client.conversations_open(users=[gone])) == "user_disabled"
    assert await error_of(client.conversations_open(users=[SLACKBOT])) == "cannot_dm_bot"
    assert await error_of(client.conversations_open(users=["U0NOBODY"])) == "user_not_found"
    assert await error_of(client.conversations_open(users=[ada] * 9)) == "too_many_users"
    assert await error_of(client.conversations_open(users=[ada], prevent_creation=True)) == "channel_not_found"


async def test_a_missing_scope_is_named(client, workspace: Workspace, ada):
    workspace.install(manifest(scopes=[scope for scope in SCOPES if scope != "im:write"]))
    answer = await refused(client.conversations_open(users=[ada]))
    assert (answer["error"], answer["needed"]) == ("missing_scope", "im:write")
    assert "chat:write" in answer["provided"] and "im:write" not in answer["provided"].split(",")
    assert answer.headers["x-oauth-scopes"].split(",") == sorted(set(SCOPES) - {"im:write"})


async def test_a_private_channel_is_unknown_to_those_outside(client, workspace: Workspace, ada):
    secret = workspace.add_channel("secret", creator=ada, is_private=True)
    assert await error_of(client.conversations_info(channel=secret)) == "channel_not_found"
    listed = await client.conversations_list(types="public_channel,private_channel")
    assert secret not in [channel["id"] for channel in listed["channels"]]


async def test_a_channel_is_described_as_it_is(client, general):
    channel = (await client.conversations_info(channel=general))["channel"]
    assert channel["name"] == "general" and channel["is_member"] and channel["num_members"] == 3
    assert not channel["is_private"] and not channel["is_ext_shared"]


async def test_listings_come_in_pages_that_lead_on(client, workspace: Workspace):
    for number in range(25):
        workspace.add_user(f"person{number}")
    seen, cursor, pages = [], "", 0
    while True:
        page = await client.users_list(limit=10, cursor=cursor)
        seen += [user["id"] for user in page["members"]]
        cursor, pages = page["response_metadata"]["next_cursor"], pages + 1
        if not cursor:
            break
    assert pages == 3 and len(seen) == len(set(seen)) == 29 and SLACKBOT in seen
    assert await error_of(client.users_list(cursor="made up")) == "invalid_cursor"


async def test_history_pages_are_not_shifted_by_new_messages(client, workspace: Workspace, general, ada):
    for number in range(5):
        workspace.post_message(general, ada, str(number))
    first = await client.conversations_history(channel=general, limit=2)
    workspace.post_message(general, ada, "new")
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_history(channel=general, limit=2, cursor=cursor)
    assert [m["text"] for m in first["messages"]] == ["4", "3"] and first["has_more"]
    assert [m["text"] for m in second["messages"]] == ["2", "1"]


async def test_history_between_two_times(client, workspace: Workspace, general, ada):
    one, two, three = (workspace.post_message(general, ada, text)["ts"] for text in ("one", "two", "three"))

    async def texts(**bounds):
        return [m["text"] for m in (await client.conversations_history(channel=general, **bounds))["messages"]]

    assert await texts(oldest=one) == ["three", "two"]
    assert await texts(oldest=one, inclusive=True) == ["three", "two", "one"]
    assert await texts(oldest=one, latest=three) == ["two"]
    assert await texts(oldest=two, latest=two, inclusive=True) == ["two"]


async def test_history_is_for_members(client, workspace: Workspace, ada):
    public = workspace.add_channel("public", creator=ada)
    assert await error_of(client.conversations_history(channel=public)) == "not_in_channel"
    await client.conversations_join(channel=public)
    assert (await client.conversations_history(channel=public))["ok"]


async def test_joining_is_for_public_open_channels(client, workspace: Workspace, ada):
    public = workspace.add_channel("public", creator=ada)
    private = workspace.add_channel("private", creator=ada, is_private=True)
    dm = workspace.open_dm(workspace.bot_user_id, ada)
    assert "warning" not in (await client.conversations_join(channel=public)).data
    assert (await client.conversations_join(channel=public))["warning"] == "already_in_channel"
    assert await error_of(client.conversations_join(channel=private)) == "channel_not_found"
    assert await error_of(client.conversations_join(channel=dm)) == "method_not_supported_for_channel_type"
    workspace.archive(public)
    assert await error_of(client.conversations_join(channel=public)) == "is_archived"


async def test_members_and_ones_own_conversations(client, workspace, general, ada, grace):
    assert set((await client.conversations_members(channel=general))["members"]) == {ada, grace, workspace.bot_user_id}
    mine = await client.users_conversations(types="public_channel,im")
    assert [channel["id"] for channel in mine["channels"]] == [general]


async def test_a_person_is_described_without_what_was_not_asked_for(client, workspace, grace, clock):
    user = (await client.users_info(user=grace))["user"]
    assert user["tz"] == "America/New_York" and user["tz_offset"] == -5 * 3600
    assert "email" not in user["profile"] and user["profile"]["image_72"].startswith("http://127.0.0.1")
    clock.move(days=10)
    assert (await client.users_info(user=grace))["user"]["tz_offset"] == -4 * 3600
    assert await error_of(client.users_info(user="U0NOBODY")) == "user_not_found"


@pytest.mark.parametrize(
    ("token", "error"),
    [(None, "not_authed"), ("xoxb-wrong", "invalid_auth"), ("xapp-playground-app", "not_allowed_token_type")],
)
async def test_a_token_is_asked_for(client, token, error):
    client.token = token
    assert await error_of(client.auth_test()) == error


async def test_auth_test_says_who_the_bot_is(client, workspace):
    answer = await client.auth_test()
    assert (answer["team_id"], answer["user_id"]) == (workspace.team_id, workspace.bot_user_id)
    assert answer["bot_id"] == workspace.fact("bot_id")


async def test_a_revoked_token_opens_nothing(client, workspace):
    workspace.uninstall()
    assert await error_of(client.auth_test()) == "token_revoked"


async def test_a_method_slack_does_not_have_is_unknown(client):
    assert await error_of(client.api_call("chat.shout")) == "unknown_method"


async def test_forms_and_queries_are_read_as_json_is(client, general):
    answer = await client.api_call(
        "chat.postMessage", data={"channel": general, "text": "x", "blocks": '[{"type":"divider"}]'}
    )
    assert answer["message"]["blocks"] == [{"type": "divider"}]


async def test_the_journal_shows_the_calls_and_their_refusals(client, workspace, general):
    await client.chat_postMessage(channel=general, text="x")
    await refused(client.chat_postMessage(channel="C0NOWHERE", text="x"))
    last, before = workspace.api_calls(2)
    assert (last["ok"], last["error"], last["channel"]) == (False, "channel_not_found", "C0NOWHERE")
    assert (before["method"], before["ok"], before["caller"]) == ("chat.postMessage", True, workspace.bot_user_id)
