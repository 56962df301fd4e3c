"""In the conversation: a time suggested, agreed, moved and cancelled; and what nobody else may press."""

from pathlib import Path

import pytest

from bot.features.introductions.checkins import views as checkins
from bot.features.introductions.hello import views as hello
from bot.features.introductions.meetings import views as meetings
from tests.features.introductions.company import Company, found
from tests.features.introductions.pressing import buttons, press, texts
from tests.world import World


@pytest.fixture
async def pair(world: World) -> tuple[Company, str, str, str]:
    """Ada and Ben in one zone, introduced this morning; a third one joined nothing."""
    company = await found(world, 2, zones=["Europe/Lisbon"])
    await company.round_now()
    await world.move(hours=3)
    introduction, _ = await company.group_of("Ada")
    assert introduction.channel is not None
    return company, introduction.channel, company.users["Ada"], company.users["Ben"]


async def test_two_people_agree_on_a_time_move_it_and_cancel_it(pair: tuple[Company, str, str, str]):
    company, channel, ada, ben = pair
    (first,) = company.messages_in(channel, ada)
    assert len([each for each in buttons(first) if each["action_id"] == hello.TIME]) == 3
    await press(company, ada, channel, first, hello.TIME)
    first, asked = company.messages_in(channel, ada)
    assert "Ada suggested" in texts(first)
    assert not buttons(first)

    refused = await press(company, ada, channel, asked, meetings.WORKS)
    assert refused.status == 200
    assert "does it suit you" in texts(company.messages_in(channel, ada)[1])
    await press(company, ben, channel, asked, meetings.WORKS)
    agreed, calendar = company.messages_in(channel, ada)[1:3]
    assert "Agreed" in texts(agreed)
    assert calendar["files"][0]["name"] == "introduction.ics"

    await press(company, ben, channel, agreed, meetings.MOVE)
    others = company.messages_in(channel, ada)[1]
    await press(company, ben, channel, others, hello.TIME, nth=1)
    await press(company, ada, channel, company.messages_in(channel, ada)[-1], meetings.WORKS)
    await press(company, ada, channel, company.messages_in(channel, ada)[-2], meetings.CANCEL)
    assert "cancelled" in texts(company.messages_in(channel, ada)[-3])
    files = [message for message in company.messages_in(channel, ada) if message.get("files")]
    sealed = [company.world.slack.file_content(each["files"][0]["id"]).decode() for each in files]
    assert [line for text in sealed for line in text.split() if line.startswith(("METHOD", "SEQUENCE"))] == [
        "METHOD:REQUEST", "SEQUENCE:0", "METHOD:REQUEST", "SEQUENCE:1", "METHOD:CANCEL", "SEQUENCE:2",
    ]  # fmt: skip
    assert len({line for text in sealed for line in text.split() if line.startswith("UID")}) == 1


async def test_another_time_is_offered_and_the_first_never_again(pair: tuple[Company, str, str, str]):
    company, channel, ada, ben = pair
    (first,) = company.messages_in(channel, ada)
    values = [each["value"] for each in buttons(first) if each["action_id"] == hello.TIME]
    await press(company, ada, channel, first, hello.TIME)
    await press(company, ben, channel, company.messages_in(channel, ada)[1], meetings.ANOTHER)
    again = [each["value"] for each in buttons(company.messages_in(channel, ada)[1])]
    assert again
    assert values[0] not in again


async def test_only_its_own_people_may_press_anything(pair: tuple[Company, str, str, str]):
    company, channel, ada, _ = pair
    (first,) = company.messages_in(channel, ada)
    value = buttons(first)[0]["value"]
    stranger = company.users["Lead"]
    await company.world.acts.open_home(stranger)
    await company.world.settle()
    for action_id in (hello.TIME, meetings.WORKS, checkins.MET):
        await company.world.acts.click(stranger, action_id=action_id, value=value.split(":")[0], anyway=True)
        await company.world.acts.click(stranger, action_id=action_id, value=value, anyway=True)
    await company.world.settle()
    assert len(company.messages_in(channel, ada)) == 1


async def test_what_people_write_to_each_other_is_never_received(pair: tuple[Company, str, str, str]):
    company, channel, ada, _ = pair
    await company.world.acts.post(ada, channel, "A canary sings in here")
    await company.world.settle()
    folder = Path(company.world.database_url.removeprefix("sqlite:///")).parent
    kept = b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())
    assert b"canary" not in kept
    subscribed = company.world.slack.manifest["settings"]["event_subscriptions"]["bot_events"]
    assert "message.mpim" not in subscribed


async def test_without_shared_hours_they_may_write_in_turns(world: World):
    company = await found(world, 2, zones=["America/New_York", "Asia/Tokyo"])
    await company.round_now()
    await world.move(days=2)
    introduction, _ = await company.group_of("Ada")
    ada = company.users["Ada"]
    (first,) = company.messages_in(introduction.channel or "", ada)
    assert "don't meet" in texts(first)
    await press(company, ada, introduction.channel or "", first, hello.EXCHANGE)
    assert "In turns" in texts(company.messages_in(introduction.channel or "", ada)[0])


async def test_somebody_who_leaves_gives_the_other_their_half_hour_back(pair: tuple[Company, str, str, str]):
    company, channel, ada, ben = pair
    (first,) = company.messages_in(channel, ada)
    await press(company, ada, channel, first, hello.TIME)
    await press(company, ben, channel, company.messages_in(channel, ada)[1], meetings.WORKS)
    company.world.slack.update_user(ben, deleted=True)
    await company.world.settle()
    await company.world.move(seconds=10)
    said, calendar = company.messages_in(channel, ada)[-2:]
    assert "free again" in said["text"]
    assert "METHOD:CANCEL" in company.world.slack.file_content(calendar["files"][0]["id"]).decode()
