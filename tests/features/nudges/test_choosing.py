"""Which nudge, and why: a moment first, then what somebody cares about, then variety; never the same within half a year."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.nudges.rules import (
    ANY,
    RESTS,
    URGENCY,
    Had,
    Nudge,
    Person,
    choose,
    left_out,
    theme_weights,
)
from bot.registry import Leaning, Moment

TODAY = date(2026, 3, 4)
PEER = frozenset({"peer"})
THEMES = ("listening", "feedback", "no", "goals")


def nudge(slug: str, *themes: str, moment: str = ANY, roles: frozenset[str] = PEER, by_lead: bool = False) -> Nudge:
    return Nudge(slug, roles, themes or ("listening",), moment, by_lead)


def had(slug: str, theme: str, days_ago: int, answer: str | None = None, moment: str | None = None) -> Had:
    return Had(slug, theme, moment, TODAY - timedelta(days=days_ago), answer)


def pick(library: list[Nudge], **facts: object) -> str:
    found = choose(library, Person(1, PEER, **facts), today=TODAY, seed=7)  # type: ignore[arg-type]
    return found.nudge.slug if found else ""


LIBRARY = [nudge(f"{theme}-{number}", theme) for theme in THEMES for number in range(3)]


def test_what_fits_a_moment_comes_before_everything_else():
    library = [*LIBRARY, nudge("before", "no", moment="before-first-meeting")]
    meets = Moment("before-first-meeting", "you meet Ben tomorrow")
    found = choose(library, Person(1, PEER, (), [meets], [Leaning("goals", "x")]), today=TODAY, seed=7)
    assert found is not None
    assert (found.nudge.slug, found.why.kind, found.why.because) == ("before", "moment", "you meet Ben tomorrow")


def test_without_its_moment_a_nudge_stays_on_the_shelf():
    assert pick([nudge("before", "no", moment="before-first-meeting")]) == ""


def test_of_several_moments_the_most_urgent_speaks():
    library = [nudge("quiet", moment="quiet-week"), nudge("missed", moment="after-missed-meeting")]
    assert pick(library, moments=[Moment("quiet-week", "a"), Moment("after-missed-meeting", "b")]) == "missed"


def test_a_moment_about_something_prefers_nudges_about_it():
    library = [nudge("a", "no", moment="goal-stale"), nudge("b", "goals", moment="goal-stale")]
    assert pick(library, moments=[Moment("goal-stale", "x", frozenset({"no"}))]) == "a"
    assert pick(library, moments=[Moment("goal-stale", "x", frozenset({"goals"}))]) == "b"


@pytest.mark.parametrize("moment", sorted(RESTS))
def test_what_lasts_speaks_once_in_a_while(moment: str):
    library = [nudge("first", "no", moment=moment), nudge("second", "no", moment=moment), nudge("other", "goals")]
    lasting = [Moment(moment, "x")]
    rest = RESTS[moment].days
    assert pick(library, moments=lasting, had=[had("first", "no", rest - 1, moment=moment)]) == "other"
    assert pick(library, moments=lasting, had=[had("first", "no", rest, moment=moment)]) == "second"


def test_a_theme_somebody_cares_about_comes_first_and_is_named_as_the_reason():
    found = choose(
        LIBRARY, Person(1, PEER, leanings=[Leaning("goals", "one of your goals says so")]), today=TODAY, seed=7
    )
    assert found is not None
    assert found.nudge.themes == ("goals",)
    assert (found.why.kind, found.why.because) == ("leaning", "one of your goals says so")


def test_the_theme_seen_least_recently_comes_next():
    seen = [had("x1", "listening", 3), had("x2", "feedback", 7), had("x3", "no", 10), had("x4", "goals", 20)]
    assert pick(LIBRARY, had=seen).startswith("goals")


def test_never_the_theme_of_last_time_unless_nothing_else_fits():
    leaning = [Leaning("no", "x")]
    assert not pick(LIBRARY, had=[had("no-0", "no", 3)], leanings=leaning).startswith("no")
    only = [each for each in LIBRARY if each.themes == ("no",)]
    assert pick(only, had=[had("no-0", "no", 3)]) in ("no-1", "no-2")


@pytest.mark.parametrize(("days", "again"), [(1, False), (179, False), (180, True)])
def test_the_same_nudge_comes_again_after_half_a_year(days: int, again: bool):
    assert (pick([nudge("one")], had=[had("one", "listening", days)]) == "one") is again


def test_less_like_this_halves_a_theme_and_said_twice_leaves_it_out_for_ninety_days():
    once = [had("a", "no", 50, "less")]
    assert theme_weights(once) == {"no": 0.5}
    assert left_out(once, TODAY) == set()
    twice = [had("b", "no", 40, "less"), *once]
    assert left_out(twice, TODAY) == {"no"}
    assert left_out([replace(each, day=each.day - timedelta(days=60)) for each in twice], TODAY) == set()
    assert pick([nudge("only", "no")], had=twice) == ""


def test_did_it_raises_a_theme_a_little_and_not_for_ever():
    weights = [theme_weights([had(f"{n}", "no", n, "did") for n in range(times)]).get("no", 1.0) for times in range(6)]
    assert weights == pytest.approx([1.0, 1.1, 1.2, 1.3, 1.3, 1.3])


def test_a_leads_own_nudge_wins_where_it_fits_equally_and_only_there():
    library = [*LIBRARY, nudge("ours", "no", by_lead=True)]
    assert pick(library) == "ours"
    assert pick(library, had=[had("x", "no", 2)]) != "ours"


def test_a_nudge_for_others_is_never_chosen():
    assert pick([nudge("for-leads", roles=frozenset({"lead"}))]) == ""


def test_people_and_seeds_differ_where_nothing_else_decides():
    firsts = [choose(LIBRARY, Person(member_id, PEER), today=TODAY, seed=7) for member_id in range(1, 9)]
    assert len({found.nudge.slug for found in firsts if found}) > 3
    assert firsts != [choose(LIBRARY, Person(member_id, PEER), today=TODAY, seed=8) for member_id in range(1, 9)]


nudges = st.builds(
    nudge,
    st.integers(0, 40).map("n{}".format),
    st.sampled_from(THEMES),
    moment=st.sampled_from([ANY, ANY, *URGENCY]),
    roles=st.sets(st.sampled_from(["peer", "mentor", "lead"]), min_size=1).map(frozenset),
    by_lead=st.booleans(),
)
histories = st.lists(
    st.builds(
        had,
        st.integers(0, 40).map("n{}".format),
        st.sampled_from(THEMES),
        st.integers(1, 200),
        st.sampled_from([None, "did", "not_now", "less", "stop"]),
    ),
    max_size=30,
).map(lambda found: sorted(found, key=lambda each: each.day, reverse=True))
moments = st.lists(st.builds(Moment, st.sampled_from([*URGENCY, "with-somebody"]), st.just("x")), max_size=3)
leanings = st.lists(st.builds(Leaning, st.sampled_from(THEMES), st.just("x")), max_size=2)
libraries = st.lists(nudges, max_size=40, unique_by=lambda each: each.slug)
people = st.builds(
    Person,
    st.integers(1, 10_000),
    st.sets(st.sampled_from(["mentor", "lead"])).map(lambda more: frozenset(more | {"peer"})),
    histories,
    moments,
    leanings,
)


@given(libraries, people, st.integers(0, 5))
def test_whatever_is_chosen_fits_and_is_explained(library: list[Nudge], person: Person, seed: int):
    found = choose(library, person, today=TODAY, seed=seed)
    if found is None:
        return
    chosen = found.nudge
    assert chosen in library
    assert chosen.roles & person.roles
    assert all(each.slug != chosen.slug for each in person.had if (TODAY - each.day).days < 180)
    assert chosen.themes[0] not in left_out(person.had, TODAY)
    assert chosen.moment == ANY or chosen.moment in {each.name for each in person.moments}
    assert (found.why.moment or ANY) == chosen.moment
    assert found.why.by_lead == chosen.by_lead
    rivals = [
        each
        for each in library
        if each.moment == chosen.moment
        and each.roles & person.roles
        and each.themes[0] not in left_out(person.had, TODAY)
        and all(one.slug != each.slug for one in person.had if (TODAY - one.day).days < 180)
    ]
    if person.had and chosen.themes[0] == person.had[0].theme:
        assert all(each.themes[0] == chosen.themes[0] for each in rivals)


@given(libraries, people, st.integers(0, 5), st.randoms(use_true_random=False))
def test_the_order_of_the_library_decides_nothing(library: list[Nudge], person: Person, seed: int, chance):
    shuffled = list(library)
    chance.shuffle(shuffled)
    assert choose(library, person, today=TODAY, seed=seed) == choose(shuffled, person, today=TODAY, seed=seed)


@given(libraries, people)
def test_something_is_chosen_as_long_as_anything_fits(library: list[Nudge], person: Person):
    fits = [
        each
        for each in library
        if each.moment == ANY
        and each.roles & person.roles
        and each.themes[0] not in left_out(person.had, TODAY)
        and all(one.slug != each.slug for one in person.had if (TODAY - one.day).days < 180)
    ]
    assert not fits or choose(library, person, today=TODAY, seed=1) is not None
