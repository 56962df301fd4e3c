"""What comes first, what is telling, and how near a word must be."""

from datetime import UTC, datetime

import pytest

from bot.archive.finding import library, rules
from bot.archive.finding.cards import Tag
from bot.archive.finding.query import read_query
from bot.archive.finding.rules import Hit
from bot.archive.finding.words import meant, stems, words_of

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def hit(id_: int, question: str = "", gist: str = "", tips: str = "", tags: tuple[str, ...] = (), **facts) -> Hit:
    month = facts.pop("month", "2026-02")
    return Hit(id_, rules.search_text(question, gist, tips, tags, month=month), **facts)


def ranked(typed: str, *hits: Hit, **how) -> list[int]:
    return [each.id for each in rules.rank(hits, read_query(typed), NOW, **how)]


def test_a_card_with_all_words_comes_before_one_with_some_however_good():
    some = hit(2, "budget", tags=("Budget",), worked=50, tried=50, bookmarks=40)
    assert ranked("budget talks", some, hit(1, tips="budget talks", month="2020-01")) == [1, 2]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (hit(1, tags=("Budget",)), hit(2, "budget")),
        (hit(1, "budget"), hit(2, gist="budget")),
        (hit(1, gist="budget"), hit(2, tips="budget")),
        (hit(1, "budget", worked=4, tried=5), hit(2, "budget")),
        (hit(1, "budget", worked=3, tried=3), hit(2, "budget", worked=3, tried=9)),
        (hit(1, "budget", bookmarks=3), hit(2, "budget")),
        (hit(1, "budget", month="2026-02"), hit(2, "budget", month="2024-02")),
        (hit(2, "budget"), hit(1, "budget")),
    ],
)
def test_where_it_stands_what_worked_what_is_kept_and_what_is_new_count(better: Hit, worse: Hit):
    assert ranked("budget", worse, better) == ranked("budget", better, worse) == [better.id, worse.id]


def test_a_phrase_puts_the_cards_first_that_hold_it_side_by_side():
    near, apart = hit(1, "no budget talks", month="2024-01"), hit(2, "talks about the yearly budget")
    assert ranked("budget talks", near, apart) == [2, 1]
    assert ranked('"budget talks"', near, apart) == [1, 2]


def test_a_rare_word_weighs_more_where_only_some_are_held():
    common, rare = hit(2, "team"), hit(1, "giraffe")
    assert ranked("team giraffe", common, rare, cards_with={"team": 90, "giraff": 1}, cards=100) == [1, 2]


def test_of_many_words_the_rare_ones_are_looked_for_alone_and_the_common_ones_in_pairs():
    counts = {"team": 50_000, "plan": 20_000, "client": 3_000, "giraff": 3}
    chosen = rules.telling(list(counts), counts, 100_000)
    assert chosen[0] == ("giraff",) and all(len(each) == 2 for each in chosen[1:])
    assert sum(rules.expected(each, counts, 100_000) for each in chosen) <= 400
    assert rules.telling(["team"], counts, 100_000) == (("team",),)
    assert rules.telling(["team", "plan"], counts, 100_000) == (("plan", "team"),)
    assert rules.telling(["unknown"], counts, 100_000) == rules.telling([], {}, 0) == ()


@pytest.mark.parametrize(
    ("word", "edits"), [("no", 0), ("led", 0), ("lead", 1), ("leading", 1), ("delegate", 2), ("2026", 0)]
)
def test_short_words_must_be_right_and_long_ones_may_be_two_letters_off(word: str, edits: int):
    assert rules.edits_allowed(word) == edits


def test_of_two_words_as_near_the_one_with_the_same_beginning_and_then_the_commoner_is_meant():
    assert rules.nearest("leed", [("feed", 1), ("lead", 1)], {"feed": 9, "lead": 1}) == "lead"
    assert rules.nearest("leed", [("lend", 1), ("lead", 1)], {"lend": 1, "lead": 2}) == "lead"
    assert rules.nearest("leed", [], {}) is None


def test_tags_that_begin_alike_are_suggested_first():
    tags = [Tag("skill", "money", "Money", 9), Tag("skill", "delegating", "Delegating", 1)]
    assert [tag.slug for tag in rules.nearby(["delegitimate"], tags)] == ["delegating", "money"]


def test_what_a_card_adds_to_the_words_is_read_back_as_its_tags():
    lines = rules.vocabulary(
        "A talk", "", "", [("skill", "a-b", "A / B"), ("industry", "health", "Health")], month="2026-02"
    )
    assert rules.tags_of("\n".join(lines)) == (Tag("skill", "a-b", "A / B"), Tag("industry", "health", "Health"))
    rows = {line: rules.row_of_line(line) for line in lines}
    assert rows["talk"] == {"word": "talk", "stem": "talk", "kin": "t4"}
    assert rows["_industry/health/Health"]["stem"] == "_thealth" and rows["_"]["kin"] == "_"


def test_every_word_finds_its_misspelt_self_among_its_kin():
    for wrong, right in (
        ("negotation", "negotiation"),
        ("engotiation", "negotiation"),
        ("laed", "lead"),
        ("delagete", "delegate"),
    ):
        assert rules.row_of_line(right)["kin"] in rules.kin_of(wrong)
    assert "negotiation" in rules.with_another_start("egotiation") and "lead" in rules.with_another_start("mead")


def test_the_collections_are_good_to_read_and_each_finds_something_of_its_own():
    shelves = library.built_in()
    assert len(shelves) >= 8
    assert len({shelf.tokens for shelf in shelves.values()}) == len(shelves)
    for shelf in shelves.values():
        assert shelf.about.count(". ") == 1 and shelf.about.endswith("."), shelf.slug
        assert "!" not in shelf.about
    assert library.nearby(["delegating"])[0] == ("first-time-leading", "First time leading")


@pytest.mark.parametrize(
    "text",
    ["Three teams say that theirs comes first, two weeks in a row.", "The monthly report: who reads its first page?"],
)
def test_words_of_every_day_make_no_card_one_for_newcomers(text: str):
    held = set(stems(meant(words_of(text))))
    assert [
        slug for slug, shelf in library.built_in().items() if "first" in str(shelf.tokens) and _holds(shelf, held)
    ] == []


def _holds(shelf: library.BuiltIn, tokens: set[str]) -> bool:
    return any(set(line) <= tokens for line in shelf.tokens)
