"""Somebody says "no more for now" where they are asked: what waits for them is put to the next person at once."""

from bot.features.questions.routing import views
from tests.features.questions.answering_people import press, states
from tests.features.questions.asking_people import ask, joined
from tests.world import World


async def test_no_more_for_now_hands_on_what_waits_and_keeps_what_is_held(any_world: World):
    (ana,) = await joined(any_world, "Ana")
    (hana,) = await joined(any_world, "Hana", offers=("Negotiation",))
    held = await ask(any_world, ana, "How do I say no?", skills=("negotiation",))
    await any_world.move(hours=2)
    assert (await press(any_world, hana, views.TAKE)).ok
    (ben,) = await joined(any_world, "Ben")
    waiting = await ask(any_world, ben, "How do I ask for more?", skills=("negotiation",))
    await any_world.move(hours=1)
    assert await states(any_world, waiting, hana) == ["asked"]
    (mina,) = await joined(any_world, "Mina", offers=("Negotiation",))

    assert (await press(any_world, hana, "commitments.no_more")).ok
    assert any_world.last_message_to(hana)["text"].startswith("Nothing new comes to you until")
    assert await states(any_world, waiting, hana, mina) == ["released", "asked"]
    assert await states(any_world, held, hana) == ["claimed"]

    later = await ask(any_world, ben, "And how do I thank them?", skills=("negotiation",))
    await any_world.move(hours=1)
    assert await states(any_world, later, hana) == [None], "nobody who closed is asked"
    assert (await press(any_world, hana, "commitments.open_again")).ok
    assert "there is room for five points" in any_world.last_message_to(hana)["text"]
