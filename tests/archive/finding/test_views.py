"""Every message and view of finding, as a golden file, with words that would ping and break if they were not escaped."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.archive.finding import command, forms, home_views, leading, phrases, views, yearly
from bot.archive.finding.cards import Card, Found, Person, Tag
from bot.archive.finding.collecting import Shelf
from bot.archive.finding.home_views import Listed
from bot.archive.finding.query import Query
from bot.messages import Content
from bot.slack import blocks
from tests.goldens import Golden

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
CARD = Card(
    id=7,
    workspace_id=1,
    question="How did you say no to <!channel> & a client?",
    gist="Say what it *costs*, then <@U1> offer less.",
    tips="Write two sentences.\nSend them the same day.",
    source_kind="question",
    source="question:3",
    made_by=4,
    published_at=datetime(2026, 2, 3, 9, tzinfo=UTC),
    version=1,
    tags=(Tag("skill", "saying-no", "Saying no"), Tag("industry", "health", "Health & care")),
    people=(Person(4, "U4", "Ana <b>"), Person(5, "U5", "Ben")),
    worked=4,
    tried=5,
)
OTHER = replace(
    CARD, id=8, question="Which book about Rust?", gist="", tips="", people=(), worked=0, tried=0, kept=True
)
OLD = replace(CARD, id=9, look_again=True, my_outcome="partly", published_at=datetime(2025, 1, 7, 9, tzinfo=UTC))
SHELF = Shelf("saying-no", "Saying no", "For the request that does not fit. Sentences that keep <the> relationship.")


def home(shown: list) -> dict:
    return blocks.home(shown)


def test_the_card_for_a_reader_its_maker_a_lead_and_a_year_later(golden: Golden):
    today = NOW.date()
    golden("archive/finding/card", views.card_modal(CARD, views.Looker(1), [OTHER], today))
    golden("archive/finding/card_for_its_maker", views.card_modal(CARD, views.Looker(4), [], today))
    golden("archive/finding/card_for_a_lead", views.card_modal(OTHER, views.Looker(1, is_lead=True), [], today))
    golden("archive/finding/card_old", views.card_modal(OLD, views.Looker(1, knows=True), [], today))
    golden("archive/finding/card_old_for_others", views.card_modal(OLD, views.Looker(1), [], today))
    golden("archive/finding/card_gone", views.gone())


def test_the_form_and_what_it_found(golden: Golden):
    query = Query(words=("client",))
    typed = forms.Typed("cliemt", (("Saying no", "saying-no"),), ("U1",), "quarter", True)
    golden("archive/finding/search", forms.search_form())
    found = Found([CARD, OTHER], 12, False, query, {"cliemt": "client"})
    golden("archive/finding/found", forms.search_form(typed, forms.results(found, 4)))
    nothing = Found([], 0, False, replace(query, cut=True), suggested_tags=(Tag("skill", "saying-no", "Saying no", 3),),
                    suggested_collections=(("saying-no", "Saying no"),))  # fmt: skip
    golden("archive/finding/found_nothing", forms.search_form(forms.Typed("x"), forms.results(nothing)))
    golden("archive/finding/collection_in_the_form", forms.collection_modal(SHELF.name, SHELF.about, [CARD], 4))
    golden("archive/finding/collect", leading.collect_form(7, [SHELF]))
    golden("archive/finding/collect_added", leading.added(CARD.question, SHELF.name))
    golden("archive/finding/command", Content("Two cards.", command.answer(Found([CARD], 2, False, query), "a1b2")))


def test_the_pages_of_the_home_tab(golden: Golden):
    ask = blocks.button("Ask mentors", "questions.ask")
    golden("archive/finding/front", home(home_views.front([CARD, OTHER], [ask], has_any=True)))
    golden("archive/finding/front_quiet", home(home_views.front([], [], has_any=True)))
    golden("archive/finding/front_empty", home(home_views.front([], [ask], has_any=False)))
    page = blocks.button("Open in the browser", "archive.open_in_browser") | {"url": "https://mentors.example/enter/x"}
    golden("archive/finding/start", home(home_views.start([CARD], [ask], kept=2, old=1, page=page)))
    golden("archive/finding/start_first", home(home_views.start([CARD], [], kept=0, old=0)))
    golden("archive/finding/start_empty", home(home_views.start([], [ask], kept=0, old=0)))
    golden("archive/finding/kept", home(home_views.listed(Listed("kept", [OTHER], 21, 1, 10))))
    golden("archive/finding/kept_empty", home(home_views.listed(Listed("kept", [], 0, 0, 10))))
    golden("archive/finding/old", home(home_views.listed(Listed("old", [OLD], 1, 0, 10))))
    golden("archive/finding/collections", home(home_views.collections([SHELF])))
    golden(
        "archive/finding/collection", home(home_views.collection(SHELF, Listed("in:saying-no", [CARD], 1, 0, 10), [7]))
    )
    golden(
        "archive/finding/collection_empty", home(home_views.collection(SHELF, Listed("in:saying-no", [], 0, 0, 10), []))
    )


def test_the_question_after_a_year(golden: Golden):
    golden("archive/finding/still_true", yearly.asked(OLD, NOW.date()))
    golden("archive/finding/still_true_answered", yearly.answered(OLD))


def test_the_longest_card_there_can_be_still_fits():
    long = replace(CARD, question="q" * 3000, gist="& " * 4500, tips="<" * 9000, tags=CARD.tags * 20)
    shown = views.card_modal(long, views.Looker(1), [long] * 3, NOW.date())
    assert len(shown["blocks"]) < 100
    for block in shown["blocks"]:
        assert len(block.get("text", {}).get("text", "")) <= 3000
    for text, sign in (("a b " * 2000, "a"), ("<" * 9000, "&lt;"), ("one line\n" * 900, "line")):
        parts = phrases.pieces(text)
        assert "".join(parts).count(sign) == blocks.escape(text).count(sign)
        assert all(len(part) <= 2950 for part in parts)


def test_how_it_went_is_said_in_words():
    said = [phrases.how_it_went(replace(CARD, worked=w, tried=t)) for w, t in ((0, 0), (1, 1), (0, 1), (0, 3), (4, 5))]
    assert said == [
        "Nobody has said yet how it went.",
        "It worked for the one person who tried it.",
        "One person tried it; not quite.",
        "Three tried it; it has not quite worked for anybody yet.",
        "It worked for four of five who tried it.",
    ]
