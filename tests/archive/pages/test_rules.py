"""What addresses of pages ask for, and how a card's words become paragraphs and lists."""

from datetime import UTC, datetime

import pytest

from bot.archive.pages.rules import Asked, Passage, begins, month_and_year, passages, read_asked, since


def test_an_address_says_what_is_asked_for_and_back():
    asked = Asked(typed="a&b #c é", tag="saying-no", who="U1", months="3", worked=True, exactly=True, page=4)
    query = dict(pair.split("=") for pair in asked.address(page=4).partition("?")[2].split("&"))
    assert query["q"] == "a%26b+%23c+%C3%A9"
    assert read_asked(query | {"q": "a&b #c é"}) == asked
    assert Asked().address() == "/insights"


@pytest.mark.parametrize(
    ("given", "page"),
    [("0", 1), ("-3", 1), ("2", 2), ("999", 50), ("9999999999", 1), ("x", 1), ("²", 1), ("", 1), ("1.5", 1)],
)
def test_a_page_that_makes_no_sense_is_the_first(given: str, page: int):
    assert read_asked({"page": given}).page == page


def test_whatever_else_makes_no_sense_is_passed_over():
    assert (
        read_asked({"tag": "a/b", "who": "<@U1>", "months": "7", "worked": "yes", "exactly": "", "x": "y"}) == Asked()
    )
    assert read_asked({"q": "a\0b"}).typed == "a b"
    assert not Asked(typed="  ").is_search


def test_so_many_months_ago_begins_with_that_month():
    january = datetime(2026, 1, 31, tzinfo=UTC)
    assert [since(months, january) for months in ("1", "3", "12", "", "7")] == [
        "2025-12",
        "2025-10",
        "2025-01",
        None,
        None,
    ]


def test_a_card_was_published_in_the_month_of_whoever_reads():
    midnight = datetime(2026, 2, 28, 23, 30, tzinfo=UTC)
    assert (month_and_year(midnight, "UTC"), month_and_year(midnight, "Asia/Tokyo")) == ("February 2026", "March 2026")


def test_words_keep_their_paragraphs_and_lists():
    text = "One\ntwo\n\n\n- three\n• four\nand five\n1. six\n2) seven\n\n  \n"
    assert passages(text) == [
        Passage(False, ("One", "two")),
        Passage(True, ("three", "four")),
        Passage(False, ("and five",)),
        Passage(True, ("six", "seven")),
    ]
    assert passages("") == [] and passages("\n \n") == []


def test_a_teaser_ends_between_two_words():
    assert begins("one  two\nthree", 40) == "one two three"
    assert begins("one two, three", 10) == "one two …"
    assert begins("x" * 50, 10).startswith("xxxx")
