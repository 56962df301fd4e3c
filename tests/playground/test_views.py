"""Home tabs and forms through the Web API: triggers, the stack of three, hashes and external ids."""

from slack_sdk.web.async_client import AsyncWebClient

from playground.workspace import Workspace
from tests.playground.refusals import error_of, refused
from tests.playground.tiny_app import manifest

SAY = {"type": "section", "text": {"type": "mrkdwn", "text": "hi"}}
ASK = {
    "type": "input",
    "block_id": "q",
    "label": {"type": "plain_text", "text": "Why?"},
    "element": {"type": "plain_text_input", "action_id": "why"},
}
HOME = {"type": "home", "blocks": [SAY]}


def form(*blocks, **more):
    title = {"type": "plain_text", "text": "Form"}
    return {"type": "modal", "title": title, "submit": title, "blocks": list(blocks) or [SAY], **more}


async def test_a_home_tab_is_published_and_replaced(client, workspace: Workspace, ada):
    first = (await client.views_publish(user_id=ada, view=HOME))["view"]
    second = (await client.views_publish(user_id=ada, view=HOME, hash=first["hash"]))["view"]
    assert first["id"] == second["id"] and first["hash"] != second["hash"]
    assert workspace.home(ada)["blocks"][0]["block_id"]


async def test_a_stale_hash_overwrites_nothing(client, ada):
    old = (await client.views_publish(user_id=ada, view=HOME))["view"]["hash"]
    await client.views_publish(user_id=ada, view=HOME)
    assert await error_of(client.views_publish(user_id=ada, view=HOME, hash=old)) == "hash_conflict"


async def test_no_home_tab_unless_the_manifest_has_one(client, workspace, ada):
    workspace.install(manifest(home=False))
    assert await error_of(client.views_publish(user_id=ada, view=HOME)) == "not_enabled"


async def test_a_form_needs_a_fresh_trigger(client: AsyncWebClient, workspace: Workspace, ada):
    trigger = workspace.new_trigger(ada)
    await client.views_open(trigger_id=trigger, view=form())
    assert await error_of(client.views_open(trigger_id=trigger, view=form())) == "exchanged_trigger_id"
    assert await error_of(client.views_open(trigger_id="1.2.x", view=form())) == "invalid_trigger_id"
    late = workspace.new_trigger(ada)
    born = workspace.monotonic()
    workspace.monotonic = lambda: born + 3.5
    assert await error_of(client.views_open(trigger_id=late, view=form())) == "expired_trigger_id"


async def test_a_refused_form_does_not_spend_its_trigger(client, workspace, ada):
    trigger = workspace.new_trigger(ada)
    await refused(client.views_open(trigger_id=trigger, view=form({"type": "nonsense"})))
    assert (await client.views_open(trigger_id=trigger, view=form()))["ok"]


async def test_at_most_three_forms_lie_on_each_other(client, workspace, ada):
    root = (await client.views_open(trigger_id=workspace.new_trigger(ada), view=form()))["view"]
    for _ in range(2):
        top = (await client.views_push(trigger_id=workspace.new_trigger(ada), view=form()))["view"]
    assert top["root_view_id"] == root["id"] and top["previous_view_id"] == workspace.modals(ada)[1]["id"]
    fourth = client.views_push(trigger_id=workspace.new_trigger(ada), view=form())
    assert await error_of(fourth) == "push_limit_reached"


async def test_an_update_needs_the_view_its_hash_and_its_own_external_id(client, workspace, ada, grace):
    mine = (await client.views_open(trigger_id=workspace.new_trigger(ada), view=form(external_id="one")))["view"]
    await client.views_open(trigger_id=workspace.new_trigger(grace), view=form(external_id="two"))
    updated = await client.views_update(external_id="one", view=form(external_id="one"), hash=mine["hash"])
    assert updated["view"]["id"] == mine["id"]
    stale = client.views_update(view_id=mine["id"], view=form(), hash=mine["hash"])
    assert await error_of(stale) == "hash_conflict"
    taken = client.views_update(view_id=mine["id"], view=form(external_id="two"))
    assert await error_of(taken) == "duplicate_external_id"
    assert await error_of(client.views_update(view_id="V0NOWHERE", view=form())) == "not_found"


async def test_what_was_typed_survives_a_redrawing(client, workspace, ada):
    view = (await client.views_open(trigger_id=workspace.new_trigger(ada), view=form(ASK)))["view"]
    typed = {"q": {"why": {"type": "plain_text_input", "value": "because"}}}
    workspace.keep_state(view["id"], typed)
    await client.views_update(view_id=view["id"], view=form(ASK, SAY))
    assert workspace.modals(ada)[0]["state"]["values"] == typed


async def test_an_input_without_submit_is_refused_and_said_where(client, workspace, ada):
    view = form(ASK)
    del view["submit"]
    answer = await refused(client.views_open(trigger_id=workspace.new_trigger(ada), view=view))
    assert answer["error"] == "invalid_arguments"
    assert "submit" in answer["response_metadata"]["messages"][0]


async def test_a_view_of_a_quarter_megabyte_is_too_large(client, ada):
    big = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}} for _ in range(90)]
    assert await error_of(client.views_publish(user_id=ada, view={"type": "home", "blocks": big})) == "view_too_large"


async def test_a_home_view_is_no_form_and_a_form_no_home_view(client, workspace, ada):
    assert await error_of(client.views_publish(user_id=ada, view=form())) == "invalid_arguments"
    assert await error_of(client.views_open(trigger_id=workspace.new_trigger(ada), view=HOME)) == "invalid_arguments"
