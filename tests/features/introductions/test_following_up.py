"""After the introduction: a bump, "Did you meet?", a thank-you, a note; and what silence leads to."""

from typing import Any

from bot.features.introductions.checkins import views
from bot.features.introductions.making import inputs
from bot.programs import store as programs
from playground.events import Reply
from tests.features.introductions.company import Company, found
from tests.features.introductions.pressing import buttons, last_to, press_last, texts
from tests.members import walk
from tests.world import World

RARELY: dict[str, Any] = {"zones": ["Europe/Lisbon"], "every_weeks": 12, "options": {"length_days": 4}}


async def asked(world: World, people: int = 2) -> Company:
    """Everybody was introduced on Monday, and asked on Friday."""
    company = await found(world, people, **RARELY)
    await company.round_now()
    await world.move(days=4, hours=3)
    return company


async def test_half_way_a_word_and_at_the_end_one_question_each(world: World):
    company = await asked(world)
    introduction, _ = await company.group_of("Ada")
    bump = company.messages_in(introduction.channel or "", company.users["Ada"])[-1]
    assert "half of this round is left" in texts(bump)
    for name, other in (("Ada", "Ben"), ("Ben", "Ada")):
        assert last_to(company, name)[1]["text"] == f"Did you and {other} meet?"


async def test_met_rated_thanked_and_told_in_the_channel(world: World):
    company = await asked(world)
    await press_last(company, "Ada", views.MET)
    await press_last(company, "Ada", views.RATE["useful"])
    await press_last(company, "Ada", "recognition.give")
    ada = company.users["Ada"]
    assert not (await _hand_in(world, ada, "Your <!here> question saved me a week", ["yes"])).errors
    assert "You said thanks." in texts(last_to(company, "Ada")[1])
    await world.move(days=3)
    assert "Ada thanks you" in last_to(company, "Ben")[1]["text"]
    await press_last(company, "Ben", "recognition.share")
    await world.move(days=6)
    note = company.messages_in(company.channel, company.users["Lead"])[-1]
    assert "1 of 1 introductions led to a conversation" in note["text"]
    assert "saved me a week" in texts(note)
    assert "<!here>" not in texts(note)
    assert "Ben" not in texts(note)

    dots = note["blocks"][-1]["accessory"]
    assert dots["options"][0]["text"]["text"] == "Report"
    await _report(world, company, "Ben", note, dots)
    hidden = company.messages_in(company.channel, company.users["Lead"])[-1]
    assert "saved me a week" not in texts(hidden)
    assert "1 of 1 introductions" in hidden["text"]
    assert "hidden for now: a thank-you" in last_to(company, "Ada")[1]["text"]
    await world.move(days=3)  # as soon as the lead works again
    await press_last(company, "Lead", "moderation.put_back")
    await world.move(minutes=1)
    assert "saved me a week" in texts(company.messages_in(company.channel, company.users["Lead"])[-1])


async def test_the_channel_reads_only_what_both_sides_like_to_share(world: World):
    company = await asked(world)
    await press_last(company, "Ada", views.MET)
    await press_last(company, "Ada", views.RATE["fine"])
    await press_last(company, "Ada", "recognition.give")
    await _hand_in(world, company.users["Ada"], "Words of Ada", ["yes"])
    await world.move(days=9)
    note = company.messages_in(company.channel, company.users["Lead"])[-1]
    assert "1 of 1 introductions led to a conversation" in note["text"]
    assert "Words of" not in texts(note)
    await walk.press(
        world, company.users["Ben"], channel=last_to(company, "Ben")[0], ts=last_to(company, "Ben")[1]["ts"],
        action_id="recognition.share",
    )  # fmt: skip
    await world.move(seconds=30)
    assert "Words of Ada" in texts(company.messages_in(company.channel, company.users["Lead"])[-1])


async def _hand_in(world: World, user: str, words: str, share: list[str]) -> Reply:
    form = walk.modal(world, user)
    values = {"words": {"recognition.pick": words}, "share": {"recognition.pick": share}}
    reply = await world.acts.submit(user, form["id"], values)
    if not reply.errors:
        await world.acts.close(user, walk.modal(world, user)["id"])
    await world.settle()
    await world.move(seconds=10)
    return reply


async def _report(world: World, company: Company, name: str, note: dict[str, Any], dots: dict[str, Any]) -> None:
    user, value = company.users[name], dots["options"][0]["value"]
    world.slack.join(user, company.channel)
    await walk.press(world, user, channel=company.channel, ts=note["ts"], action_id=dots["action_id"], selected=value)
    await world.acts.submit(user, walk.modal(world, user)["id"], {})
    await world.settle()
    await world.move(minutes=1)


async def test_not_yet_is_asked_once_more_and_then_no_more(world: World):
    company = await asked(world)
    await press_last(company, "Ada", views.NOT_YET)
    await press_last(company, "Ben", views.DATE)
    assert "I ask once more" in texts(last_to(company, "Ada")[1])
    await world.move(days=5)
    assert last_to(company, "Ada")[1]["text"] == "Did you and Ben meet after all?"
    before = len(world.messages_to(company.users["Ada"]))
    await world.move(days=9)
    assert len(world.messages_to(company.users["Ada"])) == before


async def test_an_answer_can_be_changed_in_the_same_message(world: World):
    company = await asked(world)
    await press_last(company, "Ada", views.WONT)
    await press_last(company, "Ada", views.CHANGE_ANSWER)
    await press_last(company, "Ada", views.MET)
    assert "How was it?" in texts(last_to(company, "Ada")[1])
    assert len(world.messages_to(company.users["Ada"])) == 1


async def test_home_shows_who_i_am_with_and_the_open_question(world: World):
    company = await asked(world)
    ada = company.users["Ada"]
    await world.acts.open_home(ada)
    await world.settle()
    view = world.slack.home(ada)
    assert f"<@{company.users['Ben']}>" in texts(view)
    met = next(each for each in buttons(view) if each["action_id"] == views.MET)
    await world.acts.click(ada, action_id=views.MET, value=met["value"], block_id=f"answers-{met['value']}")
    await world.settle()
    await world.move(seconds=10)
    assert "You met." in texts(world.slack.home(ada))
    assert "How was it?" in texts(last_to(company, "Ada")[1])


async def test_whoever_answered_and_heard_nothing_is_owed(world: World):
    company = await asked(world)
    await press_last(company, "Ada", views.NOT_YET)
    async with company.database.reading() as session:
        program = await programs.get(session, company.workspace_id, company.program_id)
        debts = await inputs.debts(session, program)
    assert debts == {company.ids["Ada"]: 0.4}


async def test_three_silent_rounds_pause_somebody_who_then_stays(world: World):
    company = await found(world, 2, **RARELY)
    for _ in range(3):
        await company.round_now()
        await world.move(days=7)
    await world.move(days=6)
    assert (await company.member("Ada")).pause_reason == "unanswered"
    assert [each["action_id"] for each in buttons(last_to(company, "Ada")[1])] == [views.STAY, views.LATER, views.STOP]
    await press_last(company, "Ada", views.STAY)
    assert (await company.member("Ada")).paused_until is None
    await press_last(company, "Ben", views.STOP)
    async with company.database.reading() as session:
        program = await programs.get(session, company.workspace_id, company.program_id)
        said = await programs.enrolment(session, program, company.ids["Ben"])
    assert said is not None
    assert said.state == "left"
