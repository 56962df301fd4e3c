"""Whom the rota asks to tell, and until when."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.features.storytelling.tellers import rules
from bot.features.storytelling.tellers.rules import Candidate, Heard

MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)


def test_the_unheard_come_before_everybody_else():
    order = rules.rota([Candidate(1, "sales", 2, told=1, sessions_ago=9), Candidate(2, "design", 2)], [], "seed")
    assert order == [2, 1]


def test_another_function_and_level_than_was_heard_lately_comes_first():
    heard = [Heard("design", 2)]
    order = rules.rota(
        [Candidate(1, "design", 2), Candidate(2, "design", 4), Candidate(3, "sales", 2), Candidate(4, "sales", 4)],
        heard,
        "seed",
    )
    assert order == [4, 3, 2, 1]


def test_nobody_tells_twice_running_and_a_no_is_respected_for_two_months():
    last_time = Candidate(1, "sales", 2, told=1, sessions_ago=1)
    said_no = Candidate(2, "design", 2, asked_ago=timedelta(days=59))
    said_no_long_ago = Candidate(3, "design", 2, asked_ago=timedelta(days=61))
    assert rules.rota([last_time, said_no, said_no_long_ago], [], "seed") == [3]


def test_two_of_one_evening_are_two_kinds_of_voice():
    people = [Candidate(1, "sales", 2), Candidate(2, "sales", 2), Candidate(3, "design", 4)]
    chosen = rules.next_of(people, [], 2, "seed")
    assert 3 in chosen and len(chosen) == 2


people = st.lists(
    st.builds(
        Candidate,
        member_id=st.integers(1, 40),
        function=st.sampled_from([None, "sales", "design", "finance"]),
        level=st.sampled_from([None, 1, 2, 3]),
        told=st.integers(0, 3),
        sessions_ago=st.one_of(st.none(), st.integers(1, 8)),
    ),
    max_size=12,
    unique_by=lambda each: each.member_id,
)


@given(people, st.integers(0, 4), st.randoms())
def test_the_order_of_the_rows_decides_nothing_and_nobody_is_chosen_twice(candidates, many, chance):
    shuffled = list(candidates)
    chance.shuffle(shuffled)
    chosen = rules.next_of(candidates, [], many, "seed")
    assert chosen == rules.next_of(shuffled, [], many, "seed")
    assert len(set(chosen)) == len(chosen) <= many
    assert all(each.sessions_ago != 1 for each in candidates if each.member_id in chosen)


def test_a_season_of_twelve_with_two_tellers_hears_everybody_of_twenty_four_once():
    told: dict[int, int] = {}
    for session in range(1, 13):
        candidates = [
            Candidate(
                member_id,
                ("sales", "design", "finance")[member_id % 3],
                member_id % 4,
                told=int(member_id in told),
                sessions_ago=session - told[member_id] if member_id in told else None,
            )
            for member_id in range(24)
        ]
        for member_id in rules.next_of(candidates, [], 2, f"session {session}"):
            told[member_id] = session
    assert len(told) == 24


def test_there_are_three_days_to_answer_and_always_two_to_prepare():
    assert rules.answer_by(MONDAY, MONDAY + timedelta(days=21)) == MONDAY + timedelta(days=3)
    assert rules.answer_by(MONDAY, MONDAY + timedelta(days=4)) == MONDAY + timedelta(days=2)
    assert rules.answer_by(MONDAY, MONDAY + timedelta(days=2, hours=19)) is None
