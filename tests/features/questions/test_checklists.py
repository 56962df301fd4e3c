"""The checklists of quick reviews: eight, complete, and each point said once."""

from bot.features.questions.threads.checklists import checklists


def test_there_are_eight_kinds_of_reviews():
    assert set(checklists()) == {
        "document", "talk", "code-change", "portfolio", "difficult-message", "plan", "interview", "decision",
    }  # fmt: skip


def test_every_point_is_one_line_and_stands_once():
    for each in checklists().values():
        slugs = [point.slug for point in each.points]
        assert len(slugs) == len(set(slugs)), each.slug
        for point in each.points:
            assert "\n" not in point.say + point.hint
            assert "!" not in point.say + point.hint
    said = [point.say for each in checklists().values() for point in each.points]
    assert len(said) == len(set(said))
