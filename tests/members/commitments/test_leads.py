"""What leads see of load: totals of five people or more, and no way to work out fewer."""

from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from bot.members.commitments.leads import views
from bot.members.commitments.leads.rules import FEWEST, OTHERS, Person, Total, totals
from tests.members.commitments.mentors import found
from tests.world import World

functions = st.sampled_from(["", "design", "data", "sales", "legal"])
people = st.lists(st.builds(Person, functions, st.integers(0, 9), st.integers(0, 9), st.booleans()), max_size=30)


def group(function: str, many: int, *, points: int = 1, cap: int = 6, has_room: bool = True) -> list[Person]:
    return [Person(function, points, cap, has_room) for _ in range(many)]


def test_a_kind_of_work_is_shown_from_five_people_on():
    assert totals(group("design", 4)) == []
    assert totals(group("design", 5)) == [Total("design", 5, 5, 30, 0)]


def test_small_kinds_of_work_are_counted_together_or_not_at_all():
    assert totals(group("design", 5) + group("data", 4)) == [Total("design", 5, 5, 30, 0)]
    shown = totals(group("design", 5) + group("data", 3) + group("", 2, points=6, has_room=False))
    assert shown == [Total("design", 5, 5, 30, 0), Total(OTHERS, 5, 15, 30, 2)]


@given(people)
def test_whoever_adds_and_subtracts_the_figures_never_ends_with_fewer_than_five_people(everybody: list[Person]):
    """Each person stands in one total at most, so a sum or difference of totals is about whole totals: five each."""
    shown = totals(everybody)
    chosen = chain.from_iterable(combinations(shown, many) for many in range(1, len(shown) + 1))
    assert all(sum(total.people for total in some) >= FEWEST for some in chosen)
    assert all(total.people >= FEWEST for total in shown)
    named = {total.function for total in shown if total.function != OTHERS}
    for total in shown:
        behind = [each for each in everybody if each.function == total.function or _is_small(each, total, named)]
        assert total == Total(
            total.function,
            len(behind),
            sum(each.points for each in behind),
            sum(each.cap for each in behind),
            sum(not each.has_room for each in behind),
        )


@given(people)
def test_nothing_on_the_page_depends_on_people_who_are_not_in_a_shown_total(everybody: list[Person]):
    """No sum of everybody stands beside the totals, from which the hidden ones could be worked out."""
    shown = totals(everybody)
    counted = {total.function for total in shown}
    seen = everybody if OTHERS in counted else [each for each in everybody if each.function in counted]
    assert views.page(totals(seen), {}) == views.page(shown, {})


def _is_small(person: Person, total: Total, named: set[str]) -> bool:
    return total.function == OTHERS and person.function not in named


async def test_a_lead_finds_the_totals_and_nobody_else_does(world: World):
    designers = [f"D{number}" for number in range(5)]
    lawyers = ["L1", "L2"]
    mentors = await found(
        world,
        *designers,
        *lawyers,
        "Idle",
        functions=dict.fromkeys(designers, "design") | dict.fromkeys(lawyers, "legal") | {"Idle": "design"},
        offers=dict.fromkeys((*designers, *lawyers), ("Pricing",)),
    )
    assert "How much people have taken on" not in await mentors.home("Lead"), "nobody has taken anything on"
    await mentors.take("D1", "mentorship", 1, 2, 3)
    await mentors.take("D2", "question", 1)
    await mentors.take("L1", "question", 2)
    assert "How much people have taken on" in await mentors.home("Lead")
    assert (await mentors.press_home("Lead", "commitments.rooms")).ok
    said = mentors.look("Lead")
    assert "Five people take things on · 7 of 30 points taken · one has no room at present" in said
    assert "Legal" not in said and "Other kinds of work" not in said
    assert "How much people have taken on" not in await mentors.home("D1")
    assert "This page is for leads" in await mentors.home("D1", "rooms")
    assert (await mentors.press_home("D1", "commitments.rooms", anyway=True)).ok
    assert "points taken" not in mentors.look("D1")
