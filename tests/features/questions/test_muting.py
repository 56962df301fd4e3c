"""A reported question is hidden and put back; an alias is muted without anybody reading whose it is."""

from bot.features.questions import lifecycle, store
from bot.features.questions.routing import muting, muting_views, views
from bot.members import store as members
from tests.features.questions.answering_people import kept, press, said_to_asker
from tests.features.questions.asking_people import ask, joined, member_of
from tests.members import walk
from tests.world import World


async def test_hidden_it_is_read_by_nobody_and_put_back_it_is_asked_again(world: World):
    (ana,) = await joined(world, "Ana")
    (hana,) = await joined(world, "Hana", offers=("Negotiation",))
    number = await ask(world, ana, skills=("negotiation",), alias="Quiet Heron")
    await world.move(hours=2)
    here, now = (await member_of(world, ana)).workspace_id, world.clock()
    async with world.bot.database.transaction() as session:
        written = await muting.look(session, here, number, now)
        assert written is not None and written.author_id is None and "say no" in written.words
        await muting.hide(session, here, number, now)
    await world.move(minutes=1)
    assert "hidden at present" in world.last_message_to(hana)["text"]
    async with world.bot.database.transaction() as session:
        await muting.restore(session, here, number, world.clock())
        await muting.tell(session, here, number, "It is back.", world.clock())
    await world.move(minutes=1)
    assert (await kept(world, number)).state == "open"
    assert "Quiet Heron asks" in world.last_message_to(hana)["text"]
    assert "Something you asked was looked at." in said_to_asker(world, ana)


async def test_what_is_closed_and_still_read_can_be_reported_and_comes_back_closed(world: World):
    ana, lea = await joined(world, "Ana", "Lea")
    (hana,) = await joined(world, "Hana", offers=("Negotiation",))
    number = await ask(world, ana, skills=("negotiation",))
    await world.move(hours=2)
    here = (await member_of(world, ana)).workspace_id
    async with world.bot.database.transaction() as session:
        lead = await members.by_slack_id(session, here, lea)
        assert lead is not None
        lead.is_lead = True
        question = await store.get(session, here, number, lock=True)
        await lifecycle.end(session, question, "closed", closing="asker", now=world.clock())
    await world.settle()
    await world.move(minutes=1)
    await press(world, hana, views.DOTS, selected=f"report:question:{number}")
    await world.acts.submit(hana, walk.modal(world, hana)["id"], {})
    await world.move(minutes=1)
    assert (await kept(world, number)).state == "hidden"
    assert "say no" not in str(world.last_message_to(hana))
    async with world.bot.database.transaction() as session:
        await muting.restore(session, here, number, world.clock())
    await world.settle()
    await world.move(minutes=1)
    assert (await kept(world, number)).state == "closed"
    assert "say no" in str(world.last_message_to(hana))


async def test_whoever_is_behind_an_alias_is_muted_and_nobody_reads_who(world: World):
    ana, lea, *_ = await joined(world, "Ana", "Lea", *(f"Person {number}" for number in range(8)))
    (hana,) = await joined(world, "Hana", offers=("Negotiation",))
    number = await ask(world, ana, skills=("negotiation",), alias="Quiet Heron")
    member = await member_of(world, ana)
    async with world.bot.database.transaction() as session:
        lead = await members.by_slack_id(session, member.workspace_id, lea)
        assert lead is not None
        lead.is_lead = True
        assert not await muting.is_muted(session, member.workspace_id, member.id, now=world.clock())
    await world.move(hours=2)
    await press(world, hana, views.DOTS, selected=f"report:question:{number}")
    await world.acts.submit(hana, walk.modal(world, hana)["id"], {})
    await world.move(minutes=1)
    await press(world, lea, muting_views.MUTE)
    question = await kept(world, number)
    assert (question.state, question.closing) == ("closed", "moderator")
    async with world.bot.database.reading() as session:
        assert await muting.is_muted(session, member.workspace_id, member.id, now=world.clock())
        assert not await muting.is_muted(session, member.workspace_id, lead.id, now=world.clock())
    assert "Ana" not in str(world.messages_to(lea)) + str(world.messages_to(hana))
    assert "A moderator closed this question." in said_to_asker(world, ana)


async def test_where_fewer_than_ten_could_be_meant_no_mute_is_offered(world: World):
    (ana,) = await joined(world, "Ana")
    number = await ask(world, ana, alias="Quiet Heron")
    async with world.bot.database.reading() as session:
        assert await muting.extra(session, (await member_of(world, ana)).workspace_id, number) == []
