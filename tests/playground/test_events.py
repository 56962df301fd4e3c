"""Events: what the app is told of, what it is not, how often, and what a forger can send."""

from datetime import timedelta

import pytest

from playground.events import HttpDelivery
from playground.server import SlackServer
from playground.workspace import Workspace
from tests.playground.tiny_app import SCOPES, StandingClock, TinyApp, manifest


async def test_a_direct_message_reaches_the_app_as_slack_would_send_it(slack, tiny: TinyApp, workspace, ada):
    dm = workspace.open_dm(ada, workspace.bot_user_id)
    ts = await slack.acts.post(ada, dm, "hello")
    await tiny.hears(1)
    (event,), (body,) = tiny.heard, tiny.bodies
    assert (event["type"], event["channel_type"], event["text"], event["ts"]) == ("message", "im", "hello", ts)
    assert body["team_id"] == workspace.team_id and body["api_app_id"] == workspace.fact("app_id")
    assert body["authorizations"][0]["user_id"] == workspace.bot_user_id


async def test_what_somebody_types_pings_nobody_but_whom_they_mention(slack, workspace, general, ada, grace):
    ts = await slack.acts.post(ada, general, f"<!channel> & <@{grace}> <#C0NOWHERE>")
    text = workspace.message(general, ts)["text"]
    assert text == f"&lt;!channel&gt; &amp; <@{grace}> &lt;#C0NOWHERE&gt;"


async def test_a_mention_comes_as_a_message_and_as_a_mention(slack, tiny, workspace, general, ada):
    await slack.acts.post(ada, general, f"<@{workspace.bot_user_id}> help")
    await tiny.hears(2)
    assert tiny.kinds() == ["message", "app_mention"]


async def test_the_app_hears_only_of_what_it_subscribed_to(slack, tiny, workspace: Workspace, general, ada):
    workspace.install(manifest(events=["reaction_added"]))
    ts = await slack.acts.post(ada, general, "hello")
    await slack.acts.react(ada, general, ts, "wave")
    await tiny.hears(1)
    assert tiny.kinds() == ["reaction_added"]


async def test_a_reaction_says_who_with_what_where_and_to_whom(slack, tiny, workspace: Workspace, general, ada, grace):
    workspace.install(manifest(events=["reaction_added", "reaction_removed"]))
    ts = await slack.acts.post(ada, general, "hello")
    await slack.acts.react(grace, general, ts, "wave")
    await slack.acts.react(grace, general, ts, "wave", add=False)
    await tiny.hears(2)
    told = [{name: value for name, value in event.items() if name != "event_ts"} for event in tiny.heard]
    said = {"user": grace, "reaction": "wave", "item_user": ada}
    item = {"type": "message", "channel": general, "ts": ts}  # and not in which thread
    assert told == [said | {"type": kind, "item": item} for kind in ("reaction_added", "reaction_removed")]
    assert float(tiny.heard[0]["event_ts"]) < float(tiny.heard[1]["event_ts"])


async def test_without_its_scope_no_reaction_is_told(slack, tiny, workspace: Workspace, general, ada):
    without = [scope for scope in SCOPES if scope != "reactions:read"]
    workspace.install(manifest(scopes=without, events=["reaction_added", "reaction_removed", "member_left_channel"]))
    ts = await slack.acts.post(ada, general, "hello")
    await slack.acts.react(ada, general, ts, "wave")
    await slack.acts.leave(ada, general)
    await tiny.hears(1)
    assert tiny.kinds() == ["member_left_channel"]


async def test_a_missing_scope_silences_its_events(slack, tiny, workspace: Workspace, general, ada):
    workspace.install(manifest(scopes=[scope for scope in SCOPES if scope != "channels:history"]))
    await slack.acts.post(ada, general, "hello")
    await slack.acts.leave(ada, general)
    await tiny.hears(1)
    assert tiny.kinds() == ["member_left_channel"]


async def test_what_happens_where_the_bot_is_not_stays_there(slack, tiny, workspace: Workspace, ada, grace):
    elsewhere = workspace.add_channel("elsewhere", creator=ada)
    await slack.acts.post(ada, elsewhere, "hello")
    await slack.acts.join(grace, elsewhere)
    workspace.update_user(grace, title="Admiral")
    await tiny.hears(1)
    assert tiny.kinds() == ["user_change"] and tiny.heard[0]["user"]["profile"]["title"] == "Admiral"


async def test_opening_the_home_tab_says_which_view_is_there(slack, tiny, workspace, ada):
    await slack.acts.open_home(ada)
    await tiny.client.views_publish(user_id=ada, view={"type": "home", "blocks": [{"type": "divider"}]})
    await slack.acts.open_home(ada)
    await tiny.hears(2)
    first, second = tiny.heard
    assert first["tab"] == "home" and "view" not in first and first["channel"].startswith("D")
    assert second["view"]["id"] == workspace.home(ada)["id"]


async def test_the_bot_hears_that_it_was_let_in_and_by_whom(slack, tiny, workspace: Workspace, ada):
    private = workspace.add_channel("private", creator=ada, is_private=True)
    await slack.acts.join(workspace.bot_user_id, private, inviter=ada)
    await tiny.hears(1)
    assert tiny.heard[0]["inviter"] == ada and tiny.heard[0]["channel_type"] == "G"


async def test_ephemeral_messages_are_no_events(slack, tiny, workspace, general, ada):
    workspace.post_message(general, ada, "psst", seen_by=ada)
    await slack.acts.quiet()
    assert slack.acts.queue.delivered == 0


async def test_removing_the_app_is_told_twice(slack, tiny, workspace):
    workspace.uninstall()
    await tiny.hears(2)
    assert tiny.kinds() == ["tokens_revoked", "app_uninstalled"]
    assert tiny.heard[0]["tokens"]["bot"] == [workspace.bot_user_id]


async def test_an_event_that_failed_is_sent_at_once_then_after_one_and_five_minutes(
    slack: SlackServer, workspace, ada, clock: StandingClock
):
    slack.acts.deliver = HttpDelivery("http://127.0.0.1:9/slack/events", "secret")
    dm = workspace.open_dm(ada, workspace.bot_user_id)
    await slack.acts.post(ada, dm, "is anybody there?")
    tries = slack.acts.queue.failed
    assert len(tries) == 2 and slack.acts.queue.next_retry() == clock() + timedelta(minutes=1)
    clock.move(minutes=1)
    slack.acts.queue.retry_due()
    await slack.acts.quiet()
    assert len(tries) == 3
    clock.move(minutes=5)
    workspace.clock = clock  # Setting the clock tells everybody that time has moved.
    await slack.acts.quiet()
    assert len(tries) == 4 and slack.acts.queue.next_retry() is None
    assert {payload["event_id"] for payload, _ in tries} == {tries[0][0]["event_id"]}
    assert tries[0][1].failure == "connection_failed"


@pytest.mark.parametrize(
    "wrong",
    [{"signature": "v0=0000"}, {"timestamp": 1_000_000_000}, {"signature": ""}],
)
async def test_a_forged_or_old_request_is_refused_by_the_app(slack, tiny: TinyApp, ada, wrong):
    answer = await slack.acts.raw({"type": "user_change", "user": {"id": ada}}, **wrong)
    assert answer.status == 401 and tiny.heard == []


async def test_a_request_can_be_repeated_and_claim_another_team_or_person(slack, tiny: TinyApp, ada):
    event = {"type": "app_home_opened", "user": ada, "tab": "home"}
    for _ in range(2):
        await slack.acts.raw(event, event_id="Ev1", team_id="T0OTHER", user="U0OTHER")
    await tiny.hears(2)
    assert [body["event_id"] for body in tiny.bodies] == ["Ev1", "Ev1"]
    assert tiny.bodies[0]["team_id"] == "T0OTHER" and tiny.heard[0]["user"] == "U0OTHER"


async def test_the_first_contact_is_answered(slack, tiny):
    answer = await slack.acts.raw({"type": "url_verification", "token": "x", "challenge": "say this"})
    assert answer.status == 200 and "say this" in str(answer.body)
