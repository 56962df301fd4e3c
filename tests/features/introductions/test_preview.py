"""A lead looks at a round before it goes out, changes it, and sends it; nobody else can."""

from typing import Any

import pytest

from bot.features.introductions.hello import views as hello
from bot.features.introductions.lead import views
from bot.features.introductions.making import store
from bot.features.introductions.models import RoundPlan
from bot.programs.models import Round
from tests.features.introductions.company import Company, found
from tests.features.introductions.pressing import buttons, last_to, texts
from tests.world import World


@pytest.fixture
async def looked(world: World) -> Company:
    """Eight people; their lead opened the preview of the next round."""
    company = await found(world, 8, zones=["Europe/Lisbon"], every_weeks=12)
    await world.move(hours=4)
    lead = company.users["Lead"]
    await world.acts.open_home(lead)
    await world.settle()
    await on_home(company, views.PREVIEW, str(company.program_id))
    return company


async def on_home(company: Company, action_id: str, value: str, user: str = "Lead") -> Any:
    world = company.world
    reply = await world.acts.click(company.users[user], action_id=action_id, value=value, anyway=True)
    await world.settle()
    await world.move(seconds=6)
    return reply


async def drawn(company: Company) -> tuple[Round, RoundPlan]:
    async with company.database.reading() as session:
        plan = (await session.scalars(RoundPlan.__table__.select().with_only_columns(RoundPlan.round_id))).one()
        row = await session.get_one(Round, plan)
        found_plan = await store.plan_of(session, company.workspace_id, row.id)
        assert found_plan is not None and found_plan.result is not None
        return row, found_plan


def home_of(company: Company) -> Any:
    return company.world.slack.home(company.users["Lead"])


async def change(company: Company, what: str, names: list[str]) -> Any:
    row, _ = await drawn(company)
    world, lead = company.world, company.users["Lead"]
    await world.acts.click(lead, action_id=views.CHANGE, value=str(row.id), anyway=True)
    (form,) = world.slack.modals(lead)
    option = next(each for each in form["blocks"][0]["element"]["options"] if each["value"] == what)
    values = {
        views.WHAT: {views.WHAT: {"type": "radio_buttons", "selected_option": option}},
        views.WHO: {
            views.WHO: {"type": "multi_users_select", "selected_users": [company.users[each] for each in names]}
        },
    }
    reply = await world.acts.submit(lead, form["id"], values)
    await world.settle()
    await world.move(seconds=6)
    return reply


async def test_the_preview_shows_groups_proof_and_how_long_it_takes(looked: Company):
    shown = texts(home_of(looked))
    assert "8 people in 4 introductions" in shown
    assert "No other seating of these people is better" in shown
    assert "a minute" in shown
    assert {views.SEND, views.CHANGE, views.AGAIN, views.SAMPLE} <= {
        each["action_id"] for each in buttons(home_of(looked))
    }
    assert await looked.introductions() == []


async def test_a_lead_keeps_two_together_and_then_leaves_one_out(looked: Company):
    _, plan = await drawn(looked)
    assert plan.result is not None
    ada = looked.ids["Ada"]
    partner = next(each for group in plan.result["groups"] if ada in group for each in group if each != ada)
    other = next(name for name, each in looked.ids.items() if each not in (ada, partner))
    assert not (await change(looked, "keep_together", ["Ada", other])).errors
    _, plan = await drawn(looked)
    assert plan.result is not None
    assert sorted([ada, looked.ids[other]]) in plan.result["groups"]
    await change(looked, "leave_out", ["Ada"])
    _, plan = await drawn(looked)
    assert plan.result is not None
    assert all(ada not in group for group in plan.result["groups"])
    assert (await change(looked, "swap", ["Ben"])).errors.keys() == {views.WHO}


async def test_a_sample_goes_to_the_lead_alone_without_buttons(looked: Company):
    row, _ = await drawn(looked)
    await on_home(looked, views.SAMPLE, str(row.id))
    _, message = last_to(looked, "Lead")
    assert message["text"].startswith("A sample:")
    assert hello.TIME not in {each["action_id"] for each in buttons(message)}


async def test_what_was_previewed_is_what_is_sent(looked: Company):
    row, plan = await drawn(looked)
    assert plan.result is not None
    await on_home(looked, views.AGAIN, str(row.id))
    _, again = await drawn(looked)
    assert again.seed == plan.seed + 1
    await on_home(looked, views.SEND, str(row.id))
    assert {views.UNDO} <= {each["action_id"] for each in buttons(home_of(looked))}
    assert await looked.introductions() == []
    await looked.world.move(minutes=20)
    assert again.result is not None
    sent = sorted([member.member_id for member in people] for _, people in await looked.introductions("sent"))
    assert sent == sorted(again.result["groups"])


@pytest.mark.parametrize("action_id", [views.PREVIEW, views.AGAIN, views.SAMPLE, views.SEND, views.UNDO, views.CHANGE])
async def test_nobody_but_a_lead_can_press_any_of_it(world: World, action_id: str):
    company = await found(world, 2, zones=["Europe/Lisbon"], every_weeks=12)
    await world.acts.open_home(company.users["Ada"])
    await world.settle()
    await on_home(company, action_id, "1", user="Ada")
    async with company.database.reading() as session:
        assert (await session.execute(RoundPlan.__table__.select())).first() is None
    assert await company.introductions() == []
