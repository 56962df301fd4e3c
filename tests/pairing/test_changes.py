"""A lead changes a preview: what they ask happens, and everybody else stays where they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pairing.engine import Changes, Options, RoundInputs, Wishes, as_pair, evaluate, redo, replay
from tests.pairing.companies import Judge, company, rounds


@pytest.fixture
def preview():
    people = [replace(person, team=person.id % 7) for person in company(30)]
    inputs = RoundInputs(tuple(people), seed=3)
    return inputs, replay(inputs)


def group_of(result, person):
    return next((group for group in result.groups if person in group), ())


def test_two_people_swap_and_nobody_else_moves(preview):
    inputs, before = preview
    (a, b), (c, d) = before.groups[0], before.groups[3]
    after = redo(inputs, before, Changes(swap=(a, c)))
    assert as_pair(c, b) in after.result.groups and as_pair(a, d) in after.result.groups
    assert after.moved == tuple(sorted((a, b, c, d)))
    assert after.result.value <= before.value
    assert after.result.bound == before.bound
    assert after.result.percent < 100


def test_a_swap_never_seats_people_who_do_not_want_to_meet(preview):
    inputs, before = preview
    (a, b), (c, _) = before.groups[0], before.groups[3]
    blocked = replace(inputs, blocked=frozenset({as_pair(b, c)}))
    with pytest.raises(ValueError, match="do not want to meet"):
        redo(blocked, before, Changes(swap=(a, c)))


def test_two_are_kept_together_and_those_they_left_find_each_other(preview):
    inputs, before = preview
    (a, b), (c, d) = before.groups[0], before.groups[3]
    after = redo(inputs, before, Changes(keep_together=frozenset({(a, c)})))
    assert as_pair(a, c) in after.result.groups and as_pair(b, d) in after.result.groups
    assert after.inputs.wishes.keep_together == {as_pair(a, c)}


def test_two_are_kept_apart(preview):
    inputs, before = preview
    a, b = before.groups[0]
    after = redo(inputs, before, Changes(keep_apart=frozenset({(a, b)})))
    assert group_of(after.result, a) != group_of(after.result, b)
    assert not after.result.left_out


def test_whoever_is_left_out_leaves_a_partner_who_joins_a_pair(preview):
    inputs, before = preview
    a, b = before.groups[0]
    after = redo(inputs, before, Changes(leave_out=frozenset({a})))
    assert group_of(after.result, a) == ()
    assert a not in after.result.left_out
    assert len(group_of(after.result, b)) == 3
    assert len(after.moved) == 4


def test_drawing_again_keeps_all_wishes(preview):
    inputs, before = preview
    wishes = Wishes(keep_together=frozenset({(1, 2)}), keep_apart=frozenset({(3, 4)}), leave_out=frozenset({30}))
    after = redo(replace(inputs, wishes=wishes), before, Changes(seed=99))
    assert (1, 2) in after.result.groups
    assert group_of(after.result, 3) != group_of(after.result, 4)
    assert group_of(after.result, 30) == ()
    assert after.inputs.seed == 99
    assert replay(after.inputs) == after.result


def test_a_wish_does_not_outweigh_a_do_not_pair_list(preview):
    inputs, _ = preview
    refused = replace(inputs, blocked=frozenset({(1, 2)}), wishes=Wishes(keep_together=frozenset({(1, 2)})))
    result = replay(refused)
    assert result.refused == ((1, 2),)
    assert group_of(result, 1) != group_of(result, 2)


def test_somebody_who_sits_alone_by_now_is_brought_together_with_whoever_a_lead_asks_for():
    """One wish took everybody else from the table that the next wish is about."""
    people = tuple(replace(person, team=person.id % 3) for person in company(5, seed=2))
    inputs = RoundInputs(people, seed=2, options=Options(group_size=3))
    changes = Changes(keep_together=frozenset({(3, 1), (4, 3)}), leave_out=frozenset({4, 5}))
    after = redo(inputs, replay(inputs), changes)
    assert sorted(person for group in after.result.groups for person in group) == [1, 2, 3]
    assert 1 in group_of(after.result, 3)


@settings(deadline=None, max_examples=30)
@given(rounds(most=14), st.sampled_from([2, 3]), st.data())
def test_whatever_a_lead_asks_everybody_sits_once_and_nobody_is_blocked(inputs, group_size, data):
    inputs = replace(inputs, options=Options(group_size=group_size))
    if len(inputs.people) < 4:
        return
    some = st.tuples(st.integers(1, len(inputs.people)), st.integers(1, len(inputs.people))).filter(
        lambda p: p[0] != p[1]
    )
    changes = Changes(
        keep_together=frozenset(data.draw(st.sets(some, max_size=2))),
        keep_apart=frozenset(data.draw(st.sets(some, max_size=2))),
        leave_out=frozenset(data.draw(st.sets(st.integers(1, 14), max_size=2))),
    )
    after = redo(inputs, replay(inputs), changes)
    judge = Judge(inputs)
    seated = [person for group in after.result.groups for person in group]
    expected = {person.id for person in inputs.people} - changes.leave_out
    assert sorted([*seated, *after.result.left_out]) == sorted(expected)
    assert all(judge.allowed(group) for group in after.result.groups)
    apart = {as_pair(*pair) for pair in changes.keep_apart} - {as_pair(*pair) for pair in changes.keep_together}
    assert not any({a, b} <= set(group) for a, b in apart for group in after.result.groups)


def test_any_seating_can_be_evaluated(preview):
    inputs, before = preview
    assert evaluate(inputs, before.groups) == before
    with pytest.raises(ValueError, match="two groups"):
        evaluate(inputs, [(1, 2), (2, 3)])
