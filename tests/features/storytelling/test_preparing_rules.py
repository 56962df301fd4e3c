"""How long a page takes to tell, and what is said about it."""

import pytest

from bot.features.storytelling.preparing.rules import Page, length, minutes


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (0, ""),
        (40, "Read aloud this takes under a minute. Eight"),
        (150, "Read aloud this takes about a minute. Eight"),
        (500, "Read aloud this takes about 4 minutes. Eight"),
        (1000, "Read aloud this takes about 8 minutes, which fits."),
        (1250, "Read aloud this takes about 10 minutes, which fits."),
        (1400, "Read aloud this takes about 11 minutes. Eight are usual: what"),
    ],
)
def test_the_length_is_said_in_words(words: int, said: str):
    assert length(Page(broke="word " * words)).startswith(said)
    assert bool(said) == bool(length(Page(broke="word " * words)))


def test_all_three_beats_count_and_title_and_questions_do_not():
    page = Page("a title", "one " * 100, "two " * 100, "three " * 50, "a question " * 90)
    assert minutes(page) == 2
