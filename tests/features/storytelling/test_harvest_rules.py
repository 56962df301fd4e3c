"""On whose card it counts what became of a takeaway, and on which post it stands."""

import pytest

from bot.features.storytelling.harvest import rules
from bot.gatherings.takeaways.rules import page_of


@pytest.mark.parametrize(
    ("named", "told", "counts"),
    [
        (2, [1, 2], 2),
        (None, [1], 1),
        (None, [1, 2], None),
        (None, [], None),
        (3, [1, 2], None),  # whoever was named did not tell after all
        (3, [1], None),
    ],
)
def test_it_counts_for_the_story_it_names_or_the_only_one(named: int | None, told: list[int], counts: int | None):
    assert rules.counted_on(named, told) == counts


def test_twenty_stand_on_a_post():
    assert [page_of(before) for before in (0, 19, 20, 499)] == [0, 0, 1, 24]
