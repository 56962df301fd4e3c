"""Installing by OAuth, in one workspace or in several, and the safety about real tokens."""

from urllib.parse import parse_qs, urlsplit

import aiohttp
import jwt
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.server import SlackServer
from playground.tokens import RealTokenError, refuse_real_token
from playground.workspace import Workspace
from tests.playground.refusals import error_of
from tests.playground.tiny_app import manifest

BACK = "http://127.0.0.1/slack/oauth_redirect"


async def allow(server: SlackServer, **changes: str) -> tuple[int, dict[str, list[str]]]:
    """Go through the authorize page as an admin who says yes."""
    asked = {
        "client_id": "1000.2000",
        "scope": "chat:write,im:write",
        "state": "s1",
        "redirect_uri": BACK,
        "approve": "",
    }
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{server.url}/oauth/v2/authorize", params=asked | changes, allow_redirects=False) as response,
    ):
        return response.status, parse_qs(urlsplit(response.headers.get("location", "")).query)


async def test_an_install_gives_a_token_that_works_with_what_was_granted(slack, client: AsyncWebClient, workspace, ada):
    status, back = await allow(slack, approve=ada)
    assert status == 302 and back["state"] == ["s1"]
    keys = {"client_id": "1000.2000", "client_secret": "playground-client-secret"}
    answer = await client.oauth_v2_access(**keys, code=back["code"][0], redirect_uri=BACK)
    assert answer["team"]["id"] == workspace.team_id and answer["authed_user"]["id"] == ada
    installed = AsyncWebClient(base_url=slack.api_url, token=answer["access_token"])
    assert (await installed.auth_test())["user_id"] == workspace.bot_user_id
    assert await error_of(client.oauth_v2_access(**keys, code=back["code"][0])) == "invalid_code"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"client_id": "other"}, "invalid_client_id"),
        ({"client_secret": "wrong"}, "bad_client_secret"),
        ({"redirect_uri": "http://127.0.0.1/elsewhere"}, "bad_redirect_uri"),
    ],
)
async def test_an_exchange_with_the_wrong_keys_is_refused(slack, client, changes, error):
    _, back = await allow(slack)
    keys = {"client_id": "1000.2000", "client_secret": "playground-client-secret", "redirect_uri": BACK}
    assert await error_of(client.oauth_v2_access(**(keys | changes), code=back["code"][0])) == error


@pytest.mark.parametrize("changes", [{"scope": "admin"}, {"redirect_uri": "https://evil.example/"}, {"client_id": "x"}])
async def test_the_authorize_page_asks_only_for_what_the_manifest_names(slack, changes):
    assert (await allow(slack, **changes))[0] == 400


async def test_signing_in_gives_a_token_once_and_installs_nothing(slack, client, workspace, ada):
    asked = {"response_type": "code", "scope": "openid", "client_id": "1000.2000", "redirect_uri": BACK, "nonce": "n1"}
    keys = {"client_id": "1000.2000", "client_secret": "playground-client-secret"}

    async def code() -> str:
        address = f"{slack.url}/openid/connect/authorize"
        async with (
            aiohttp.ClientSession() as session,
            session.get(address, params=asked | {"user": ada}, allow_redirects=False) as response,
        ):
            return parse_qs(urlsplit(response.headers["location"]).query)["code"][0]

    one = await code()
    assert (
        await error_of(client.openid_connect_token(**(keys | {"client_secret": "x"}), code=one)) == "bad_client_secret"
    )
    claims = jwt.decode(
        (await client.openid_connect_token(**keys, code=one))["id_token"], options={"verify_signature": False}
    )
    assert (claims["https://slack.com/user_id"], claims["nonce"], claims["aud"]) == (ada, "n1", "1000.2000")
    assert await error_of(client.openid_connect_token(**keys, code=one)) == "invalid_code"
    assert await error_of(client.oauth_v2_access(**keys, code=await code())) == "invalid_code"
    _, back = await allow(slack, approve=ada)
    assert await error_of(client.openid_connect_token(**keys, code=back["code"][0])) == "invalid_code"


async def test_several_workspaces_live_on_one_server_apart(clock):
    one, two = (Workspace(clock=clock, team_id=f"T{number}", team_name=f"Team {number}") for number in (1, 2))
    for workspace in (one, two):
        workspace.install(manifest(), token=f"xoxb-playground-{workspace.team_id.lower()}")
        workspace.add_user("ada", is_admin=True)
    server = SlackServer(one, others=[two])
    await server.start()
    _, back = await allow(server, team="T2")
    client = AsyncWebClient(base_url=server.api_url, token="xoxb-playground-t1")
    keys = {"client_id": "1000.2000", "client_secret": "playground-client-secret"}
    answer = await client.oauth_v2_access(**keys, code=back["code"][0])
    assert answer["team"]["id"] == "T2" and (await client.auth_test())["team_id"] == "T1"
    second = AsyncWebClient(base_url=server.api_url, token=answer["access_token"])
    assert (await second.auth_test())["team_id"] == "T2"
    assert server.acts_in(two).base_url == server.url and server.acts_in(one) is server.acts
    await server.stop()


@pytest.mark.parametrize("token", ["xoxb-1234-5678-abcDEF", "xapp-1-A1-22-ff", "xoxp-1-2", "xoxe.xoxb-1-abc"])
def test_a_real_token_stops_the_playground_and_is_not_repeated(token):
    with pytest.raises(RealTokenError, match="SLACK_BOT_TOKEN") as caught:
        refuse_real_token({"HOME": "/root", "SLACK_BOT_TOKEN": token})
    assert token not in str(caught.value)


def test_of_its_own_tokens_and_none_and_a_real_one_only_the_real_one_is_refused():
    welcome = {"SLACK_BOT_TOKEN": "xoxb-playground-bot", "SLACK_APP_TOKEN": "xapp-playground-app", "EMPTY": ""}
    with pytest.raises(RealTokenError) as caught:
        refuse_real_token(welcome | {"SLACK_USER_TOKEN": "xoxp-1-2"})
    assert [name for name in (*welcome, "SLACK_USER_TOKEN") if name in str(caught.value)] == ["SLACK_USER_TOKEN"]
