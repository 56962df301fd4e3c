"""Sign in with Slack: believed only when everything about the answer is right, and only for members."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.web.access.openid import NotBelieved, read_token
from playground.web_api.openid import SIGNER
from tests.conftest import MONDAY
from tests.web.reading import Answer, Browser, Readers, a_company_that_reads
from tests.world import World

KEYS = {"slack_client_id": "1000.2000", "slack_client_secret": "playground-client-secret"}
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
ASKED: dict[str, Any] = {"client_id": "1000.2000", "issuer": "https://slack.com", "nonce": "n1", "now": NOW}
CLAIMS = {
    "iss": "https://slack.com",
    "aud": "1000.2000",
    "exp": int(NOW.timestamp()) + 300,
    "nonce": "n1",
    "https://slack.com/team_id": "T1",
    "https://slack.com/user_id": "U1",
}


@pytest.fixture
async def readers(sqlite_url: str):
    async with a_company_that_reads(World(sqlite_url, now=MONDAY, pages_at=0, **KEYS)) as company:
        yield company


async def to_slack_and_back(readers: Readers, browser: Browser, name: str, to: str = "/insights/kept") -> Answer:
    """Press the button, say over there who one is, and come back."""
    away = await browser.get(f"/sign-in?to={to}")
    assert away.status == 303 and "openid" in away.to
    over_there = await browser.get(f"{away.to}&user={readers.world.users[name]}")
    assert over_there.status == 302, over_there.html
    return await browser.get(over_there.to)


async def test_a_member_signs_in_and_reads_what_they_came_for(readers: Readers):
    async with readers.browser() as browser:
        asked = await browser.get("/insights/kept")
        assert asked.status == 401 and 'href="/sign-in?to=%2Finsights%2Fkept"' in asked.html
        back = await to_slack_and_back(readers, browser, "Ada Lovelace", "%2Finsights%2Fkept")
        assert (back.status, back.to) == (303, "/insights/kept")
        page = await browser.get(back.to)
        assert page.title == "Kept by you" and "You read as Ada Lovelace" in page.said
        assert set(browser.cookies) == {"perennial_reader"}


async def test_signing_in_never_leads_away(readers: Readers):
    async with readers.browser() as browser:
        for to in ("https://evil.example", "//evil.example", "%5C%5Cevil.example", "", "javascript:x"):
            assert (await to_slack_and_back(readers, browser, "Ada Lovelace", to)).to == "/insights", to


async def test_who_is_not_a_member_is_vouched_for_in_vain(readers: Readers):
    readers.world.person("Stranger")
    async with readers.browser() as browser:
        assert (await to_slack_and_back(readers, browser, "Stranger")).title == "You are not in Perennial at the moment"
        await readers.change("Ada Lovelace", deactivated_at=readers.world.clock())
        assert (await to_slack_and_back(readers, browser, "Ada Lovelace")).status == 403
        assert browser.cookies == {}


async def test_a_sign_in_ends_in_the_browser_it_was_begun_in_within_ten_minutes(readers: Readers):
    async with readers.browser() as ada, readers.browser() as other:
        away = await ada.get("/sign-in")
        back = (await ada.get(f"{away.to}&user={readers.world.users['Ada Lovelace']}")).to
        for stranger in (back, back.replace("state=", "state=x"), "/sign-in/back", "/sign-in/back?state=&code=x"):
            assert (await other.get(stranger)).title == "Signing in was not finished"
        await readers.world.move(minutes=10)
        assert (await ada.get(back)).title == "Signing in was not finished"
        assert ada.cookies == {} and other.cookies == {}


async def test_stopping_on_slacks_page_and_a_code_that_is_spent_open_nothing(readers: Readers):
    async with readers.browser() as browser:
        away = await browser.get("/sign-in")
        state = parse_qs(urlsplit(away.to).query)["state"][0]
        assert (await browser.get(f"/sign-in/back?error=access_denied&state={state}")).title == "You are not signed in"
        away = await browser.get("/sign-in")
        state = parse_qs(urlsplit(away.to).query)["state"][0]
        answer = await browser.get(f"/sign-in/back?code=made-up&state={state}")
        assert (answer.status, answer.title) == (502, "Slack gave no answer we can trust")
        assert browser.cookies == {}


async def test_without_client_id_and_secret_nobody_is_sent_to_slack(sqlite_url: str):
    async with a_company_that_reads(World(sqlite_url, now=MONDAY, pages_at=0)) as company, company.browser() as browser:
        assert (await browser.get("/sign-in")).status == 404
        assert "Sign in with Slack" not in (await browser.get("/insights")).said


def token(*, key: Any = None, kid: str = "playground", algorithm: str = "RS256", **changes: Any) -> str:
    claims = {name: value for name, value in (CLAIMS | changes).items() if value is not None}
    return jwt.encode(claims, SIGNER._key if key is None else key, algorithm=algorithm, headers={"kid": kid})


def test_a_token_that_is_right_names_team_and_user():
    assert read_token(token(), SIGNER.published(), **ASKED) == ("T1", "U1")
    late = ASKED | {"now": NOW + timedelta(seconds=330)}
    assert read_token(token(), SIGNER.published(), **late) == ("T1", "U1")  # clocks differ by seconds


OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.mark.parametrize(
    "made",
    [
        {"key": OTHER_KEY},
        {"kid": "unknown"},
        {"key": "x" * 64, "algorithm": "HS256"},
        {"key": "", "algorithm": "none"},
        {"iss": "https://slack.example"},
        {"iss": None},
        {"aud": "another.app"},
        {"aud": None},
        {"exp": int(NOW.timestamp()) - 61},
        {"exp": None},
        {"nonce": "n2"},
        {"nonce": None},
        {"https://slack.com/team_id": None},
        {"https://slack.com/user_id": 7},
    ],
    ids=lambda made: "another key" if made == {"key": OTHER_KEY} else str(made),
)
def test_a_token_with_anything_wrong_is_not_believed(made: dict[str, Any]):
    with pytest.raises(NotBelieved):
        read_token(token(**made), SIGNER.published(), **ASKED)


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "..", "é"])
def test_what_is_no_token_at_all_is_not_believed(text: str):
    with pytest.raises(NotBelieved):
        read_token(text, SIGNER.published(), **ASKED)
