"""What counts as a word, and what a typed line asks for, whatever it is."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.archive.finding import rules
from bot.archive.finding.query import MOST_WORDS, read_query
from bot.archive.finding.words import stems, tag_token, words_of

TOKEN = re.compile("[a-z0-9_]+")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Résumé, ÜBER, Straße", ["resume", "uber", "strasse"]),
        ("C++ and C# and .NET, not c", ["cpp", "and", "csharp", "and", "dotnet", "not", "c"]),
        ("they're Ana’s", ["theyre", "anas"]),
        ("学習する", ["学習", "習す", "する"]),
        ("Привет, мир", ["привет", "мир"]),
        ("😀 👍🏽 — … !", []),
        ("a\0b\u200bc", ["a", "bc"]),
        ("שָׁלוֹם", ["שלום"]),
        ("", []),
    ],
)
def test_words_are_folded_and_everything_else_is_passed_over(text: str, words: list[str]):
    assert words_of(text) == words


def test_one_word_in_several_forms_is_one_token():
    assert len(set(stems(["negotiating", "negotiated", "negotiates", "negotiate"]))) == 1


def test_two_words_of_another_script_never_share_a_token():
    assert len(set(stems(["мир", "мор", "学習", "習学", "한국"]))) == 5


@pytest.mark.parametrize(("one", "other"), [("Machine Learning", "machine-learning"), ("C++", "c++"), ("Vías", "vias")])
def test_a_tag_has_one_token_by_name_and_by_slug(one: str, other: str):
    assert tag_token(one) == tag_token(other) != tag_token("something else")


@given(st.text(max_size=300))
def test_no_text_has_a_token_that_a_database_would_read_as_anything_else(text: str):
    words = words_of(text)
    assert all(words) and all(TOKEN.fullmatch(token) for token in stems(words))
    assert set(rules.search_text(text, text, text, [text])) <= set("abcdefghijklmnopqrstuvwxyz0123456789_| ")


@given(st.text(max_size=500))
def test_whatever_is_typed_is_read(text: str):
    query = read_query(text)
    assert len(query.words) <= MOST_WORDS
    assert read_query(" ".join(query.words)).words == query.words or not all(w.isascii() for w in query.words)


def test_a_line_is_read_as_words_tags_people_dates_and_outcome():
    query = read_query(
        'saying "no to" <@U123|ana> @Ben #stakeholder-management #c++ since:2026-01 until:2026-03-31 is:worked'
    )
    assert query.words == ("saying", "no")
    assert query.tags == ("stakeholder-management", "c++")
    assert query.people == ("U123", "Ben")
    assert (query.since, query.until, query.worked) == (date(2026, 1, 1), date(2026, 4, 1), True)


@pytest.mark.parametrize("typed", ["since:2026-13", "until:2026-02-30", "since:0000", "until:9999-12-31", "until:9999"])
def test_a_day_that_no_calendar_has_is_passed_over(typed: str):
    assert read_query(typed).is_empty


@pytest.mark.parametrize("typed", ["", "   ", "how to be the", "\0", "*", '"', "()", "😀", "#", "@", "AND OR"])
def test_a_line_without_a_meaningful_word_asks_for_nothing_much(typed: str):
    assert set(read_query(typed).words) <= {"and", "or"}
    assert not read_query(typed).words or typed == "AND OR"


def test_of_five_hundred_words_the_first_twenty_count_and_that_is_said():
    query = read_query(" ".join(f"word{number}" for number in range(500)))
    assert query.words == tuple(f"word{number}" for number in range(20))
    assert query.cut
    assert not read_query("word " * 500).cut
