"""From the first visit to being in: three short steps, back and forth, with whatever people type."""

from typing import Any

import pytest
from sqlalchemy import func, select

from bot.members import store
from bot.members.models import JoiningDraft, Member, Skill, Team
from tests.goldens import Golden
from tests.members.walk import (
    about,
    hours,
    join,
    look,
    member,
    modal,
    open_home,
    option,
    press,
    said,
    skills,
    start_joining,
)
from tests.world import World


async def profile(world: World, user: str) -> store.Profile:
    row = await member(world, user)
    async with world.bot.database.reading() as session:
        return (await store.profiles(session, row.workspace_id, [row.id]))[row.id]


async def test_three_steps_and_a_person_is_in(any_world: World):
    ada = any_world.person("Ada")
    await join(
        any_world,
        ada,
        about=about("Design", "design", "3"),
        skills=skills(("Sketching",), ("Saying no",), ("Bread",)),
        hours=hours("08:30", "16:00", ("0", "1", "3"), "2"),
    )
    row = await member(any_world, ada)
    assert row.joined_at == any_world.clock()
    assert (row.hours_start, row.hours_end, row.work_days, row.weekly_budget) == (510, 960, [0, 1, 3], 2)
    known = await profile(any_world, ada)
    assert (known.team, known.function, known.level) == ("Design", "design", 3)
    assert (known.offers, known.wants) == ({"sketching": "Sketching"}, {"saying-no": "Saying no"})
    assert known.interests == {"bread": "Bread"}
    assert "None of two messages this week" in said(look(any_world, ada))


async def test_the_form_turns_its_pages_without_stacking_them(world: World, golden: Golden):
    ada = world.person("Ada")
    view_id = await start_joining(world, ada)
    for step, name in ((about(), "skills"), (skills(("SQL",)), "hours"), (hours(), "welcome")):
        assert (await world.acts.submit(ada, view_id, step)).response_action == "update"
        assert len(world.slack.modals(ada)) == 1
        assert modal(world, ada)["callback_id"] in {f"members.join_{name}", "notice"}
    assert "You are in, Ada." in said(modal(world, ada))


async def test_nothing_takes_effect_before_the_last_step(world: World):
    ada = world.person("Ada")
    view_id = await start_joining(world, ada)
    await world.acts.submit(ada, view_id, about("A team of one"))
    await world.acts.submit(ada, view_id, skills(("Juggling",)))
    assert (await member(world, ada)).joined_at is None
    async with world.bot.database.reading() as session:
        assert (await session.execute(select(func.count()).select_from(Team))).scalar_one() == 0
        assert (await session.execute(select(func.count()).select_from(Skill))).scalar_one() == 0


async def test_back_keeps_what_was_chosen_in_both_steps(world: World):
    ada = world.person("Ada")
    view_id = await start_joining(world, ada)
    await world.acts.submit(ada, view_id, about("Brewery"))
    typed = {
        "offers": {
            "members.find_skill": {
                "type": "multi_external_select",
                "selected_options": skills(("Hops",))["offers"]["members.find_skill"]["selected_options"],
            }
        }
    }
    assert (await press(world, ada, view_id=view_id, action_id="members.back_to_about", state=typed)).ok
    assert modal(world, ada)["blocks"][1]["element"]["initial_option"]["value"] == "Brewery"
    await world.acts.submit(ada, view_id)
    assert modal(world, ada)["blocks"][1]["element"]["initial_options"][0]["value"] == "Hops"
    await world.acts.submit(ada, view_id)
    assert (await press(world, ada, view_id=view_id, action_id="members.back_to_skills")).ok
    assert modal(world, ada)["callback_id"] == "members.join_skills"


async def test_back_pressed_twice_turns_back_once(world: World):
    ada = world.person("Ada")
    view_id = await start_joining(world, ada)
    await world.acts.submit(ada, view_id, about("Brewery"))
    reply = await press(world, ada, view_id=view_id, action_id="members.back_to_about")
    assert reply.request is not None
    assert (await world.acts.resend(reply.request)).ok
    await world.settle()
    assert [form["callback_id"] for form in world.slack.modals(ada)] == ["members.join_about"]


async def test_a_closed_form_goes_on_where_it_was_left(world: World):
    ada = world.person("Ada")
    view_id = await start_joining(world, ada)
    await world.acts.submit(ada, view_id, about("Brewery"))
    await world.acts.close(ada, view_id)
    await world.start_bot()
    again = await start_joining(world, ada)
    assert modal(world, ada)["blocks"][1]["element"]["initial_option"]["value"] == "Brewery"
    assert again != view_id


async def test_the_last_step_sent_twice_changes_nothing(world: World):
    ada = world.person("Ada")
    told: list[int] = []

    async def note(session: Any, workspace_id: int, member_id: int, now: Any) -> None:
        told.append(member_id)

    world.bot.registry.joined.append(note)
    view_id = await start_joining(world, ada)
    await world.acts.submit(ada, view_id, about())
    await world.acts.submit(ada, view_id, skills())
    reply = await world.acts.submit(ada, view_id, hours(budget="2"))
    joined_at = (await member(world, ada)).joined_at
    world.clock.move_to(world.clock().replace(hour=9))
    answer = await world.acts.resend(reply.request)
    assert answer.status == 200
    assert (await member(world, ada)).joined_at == joined_at
    assert len(told) == 1
    async with world.bot.database.reading() as session:
        assert (await session.execute(select(func.count()).select_from(JoiningDraft))).scalar_one() == 0


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("🎸", "🎸"),
        ("التفاوض", "التفاوض"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("  *Saying*   no ", "*Saying* no"),
        ("Ｃ＋＋", "Ｃ＋＋"),
    ],
)
async def test_whatever_one_word_looks_like_it_is_kept_and_pings_nobody(world: World, word: str, shown: str):
    ada = world.person("Ada")
    await join(world, ada, skills=skills((word,)))
    await press(world, ada, action_id="members.go", block_id="hello")
    await world.settle()
    assert f"You bring: {shown}" in said(look(world, ada))


async def test_three_thousand_characters_are_refused_under_their_field(world: World):
    ada = world.person("Ada")
    view_id = await start_joining(world, ada)
    reply = await world.acts.submit(ada, view_id, about(team="x" * 3000))
    assert reply.errors == {"team": "That is 3000 characters long; 60 is the most. A word or two is easiest to find."}
    await world.acts.submit(ada, view_id, about())
    reply = await world.acts.submit(ada, view_id, skills(("ok", "y" * 3000)))
    assert list(reply.errors) == ["offers"]


async def test_emptiness_is_answered_under_each_field(world: World):
    ada = world.person("Ada")
    view_id = await start_joining(world, ada)
    nothing = {"team": {"members.find_team": None}, "function": {"members.pick": None}, "level": {"members.pick": None}}
    reply = await world.acts.submit(ada, view_id, nothing, anyway=True)
    assert reply.errors == {
        "team": "Please write a word or two.",
        "function": "Pick the kind of work that is closest to yours.",
        "level": "Pick the line that is closest to where you are.",
    }


async def test_hours_that_end_before_they_start_keep_the_form_open(world: World):
    ada = world.person("Ada")
    view_id = await start_joining(world, ada)
    await world.acts.submit(ada, view_id, about())
    await world.acts.submit(ada, view_id, skills())
    reply = await world.acts.submit(ada, view_id, hours("22:00", "06:00"))
    assert list(reply.errors) == ["end"]
    assert (await member(world, ada)).joined_at is None
    forged = hours() | {"budget": {"members.pick": {"selected_option": option("9999999999")}}}
    reply = await world.acts.submit(ada, view_id, forged, anyway=True)
    assert list(reply.errors) == ["budget"]


async def test_two_spellings_of_one_word_are_one(world: World):
    ada, ben = world.person("Ada"), world.person("Ben")
    await join(world, ada, about=about("Café  Team"), skills=skills(("Saying no", "saying-NO")))
    await join(world, ben, about=about("CAFE team"), skills=skills((), ("Saying No",)))
    ones, others = await profile(world, ada), await profile(world, ben)
    assert ones.team_id == others.team_id
    assert others.team == "Café Team"
    assert ones.offers == others.wants == {"saying-no": "Saying no"}


async def test_a_type_ahead_finds_what_exists_and_offers_to_add_the_rest(world: World):
    ada, ben = world.person("Ada"), world.person("Ben")
    await join(world, ada, skills=skills(("Negotiation", "Contract negotiation")))
    view_id = await start_joining(world, ben)
    await world.acts.submit(ben, view_id, about())

    async def offered(text: str) -> list[str]:
        reply = await world.acts.suggest(
            ben, view_id=view_id, block_id="wants", action_id="members.find_skill", text=text
        )
        assert reply.ok, reply.problems
        return [option["text"]["text"] for option in reply.options]

    assert await offered("NEGOT") == ["Negotiation", "Contract negotiation", "Add “NEGOT”"]
    assert await offered("negotiation") == ["Negotiation", "Contract negotiation"]
    assert await offered("") == ["Contract negotiation", "Negotiation"]
    assert await offered("50%_") == ["Add “50%_”"]
    assert await offered("z" * 3000) == ["Too long: 40 characters are the most"]
    assert await offered("<!channel>") == ["Add “<!channel>”"]


async def test_a_guest_joins_only_where_a_lead_allows_it(world: World):
    lead, guest = world.person("Lea", is_admin=True), world.person("Gus", is_restricted=True)
    home = await open_home(world, guest)
    assert "guests can't join so far. Lea can change that" in said(home)
    assert (await press(world, guest, action_id="members.join", anyway=True)).ok
    assert "Guests can't join" in said(modal(world, guest))
    await world.acts.close(guest, modal(world, guest)["id"])
    await open_home(world, lead)
    await press(world, lead, action_id="members.go")
    await world.settle()
    await press(world, lead, action_id="members.allow_guests")
    await world.move(minutes=11)
    await join(world, guest)
    assert (await member(world, guest)).joined_at is not None


async def test_somebody_from_another_company_is_refused(world: World):
    stranger = world.person("Sam", team_id="T0OTHER")
    await world.acts.raw(
        {
            "type": "block_actions",
            "team": {"id": "T0PERENNIAL"},
            "user": {"id": stranger, "team_id": "T0OTHER"},
            "actions": [{"type": "button", "action_id": "members.join", "block_id": "join"}],
            "trigger_id": world.slack.new_trigger(stranger),
            "container": {"type": "view"},
            "api_app_id": "A1",
            "token": "x",
        },
        kind="interactive",
    )
    await world.settle()
    assert "people of another one" in said(modal(world, stranger))
    async with world.bot.database.reading() as session:
        assert (await session.execute(select(Member).where(Member.slack_id == stranger))).first() is None


async def test_who_was_deactivated_on_the_way_does_not_get_in(world: World):
    ada = world.person("Ada")
    view_id = await start_joining(world, ada)
    await world.acts.submit(ada, view_id, about())
    await world.acts.submit(ada, view_id, skills())
    request = (await world.acts.submit(ada, view_id, hours("17:00", "09:00"))).request
    assert request is not None
    world.slack.update_user(ada, deleted=True)
    await world.settle()
    request.payload["view"]["state"]["values"]["end"]["members.pick"]["selected_time"] = "18:00"
    answer = await world.acts.resend(request)
    assert "deactivated" in answer.body["errors"]["start"]
    assert (await member(world, ada)).joined_at is None
