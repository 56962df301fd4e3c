"""What is decided about asking: aliases, limits, waits, what asks the same, what can be taken back."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from bot.features.questions.asking import aliases, home_views, rules, wording
from bot.features.questions.asking.listeners import typed_from
from bot.features.questions.asking.rules import Answered, Similar

NOW = datetime(2026, 3, 16, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


def answered(hours: float, asker: int, *, under_alias: bool = False) -> Answered:
    return Answered(NOW, NOW + hours * HOUR, bytes([asker]), under_alias)


def test_aliases_are_two_calm_words_of_which_there_are_enough():
    first, second = aliases.parts()
    assert min(len(first), len(second)) >= 40
    assert not set(first) & set(second)
    assert max(len(f"{one} {other}") for one in first for other in second) <= 24
    assert all(each[0].isupper() and each.isalpha() for each in (*first, *second))


def test_an_alias_is_drawn_by_chance_and_no_open_question_shares_it():
    drawn = iter([0, 0, 0, 0, 1, 0])
    assert rules.choose_alias(["Calm", "Mild"], ["Oak"], {"Calm Oak"}, lambda n: next(drawn) % n) == "Mild Oak"


def test_where_every_alias_is_taken_a_number_makes_one_more():
    taken = {"Calm Oak", "Calm Oak 2"}
    assert rules.choose_alias(["Calm"], ["Oak"], taken, lambda n: 0) == "Calm Oak 3"


@pytest.mark.parametrize(
    ("asked", "limit"),
    [
        ([], None),
        ([(NOW - HOUR, True)] * 2, None),
        ([(NOW - 30 * rules.WEEK, True)] * 3, "open"),
        ([(NOW - HOUR, False)] * 4, None),
        ([(NOW - HOUR, False)] * 5, "week"),
        ([(NOW - rules.WEEK, False)] * 9, None),
    ],
)
def test_under_an_alias_three_are_open_and_five_are_asked_in_a_week(
    asked: list[tuple[datetime, bool]], limit: str | None
):
    assert rules.too_many_aliases(asked, NOW) == limit


def test_the_usual_wait_is_the_median_and_nothing_is_said_of_too_few():
    assert rules.usual_wait([answered(hours, asker) for asker, hours in enumerate((1, 2, 4, 8, 90))]) == 4 * HOUR
    assert rules.usual_wait([answered(1, asker) for asker in range(4)]) is None


def test_waits_under_an_alias_count_only_among_ten_askers():
    named = [answered(2, asker) for asker in range(5)]
    assert rules.usual_wait([*named, *(answered(50, 8, under_alias=True) for _ in range(9))]) == 2 * HOUR
    assert rules.usual_wait([*named, *(answered(50, asker, under_alias=True) for asker in range(8, 20))]) == 50 * HOUR


@pytest.mark.parametrize(
    ("waited", "said"),
    [
        (timedelta(minutes=20), "People usually wait less than an hour for this."),
        (timedelta(minutes=70), "People usually wait about an hour for this."),
        (3.8 * HOUR, "People usually wait about four hours for this."),
        (47 * HOUR, "People usually wait about two days for this."),
        (None, wording.NOT_KNOWN),
    ],
)
def test_a_wait_is_said_in_words(waited: timedelta | None, said: str):
    assert wording.usual_wait(waited) == said


@pytest.mark.parametrize(
    ("state", "closing", "ago", "can"),
    [
        ("withdrawn", None, timedelta(minutes=59), True),
        ("withdrawn", None, timedelta(minutes=61), False),
        ("merged", None, timedelta(minutes=61), False),
        ("closed", "asker", timedelta(days=29), True),
        ("closed", "quiet", timedelta(days=31), False),
        ("closed", "moderator", HOUR, False),
        ("hidden", None, HOUR, False),
        ("open", None, HOUR, False),
    ],
)
def test_what_ended_can_be_opened_again_for_a_while(state: str, closing: str | None, ago: timedelta, can: bool):
    assert rules.can_reopen(state, closing, NOW - ago, NOW) is can


def test_what_asks_the_same_shares_words_or_skills():
    others = [
        Similar(1, "How do I bake bread?", frozenset()),
        Similar(2, "A client asks for too much", frozenset()),
        Similar(3, "Nothing alike here", frozenset({"negotiating"})),
    ]
    assert rules.most_alike("Saying no when a CLIENT asks", ["negotiating"], others) == [3, 2]


def test_marks_of_slack_become_words_and_the_bot_leaves_its_own_mention():
    text = "<@UBOT>: does <@U2> know <https://a.example/x|this page>, &lt;b&gt; <!here> <#C1|general>? <mailto:a@b.c|a@b.c>"
    typed = rules.as_typed(text, {"U2": "Ben"}, without="UBOT")
    assert typed == "does @Ben know https://a.example/x, <b> @here #general? a@b.c"
    assert rules.people_in(text) == ["UBOT", "U2"]


def test_a_message_too_long_for_a_question_goes_on_as_context():
    typed = typed_from("word " * 150)
    assert len(typed.question) <= 500
    assert Counter(f"{typed.question} {typed.context}".split()) == {"word": 150}


@pytest.mark.parametrize(
    ("place", "page"),
    [
        ("questions", 1),
        ("questions:page-2", 2),
        ("questions:page-0", 1),
        ("questions:page-9999", 100),
        ("questions:7", 1),
    ],
)
def test_a_page_is_read_from_its_place_whatever_that_is(place: str, page: int):
    assert home_views.page_in(place) == page


def test_the_clock_is_said_in_words():
    assert wording.until(NOW + 5 * HOUR, NOW, "Europe/Lisbon") == "15:00"
    assert wording.until(NOW + 24 * HOUR, NOW, "Europe/Lisbon") == "tomorrow 10:00"
    assert wording.until(NOW + 96 * HOUR, NOW, "Asia/Tokyo") == "Friday 20 March, 19:00"
    assert wording.ago(NOW - 2 * HOUR, NOW) == "two hours ago"
    assert wording.ago(NOW - timedelta(seconds=30), NOW) == "just now"
    assert wording.ago(NOW - 26 * HOUR, NOW) == "a day ago"
