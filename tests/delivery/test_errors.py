"""One row of the table of errors after the other: which class a code is in, and what becomes of the message."""

from datetime import timedelta

import pytest

from bot.delivery.errors import CODES, FIRST_WAIT, LONGEST_WAIT, POLICIES, ErrorClass, Then, classify, retry_delay
from bot.members.models import Workspace
from tests.delivery.conftest import Post
from tests.world import World

ROWS = [  # a code of each class, the state right after Slack said it, and the class that a lead sees
    ("user_disabled", "failed", "person"),
    ("cannot_dm_bot", "failed", "person"),
    ("channel_not_found", "failed", "person"),
    ("is_archived", "failed", "channel"),
    ("restricted_action_read_only_channel", "failed", "channel"),
    ("messages_tab_disabled", "failed", "channel"),
    ("invalid_blocks", "failed", "our bug"),
    ("msg_too_long", "failed", "our bug"),
    ("an_error_nobody_has_heard_of", "failed", "our bug"),
    ("thread_not_found", "dropped", "too late"),
    ("service_unavailable", "queued", "wait"),
    ("ratelimited", "queued", "rate"),
    ("message_limit_exceeded", "queued", "rate"),
    ("internal_error", "unknown", "unknown"),
    ("fatal_error", "unknown", "unknown"),
    ("request_timeout", "unknown", "unknown"),
    ("token_revoked", "queued", "install"),  # the last, for nothing leaves any more behind it
]


async def test_each_code_leads_to_its_policy(world: World, post: Post):
    became, ended = {}, {}
    for code, _, _ in ROWS:
        world.server.faults.fail("chat.postMessage", error=code)
        queued = await post.queue(world.person(f"Somebody {code}"))
        await world.settle()
        delivery = await post.look(queued)
        became[delivery.error] = (delivery.state, delivery.error_class)
        ended[code] = post.ended[-1:] == [(queued, delivery.state)]
        await world.move(minutes=5)  # whatever rests or is tried again has done so before the next
    assert became == {code: (state, error_class) for code, state, error_class in ROWS}
    assert ended == {code: state in ("failed", "dropped") for code, state, _ in ROWS}


@pytest.mark.parametrize("error_class", ErrorClass)
def test_every_class_has_a_policy_and_a_code(error_class: ErrorClass):
    assert error_class in POLICIES
    assert CODES[error_class]


def test_no_code_is_in_two_classes():
    codes = [code for each in CODES.values() for code in each]
    assert len(codes) == len(set(codes))


def test_a_code_we_do_not_know_is_not_repeated():
    assert POLICIES[classify("brand_new_error")].then is Then.FAIL


def test_waits_grow_spread_out_and_end():
    waits = [retry_delay(attempt, chance=0.5) for attempt in range(1, 30)]
    assert waits[0] == FIRST_WAIT
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT
    assert retry_delay(3, chance=0) < retry_delay(3, chance=1) <= timedelta(seconds=25)


async def test_slack_being_busy_is_waited_for_and_parked_in_the_end(world: World, post: Post):
    ada = world.person("Ada")
    world.server.faults.fail("chat.postMessage", error="service_unavailable", times=3)
    patient = await post.queue(ada, "Patient")
    await world.move(minutes=10)
    assert (await post.look(patient)).state == "sent"
    world.server.faults.fail("chat.postMessage", error="service_unavailable", times=100)
    hopeless = await post.queue(ada, "Hopeless")
    await world.move(days=1)
    assert (await post.look(hopeless)).state == "parked"
    world.server.faults.clear()


async def test_one_method_rests_as_long_as_slack_says_and_the_others_go_on(world: World, post: Post):
    ada, grace = world.person("Ada"), world.person("Grace")
    told = await post.queue(ada, "Before")
    await world.move(seconds=5)
    world.server.faults.rate_limit("chat.postMessage", retry_after=30)
    held = await post.queue(grace, "After half a minute")
    await post.update(told, "Changed meanwhile", ada)
    await world.settle()
    assert post.texts_to(ada) == ["Changed meanwhile"]
    assert post.texts_to(grace) == []
    await world.move(seconds=29)
    assert post.texts_to(grace) == []
    await world.move(seconds=2)
    assert post.texts_to(grace) == ["After half a minute"]
    assert (await post.look(held)).attempts == 1


async def test_a_storm_of_429_loses_nothing_and_repeats_nothing(world: World, post: Post):
    people = [world.person(f"P{number}") for number in range(12)]
    world.server.faults.rate_limit("chat.postMessage", retry_after=3, times=25)
    for person in people:
        await post.queue(person)
    await world.move(minutes=5)
    assert [post.texts_to(person) for person in people] == [["Hello"]] * len(people)


async def test_a_dead_token_stops_the_workspace_and_nothing_is_lost_until_it_is_installed_again(
    world: World, post: Post
):
    ada = world.person("Ada")
    world.server.faults.fail("chat.postMessage", error="account_inactive", times=1)
    await post.queue(ada, "Still here")
    await world.move(days=1)
    async with world.bot.database.reading() as session:
        workspace = await session.get_one(Workspace, 1)
        assert (workspace.state, workspace.stopped_reason) == ("stopped", "account_inactive")
    assert post.texts_to(ada) == []
    await world.bot.install_from_token()
    await world.settle()
    assert post.texts_to(ada) == ["Still here"]


async def test_somebody_deactivated_in_between_is_not_written_to_and_the_feature_hears_of_it(world: World, post: Post):
    ada = world.person("Ada")
    queued = await post.queue(ada, due_at=world.clock() + timedelta(hours=1))
    world.slack.update_user(ada, deleted=True)
    await world.move(hours=2)
    assert post.ended == [(queued, "failed")]


async def test_an_archived_channel_fails_and_a_lead_can_try_again_later(world: World, post: Post):
    channel = post.channel()
    world.slack.archive(channel)
    queued = await post.queue(channel, "To nobody")
    await world.settle()
    delivery = await post.look(queued)
    assert (delivery.state, delivery.error_class) == ("failed", "channel")
    assert delivery.content is not None and b"nobody" not in delivery.content
