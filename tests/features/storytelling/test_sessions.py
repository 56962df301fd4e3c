"""What a session's theme, its page, a move, its end and its program's options do for the stories in it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.features.storytelling import kind
from bot.features.storytelling.options import StoryOptions
from bot.gatherings import acts, options
from bot.gatherings.models import Proposal
from bot.programs.models import Program
from tests.features.storytelling.evening import Company, planned, promised, shown
from tests.members import walk
from tests.world import World


def ballot(at: Company) -> dict[str, object]:
    (found,) = [each for each in at.world.slack.history(at.channel) if "What shall the next stories" in each["text"]]
    return found


async def vote(at: Company, name: str, place: int = 0) -> None:
    """Vote for the nth theme."""
    post = ballot(at)
    buttons = [row["accessory"] for row in post["blocks"] if "accessory" in row]
    values = [each["value"] for each in buttons if each["action_id"] == "gatherings.vote"]
    await walk.press(
        at.world, at.users[name], action_id="gatherings.vote", value=values[place], channel=at.channel, ts=post["ts"]
    )


async def test_the_theme_with_most_votes_is_the_sessions_title(world: World, golden):
    at, first = await planned(world)
    golden("storytelling/themes", shown(ballot(at)))
    for name, place in (("Ada", 1), ("Ben", 1), ("Cleo", 0)):
        await vote(at, name, place)
    themes = [each["text"]["text"] for each in ballot(at)["blocks"] if each["type"] == "section"][1:]
    await world.move_to(first.starts_at - timedelta(days=13))
    title = (await at.session()).title
    assert title == themes[1]
    assert title in walk.said(at.posts()[0])
    for name in await at.names(first, "asked", "accepted"):
        assert title in at.message(name, "storytelling.accept")["text"]


async def test_the_hosts_own_title_wins_and_a_form_open_at_the_count_does_not_wipe_the_theme(world: World):
    at, first = await planned(world)
    await vote(at, "Ada")
    await at.home("Lead", f"gathering:{first.id}")
    await at.press_home("Lead", acts.EDIT)
    await world.move_to(first.starts_at - timedelta(days=13))
    theme = (await at.session()).title
    assert theme
    late = await at.submit("Lead", {"place": "Kitchen"})
    assert "changed this session while your form was open" in str(late.errors) + walk.said(at.form("Lead"))
    assert (await at.session()).title == theme


async def test_a_theme_that_is_hidden_is_no_title_until_it_is_put_back(world: World):
    at, first = await planned(world)
    await vote(at, "Ada")
    await world.move_to(first.starts_at - timedelta(days=13))
    theme = (await at.session()).title
    assert theme and theme in walk.said(at.posts()[0])
    kind = world.bot.registry.reportable["proposal"]
    async with world.bot.database.transaction() as session:
        found = (await session.execute(select(Proposal).where(Proposal.text == theme))).scalar_one()
        await kind.hide(session, 1, found.id, world.clock())
    await world.move(seconds=30)
    assert (await at.session()).title is None
    assert theme not in walk.said(at.posts()[0])
    for name in await at.names(first, "asked"):
        assert theme not in str(at.messages(name))
    async with world.bot.database.transaction() as session:
        await kind.restore(session, 1, found.id, world.clock())
    assert (await at.session()).title == theme
    await world.move(seconds=30)
    for name in await at.names(first, "asked"):
        assert theme in str(at.messages(name))


async def test_a_title_the_host_gave_meanwhile_stays(world: World):
    at, first = await planned(world)
    await vote(at, "Ada")
    await at.home("Lead", f"gathering:{first.id}")
    await at.press_home("Lead", acts.EDIT)
    assert (await at.submit("Lead", {"title": "Rebuilt twice"})).ok
    await world.move_to(first.starts_at - timedelta(days=13))
    assert (await at.session()).title == "Rebuilt twice"


async def test_the_page_shows_ones_turn_and_the_host_how_the_stories_stand(world: World, golden):
    at, first = await planned(world)
    asked, other = await at.names(first, "asked")
    rows = [
        {key: value for key, value in each.items() if key != "block_id"} for each in (await at.home(asked))["blocks"]
    ]
    ours = [each for each in rows if "*Would you tell a story?*" in str(each) or "storytelling." in str(each)]
    golden("storytelling/home_asked", {"text": "on Home", "blocks": ours})
    assert "Would you tell a story here?" in await at.page(asked, first)
    await at.forge(other, "storytelling.accept", str((await at.turns(first, "asked"))[1].id))
    await world.move(seconds=6)
    mine = await at.page(other, first)
    assert "You tell a story here." in mine
    assert "Swap with somebody" in mine
    hosts = await at.page("Lead", first)
    assert f"{other} tells a story." in hosts
    assert f"{asked} is asked, and can answer until Sunday 8 March." in hosts
    assert "Go on with one" in hosts
    assert "is asked" not in mine, "who is asked is for hosts to read"
    assert "*You tell a story.* Story session, Thursday 26 March" in walk.said(await at.home(other))
    await at.click(asked, "storytelling.decline")
    assert asked not in (await at.page("Lead", first)).split("For hosts")[1], "who said no is nobody's to read"


async def test_a_move_keeps_the_tellers_and_shows_them_the_new_date(world: World):
    at, first, tellers = await promised(world)
    await at.home("Lead", f"gathering:{first.id}")
    await at.press_home("Lead", acts.MOVE)
    assert (await at.submit("Lead", {"day": "2026-03-27", "time": "16:00"})).ok
    await world.move(minutes=1)
    assert await at.names(first, "accepted") == tellers
    for name in tellers:
        assert "Friday 27 March, 16:00" in at.message(name, "storytelling.prepare")["text"]


async def test_when_it_is_called_off_nobody_is_asked_any_more_and_nobody_reads_that_stories_were_found(
    world: World, golden
):
    at, first = await planned(world, people=4)
    yes, asked = await at.names(first, "asked")
    other = next(name for name in at.ids if name not in (yes, asked, "Lead"))
    await at.click(yes, "storytelling.accept")
    await at.click(yes, "storytelling.swap")
    await at.submit(yes, {"who": at.users[other]})
    await at.home("Lead", f"gathering:{first.id}")
    await at.press_home("Lead", acts.CALL_OFF)
    await world.move(minutes=1)
    assert await at.turns(first, "asked", "accepted") == []
    story = await at.story(first)
    assert (story.due_at, (await at.session()).takeaways_at) == (None, None)
    for name in (yes, asked):
        message = next(
            each for each in at.messages(name) if "storytelling" not in str(each) and "nothing to tell" in str(each)
        )
        golden("storytelling/called_off", shown(message))
    assert any("That is settled" in each for each in at.texts(other))
    await at.forge(other, "storytelling.swap_yes", str((await at.turns(first))[0].id))
    assert await at.turns(first, "accepted") == []
    assert "This vote is off." in walk.said(ballot(at))


async def test_a_program_that_ends_plans_nothing_more_and_its_planned_session_goes_on_with_its_tellers(world: World):
    at, first, tellers = await promised(world)
    await at.forge("Lead", "programs.end", str(at.program_id))
    await world.move_to(first.starts_at + timedelta(minutes=31))
    assert [each.id for each in await at.sessions()] == [first.id]
    assert await at.names(first, "told") == tellers
    async with at.database.reading() as session:
        program = await session.get_one(Program, at.program_id)
        assert program.state == "ended"
        assert await kind.summary(session, program) == "One session held, two stories told."
        assert await kind.seated_last(session, program) == {at.ids[name] for name in tellers}


@pytest.mark.parametrize(
    ("block_id", "text", "says"),
    [
        (options.CHAIRS, "many", "Write a number from 2 to 500"),
        (options.CHAIRS, "1", "Write a number from 2 to 500"),
        (options.LINK, "call me", "That is not a link"),
        (options.LINK, "javascript:alert(1)", "That is not a link"),
    ],
)
def test_what_a_lead_mistypes_is_said_under_its_field(block_id: str, text: str, says: str):
    state = {block_id: {block_id: {"type": "plain_text_input", "value": text}}}
    read = kind.read_options(state, StoryOptions())
    assert says in read.errors[block_id]
    assert read.options is None or read.options == {}


def test_what_a_lead_chose_is_read_back():
    state = {
        options.LENGTH: {options.LENGTH: {"type": "static_select", "selected_option": {"value": "45"}}},
        kind.TELLERS: {kind.TELLERS: {"type": "static_select", "selected_option": {"value": "3"}}},
        options.CHAIRS: {options.CHAIRS: {"type": "plain_text_input", "value": " 12 "}},
        options.LINK: {options.LINK: {"type": "plain_text_input", "value": "https://call.example/1"}},
    }
    read = kind.read_options(state, StoryOptions())
    assert StoryOptions.model_validate(read.options) == StoryOptions(
        minutes=45, tellers=3, seats=12, link="https://call.example/1"
    )


async def test_a_title_the_host_gives_later_stands_in_what_tellers_and_those_asked_to_swap_have_read(world: World):
    at, first, (mine, theirs) = await promised(world, people=4)
    other = next(name for name in at.ids if name not in (mine, theirs, "Lead"))
    await at.click(mine, "storytelling.swap")
    assert (await at.submit(mine, {"who": at.users[other]})).ok
    await at.home("Lead", f"gathering:{first.id}")
    await at.press_home("Lead", acts.EDIT)
    assert (await at.submit("Lead", {"title": "Rebuilt <twice>"})).ok
    await world.move(seconds=30)
    for name in (mine, theirs):
        assert "Rebuilt &lt;twice&gt;" in at.message(name, "storytelling.prepare")["text"]
    assert "Rebuilt &lt;twice&gt;" in at.message(other, "storytelling.swap_yes")["text"]


async def test_a_vote_on_the_theme_of_a_session_that_is_moved_nearer_is_counted_before_it(world: World):
    at, first = await planned(world)
    await vote(at, "Ada", 1)
    themes = [each["text"]["text"] for each in ballot(at)["blocks"] if each["type"] == "section"][1:]
    await at.home("Lead", f"gathering:{first.id}")
    await at.press_home("Lead", acts.MOVE)
    assert (await at.submit("Lead", {"day": "2026-03-11", "time": "16:00"})).ok
    await world.move_to(first.starts_at.replace(day=10))
    assert (await at.session()).title == themes[1]
