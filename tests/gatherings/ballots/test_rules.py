"""What may be proposed, and what a count chooses."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gatherings.ballots.rules import Standing, chosen, problem_with

MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)


def standing(proposal_id: int, votes: int, day: int = 0) -> Standing:
    return Standing(proposal_id, votes, MONDAY + timedelta(days=day))


def test_most_votes_win_and_between_equals_whoever_came_first():
    assert chosen([standing(1, 2), standing(2, 3), standing(3, 2)], 2) == [2, 1]
    assert chosen([standing(1, 2, day=1), standing(2, 2, day=0)], 1) == [2]


def test_nobody_chose_what_nobody_voted_for():
    assert chosen([standing(1, 0), standing(2, 0)], 1) == []
    assert chosen([standing(1, 0), standing(2, 1)], 3) == [2]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5)), max_size=10), st.integers(1, 4), st.randoms())
def test_the_order_of_the_rows_decides_nothing(votes, many, chance):
    rows = [standing(number, many_votes, day) for number, (many_votes, day) in enumerate(votes)]
    shuffled = list(rows)
    chance.shuffle(shuffled)
    won = chosen(rows, many)
    assert won == chosen(shuffled, many)
    assert len(won) == min(many, sum(each.votes > 0 for each in rows))


@pytest.mark.parametrize(
    ("text", "known", "mine", "says"),
    [
        ("", [], 0, "Write what you propose"),
        ("x" * 121, [], 0, "under 120"),
        ("green TEA", ["Green tea"], 0, "proposed already"),
        ("White tea", ["a", "b"], 2, "Two of these are yours"),
        ("White tea", [str(number) for number in range(10)], 0, "no more fit"),
    ],
)
def test_a_proposal_that_does_not_do_says_what_to_do(text: str, known: list[str], mine: int, says: str):
    assert says in str(problem_with(text, known, mine=mine))


def test_a_line_that_is_new_may_be_proposed():
    assert problem_with("White tea", ["Green tea"], mine=1) is None
