"""Every line that is said in a thread of a question, as it reads; and people's words, which call nobody."""

import pytest

from bot.features.questions.threads import (
    keep_views,
    outcome_views,
    quiet_views,
    review_views,
    rules,
    speaking,
    thank_views,
    views,
)
from bot.features.questions.threads.checklists import checklists
from bot.features.questions.threads.reviewing import Noted
from bot.features.questions.threads.speaking import Reached
from bot.features.questions.threads.views import Carried
from bot.slack.said import as_typed
from tests.goldens import Golden

HANA = Carried(12, "Hana", False, "Say it *early*.\n• offer a date\n• see https://example.org/no?a=1&b=2.")
NOTES = {
    "first-lines": Noted(False, "I had to read it twice. Begin with the date."),
    "numbers": Noted(True, "The third one needs its year."),
    "next-step": Noted(True, ""),
}
REACHED = Reached(("Ana", "Tom"), "C1")


def test_what_is_carried_reads_as_its_writer_meant_it(golden: Golden):
    golden("questions/threads/answer", views.to_asker(HANA))
    golden("questions/threads/answer_helped", views.to_asker(Carried(12, "Hana", False, "Yes.", helped=True)))
    golden("questions/threads/answer_after_the_end", views.to_asker(Carried(12, "Hana", False, "Yes.", ended=True)))
    golden("questions/threads/answer_hidden", views.to_asker(Carried(12, "Hana", False, "", hidden=True)))
    golden("questions/threads/answer_from_channel", views.words(Carried(12, "Eve", False, "Yes.", where="C1")))
    golden("questions/threads/added", views.words(Carried(12, "Quiet Heron", True, "It is my own team.")))
    golden("questions/threads/long", views.words(Carried(12, "Hana", False, "word " * 3_000)))
    golden("questions/threads/ask_more", views.how_to_ask_more("Hana"))
    golden("questions/threads/all_of_it", views.whole(Carried(12, "Hana", False, "word " * 1_000)))


def test_lines_to_whoever_wrote(golden: Golden):
    golden("questions/threads/carried", speaking.answered(REACHED, question_id=7, may_claim=False))
    golden("questions/threads/carried_lightly", speaking.answered(Reached(("Ana",)), question_id=7, may_claim=True))
    golden("questions/threads/reviewed", speaking.reviewed(Reached(("Ana",))))
    golden("questions/threads/asker_added", speaking.added(Reached(("Hana",))))
    golden("questions/threads/asker_added_to_nobody", speaking.added(Reached(())))
    golden("questions/threads/asker_added_late", speaking.added_after_the_end(Reached(("Hana",)), 7))
    for name in ("files", "outsiders", "taken_back"):
        golden(f"questions/threads/{name}", speaking.line(getattr(speaking, name.upper())))


def test_thanks_endings_and_what_came_of_it(golden: Golden):
    golden("questions/threads/thanked", thank_views.thanked("Ana", "How do I say no?", "Say it early."))
    golden("questions/threads/is_it_done", thank_views.is_it_done(7))
    golden("questions/threads/closed", thank_views.closed(7))
    golden("questions/threads/left_open", thank_views.left_open())
    golden("questions/threads/opened_again", thank_views.opened_again())
    golden("questions/threads/quiet", quiet_views.closed(7, answered=True))
    golden("questions/threads/quiet_unanswered", quiet_views.closed(7, answered=False))
    golden("questions/threads/outcome", outcome_views.did_it_work(7, "How do I say no?", ["Hana", "Tom"]))
    for said in (*outcome_views.SAID, "none"):
        golden(f"questions/threads/outcome_{said}", outcome_views.noted(said, 2))
    golden("questions/threads/outcome_told", outcome_views.told("Quiet Heron", "worked", "How do I say no?"))
    golden("questions/threads/outcome_told_not", outcome_views.told("Ana", "not", "How do I say no?"))
    golden("questions/threads/keep", keep_views.offer(7))
    golden("questions/threads/keep_drafted", keep_views.drafted(3))
    golden("questions/threads/keep_left", keep_views.left(7))


def test_a_review_is_a_form_for_one_and_a_message_for_the_other(golden: Golden):
    checklist = checklists()["document"]
    golden("questions/threads/review_form", review_views.form(7, checklist, NOTES, "Is this clear?"))
    said = Carried(12, "Hana", False, review_views.as_text(checklist, NOTES), review=True)
    golden("questions/threads/review", views.to_asker(said))
    for each in checklists().values():
        assert len(review_views.form(7, each, {}, "Is this clear?")["blocks"]) <= 100


def test_a_review_without_notes_says_nothing():
    assert review_views.as_text(checklists()["plan"], {}) == ""


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<@U1> and <!channel> in <#C1|help>", "@Ana and @channel in #help"),
        ("<https://example.org|the page>", "the page (https://example.org)"),
        ("<https://example.org>", "https://example.org"),
        ("<!subteam^S1|@leads> &amp; co &lt;here&gt;", "@leads & co <here>"),
    ],
    ids=["people", "a named link", "a link", "groups and signs"],
)
def test_slacks_marks_become_words(written: str, read: str):
    assert as_typed(written, {"U1": "Ana"}) == read


def test_words_of_people_call_nobody_and_slack_adds_nothing_to_them():
    content = views.words(Carried(1, "Hana <!here>", False, "<!channel> <@U1> @here & <https://example.org|x>"))
    said = str(content.to_json())
    assert "<!" not in said
    assert "<@" not in said
    assert all(block["text"]["verbatim"] for block in content.blocks[1:])


@pytest.mark.parametrize("text", ["&" * 9_000, "x" * 12_000, "word " * 2_400, "a\n" * 3_000, "<" * 100 + "é" * 6_000])
def test_pieces_fit_and_lose_nothing_but_spaces(text: str):
    pieces = rules.pieces(text)
    assert all(len(piece) <= rules.LONGEST_PART for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(rules.shown(text).split())
