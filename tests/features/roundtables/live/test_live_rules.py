"""When tables are made, and who sits where after late changes."""

from datetime import UTC, datetime, timedelta
from itertools import accumulate, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.roundtables.live import rules, topics, work
from bot.features.roundtables.live.rules import Company, arrange
from bot.features.roundtables.written.library import prompts
from bot.pairing.people import Person
from bot.plain import pack, unpack

START = datetime(2026, 3, 17, 15, tzinfo=UTC)
NOBODY = Company({}, set())


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


@pytest.mark.parametrize(
    ("before", "look"),
    [
        (hours(100), hours(24)),  # long before: the day before
        (hours(5), hours(5)),  # planned for this evening: at once
        (hours(0), None),  # it has begun
    ],
)
def test_tables_are_made_the_day_before_or_at_once(before: timedelta, look: timedelta | None):
    assert rules.first_look(START, START - before) == (START - look if look is not None else None)


@pytest.mark.parametrize(("before", "look"), [(24, 12), (12, 6), (2.5, 2), (2, 1), (1, 0.5), (0.5, None), (0.2, None)])
def test_late_changes_are_looked_at_more_often_until_people_are_on_their_way(before: float, look: float | None):
    assert rules.next_look(START, START - hours(before)) == (START - hours(look) if look else None)


def test_somebody_new_sits_where_fewest_of_their_team_are_and_nobody_else_moves():
    teams = {1: "a", 2: "a", 3: "b", 4: "c", 5: "b", 6: "b", 7: "c", 8: "c", 9: "a"}
    found = arrange({1: [1, 2, 3, 4], 2: [5, 6, 7, 8]}, teams, Company(teams, set()), 5)
    assert (found.tables, found.without) == ({1: [1, 2, 3, 4], 2: [5, 6, 7, 8, 9]}, [])


def test_somebody_who_is_gone_leaves_a_chair_and_nobody_else_moves():
    found = arrange({1: [1, 2, 3, 4], 2: [5, 6, 7, 8]}, {1, 2, 3, 5, 6, 7, 8}, NOBODY, 4)
    assert (found.tables, found.without) == ({1: [1, 2, 3], 2: [5, 6, 7, 8]}, [])


def test_two_who_are_left_of_a_table_join_others():
    found = arrange({1: [1, 2, 3, 4], 2: [5, 6, 7, 8]}, {1, 2, 5, 6, 7, 8}, NOBODY, 4)
    assert (found.tables, found.without) == ({2: [5, 6, 7, 8, 1, 2]}, [])


def test_two_tables_that_lost_most_become_one():
    found = arrange({1: [1, 2, 3, 4], 2: [5, 6, 7, 8]}, {1, 5, 6}, NOBODY, 4)
    assert (found.tables, found.without) == ({2: [5, 6, 1]}, [])


def test_fewer_than_four_newcomers_are_taken_in_by_full_tables_and_more_get_their_own():
    found = arrange({1: [1, 2, 3, 4]}, range(1, 7), NOBODY, 4)
    assert (found.tables, found.without) == ({1: [1, 2, 3, 4, 5, 6]}, [])
    found = arrange({1: [1, 2, 3, 4]}, range(1, 9), NOBODY, 4)
    assert (found.tables, found.without) == ({1: [1, 2, 3, 4]}, [5, 6, 7, 8])


def test_whoever_asked_to_be_kept_apart_since_the_tables_were_made_is_seated_elsewhere():
    company = Company(dict.fromkeys(range(1, 9)), {(1, 2)})
    tables = {1: [1, 2, 3, 4], 2: [5, 6, 7, 8]}
    assert not rules.settled(tables, [], range(1, 9), company)
    found = arrange(tables, range(1, 9), company, 4)
    assert (found.tables, found.without) == ({1: [1, 3, 4], 2: [5, 6, 7, 8, 2]}, [])
    assert rules.settled(found.tables, [], range(1, 9), company)


def test_people_hear_only_when_their_table_is_another_one():
    before = {1: 1, 2: 1, 3: 2, 4: 2}
    assert rules.to_tell(before, before | {5: 2}, drawn_anew=False) == [5]
    assert rules.to_tell(before | {6: 1, 7: 1}, {1: 1, 6: 1, 7: 1, 2: 2, 3: 2, 4: 2}, drawn_anew=False) == [2]
    assert rules.to_tell(before, {1: 1, 2: 2, 3: 2, 4: 2}, drawn_anew=False) == [1, 2], "one is left alone"
    # Where everybody was seated anew, the same number may stand for other people.
    assert rules.to_tell(before, {1: 1, 3: 1, 2: 2, 4: 2}, drawn_anew=True) == [1, 2, 3, 4]
    assert rules.to_tell(before, before, drawn_anew=True) == []


def test_two_who_are_left_at_the_only_table_hear_of_it_and_three_do_not():
    before = dict.fromkeys(range(1, 6), 1)
    assert rules.to_tell(before, dict.fromkeys((1, 2, 3), 1), drawn_anew=False) == []
    assert rules.to_tell(before, dict.fromkeys((1, 2), 1), drawn_anew=False) == [1, 2]
    assert rules.to_tell(dict.fromkeys((1, 2), 1), dict.fromkeys((1, 2), 1), drawn_anew=False) == []


def test_who_sat_together_has_met_as_long_ago_as_they_last_did():
    past = [[[1, 2], [3, 4]], [[1, 2, 3]]]
    assert rules.met_before(past, {1, 2, 3}) == {(1, 2): 1, (1, 3): 2, (2, 3): 2}


PEOPLE = st.integers(1, 16)


@given(
    st.lists(st.integers(1, 6), max_size=3),
    st.frozensets(PEOPLE),
    st.lists(st.tuples(PEOPLE, PEOPLE), max_size=8),
    st.lists(st.sampled_from("abc"), min_size=16, max_size=16),
    st.sampled_from(rules.SIZES),
)
def test_everybody_who_comes_is_seated_once_or_left_over_and_never_with_whom_they_must_not_be(
    sizes: list[int], here: frozenset[int], pairs: list[tuple[int, int]], teams: list[str], wanted: int
):
    ends = list(accumulate(sizes))
    tables = {
        number: range(end - size + 1, end + 1) for number, (size, end) in enumerate(zip(sizes, ends, strict=True))
    }
    apart = {(min(pair), max(pair)) for pair in pairs}
    found = arrange(tables, here, Company(dict(enumerate(teams, 1)), apart), wanted)
    seated = [each for table in found.tables.values() for each in table]
    assert sorted([*seated, *found.without]) == sorted(here)
    for table in found.tables.values():
        assert apart.isdisjoint(combinations(sorted(table), 2))
        assert len(table) <= rules.LARGEST


def asked(size: int, tables: list, *, blocked: list | None = None, wanted: int = 5, met: list | None = None) -> dict:
    """People 1 to `size`, of three teams in turn."""
    people = [Person(each, team=each % 3).to_json() for each in range(1, size + 1)]
    return {
        "inputs": {
            "people": people,
            "history": {"met": met or [], "ever": []},
            "blocked": blocked or [],
            "options": {"window": 6, "group_size": wanted, "weights": {}},
            "seed": 1,
            "round_number": 1,
            "wishes": {"keep_together": [], "keep_apart": [], "leave_out": []},
        },
        "tables": tables,
        "without": [],
        "on_their_way": False,
        "version": 3,
    }


def seat(*of, on_their_way: bool = False, **more) -> dict:
    return unpack(work.seat(pack(asked(*of, **more) | {"on_their_way": on_their_way})))


def test_three_teams_of_eight_sit_at_mixed_tables():
    found = seat(24, [])
    assert sorted(len(table) for _, table in found["tables"]) == [4, 5, 5, 5, 5]
    for _, table in found["tables"]:
        assert len({person % 3 for person in table}) == 3
    assert (found["without"], found["drawn_anew"], found["version"]) == ([], True, 3)


@pytest.mark.parametrize("size", [2, 4, 6])
def test_fewer_than_seven_sit_at_one_table(size: int):
    assert [table for _, table in seat(size, [])["tables"]] == [list(range(1, size + 1))]


def test_one_alone_gets_no_table_and_is_known_to_be_without():
    found = seat(1, [])
    assert (found["tables"], found["without"]) == ([], [1])


def test_nobody_sits_again_with_whom_they_sat_last_time_where_that_can_be_helped():
    last = seat(24, [])
    pairs = [pair for _, table in last["tables"] for pair in combinations(table, 2)]
    found = seat(24, [], met=[[a, b, 1] for a, b in pairs])
    again = set(pairs) & {pair for _, table in found["tables"] for pair in combinations(table, 2)}
    assert len(again) == 0


def test_newcomers_get_tables_of_their_own_with_numbers_nobody_has():
    first = seat(24, [])
    found = seat(34, first["tables"])
    assert [number for number, _ in found["tables"]] == [1, 2, 3, 4, 5, 6, 7]
    assert [
        table[: len(before)] for (_, table), (_, before) in zip(found["tables"], first["tables"], strict=False)
    ] == [before for _, before in first["tables"]]
    assert sorted(len(table) for _, table in found["tables"]) == [4, 5, 5, 5, 5, 5, 5]
    assert not found["drawn_anew"]


def test_where_no_table_has_a_chair_left_everybody_is_seated_anew():
    found = seat(7, [[1, [1, 2, 3, 4, 5, 6]]])
    assert sorted(len(table) for _, table in found["tables"]) == [3, 4]
    assert found["drawn_anew"]


def test_where_people_are_on_their_way_full_tables_move_closer_and_nobody_is_seated_anew():
    full = [[1, [1, 2, 3, 4, 5, 6]]]
    found = seat(8, full, on_their_way=True)
    assert (found["tables"], found["without"], found["drawn_anew"]) == ([[1, [1, 2, 3, 4, 5, 6, 7, 8]]], [], False)
    found = seat(9, full, on_their_way=True)
    assert (found["without"], found["drawn_anew"]) == ([9], False)
    found = seat(10, full, on_their_way=True)
    assert found["tables"] == [*full, [2, [7, 8, 9, 10]]]


def test_whoever_nobody_may_sit_with_is_without_a_table_and_moves_nobody_each_time():
    apart = [[each, 7] for each in range(1, 7)]
    first = seat(7, [[1, [1, 2, 3, 4, 5, 6]]], blocked=apart)
    assert first["without"] == [7]
    again = unpack(work.seat(pack(asked(7, first["tables"], blocked=apart) | {"without": [7]})))
    assert (again["tables"], again["without"], again["drawn_anew"]) == (first["tables"], [7], False)


def test_a_table_opens_with_two_questions_of_the_chosen_topics_always_the_same():
    asked_there = topics.questions(4, 1, ["meetings"])
    assert {each.theme for each in asked_there} == {"meetings"}
    assert len(asked_there) == 2 == len({each.slug for each in asked_there})
    assert topics.questions(4, 1, ["meetings"]) == asked_there
    assert len({tuple(each.slug for each in topics.questions(4, table, [])) for table in range(1, 9)}) > 4


def test_every_topic_of_ours_has_questions_to_open_with():
    themes = {each.theme for each in prompts().values()}
    assert {each.theme for each in topics.ours().values()} <= themes
    texts = [each.text for each in topics.ours().values()]
    assert len(set(texts)) == len(texts) == 14
