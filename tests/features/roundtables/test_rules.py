"""Which prompt, whose turn, when, and what a summary begins with."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.features.roundtables.written import library, rules
from bot.features.roundtables.written.rules import Had, Idea, Quote

IDEAS = [Idea(each.slug, each.theme) for each in library.prompts().values()]
TUESDAY = datetime(2026, 3, 10, 10, tzinfo=UTC)


@settings(deadline=None, max_examples=20)
@given(luck=st.integers(0, 10_000))
def test_no_prompt_comes_twice_before_all_came_and_no_theme_twice_running_while_there_is_another(luck: int):
    had: list[Had] = []
    left: list[Idea] = []
    for _ in range(2 * len(IDEAS)):
        left = left or list(IDEAS)
        slug = rules.choose(IDEAS, had, luck=luck)
        chosen = next(each for each in left if each.slug == slug)
        if had and chosen.theme == had[0].theme:
            assert {each.theme for each in left} == {chosen.theme}
        left.remove(chosen)
        had.insert(0, Had(slug, chosen.theme, None))
    assert left == []


def test_a_skill_needs_five_people_and_waits_two_rounds():
    ours, about_sql = Had("a", "x", None), Had("gap-a", "gap", "sql")
    assert rules.skill_for({"sql": 4}, []) is None
    assert rules.skill_for({"sql": 5, "pricing": 9}, []) == "pricing"
    assert rules.skill_for({"sql": 5}, [ours, about_sql]) is None
    assert rules.skill_for({"sql": 5}, [ours, ours, about_sql]) is None  # the same skill is not named twice running
    assert rules.skill_for({"sql": 50, "pricing": 5}, [ours, ours, about_sql]) == "pricing"


@pytest.mark.parametrize(
    ("days", "closes"),
    [(1, "2026-03-11"), (3, "2026-03-13"), (4, "2026-03-16"), (5, "2026-03-16"), (13, "2026-03-23")],
)
def test_a_round_closes_on_a_working_day_at_the_hour_it_opened(days: int, closes: str):
    assert rules.closing(TUESDAY, days, "Europe/Lisbon") == datetime.fromisoformat(f"{closes}T10:00:00+00:00")


def test_the_hour_stays_when_the_clock_changes():
    friday = datetime(2026, 3, 27, 10, tzinfo=UTC)  # the clock changes on the Sunday after
    assert rules.closing(friday, 4, "Europe/Lisbon") == datetime(2026, 3, 31, 9, tzinfo=UTC)


def test_two_working_days_after_a_thursday_are_a_monday():
    assert rules.working_days_later(TUESDAY + timedelta(days=2), 2, "UTC") == TUESDAY + timedelta(days=6)


@settings(deadline=None)
@given(people=st.sets(st.integers(1, 40), min_size=1), rounds=st.integers(1, 60))
def test_turns_go_round_fairly(people: set[int], rounds: int):
    turns: dict[int, tuple[int, datetime]] = {}
    for number in range(rounds):
        chosen = rules.whose_turn(people, turns, luck=number)
        assert chosen is not None
        turns[chosen] = (turns.get(chosen, (0, TUESDAY))[0] + 1, TUESDAY + timedelta(weeks=number))
    done = [turns.get(each, (0, TUESDAY))[0] for each in people]
    assert max(done) - min(done) <= 1


def test_whoever_passed_is_not_asked_next_and_nobody_is_nobody():
    turns = {1: (0, TUESDAY), 2: (0, TUESDAY - timedelta(days=7))}
    assert rules.whose_turn({1, 2}, turns, luck=3) == 2
    assert rules.whose_turn({1, 2, 3}, turns, luck=3) == 3
    assert rules.whose_turn(set(), turns, luck=3) is None


@pytest.mark.parametrize("text", ["(not kept) so", "  (Not Kept)so", "(NOT KEPT)"])
def test_a_reply_is_kept_out_by_how_it_begins(text: str):
    assert rules.is_kept_out(text)
    assert not rules.is_kept_out("We had (not kept) it")


def test_a_draft_quotes_everybody_once_the_longest_first():
    said = [Quote(1, "short", "Ada"), Quote(1, "a longer one", "Ada"), Quote(2, "the longest of all here", None)]
    assert rules.draft(said, "Two people answered.").splitlines() == [
        "Two people answered.",
        "• “the longest of all here” (a colleague)",
        "• “a longer one” (Ada)",
    ]


def test_what_more_people_reacted_to_stands_first_and_then_what_is_longer():
    said = [
        Quote(1, "the longest of all here", "Ada"),
        Quote(2, "a longer one", "Ben", reacted=1),
        Quote(2, "short", "Ben", reacted=3),
        Quote(3, "tiny", None, reacted=3),
    ]
    assert rules.draft(said, "Three people answered.").splitlines() == [
        "Three people answered.",
        "• “short” (Ben)",
        "• “tiny” (a colleague)",
        "• “the longest of all here” (Ada)",
    ]
    assert rules.reacted_to(said) == [("short", 3), ("tiny", 3)]


def test_beside_the_draft_three_at_most_are_named_by_how_they_begin():
    said = [Quote(number, f"{number} " + "word " * 40, None, reacted=number) for number in range(9)]
    named = rules.reacted_to(said)
    assert [many for _, many in named] == [8, 7, 6]
    assert all(len(words) <= rules.LONGEST_NAMED and words.endswith("…") for words, _ in named)
    assert rules.reacted_to([Quote(1, "Nobody did.", None)]) == []


QUOTES = st.lists(st.builds(Quote, st.integers(1, 9), st.text(max_size=40), st.none(), st.integers(0, 4)), max_size=30)


@settings(deadline=None)
@given(QUOTES)
def test_everybody_stands_once_in_a_draft_with_what_moved_most(said: list[Quote]):
    quoted = rules.quotable(said)
    assert (
        len({each.writer_id for each in quoted})
        == len(quoted)
        == min(len({each.writer_id for each in said}), rules.MOST_QUOTED)
    )
    order = [(-each.reacted, -len(each.words)) for each in quoted]
    assert order == sorted(order)
    for each in quoted:
        theirs = [(other.reacted, len(other.words)) for other in said if other.writer_id == each.writer_id]
        assert (each.reacted, len(each.words)) == max(theirs)


@settings(deadline=None)
@given(QUOTES, st.randoms(use_true_random=False))
def test_in_what_order_replies_were_heard_moves_nobody_and_without_reactions_length_alone_decides(
    said: list[Quote], luck: random.Random
):
    shuffled = luck.sample(said, len(said))
    assert [(each.writer_id, len(each.words)) for each in rules.quotable(shuffled)] == [
        (each.writer_id, len(each.words)) for each in rules.quotable(said)
    ]
    nobody = [replace(each, reacted=0) for each in said]
    longest: dict[int, int] = {}
    for each in nobody:
        longest[each.writer_id] = max(longest.get(each.writer_id, 0), len(each.words))
    as_before = sorted(longest, key=lambda writer: (-longest[writer], writer))[: rules.MOST_QUOTED]
    assert [each.writer_id for each in rules.quotable(nobody)] == as_before


@settings(deadline=None, max_examples=30)
@given(st.lists(st.builds(Quote, st.integers(1, 500), st.text(max_size=4000), st.none()), max_size=500))
def test_a_draft_of_five_hundred_replies_fits_its_form(said: list[Quote]):
    text = rules.draft(said, "Five hundred people answered.")
    assert len(text) <= rules.LONGEST_SUMMARY
    assert len(text.splitlines()) <= 1 + rules.MOST_QUOTED


def test_a_summary_needs_words_and_an_end():
    assert rules.problem_with("  ", 2) is not None
    assert rules.problem_with("a", rules.LONGEST_SUMMARY) is None
    assert rules.problem_with("a", rules.LONGEST_SUMMARY + 1) is not None
