"""A reported question is hidden and put back; an alias is muted without anybody reading whose it is."""

from sqlalchemy import select

from bot.features.questions.models import AliasMute
from bot.features.questions.routing import muting, muting_views
from tests.features.questions.answering_people import kept, said_to_asker
from tests.features.questions.asking_people import ask, joined, member_of
from tests.members import walk
from tests.world import World


async def test_hidden_it_is_read_by_nobody_and_put_back_it_is_asked_again(any_world: World):
    (ana,) = await joined(any_world, "Ana")
    (hana,) = await joined(any_world, "Hana", offers=("Negotiation",))
    number = await ask(any_world, ana, skills=("negotiation",), alias="Quiet Heron")
    await any_world.move(hours=2)
    here, now = (await member_of(any_world, ana)).workspace_id, any_world.clock()
    async with any_world.bot.database.transaction() as session:
        written = await muting.look(session, here, number, now)
        assert written is not None and written.author_id is None and "say no" in written.words
        await muting.hide(session, here, number, now)
    await any_world.move(minutes=1)
    assert "hidden at present" in any_world.last_message_to(hana)["text"]
    async with any_world.bot.database.transaction() as session:
        await muting.restore(session, here, number, any_world.clock())
        await muting.tell(session, here, number, "It is back.", any_world.clock())
    await any_world.move(minutes=1)
    assert (await kept(any_world, number)).state == "open"
    assert "Quiet Heron asks" in any_world.last_message_to(hana)["text"]
    assert "Something you asked was looked at." in said_to_asker(any_world, ana)


async def test_whoever_is_behind_an_alias_is_muted_and_nobody_reads_who(world: World):
    ana, lea, *_ = await joined(world, "Ana", "Lea", *(f"Person {number}" for number in range(8)))
    number = await ask(world, ana, alias="Quiet Heron")
    member = await member_of(world, ana)
    async with world.bot.database.reading() as session:
        assert await muting.extra(session, member.workspace_id, number) != []
        assert not await muting.is_muted(session, member.workspace_id, member.id, now=world.clock())
    await walk.press(world, lea, action_id=muting_views.MUTE, value=str(number), anyway=True)
    assert (await kept(world, number)).state == "open", "she neither leads nor moderates"
    async with world.bot.database.transaction() as session:
        row = await session.get(type(await member_of(world, lea)), (await member_of(world, lea)).id)
        assert row is not None
        row.is_lead = True
    await walk.press(world, lea, action_id=muting_views.MUTE, value=str(number), anyway=True)
    await world.settle()
    question = await kept(world, number)
    assert (question.state, question.closing) == ("closed", "moderator")
    async with world.bot.database.reading() as session:
        assert await muting.is_muted(session, member.workspace_id, member.id, now=world.clock())
        (mute,) = (await session.execute(select(AliasMute))).scalars()
        assert str(member.id).encode() != mute.asker_sealed
    assert "Ana" not in str(world.messages_to(lea))


async def test_where_fewer_than_ten_could_be_meant_no_mute_is_offered(world: World):
    (ana,) = await joined(world, "Ana")
    number = await ask(world, ana, alias="Quiet Heron")
    async with world.bot.database.reading() as session:
        assert await muting.extra(session, (await member_of(world, ana)).workspace_id, number) == []
