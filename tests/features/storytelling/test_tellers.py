"""Tellers are asked in turn, say yes or no, swap, and the host hears in time."""

from datetime import timedelta

import pytest

from bot.features.storytelling.tellers import store
from tests.features.storytelling.evening import company, moment
from tests.members import walk
from tests.world import World

THREE_WEEKS_BEFORE = "2026-03-05T15:00:10"


async def test_a_session_is_planned_and_its_tellers_are_asked_at_once(any_world: World):
    at = await company(any_world)
    await any_world.move_to(moment(THREE_WEEKS_BEFORE))
    await any_world.move(seconds=30)
    planned = await at.session()
    assert planned.starts_at == moment("2026-03-26T15:00:00")
    asked = await at.turns(planned, store.ASKED)
    assert len(asked) == 2
    for turn in asked:
        said = at.message(await at.user(turn.member_id), "storytelling.accept")
        assert "Would you tell a story" in said["text"]


async def test_a_no_asks_the_next_and_a_yes_gives_a_seat_and_a_name_on_the_post(world: World, golden):
    at = await company(world)
    await world.move_to(moment(THREE_WEEKS_BEFORE))
    await world.move(seconds=30)
    planned = await at.session()
    first, second = await at.turns(planned, store.ASKED)
    no, yes = await at.user(first.member_id), await at.user(second.member_id)
    golden("storytelling/asked", _shown(at.message(no, "storytelling.accept")))
    await at.press(no, "storytelling.decline")
    golden("storytelling/declined", _shown(world.last_message_to(no)))
    assert len(await at.turns(planned, store.ASKED)) == 2
    await at.press(yes, "storytelling.accept")
    golden("storytelling/promised", _shown(at.message(yes, "storytelling.prepare")))
    assert [each.member_id for each in await at.turns(planned, store.ACCEPTED)] == [second.member_id]
    home = await walk.open_home(world, yes)
    assert "Stories" in walk.said(home)
    post = next(
        each
        for each in world.slack.history(at.channel)
        if "gatherings." in str(each.get("blocks")) and "Told by" in str(each)
    )
    assert "Told by Person" in walk.said(post)


async def test_somebody_who_does_not_answer_is_let_go_without_reproach_and_can_still_say_yes(world: World, golden):
    at = await company(world, people=3)
    await world.move_to(moment(THREE_WEEKS_BEFORE))
    await world.move(seconds=30)
    planned = await at.session()
    first, _ = await at.turns(planned, store.ASKED)
    user = await at.user(first.member_id)
    await world.move(days=3, minutes=5)
    assert (await at.turns(planned, store.LAPSED))[0].id == first.id
    golden("storytelling/lapsed", _shown(at.message(user, "storytelling.accept")))
    await at.press(user, "storytelling.accept")
    assert [each.id for each in await at.turns(planned, store.ACCEPTED)] == [first.id]


async def test_the_host_hears_with_choices_once_nobody_is_left_to_ask(world: World, golden):
    at = await company(world, people=2)
    await world.move_to(moment(THREE_WEEKS_BEFORE))
    await world.move(seconds=30)
    planned = await at.session()
    first, second = await at.turns(planned, store.ASKED)
    await at.press(await at.user(first.member_id), "storytelling.accept")
    await at.press(await at.user(second.member_id), "storytelling.decline")
    golden("storytelling/lacking", _shown(at.message(at.lead, "storytelling.go_on")))
    await at.press(at.lead, "storytelling.go_on")
    assert (await at.story(planned)).wanted == 1
    assert (await at.story(planned)).due_at is None
    assert "It goes on with one story. Nobody else is asked." in [each["text"] for each in world.messages_to(at.lead)]


async def test_a_turn_is_swapped_with_somebody_who_says_yes(world: World, golden):
    at = await company(world, people=4)
    await world.move_to(moment(THREE_WEEKS_BEFORE))
    await world.move(seconds=30)
    planned = await at.session()
    first, second = await at.turns(planned, store.ASKED)
    mine, theirs = await at.user(first.member_id), await at.user(second.member_id)
    other = next(each for each in at.people if each not in (mine, theirs))
    await at.press(mine, "storytelling.accept")
    await at.press(mine, "storytelling.swap")
    reply = await at.submit(mine, {"who": {"who": mine}})
    assert "That is you" in str(reply.errors)
    await at.submit(mine, {"who": {"who": other}})
    golden("storytelling/swap", _shown(at.message(other, "storytelling.swap_yes")))
    await at.press(other, "storytelling.swap_yes")
    promised = [each.member_id for each in await at.turns(planned, store.ACCEPTED)]
    assert promised == [await at.member_id(other)]
    assert [each.id for each in await at.turns(planned, store.SWAPPED)] == [first.id]


async def test_a_swap_that_is_declined_leaves_the_turn_where_it_was(world: World):
    at = await company(world, people=4)
    await world.move_to(moment(THREE_WEEKS_BEFORE))
    await world.move(seconds=30)
    planned = await at.session()
    first, second = await at.turns(planned, store.ASKED)
    mine, theirs = await at.user(first.member_id), await at.user(second.member_id)
    other = next(each for each in at.people if each not in (mine, theirs))
    await at.press(mine, "storytelling.accept")
    await at.press(mine, "storytelling.swap")
    await at.submit(mine, {"who": {"who": other}})
    await at.press(other, "storytelling.swap_no")
    (kept,) = await at.turns(planned, store.ACCEPTED)
    assert (kept.id, kept.swap_with) == (first.id, None)
    assert "Swap with somebody" in walk.said(at.message(mine, "storytelling.prepare"))


async def test_a_teller_who_is_deactivated_the_day_before_is_missed_in_time(world: World):
    at = await company(world, people=2)
    await world.move_to(moment(THREE_WEEKS_BEFORE))
    await world.move(seconds=30)
    planned = await at.session()
    for turn in await at.turns(planned, store.ASKED):
        await at.press(await at.user(turn.member_id), "storytelling.accept")
    gone = (await at.turns(planned, store.ACCEPTED))[0]
    await world.move_to(planned.starts_at - timedelta(days=1))
    world.slack.update_user(await at.user(gone.member_id), deleted=True)
    await world.move(minutes=5)
    assert [each.id for each in await at.turns(planned, store.STEPPED_BACK)] == [gone.id]
    assert "One of two stories is promised" in at.message(at.lead, "storytelling.go_on")["text"]


async def test_nobody_else_can_answer_for_a_teller(world: World):
    at = await company(world)
    await world.move_to(moment(THREE_WEEKS_BEFORE))
    await world.move(seconds=30)
    planned = await at.session()
    first, second = await at.turns(planned, store.ASKED)
    await at.press(await at.user(second.member_id), "storytelling.accept", value=str(first.id))
    assert await at.turns(planned, store.ACCEPTED) == []


@pytest.mark.parametrize("value", ["", "x", "99999999999999", "٣"])
async def test_values_that_are_none_of_ours_change_nothing(world: World, value: str):
    at = await company(world)
    await world.move_to(moment(THREE_WEEKS_BEFORE))
    await world.move(seconds=30)
    planned = await at.session()
    user = await at.user((await at.turns(planned, store.ASKED))[0].member_id)
    reply = await at.press(user, "storytelling.accept", value=value)
    assert reply.status == 200
    assert await at.turns(planned, store.ACCEPTED) == []


def _shown(message: dict[str, object]) -> dict[str, object]:
    return {"text": message["text"], "blocks": message["blocks"]}
