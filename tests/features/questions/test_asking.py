"""Somebody asks: by the form, which keeps what is good and says what is not."""

from tests.features.questions.asking_people import joined
from tests.features.questions.forms import all_kept, card, hand_in, open_form
from tests.members import walk
from tests.world import World


async def test_a_question_handed_in_stands_in_its_askers_messages(any_world: World):
    (ana,) = await joined(any_world, "Ana")
    form = await open_form(any_world, ana, "How do I say no & stay kind?")
    assert form["blocks"][0]["element"]["initial_value"] == "How do I say no & stay kind?"
    reply = await hand_in(any_world, ana, context="A big client.", skills=["Negotiating"], pace="week")
    assert reply.ok and not reply.errors
    assert "on its way" in walk.said(walk.modal(any_world, ana))
    (question,) = await all_kept(any_world)
    assert (question.kind, question.pace, question.audience, question.alias) == ("question", "week", "everyone", "")
    shown = walk.said(card(any_world, ana))
    assert "How do I say no &amp; stay kind?" in shown
    assert "about Negotiating" in shown
