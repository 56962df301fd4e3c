"""What a card may hold: drafted from people's own sentences, and never a run of five words of somebody who did not agree."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.archive.cards import content, drafting, rules, words
from bot.archive.cards.keeping import rules as keeping
from bot.archive.cards.rules import Voice
from bot.archive.cards.saying import Piece, Tag, Text

QUESTION = "How do I say no to a client I like?"
BEN = (
    "Hi Ada. Clients respect a clear no more than a late yes. Write down the one number they need. "
    "Have you talked to Mina about it?\n- I would offer two dates and let them choose."
)
NOW = datetime(2026, 3, 4, 10, 20, tzinfo=UTC)


def test_a_draft_is_people_s_own_sentences_explaining_first_and_what_to_do_apart():
    drafted = drafting.draft(QUESTION, [Piece(1, QUESTION), Piece(2, BEN), Piece(3, "I'd ask Mina, she has done it.")])
    assert drafted.question == QUESTION
    assert drafted.gist == "Clients respect a clear no more than a late yes."
    assert drafted.tips.split("\n") == [
        "Write down the one number they need.",
        "I would offer two dates and let them choose.",
        "I'd ask Mina, she has done it.",
    ]


def test_an_answer_that_only_advises_says_its_first_sentence_as_the_gist():
    drafted = drafting.draft(QUESTION, [Piece(2, "Write down the one number they need. Then call them the same day.")])
    assert drafted.gist == "Write down the one number they need."
    assert drafted.tips == "Then call them the same day."


@pytest.mark.parametrize(
    "asker",
    [
        Piece(1, f"{QUESTION} It is about the big one in the north, and I am tired."),
        Piece(1, "I forgot to say that they pay very well indeed.", alias="Heron"),
    ],
)
def test_what_the_asker_says_is_no_answer(asker: Piece):
    more = Piece(1, "Thanks, I tried that and it went very well indeed.", asker.alias)
    drafted = drafting.draft(QUESTION, [asker, more, Piece(2, BEN)])
    assert "very well indeed" not in drafted.gist + drafted.tips
    assert drafted.gist.startswith("Clients respect")


def test_who_may_not_be_quoted_is_in_no_draft():
    drafted = drafting.draft(
        QUESTION, [Piece(2, BEN, may_be_quoted=False), Piece(3, "Wait a day before you answer them.")]
    )
    assert drafted == Text(QUESTION, "Wait a day before you answer them.")


@pytest.mark.parametrize(
    "said", ["Ask Mina.", "Is it worth it at all, do you think?", "Thanks for this, it helped me a lot."]
)
def test_of_little_there_is_a_little_draft(said: str):
    assert drafting.draft("", [Piece(2, said)]).gist == said


def test_nothing_said_is_an_empty_draft():
    assert drafting.draft("", []) == Text()


@given(said=st.lists(st.text(alphabet="abc de.?\n", max_size=400), max_size=4), question=st.text(max_size=300))
def test_a_draft_is_short_enough_and_invents_nothing(said: list[str], question: str):
    drafted = drafting.draft(question, [Piece(number, text) for number, text in enumerate(said)])
    assert len(drafted.gist) <= 600
    assert len(drafted.tips) <= 900
    assert len(drafted.question) <= 150
    everything = {each for text in said for each in words.folded(text)}
    assert set(words.folded(drafted.gist) + words.folded(drafted.tips)) <= everything


SENTENCE = st.lists(st.sampled_from("abcd"), min_size=1, max_size=7).map(lambda some: " ".join(some) + ".")
PART = st.lists(SENTENCE, max_size=6).map(" ".join)
VOICE = st.tuples(PART, st.booleans())


@settings(max_examples=300)
@given(question=PART, gist=PART, tips=PART, said=st.lists(VOICE, max_size=3))
def test_a_published_version_never_holds_five_words_in_a_row_of_somebody_who_did_not_agree(
    question: str, gist: str, tips: str, said: list[tuple[str, bool]]
):
    text = Text(question, gist, tips)
    voices = []
    for words_of, agrees in said:
        runs = words.runs(words_of)
        agreed = frozenset(sentence for _, sentence in rules.said_in(text, runs)) if agrees else frozenset()
        voices.append(Voice(runs, agreed))
    left = rules.settled(text, voices)
    for voice in voices:
        if not voice.agreed:
            for part in ("question", "gist", "tips"):
                folded = words.folded(left.part(part))
                assert not {tuple(folded[at : at + 5]) for at in range(len(folded) - 4)} & voice.runs
    assert rules.settled(left, voices) == left
    if all(voice.agreed or not rules.said_in(text, voice.runs) for voice in voices):
        assert left == text


def test_whoever_read_a_sentence_before_is_not_asked_about_it_again():
    agreed = (("gist", "One."), ("tips", "Two."))
    assert rules.covers(agreed, (("gist", "Two."),))
    assert not rules.covers(agreed, (("gist", "One!"),))


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ([], None),
        ([(None, None)], NOW.replace(hour=11, minute=0)),  # under an alias: at the full hour
        ([(NOW, None)], NOW + timedelta(days=3)),
        ([(NOW, NOW + timedelta(days=3))], NOW + timedelta(days=7)),
        ([(NOW, NOW), (NOW - timedelta(days=1), None)], NOW + timedelta(days=2)),
    ],
)
def test_consents_are_looked_at_when_the_next_is_due(asked, due):
    assert rules.next_look(asked, not_asked_at=rules.next_hour(NOW)) == due


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (Text("q", "g"), set()),
        (Text("", "g"), {"question"}),
        (Text("q", ""), {"gist"}),
        (Text("q" * 151, "g" * 601, "t" * 901), {"question", "gist", "tips"}),
    ],
)
def test_a_card_needs_a_question_and_a_gist_and_no_more_than_fits(text: Text, parts: set[str]):
    assert set(rules.problems_with(text)) == parts


GOOD = keeping.Said("Some words.", by_me=False, by_a_bot=False, writer_is_from_here=True, writer_can_be_asked=True)


@pytest.mark.parametrize(
    ("said", "good", "why"),
    [
        (GOOD, True, "ask"),
        (keeping.Said("Mine.", True, False, True, False), True, "own"),  # one's own words are always fine
        (keeping.Said("Mine.", True, False, True, False, is_private=True), True, "own"),
        (keeping.Said("Beep.", False, True, True, False), False, "An app wrote this"),
        (keeping.Said("", False, False, True, True), False, "no words of its own"),
        (keeping.Said("Hello.", False, False, False, True), False, "another company"),
        (keeping.Said("Hello.", False, False, True, False, "Zoe"), False, "Zoe is not in Perennial"),
    ],
)
def test_a_message_is_kept_or_there_is_a_kind_reason(said: keeping.Said, good: bool, why: str):
    judged, reason = keeping.judged(said)
    assert judged is good
    assert why in reason


@pytest.mark.parametrize(
    ("channel", "name", "private"),
    [
        ("C1", "general", False),
        ("D1", "directmessage", True),
        ("G1", "mpdm-a--b-1", True),
        ("C2", "privategroup", True),
    ],
)
def test_what_others_cannot_read_is_known_by_its_place(channel: str, name: str, private: bool):
    assert keeping.is_private(channel, name) is private


def test_challenges_and_industries_are_short_and_each_is_there_once():
    assert 20 <= len(content.challenges()) <= 30
    for names in (content.challenges(), content.industries()):
        assert len(set(names.values())) == len(names)
        assert all(len(name) <= 40 and not name.endswith(".") for name in names.values())
    assert content.tags("challenge", ["saying-no", "nothing", "saying-no"]) == (
        Tag("challenge", "saying-no", "Saying no"),
    )
