"""What people read of cards: every message, form and page as a golden file, short enough, and pinging nobody."""

import re

import pytest

from bot.archive.cards import news
from bot.archive.cards.consents import views as consents
from bot.archive.cards.editing import views as editing
from bot.archive.cards.editing.views import Kept, Sheet
from bot.archive.cards.keeping import rules as keeping
from bot.archive.cards.keeping import views as keep_views
from bot.archive.cards.mine import views as mine
from bot.archive.cards.mine.views import Asked, Mine
from bot.archive.cards.saying import Tag, Text
from bot.messages import Block, Content
from bot.slack import blocks
from tests.goldens import Golden

CARD = Text(
    "How do I say no to a client I like?",
    "Clients respect a clear no more than a late yes. Say it on the day you know it.",
    "Write down the one number they need.\nI would offer two dates and let them choose.",
    (
        Tag("skill", "negotiating", "Negotiating"),
        Tag("challenge", "saying-no", "Saying no"),
        Tag("industry", "law", "Law"),
    ),
)
ODD = Text("<!channel> *why*?", "<@U1> <script>alert(1)</script>\n> quoted", "<!here>\nمرحبا ❤")
LONG = Text("q" * 150, "g" * 600, "&" * 900)
SAID = ["Clients respect a clear no more than a late yes.", "I would offer two dates and let them choose."]

MESSAGES: dict[str, Content] = {
    "ask": consents.ask(7, CARD, SAID, maker="Ana Sousa", hidden=False),
    "ask_alias": consents.ask(7, CARD, [CARD.question], maker="Ana Sousa", hidden=True),
    "ask_odd": consents.ask(7, ODD, [ODD.gist], maker="<!here> Ana", hidden=False),
    "ask_long": consents.ask(7, LONG, [LONG.gist, LONG.tips], maker=None, hidden=False),
    "remind": consents.ask(7, CARD, SAID[:1], maker=None, hidden=False, again=True),
    "agreed": consents.agreed(7, CARD.question, named=True, may_undo=True),
    "agreed_last": consents.agreed(7, ODD.question, named=False, may_undo=False),
    "changed": consents.changed(CARD.question),
    "left_out": consents.left_out(CARD.question),
    "lapsed": consents.lapsed(ODD.question),
    "moot": consents.moot(),
    "take_it_back": consents.take_it_back(3, ODD.question),
    "stays": consents.stays(CARD.question),
    "out_too": consents.out_too(),
    "published": news.published(3, CARD.question),
    "published_anew": news.published(3, ODD.question, first=False),
    "missing": news.missing(3, CARD.question, ["gist"]),
    "missing_both": news.missing(3, "", ["question", "gist"]),
    "no_longer": news.no_longer(3, ODD.question, ["gist"]),
    "words_left": news.words_left(ODD.question),
    "gone": news.gone(),
    "moderated": news.moderated(ODD.question, "*Something you wrote is hidden for now: a card in the archive.*"),
}

FORMS: dict[str, Block] = {
    "form_new": editing.new_form(Sheet(), "own"),
    "form_edit": editing.edit_form(3, 4, Sheet(CARD, True, ["Ana Sousa", "<!here> Ben"], ["Heron"])),
    "form_edit_alias": editing.edit_form(3, 4, Sheet(CARD, None, ["Ben"])),
    "form_edit_own": editing.edit_form(3, 4, Sheet(CARD, False)),
    "form_edit_private": editing.edit_form(3, 4, Sheet(CARD, True, ["Ben"], private=True)),
    "form_edit_changed": editing.edit_form(3, 5, Sheet(CARD, None, [f"Person {n}" for n in range(9)]), now_says=ODD),
    "form_kept_published": editing.kept(Kept(ODD.question, 3)),
    "form_kept_asked": editing.kept(Kept(CARD.question, None, asked=2, left=1)),
    "form_kept_missing": editing.kept(Kept(CARD.question, None, left=2, missing=True)),
    "form_change": consents.change_form(7, [("gist", SAID[0])], hidden=False, state="ab12"),
    "form_change_alias": consents.change_form(
        7, [("question", "q" * 40), ("tips", ODD.tips)], hidden=True, state="ab12"
    ),
    "form_change_many": consents.change_form(
        7, [("tips", f"Words {n}.") for n in range(9)], hidden=False, state="ab12"
    ),
    "cannot_keep": keep_views.cannot(
        keeping.judged(keeping.Said("Hello.", False, False, True, False, "<!here> Zoe"))[1]
    ),
    "not_yours": keep_views.not_yours(""),
    "kept_already": keep_views.not_yours(ODD.question),
}

CARDS = [
    Mine(1, CARD.question, "asking", False, asked=Asked(7, SAID, False)),
    Mine(2, CARD.question, "asking", True, waits_for=["Ben", "<!here>"], waits_for_more=1),
    Mine(3, ODD.question, "draft", True),
    Mine(4, CARD.question, "published", True, changing=True, waits_for=["Ben"]),
    Mine(5, CARD.question, "published", False, has_words=True),
    Mine(6, "", "hidden", True, has_words=True),
    Mine(7, CARD.question, "asking", False, asked=Asked(8, [ODD.question], True)),
    Mine(8, CARD.question, "asking", True, waits_for_more=1),
]
PAGES: dict[str, list[Block]] = {
    "front_asked": mine.front(2, 1),
    "front_making": mine.front(2, 0),
    "page": mine.page(CARDS, 0, 18),
    "page_older": mine.page(CARDS[:1], 10, 11),
    "page_middle": mine.page(CARDS[:1], 10, 30),
    "page_empty": mine.page([], 0, 0),
}


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_every_message_reads_as_it_did_and_slack_takes_it(name: str, golden: Golden):
    golden(f"archive/cards/{name}", MESSAGES[name])


@pytest.mark.parametrize("name", sorted(FORMS))
def test_every_form_reads_as_it_did_and_slack_takes_it(name: str, golden: Golden):
    golden(f"archive/cards/{name}", FORMS[name])
    assert sum(each["type"] == "input" for each in FORMS[name]["blocks"]) <= 7


@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_page_reads_as_it_did_and_slack_takes_it(name: str, golden: Golden):
    golden(f"archive/cards/{name}", blocks.home(PAGES[name]))


def test_nothing_people_wrote_can_ping_anybody():
    spoken = (
        [each.blocks for each in MESSAGES.values()] + list(PAGES.values()) + [each["blocks"] for each in FORMS.values()]
    )
    for each in spoken:
        assert not re.search(r"<!(channel|here|everyone)>|<@U\d>|<script>", " ".join(mrkdwn(each)))


def test_a_form_says_back_what_it_was_filled_with():
    state = {
        "question": {"a": {"value": CARD.question}},
        "gist": {"a": {"value": f"  {CARD.gist}​ "}},
        "tips": {"a": {"value": CARD.tips.replace("\n", "\r\n\r\n")}},
        "skills": {"a": {"selected_options": [{"value": "Negotiating"}]}},
        "challenges": {"a": {"selected_options": [{"value": "saying-no"}, {"value": "no-such"}]}},
        "industries": {"a": {"selected_options": [{"value": "law"}]}},
        "name": {"a": {"selected_option": {"value": "with"}}},
    }
    text, named, errors = editing.read_form(state)
    assert (text.question, text.gist, text.tips) == (CARD.question, CARD.gist, CARD.tips)
    assert set(text.tags) == set(CARD.tags)
    assert (named, errors) == (True, {})
    assert editing.read_form({"skills": {"a": {"selected_options": [{"value": "x" * 41}]}}})[2].keys() == {"skills"}


def mrkdwn(shown: list[Block]) -> list[str]:
    """Every text that Slack would read marks and mentions in."""
    texts = [block["text"]["text"] for block in shown if block["type"] == "section"]
    return texts + [each["text"] for block in shown if block["type"] == "context" for each in block["elements"]]
