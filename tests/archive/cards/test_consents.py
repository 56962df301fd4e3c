"""Nobody's words are read by others before they agreed to exactly these, and they may take them back any time."""

from tests.archive.cards import making
from tests.archive.cards.making import asked, asks, card, found, offered, published
from tests.members import walk
from tests.world import World


async def test_from_a_thread_to_a_card_everybody_agreed_to(any_world: World):
    people = await found(any_world)
    insight = await asked(people)
    (message,) = asks(people, "Ben")
    said = walk.said(message)
    assert "Ada would like to keep words of yours" in said
    assert "Clients respect a clear no more than a late yes." in said
    assert "Ask them what happens" in said.split("*The card*")[1]
    assert "Ask them what happens" not in said.split("*The card*")[0]
    assert (await card(people, insight)).state == "asking"
    await people.press("Ben", "archive.fine_named")
    assert (await card(people, insight)).state == "asking"
    assert "with your name" in people.last("Ben")["text"]
    await people.press("Cleo", "archive.fine")
    done = await card(people, insight)
    assert (done.state, done.version, done.due_at) == ("published", 2, None)
    assert done.question == making.QUESTION
    assert "a late yes" in done.gist
    named = {row.member_id: (row.state, row.named) for row in await making.quotes(people, insight)}
    assert named[people.ids["Ben"]] == ("approved", True)
    assert named[people.ids["Cleo"]] == ("approved", False)
    await any_world.move(hours=2)
    for name in ("Ada", "Ben", "Cleo"):
        assert "archive.read" in str(people.last(name)["blocks"]), name


async def test_with_a_no_the_words_leave_and_the_rest_goes_on(world: World):
    people = await found(world)
    insight = await asked(people)
    await people.press("Cleo", "archive.leave_out")
    assert "Left out" in people.last("Cleo")["text"]
    await people.press("Ben", "archive.fine")
    done = await card(people, insight)
    assert done.state == "published"
    assert "silence" not in done.gist + done.tips
    assert "two dates" in done.tips
