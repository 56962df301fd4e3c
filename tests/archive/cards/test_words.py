"""Sentences are taken apart and put together, and five words in a row are somebody's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.archive.cards import words

SAID = "Write down the one number you need. Then ask for ten minutes, not for a meeting. It worked for me twice."


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One here. Two there! Three?", ["One here.", "Two there!", "Three?"]),
        ('He said "go." Then left.', ['He said "go."', "Then left."]),
        ("Use tools, e.g. a list, today. Or not.", ["Use tools, e.g. a list, today.", "Or not."]),
        ("1. Write it down. 2. Ask.", ["1. Write it down.", "2.", "Ask."]),
        ("Version 2.5 is out. Take it.", ["Version 2.5 is out.", "Take it."]),
        ("first line\nsecond line", ["first line", "second line"]),
        ("まず書く。それから聞く。", ["まず書く。", "それから聞く。"]),
        ("", []),
    ],
)
def test_a_text_is_read_sentence_by_sentence(text: str, sentences: list[str]):
    assert words.sentences(text) == sentences


@pytest.mark.parametrize(
    ("slack", "read"),
    [
        ("See <https://example.org/a|the guide> &amp; <https://example.org>", "See the guide & https://example.org"),
        ("Ask <@U123> or <@U9|mina> in <#C1|pricing>", "Ask a colleague or a colleague in #pricing"),
        ("<!here> 2 &lt; 3\n\n\nnext", "2 < 3\nnext"),
        ("<!subteam^S1|@design> knows", "@design knows"),
    ],
)
def test_a_message_is_kept_as_people_read_it(slack: str, read: str):
    assert words.as_read(slack) == read


@pytest.mark.parametrize(
    "part",
    [
        "Ask for ten minutes, not for a meeting.",
        "ASK FOR TEN MÍNUTES — not for a meeting",
        "My advice: then ask for ten minutes and go.",
        "Then ask for ten. Minutes count.",
        "Ask for _ten_ *minutes*.\nNot more.",
    ],
)
def test_five_words_in_a_row_are_theirs_whatever_stands_between(part: str):
    assert words.touched(part, words.runs(SAID))


@pytest.mark.parametrize(
    "part", ["Ask for ten.", "Ask a colleague for ten minutes of time.", "", "ten minutes for ask"]
)
def test_fewer_are_everybodys(part: str):
    assert not words.touched(part, words.runs(SAID))


def test_what_leaves_takes_its_whole_sentence_and_nothing_else():
    part = "Prices fall in June. Write down the one number you need. Be kind."
    assert words.without(part, words.runs(SAID)) == "Prices fall in June. Be kind."


def test_what_comes_together_by_what_leaves_is_looked_at_again():
    own = words.runs("one two three four five. six seven eight nine ten eleven")
    part = "Ask about one two three. One two three four five. Four five six say more."
    assert not words.touched(words.without(part, own), own)


def test_stretches_are_said_anew_in_their_place():
    part = "Start here. Write down the one number you need. Then ask for ten minutes, not for a meeting.\nEnd here."
    own = words.runs(SAID)
    assert words.stretches(part, own) == [
        "Write down the one number you need. Then ask for ten minutes, not for a meeting."
    ]
    assert words.replaced(part, own, ["Come with one number."]) == "Start here. Come with one number.\nEnd here."
    assert words.replaced(part, own, [""]) == "Start here.\nEnd here."


def test_signs_without_spaces_are_words_of_their_own():
    assert words.touched("まず紙に書くのがよい", words.runs("紙に書くのがいちばん"))


SOME = st.lists(st.sampled_from(["a", "b", "c", "d.", "e\n", "É!"]), max_size=40).map(" ".join)


@given(part=SOME, said=SOME)
def test_nothing_of_theirs_is_left_of_any_text(part: str, said: str):
    own = words.runs(said)
    left = words.without(words.cleaned(part), own)
    folded = words.folded(left)
    assert not [at for at in range(len(folded)) if tuple(folded[at : at + 5]) in own]


@given(part=SOME)
def test_taking_apart_and_putting_together_changes_nothing(part: str):
    kept = words.cleaned(part)
    assert words.joined(words.lines(kept)) == kept
    assert words.cleaned(kept) == kept
