"""Slack's mrkdwn becomes HTML that can only show what was meant."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.page.context import Context
from playground.page.mrkdwn import render_mrkdwn

READER = Context(
    zone=ZoneInfo("Europe/Lisbon"),
    now=datetime(2026, 7, 6, 9, tzinfo=UTC),
    viewer="U1",
    person={"U1": "Ana Sousa", "U2": "Ben <Adler>"}.get,
    channel={"C1": "general"}.get,
)


def html(text: str) -> str:
    return str(render_mrkdwn(text, READER))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*bold* _italic_ ~gone~", "<strong>bold</strong> <em>italic</em> <s>gone</s>"),
        ("*_both_*", "<strong><em>both</em></strong>"),
        ("2*3*4 a_b_c 1~2~3", "2*3*4 a_b_c 1~2~3"),
        ("* a star alone *", "* a star alone *"),
        ("`*not bold*`", "<code>*not bold*</code>"),
        ("```x < y\n*z*```", "<pre>x &lt; y\n*z*</pre>"),
        ("> one\n> two\nthree", "<blockquote>one<br>two</blockquote>three"),
        ("&gt; quoted", "<blockquote>quoted</blockquote>"),
        ("• one\n• *two*", "<ul><li>one</li><li><strong>two</strong></li></ul>"),
        ("one\ntwo", "one<br>two"),
        ("fish &amp; chips", "fish &amp; chips"),
        ("<@U1>", '<span class="mention me">@Ana Sousa</span>'),
        ("<@U2>", '<span class="mention">@Ben &lt;Adler&gt;</span>'),
        ("<@U9|kim>", '<span class="mention">@kim</span>'),
        ("<#C1>", '<span class="mention">#general</span>'),
        ("<!channel>", '<span class="mention me">@channel</span>'),
        ("<!subteam^S1|@leads>", '<span class="mention">@leads</span>'),
        ("mailto:a@b.c stays", "mailto:a@b.c stays"),
        ("10:30:45 stays", "10:30:45 stays"),
        (":nosuchemoji:", ":nosuchemoji:"),
    ],
)
def test_a_text_is_shown_as_slack_would_show_it(text: str, shown: str) -> None:
    assert html(text) == shown


def test_a_link_keeps_its_words_and_opens_elsewhere() -> None:
    assert html("*<https://a.example/?x=1&amp;y=2|the notes>*") == (
        '<strong><a href="https://a.example/?x=1&amp;y=2" target="_blank" rel="noreferrer">the notes</a></strong>'
    )


def test_a_permalink_leads_to_the_message_on_this_page() -> None:
    link = "https://tidewater.slack.com/archives/C1/p1772529240000100"
    assert html(f"<{link}|there>") == '<a href="/as/U1/C1#m1772529240.000100" data-nav>there</a>'
    threaded = f"{link}?thread_ts=1772529000.000200&amp;cid=C1"
    assert 'href="/as/U1/C1?thread=1772529000.000200#m1772529240.000100"' in html(f"<{threaded}|there>")


def test_an_emoji_has_a_name_for_those_who_cannot_see_it() -> None:
    assert html(":tada:") == '<span class="emoji" role="img" aria-label="tada">🎉</span>'


def test_a_date_is_told_in_the_readers_zone() -> None:
    ten_utc = int(datetime(2026, 7, 6, 10, tzinfo=UTC).timestamp())
    assert ">Jul 6, 2026 at 11:00</time>" in html(f"<!date^{ten_utc}^{{date_short}} at {{time}}|10:00 UTC>")
    pretty = f"<!date^{ten_utc}^{{date_short_pretty}}, {{time}}|10:00 UTC>"
    assert ">today, 11:00</time>" in html(f"See you {pretty}")
    assert ">Today, 11:00</time>" in html(pretty)


def test_a_broken_date_shows_its_fallback() -> None:
    assert html("<!date^soon^{time}|at ten>") == "at ten"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<javascript:alert(1)|press me>",
        "<data:text/html,x|press me>",
        '<https://a.example/" onmouseover="x|y>',
        "*<img src=x onerror=alert(1)>*",
        "`<b>`",
        "> <iframe>",
    ],
)
def test_nothing_a_person_types_becomes_markup_of_its_own(text: str) -> None:
    shown = html(text)
    assert "<script" not in shown
    assert "<img" not in shown
    assert "<iframe" not in shown
    assert 'href="javascript' not in shown
    assert 'href="data' not in shown
    assert '" onmouseover' not in shown


@given(st.text(alphabet="*_~`<>&|@#!:/.\n abc\ue000\ue001019", max_size=60))
def test_any_text_is_escaped_whole(text: str) -> None:
    from html.parser import HTMLParser

    allowed = {"strong", "em", "s", "code", "pre", "blockquote", "br", "ul", "li", "span", "a", "time"}
    seen: list[str] = []

    class Listener(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.append(tag)
            assert all(not name.startswith("on") for name, _ in attrs)

    Listener().feed(html(text))
    assert set(seen) <= allowed
    assert "\ue000" not in html(text)
