"""Which of our own themes come up next."""

from bot.features.storytelling.themes import ideas, in_turn


def test_a_theme_that_was_told_about_comes_after_every_one_that_was_not():
    slugs = list(ideas())
    had = dict.fromkeys(slugs, (False, 1)) | {slugs[0]: (True, 1), slugs[1]: (False, 2)}
    order = in_turn(slugs, had, luck=3)
    assert order[-2:] == [slugs[1], slugs[0]]


def test_six_ballots_of_three_show_eighteen_different_themes_and_two_programs_begin_differently():
    slugs, had = list(ideas()), dict[str, tuple[bool, int]]()
    assert len(slugs) == 18
    for ballot in range(6):
        for slug in in_turn(slugs, had, luck=ballot)[:3]:
            assert slug not in had
            had[slug] = (False, 1)
    assert in_turn(slugs, {}, luck=1)[:3] != in_turn(slugs, {}, luck=2)[:3]
