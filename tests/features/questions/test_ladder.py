"""Who is asked, in which order, until somebody answers or a lead knows."""

from bot.features.questions.routing import views
from tests.features.questions.answering_people import kept, press, said_to_asker, states
from tests.features.questions.asking_people import ask, joined
from tests.world import World


async def test_a_question_finds_who_knows_and_its_asker_reads_who_took_it(any_world: World):
    ana, _ = await joined(any_world, "Ana", "Cleo")
    (hana,) = await joined(any_world, "Hana", offers=("Negotiation",))
    number = await ask(any_world, ana, skills=("negotiation",))
    await any_world.move(hours=2)
    asked = any_world.last_message_to(hana)
    assert asked["text"] == "Ana asks: How do I say no to a client?"
    assert "you offer Negotiation" in str(asked["blocks"])
    assert (await press(any_world, hana, views.TAKE)).ok
    assert "You took it" in any_world.last_message_to(hana)["text"]
    assert (await kept(any_world, number)).state == "held"
    assert said_to_asker(any_world, ana) == ["I asked Hana.", "Hana took your question."]
    assert await states(any_world, number, hana) == ["claimed"]
