"""Whoever asked reads on their card how the person who took it likes to help, and can report those words."""

from bot.features.questions.asking import views
from bot.features.questions.mentoring import store
from tests.features.questions.threads_people import ask, asked_root, joined, member_of, press, put_to, whole
from tests.features.reflections.writing import go, hand_in, press_home
from tests.world import World

HOW = "Send me the <draft> a day before."


async def test_how_they_like_to_help_stands_on_the_card_while_they_hold_it_and_follows_their_words(any_world: World):
    world = any_world
    ana, hana = await joined(world, "Ana", "Hana")
    async with world.bot.database.transaction() as session:
        await store.keep(session, 1, (await member_of(world, hana)).id, ["question"], HOW, world.clock())
    number = await ask(world, ana, alias="Quiet Heron")
    await put_to(world, number, hana, state="asked")
    assert "likes to help" not in whole(asked_root(world, ana)), "nobody took it"
    await press(world, hana, world.last_message_to(hana), "questions.take")
    assert "*How Hana likes to help:* Send me the &lt;draft&gt; a day before. | Report" in whole(asked_root(world, ana))
    await go(world, hana, "helping")
    await press_home(world, hana, "questions.helping")
    await hand_in(world, hana, {"how": {"questions.write_how": "Ask me on Thursdays."}})
    assert "*How Hana likes to help:* Ask me on Thursdays." in whole(asked_root(world, ana))
    await press(world, ana, asked_root(world, ana), views.CLOSE)
    assert "likes to help" not in whole(asked_root(world, ana))


async def test_reported_from_the_card_the_words_leave_it_at_once(world: World):
    ana, hana = await joined(world, "Ana", "Hana")
    async with world.bot.database.transaction() as session:
        await store.keep(session, 1, (await member_of(world, hana)).id, ["question"], HOW, world.clock())
    number = await ask(world, ana)
    await put_to(world, number, hana)
    await press(world, ana, asked_root(world, ana), "moderation.report")
    await hand_in(world, ana, {})
    card = whole(asked_root(world, ana))
    assert "*Hana took it.*" in card and "likes to help" not in card
    assert "hidden for now" in world.last_message_to(hana)["text"]
