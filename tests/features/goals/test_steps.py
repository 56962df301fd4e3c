"""Milestones are added, ticked, unticked and taken away; notes are kept; what is in the way finds help."""

from typing import Any

from tests.features.goals.people import People, found
from tests.members import walk
from tests.world import World


async def on_its_page(world: World, **fields: Any) -> tuple[People, str]:
    people = await found(world)
    goal = await people.set_goal(**fields)
    await people.home("Ada", f"goals:{goal.id}")
    return people, f"goals:{goal.id}"


async def test_a_tick_is_one_press_and_can_be_taken_back(any_world: World):
    people, page = await on_its_page(any_world, steps="One\nTwo")
    goal = await people.goal()
    await people.press_home("Ada", "goals.tick", f"{goal.id}:2", block_id=f"step-{goal.id}-2")
    assert [each.done_on is not None for each in (await people.text()).milestones] == [False, True]
    assert "✓  ~Two~" in walk.said(await people.home("Ada", page))
    await people.press_home("Ada", "goals.untick", f"{goal.id}:2")
    assert [each.done_on for each in (await people.text()).milestones] == [None, None]


async def test_milestones_are_added_and_taken_away(world: World):
    people, page = await on_its_page(world, steps="One\nTwo")
    await people.press_home("Ada", "goals.steps")
    assert (await people.submit("Ada", {"add": "Three\n\n  Four  ", "take": ["1"]})).ok
    assert [each.text for each in (await people.text()).milestones] == ["Two", "Three", "Four"]
    await people.home("Ada", page)
    await people.press_home("Ada", "goals.steps")
    reply = await people.submit("Ada", {"add": "\n".join(f"step {number}" for number in range(8))})
    assert "this would make 11" in reply.errors["add"]
    reply = await people.submit("Ada", {"add": "x" * 121})
    assert "120 is the most" in reply.errors["add"]


async def test_of_two_windows_each_takes_away_and_neither_loses_the_others(world: World):
    people, _ = await on_its_page(world, steps="One\nTwo")
    await people.press_home("Ada", "goals.steps")
    first = people.form("Ada")
    await people.press_home("Ada", "goals.steps")
    await people.submit("Ada", {"add": "Three", "take": ["1"]})
    await people.submit_elsewhere("Ada", first, {"add": "Four", "take": ["1"]})
    assert [each.text for each in (await people.text()).milestones] == ["Two", "Three", "Four"]


async def test_a_note_is_movement_and_stands_on_the_page(world: World):
    people, page = await on_its_page(world)
    await world.move(days=3)
    await people.home("Ada")
    await people.press_home("Ada", "goals.note")
    assert "Write a few words" in (await people.submit("Ada", {"words": "  "})).errors["words"]
    reply = await people.submit("Ada", {"words": "n" * 2990 + " <!here> ✓"})
    assert reply.ok
    assert reply.request is not None
    await world.acts.resend(reply.request)
    view = await people.home("Ada", page)
    assert walk.said(view).count("n" * 500) == 1
    assert (await people.goal()).moved_at.day == 5
    assert "Moved today" in walk.said(view)


async def test_what_is_in_the_way_leads_to_help_or_says_so_kindly(world: World):
    people, _ = await on_its_page(world)
    world.bot.registry.helps.clear()
    await people.press_home("Ada", "goals.obstacle")
    assert (await people.submit("Ada", {"words": "No time before the launch"})).ok
    said = walk.said(walk.look(world, people.users["Ada"]))
    assert "I know nobody yet" in said
    assert "A smaller step" in said

    async def help_for(session: object, workspace_id: int, member_id: int) -> dict[str, Any]:
        return {"type": "button", "text": {"type": "plain_text", "text": "Meet somebody"}, "action_id": "members.go",
                "value": "my_programs"}  # fmt: skip

    world.bot.registry.helps[:] = [help_for, help_for]
    goal = await people.goal()
    said = walk.said(await people.home("Ada", f"goals:{goal.id}:help"))
    assert said.count("Meet somebody") == 2
    await people.press_home("Ada", "goals.smaller")
    assert (await people.submit("Ada", {"step": "Ten minutes on Friday"})).ok
    assert (await people.text()).milestones[0].text == "Ten minutes on Friday"
    assert people.messages("Ada") == []
