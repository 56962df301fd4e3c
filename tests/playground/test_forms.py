"""Buttons, forms, commands and shortcuts: pressed by a person, answered by a real app."""

import asyncio

import pytest

from playground.events import NotThereError
from playground.events_reply import TIMED_OUT
from playground.server import SlackServer
from playground.workspace import Workspace
from tests.playground.test_views import ASK, HOME, SAY, form
from tests.playground.tiny_app import StandingClock, TinyApp

PRESS = {
    "type": "actions",
    "block_id": "row",
    "elements": [
        {"type": "button", "action_id": "go", "value": "7", "text": {"type": "plain_text", "text": "Go"}},
        {
            "type": "static_select",
            "action_id": "pick",
            "options": [{"text": {"type": "plain_text", "text": word}, "value": word} for word in ("one", "two")],
        },
    ],
}
TEAMS = {
    "type": "input",
    "block_id": "teams",
    "optional": True,
    "label": {"type": "plain_text", "text": "Teams"},
    "element": {"type": "multi_external_select", "action_id": "teams", "min_query_length": 1},
}


async def test_a_press_carries_message_place_value_and_state(slack, tiny: TinyApp, workspace, general, ada):
    bodies = []

    async def pressed(ack, body):
        await ack()
        bodies.append(body)

    tiny.bolt.action("go")(pressed)
    ts = (await tiny.client.chat_postMessage(channel=general, text="x", blocks=[SAY, PRESS]))["ts"]
    reply = await slack.acts.click(ada, channel=general, ts=ts, action_id="go")
    assert reply.ok and reply.ms > 0
    (body,) = bodies
    assert body["actions"][0]["value"] == "7" and body["actions"][0]["block_id"] == "row"
    assert body["message"]["ts"] == ts and body["channel"]["id"] == general
    assert body["state"]["values"]["row"]["pick"] == {"type": "static_select", "selected_option": None}
    assert body["user"]["team_id"] == workspace.team_id


async def test_a_choice_is_sent_as_the_option_it_is(slack, tiny, general, ada):
    chosen = []

    async def picked(ack, action, body):
        await ack()
        chosen.append((action["selected_option"]["value"], body["state"]["values"]["row"]["pick"]))

    tiny.bolt.action("pick")(picked)
    ts = (await tiny.client.chat_postMessage(channel=general, text="x", blocks=[PRESS]))["ts"]
    await slack.acts.click(ada, channel=general, ts=ts, action_id="pick", selected="two")
    assert chosen[0][0] == "two" and chosen[0][1]["selected_option"]["value"] == "two"
    with pytest.raises(NotThereError):
        await slack.acts.click(ada, channel=general, ts=ts, action_id="pick", selected="three")


async def test_what_is_not_drawn_cannot_be_pressed_unless_forged(slack, tiny, general, ada):
    async def forged(ack, action):
        await ack()

    tiny.bolt.action("secret")(forged)
    ts = (await tiny.client.chat_postMessage(channel=general, text="x", blocks=[PRESS]))["ts"]
    with pytest.raises(NotThereError, match="go"):
        await slack.acts.click(ada, channel=general, ts=ts, action_id="secret")
    assert (await slack.acts.click(ada, channel=general, ts=ts, action_id="secret", value="1", anyway=True)).ok


async def test_a_response_url_replaces_the_message_five_times_within_half_an_hour(
    slack, tiny, workspace: Workspace, general, ada, clock: StandingClock
):
    answers = []

    async def pressed(ack, respond, body):
        await ack()
        for number in range(6):
            answers.append((await respond(replace_original=True, text=str(number))).status_code)
            tiny.bell.ring()

    tiny.bolt.action("go")(pressed)
    ts = (await tiny.client.chat_postMessage(channel=general, text="x", blocks=[PRESS]))["ts"]
    await slack.acts.click(ada, channel=general, ts=ts, action_id="go")
    await tiny.until(lambda: len(answers) == 6)
    assert answers == [200] * 5 + [404]
    assert workspace.message(general, ts)["text"] == "4" and "blocks" not in workspace.message(general, ts)
    path = workspace.new_response_url("actions", user=ada, channel=general, ts=ts, thread_ts=None)
    clock.move(minutes=31)
    assert workspace.spend_response_url(path.rpartition("/")[2]) is None


async def test_a_form_is_opened_filled_in_refused_and_sent(slack: SlackServer, tiny, workspace, general, ada):
    async def opened(ack, body, client):
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form(ASK, callback_id="reasons"))

    async def sent(ack, view):
        why = view["state"]["values"]["q"]["why"]["value"]
        if why == "no":
            await ack(response_action="errors", errors={"q": "Say more."})
        else:
            await ack()

    tiny.bolt.action("go")(opened)
    tiny.bolt.view("reasons")(sent)
    ts = (await tiny.client.chat_postMessage(channel=general, text="x", blocks=[PRESS]))["ts"]
    await slack.acts.click(ada, channel=general, ts=ts, action_id="go")
    await tiny.until(lambda: workspace.modals(ada))
    view_id = workspace.modals(ada)[0]["id"]
    empty = await slack.acts.submit(ada, view_id)
    assert not empty.sent and empty.errors == {"q": "Please complete this required field."}
    refused = await slack.acts.submit(ada, view_id, {"q": {"why": "no"}})
    assert refused.errors == {"q": "Say more."} and workspace.modals(ada)
    assert (await slack.acts.submit(ada, view_id, {"q": {"why": "because"}})).ok
    assert workspace.modals(ada) == []


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        ({}, 1),
        ({"response_action": "clear"}, 0),
        ({"response_action": "update", "view": form(SAY, callback_id="new")}, 2),
        ({"response_action": "push", "view": form(SAY)}, 3),
    ],
)
async def test_an_answer_to_a_form_closes_changes_or_adds_to_the_stack(slack, tiny, workspace, ada, answer, left):
    async def sent(ack):
        await ack(**answer)

    tiny.bolt.view("reasons")(sent)
    workspace.open_modal(ada, form(SAY))
    top = workspace.push_modal(ada, form(SAY, callback_id="reasons"))
    assert (await slack.acts.submit(ada, top["id"])).ok
    assert len(workspace.modals(ada)) == left


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "x"}},
        {"response_action": "update", "view": form({"type": "nonsense"})},
        {"response_action": "push", "view": HOME | {"blocks": []}},
    ],
)
async def test_an_answer_slack_would_not_take_leaves_the_form_open_and_is_a_problem(
    slack, tiny, workspace, ada, answer
):
    async def sent(ack):
        await ack(**answer)

    tiny.bolt.view("reasons")(sent)
    view = workspace.open_modal(ada, form(ASK, callback_id="reasons"))
    reply = await slack.acts.submit(ada, view["id"], {"q": {"why": "x"}})
    assert reply.problems and not reply.ok and len(workspace.modals(ada)) == 1


async def test_closing_is_told_to_those_who_asked(slack, tiny, workspace, ada):
    closed = []

    async def gone(ack, body):
        await ack()
        closed.append((body["view"]["callback_id"], body["is_cleared"]))

    tiny.bolt.view_closed("tell")(gone)
    quiet = workspace.open_modal(ada, form(SAY))
    assert not (await slack.acts.close(ada, quiet["id"])).sent
    root = workspace.open_modal(ada, form(SAY, callback_id="tell", notify_on_close=True))
    top = workspace.push_modal(ada, form(SAY))
    assert (await slack.acts.close(ada, top["id"], all_views=True)).ok
    assert closed == [("tell", True)] and workspace.modals(ada) == [] and root["id"] != top["id"]


async def test_type_ahead_asks_the_app_and_refuses_too_many(slack, tiny, workspace, ada):
    async def teams(ack, payload):
        count = 101 if payload["value"] == "all" else 2
        one = {"text": {"type": "plain_text", "text": "Platform"}, "value": "p"}
        await ack(options=[one] * count)

    tiny.bolt.options("teams")(teams)
    view = workspace.open_modal(ada, form(TEAMS))
    assert not (await slack.acts.suggest(ada, view_id=view["id"], action_id="teams", text="")).sent
    few = await slack.acts.suggest(ada, view_id=view["id"], action_id="teams", text="pla")
    assert [option["value"] for option in few.options] == ["p", "p"]
    many = await slack.acts.suggest(ada, view_id=view["id"], action_id="teams", text="all")
    assert many.problems and many.options == []


async def test_a_command_is_answered_to_the_person_who_typed_it(slack, tiny, workspace, general, ada, grace):
    async def command(ack, command):
        await ack(f"you said {command['text']}")

    tiny.bolt.command("/mentor")(command)
    reply = await slack.acts.command(ada, general, "help <me>")
    assert reply.text == "you said help &lt;me&gt;"
    assert [m["text"] for m in workspace.history(general, viewer=ada)] == [reply.text]
    assert workspace.history(general, viewer=grace) == []
    with pytest.raises(NotThereError):
        await slack.acts.command(ada, general, "", command="/other")


async def test_shortcuts_carry_a_trigger_and_the_message(slack, tiny, workspace, general, ada):
    seen = []

    async def chosen(ack, shortcut):
        await ack()
        seen.append((shortcut["type"], shortcut.get("message", {}).get("text"), "trigger_id" in shortcut))

    tiny.bolt.shortcut("ask")(chosen)
    tiny.bolt.shortcut("keep")(chosen)
    ts = workspace.post_message(general, ada, "worth keeping")["ts"]
    await slack.acts.shortcut(ada, "ask")
    await slack.acts.message_shortcut(ada, "keep", general, ts)
    assert seen == [("shortcut", None, True), ("message_action", "worth keeping", True)]


async def test_people_from_elsewhere_press_buttons_but_type_no_commands(slack, tiny, workspace: Workspace, ada):
    guest = workspace.add_user("hana", team_id="T0ELSEWHERE")["id"]
    shared = workspace.add_channel("shared", creator=ada, members=[guest, workspace.bot_user_id], is_ext_shared=True)
    users = []

    async def pressed(ack, body):
        await ack()
        users.append(body["user"])

    tiny.bolt.action("go")(pressed)
    ts = (await tiny.client.chat_postMessage(channel=shared, text="x", blocks=[PRESS]))["ts"]
    await slack.acts.click(guest, channel=shared, ts=ts, action_id="go")
    assert users[0]["team_id"] == "T0ELSEWHERE"
    with pytest.raises(NotThereError):
        await slack.acts.command(guest, shared, "help")


async def test_an_app_that_does_not_answer_in_time_is_shown_as_slack_shows_it(slack, tiny, workspace, ada):
    async def never(ack):
        await asyncio.Event().wait()

    tiny.bolt.shortcut("ask")(never)
    slack.acts.deliver.patience = 0.05
    reply = await slack.acts.shortcut(ada, "ask")
    assert reply.status is None and reply.text == TIMED_OUT and not reply.ok


async def test_acts_are_noted_by_hand_or_by_script(slack, tiny, workspace, general, ada):
    await slack.acts.post(ada, general, "by hand")
    slack.acts.scripted = True
    await slack.acts.post(ada, general, "by script")
    newest, before = workspace.acts(2)
    assert newest["scripted"] and not before["scripted"] and before["user"] == ada
