"""Links to the app's pages in the make-believe Slack: told to the app, and shown as the app says."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.page.messages import rows
from playground.page.people import reader
from playground.web_api.unfurls import links_to
from tests.playground.refusals import error_of
from tests.playground.tiny_app import TinyApp, manifest

DOMAIN = "pages.example"
LINK = f"https://{DOMAIN}/insights/7"
CARD = {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "*A card*"}}]}


@pytest.fixture
def workspace(workspace):
    """The tiny app, with a domain."""
    made = manifest()
    made["features"]["unfurl_domains"] = [DOMAIN]
    workspace.install(made)
    return workspace


def told(tiny: TinyApp) -> list[dict[str, Any]]:
    return [body["event"] for body in tiny.bodies if body["event"]["type"] == "link_shared"]


async def test_a_typed_address_becomes_a_link_and_its_app_hears_of_it(tiny, slack, workspace, ada, general):
    ts = await slack.acts.post(ada, general, f"See ({LINK}), and <{LINK}?a=1&b=2>. Also https://other.example/x!")
    text = workspace.message(general, ts)["text"]
    await tiny.hears(2)
    assert text == f"See (<{LINK}>), and &lt;<{LINK}?a=1&amp;b=2>&gt;. Also <https://other.example/x>!"
    (event,) = told(tiny)
    assert [link["url"] for link in event["links"]] == [LINK, f"{LINK}?a=1&b=2"]
    assert (event["message_ts"], event["source"], event["is_bot_user_member"]) == (ts, "conversations_history", True)


async def test_links_are_told_of_also_where_the_bot_is_not(tiny, slack, workspace, ada, grace):
    alone = workspace.open_dm(ada, grace)
    await slack.acts.post(ada, alone, LINK)
    await tiny.hears(1)
    (event,) = told(tiny)
    assert event["channel"] == alone and event["is_bot_user_member"] is False


def test_a_domain_holds_what_is_below_it_and_nothing_beside_it():
    text = (
        f"<{LINK}> <https://a.{DOMAIN}/x|named> <https://not{DOMAIN}/x> <https://{DOMAIN}.evil.example/> plain {LINK}"
    )
    assert [link["url"] for link in links_to([DOMAIN], text)] == [LINK, f"https://a.{DOMAIN}/x"]
    assert links_to([], text) == []


async def test_what_the_app_shows_stands_under_the_message(client: AsyncWebClient, workspace, ada, general):
    ts = workspace.post_message(general, ada, f"<{LINK}>")["ts"]
    for _ in range(2):  # shown again, it takes its own place
        await client.chat_unfurl(channel=general, ts=ts, unfurls={LINK: CARD})
    message = workspace.message(general, ts)
    assert [one["from_url"] for one in message["attachments"]] == [LINK] and "edited" not in message
    (row,) = rows(workspace, general, [message], reader(workspace, ada))
    assert "A card" in row.unfurls[0] and "A card" not in row.body


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"unfurls": {}}, "missing_unfurls"),
        ({"unfurls": {"https://other.example/": CARD}}, "cannot_unfurl_url"),
        ({"unfurls": {f"https://{DOMAIN}/not-in-it": CARD}}, "cannot_unfurl_url"),
        ({"unfurls": {LINK: {"html": "<b>"}}}, "invalid_unfurls_format"),
        ({"unfurls": {LINK: {"blocks": [{"type": "paragraph"}]}}}, "cannot_parse_attachment"),
        ({"ts": "1.000000"}, "cannot_find_message"),
        ({"channel": "C0NOWHERE"}, "cannot_find_channel"),
    ],
)
async def test_what_slack_refuses_to_show(client, workspace, ada, general, changes, error):
    ts = workspace.post_message(general, ada, f"<{LINK}>")["ts"]
    asked = {"channel": general, "ts": ts, "unfurls": {LINK: CARD}} | changes
    assert await error_of(client.chat_unfurl(**asked)) == error
