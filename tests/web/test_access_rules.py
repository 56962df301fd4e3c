"""Where links may lead, which form is ours, and how much one reader may ask for."""

import pytest

from bot.web.access import rules
from bot.web.limits import Buckets

BASE = "https://mentoring.example.com"


@pytest.mark.parametrize(
    "path", ["/insights", "/insights/7", "/insights?q=a%20b&tag=x", "/insights?q=https://b.example"]
)
def test_an_address_of_ours_is_local(path: str):
    assert rules.is_local(path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "insights",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/insights",
        "/a\nSet-Cookie: x",
        "/\t/evil.example",
        "javascript:alert(1)",
        "/" + "x" * 500,
    ],
)
def test_whatever_a_browser_may_read_as_elsewhere_is_not_local(path: str):
    assert not rules.is_local(path)


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"sec-fetch-site": "same-origin", "origin": "null"}, True),  # a page that sends no referrer hides its origin
        ({"sec-fetch-site": "cross-site", "origin": BASE}, False),
        ({"sec-fetch-site": "same-site", "origin": BASE}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"origin": BASE}, True),
        ({"origin": "HTTPS://Mentoring.example.com"}, True),
        ({"origin": "http://mentoring.example.com"}, False),
        ({"origin": "https://mentoring.example.com.evil.example"}, False),
        ({"origin": "null"}, False),
        ({}, False),
    ],
)
def test_only_a_form_on_our_own_pages_is_ours(headers: dict[str, str], ours: bool):
    assert rules.is_from_us(headers, BASE + "/perennial") is ours


def test_a_runaway_script_empties_its_own_bucket_only():
    seconds = [0.0]
    buckets = Buckets(burst=3, a_minute=60, stopwatch=lambda: seconds[0])
    assert [buckets.take("ada") for _ in range(4)] == [True, True, True, False]
    assert buckets.take("ben")
    seconds[0] = 1.0
    assert buckets.take("ada") and not buckets.take("ada")
