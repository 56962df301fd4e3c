"""What is usual, in values and in words."""

from datetime import timedelta

import pytest

from bot.features.questions.mentoring import rules, words

HOUR = timedelta(hours=1)


def test_nothing_is_usual_before_three_answers():
    assert rules.usual([]) is None
    assert rules.usual([HOUR, HOUR]) is None
    assert rules.usual([HOUR, 2 * HOUR, 30 * HOUR]) == 2 * HOUR
    assert rules.usual([9 * HOUR, HOUR, 2 * HOUR, 4 * HOUR]) == 3 * HOUR


def test_only_the_last_twenty_count():
    assert rules.usual([HOUR] * 20 + [90 * HOUR] * 80) == HOUR


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (None, "not known yet"),
        (timedelta(), "within an hour"),
        (HOUR, "within an hour"),
        (timedelta(minutes=80), "about an hour"),
        (timedelta(minutes=100), "about two hours"),
        (21 * HOUR, "about 21 hours"),
        (23 * HOUR, "about a day"),
        (timedelta(days=2, hours=3), "about two days"),
        (timedelta(days=10), "about ten days"),
        (timedelta(days=11), "about two weeks"),
        (timedelta(weeks=5), "about five weeks"),
    ],
)
def test_a_span_as_one_would_say_it(span: timedelta | None, said: str):
    assert words.usual_time(span) == said


def test_of_chosen_kinds_only_those_that_there_are_stay():
    assert rules.known(["review", "no such kind", "question", "review"], ["question", "review"]) == [
        "question",
        "review",
    ]


def test_words_longer_than_fit_are_told_so():
    assert rules.problem_with_how("x" * 300) is None
    assert "301 characters" in (rules.problem_with_how("x" * 301) or "")
