"""Mentors for mentees, within their seats and without crowding one of them."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import permutations

import pytest

from bot.pairing.engine import Person, as_pair, assign_mentors
from tests.pairing.companies import company


def people(mentees: int, mentors: int, seed: int = 1) -> tuple[list[Person], list[Person]]:
    everybody = [replace(person, team=person.id) for person in company(mentees + mentors, seed)]
    return everybody[:mentees], everybody[mentees:]


def test_no_mentor_gets_more_than_their_seats():
    mentees, mentors = people(40, 15)
    seats = {mentor.id: 1 + mentor.id % 4 for mentor in mentors}
    result = assign_mentors(mentees, mentors, seats)
    assert all(load <= seats[mentor] for mentor, load in result.load)
    assert len(result.pairs) + len(result.without) == 40
    assert len(result.pairs) == min(40, sum(seats.values()))


def test_mentors_without_seats_get_nobody():
    mentees, mentors = people(5, 2)
    result = assign_mentors(mentees, mentors, {mentors[0].id: 3, mentors[1].id: 0})
    assert result.load == ((mentors[0].id, 3),)
    assert len(result.without) == 2


def test_nobody_is_guided_by_somebody_they_do_not_want_to_meet():
    mentees, mentors = people(3, 1)
    result = assign_mentors(mentees, mentors, {mentors[0].id: 3}, blocked={as_pair(mentees[0].id, mentors[0].id)})
    assert result.without == (mentees[0].id,)


def test_load_spreads_over_mentors_who_are_as_good():
    mentees = [Person(number, team=number) for number in range(1, 7)]
    mentors = [Person(number, team=number, level=3) for number in (11, 12, 13)]
    result = assign_mentors(mentees, mentors, {11: 6, 12: 6, 13: 6})
    assert [load for _, load in result.load] == [2, 2, 2]


def test_the_price_of_a_crowd_is_small():
    mentees, mentors = people(60, 30)
    seats = {mentor.id: 4 for mentor in mentors}
    spread, crowded = (assign_mentors(mentees, mentors, seats, seat_price=price) for price in (2.0, 0.0))
    assert max(load for _, load in spread.load) <= max(load for _, load in crowded.load)
    assert spread.value >= 0.96 * crowded.value


@pytest.mark.parametrize("seed", range(6))
def test_no_other_assignment_is_worth_more(seed):
    mentees, mentors = people(4, 4, seed)
    ids = [mentor.id for mentor in mentors]

    def value(chosen):
        return sum(
            assign_mentors([mentee], [mentor], {mentor.id: 1}).value
            for mentee, mentor in zip(mentees, chosen, strict=True)
        )

    result = assign_mentors(mentees, mentors, dict.fromkeys(ids, 1))
    assert result.value == pytest.approx(max(map(value, permutations(mentors))), abs=0.01)


def test_what_counts_is_what_the_mentor_offers_and_that_they_are_ahead():
    mentee = Person(1, wants=frozenset({"hiring"}), offers=frozenset({"rust"}), level=2)
    teacher = Person(2, offers=frozenset({"hiring"}), level=3)
    learner = Person(3, wants=frozenset({"rust"}), level=0)
    assert assign_mentors([mentee], [teacher, learner], {2: 1, 3: 1}).pairs == ((1, 2),)


def test_everybody_finds_a_mentor_even_when_all_want_the_same_few():
    mentees, mentors = people(100, 100)
    stars = [replace(mentor, offers=frozenset({"skill 1"})) if at < 50 else mentor for at, mentor in enumerate(mentors)]
    hopeful = [replace(mentee, wants=frozenset({"skill 1"})) for mentee in mentees]
    assert not assign_mentors(hopeful, stars, {mentor.id: 1 for mentor in stars}).without


def test_the_order_of_people_changes_nothing():
    mentees, mentors = people(20, 8)
    seats = {mentor.id: 3 for mentor in mentors}
    before = assign_mentors(mentees, mentors, seats)
    random.Random(2).shuffle(mentees)
    random.Random(2).shuffle(mentors)
    assert assign_mentors(mentees, mentors, dict(reversed(seats.items()))) == before
