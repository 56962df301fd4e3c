"""Listeners are found by their id: Bolt's own answer, without Bolt's asking everybody."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.listener.async_listener import AsyncListener
from slack_bolt.response import BoltResponse

from bot.members.moderation.errors import GoneAlready
from bot.members.moderation.reporting.buttons import BEHIND_DOTS
from bot.slack.act import Act
from bot.slack.by_id import BoltById
from tests.world import World

IDS = ["a", "ab"]
PATTERNS = [re.compile(".*"), re.compile("b$")]
KINDS = ["action", "view", "shortcut", "options"]
KEEPS_ONE = {"type": "block_actions", "action_id": "ab", "block_id": "here"}
TYPES = [
    *("block_actions", "block_actions in a form", "interactive_message", "block_suggestion"),
    *("view_submission", "view_closed", "shortcut", "message_action", "event_callback"),
]
CLOSED = {"type": "view_closed", "callback_id": "a"}
CONDITIONS = [None, "fits", "fits not", "goes on", "stops", "answers"]
Door = tuple[str, Any, str | None]  # the kind, what it listens to, and a condition


async def anybody(**_: Any) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_user_id="U0", bot_token="xoxb-1")


def app_of(kind: type[AsyncApp]) -> AsyncApp:
    app = kind(name="tried", signing_secret="tried", authorize=anybody)
    if isinstance(app, BoltById):
        app.look_up()
    return app


def body_of(type_: str, id_: str) -> dict[str, Any]:
    """What Slack sends, as far as it tells one listener from another."""
    action = {"type": "button", "action_id": id_, "block_id": "here", "value": "1"}
    view = {"type": "modal", "callback_id": id_}
    own: dict[str, dict[str, Any]] = {
        "block_actions": {"actions": [action, action | {"action_id": "never"}]},
        "block_actions in a form": {"actions": [action], "view": view | {"callback_id": "b"}},
        "interactive_message": {"actions": [{"name": "a", "value": "1"}], "callback_id": id_},
        "block_suggestion": {"action_id": id_, "value": "typed", "view": view | {"callback_id": "a"}},
        "view_submission": {"view": view},
        "view_closed": {"view": view},
        "shortcut": {"callback_id": id_},
        "message_action": {"callback_id": id_},
        "event_callback": {"event": {"type": id_, "user": "U1"}},
    }
    return {"type": type_.split()[0], "team": {"id": "T1"}, "user": {"id": "U1"}, **own[type_]}


DOORS = some.lists(
    some.one_of(
        some.tuples(some.sampled_from(KINDS), some.sampled_from([*IDS, *PATTERNS]), some.sampled_from(CONDITIONS)),
        some.just(("action", KEEPS_ONE, None)),
        some.just(("view", CLOSED, None)),
    ),
    min_size=2,
    max_size=9,
    unique_by=lambda door: (door[0], str(door[1]), door[2]),
)


async def says(app: AsyncApp, body: dict[str, Any]) -> tuple[int, str]:
    answer = await app.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode"))
    return answer.status, str(answer.body)


def open_doors(app: AsyncApp, doors: list[Door]) -> None:
    """A listener for each, which answers with its number."""
    for number, (kind, constraint, condition) in enumerate(doors):
        getattr(app, kind)(constraint, **conditions(condition))(listener_of(number))


def listener_of(number: int) -> Callable[..., Awaitable[None]]:
    async def listener(ack: AsyncAck) -> None:
        await ack(text=f"number {number}")

    return listener


def conditions(name: str | None) -> dict[str, Any]:
    """What else decides whether a listener is called, as Bolt takes it."""

    async def fits() -> bool:
        return True

    async def fits_not() -> bool:
        return False

    async def goes_on(next: Callable[[], Awaitable[None]]) -> None:
        await next()

    async def stops() -> None:
        """Says neither that it goes on nor what to answer."""

    async def answers() -> BoltResponse:
        return BoltResponse(status=200, body="from a middleware")

    matchers, middleware = (
        {"fits": fits, "fits not": fits_not},
        {"goes on": goes_on, "stops": stops, "answers": answers},
    )
    if name in matchers:
        return {"matchers": [matchers[name]]}
    return {"middleware": [middleware[name]]} if name else {}


@given(doors=DOORS)
@settings(max_examples=60, deadline=None)
def test_whoever_bolt_would_have_called_is_called(doors: list[Door]):
    async def answers(kind: type[AsyncApp]) -> dict[str, tuple[int, str]]:
        app = app_of(kind)
        open_doors(app, doors)
        asked = [(type_, id_) for type_ in TYPES for id_ in (*IDS, "unknown")]
        answers = await asyncio.gather(*(says(app, body_of(type_, id_)) for type_, id_ in asked))
        return dict(zip(map(" ".join, asked), answers, strict=True))

    assert asyncio.run(answers(BoltById)) == asyncio.run(answers(AsyncApp))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the listeners Bolt asks whether they are meant."""
    names: list[str] = []
    matches = AsyncListener.async_matches

    async def noting(listener: AsyncListener, **given: Any) -> bool:
        names.append(listener.ack_function.__name__)
        return await matches(listener, **given)

    monkeypatch.setattr(AsyncListener, "async_matches", noting)
    return names


@pytest.mark.parametrize("count", [1, 1000])
async def test_a_thousand_listeners_are_asked_no_more_than_one(count: int, asked: list[str]):
    app = app_of(BoltById)
    open_doors(app, [("action", f"button {number}", None) for number in range(count)])
    assert await says(app, body_of("block_actions", f"button {count - 1}")) == (200, f"number {count - 1}")
    assert asked == ["listener"]


async def test_a_press_asks_only_those_listeners_it_may_mean(world: World, asked: list[str]):
    @world.bot.registry.bolt.action("last.of_all")
    async def last(ack: AsyncAck) -> None:
        await ack()

    reply = await press(world, world.person("Ada"), "last.of_all")
    assert reply.ok
    assert "last" in asked
    assert len(asked) < 10  # with Slack's telling us of the message the button is in


async def test_the_same_id_twice_stops_the_start():
    app = app_of(BoltById)
    doors: list[Door] = [("action", "goal.new", None), ("view", "goal.new", None)]
    open_doors(app, doors)
    with pytest.raises(ValueError, match=r'two listeners for the view "goal\.new"'):
        open_doors(app, doors[1:])


async def test_report_behind_three_dots_comes_before_the_menus_own_listener(world: World):
    chosen: list[str] = []

    @world.bot.registry.bolt.action("menu.of_a_feature")
    async def own(ack: AsyncAck, act: Act) -> None:
        await ack()
        chosen.append(act.value)

    ada = world.person("Ada")
    await press(world, ada, "menu.of_a_feature", value="something else")
    await press(world, ada, "menu.of_a_feature", value=f"{BEHIND_DOTS}answer:1")
    assert chosen == ["something else"]
    assert GoneAlready().message in str(world.messages_to(ada))


async def test_a_button_nobody_knows_is_answered_as_bolt_answers_it(world: World):
    reply = await press(world, world.person("Ada"), "nobody.knows")
    assert (reply.ok, reply.status) == (False, 404)


async def press(world: World, user: str, action_id: str, *, value: str = "1") -> Any:
    """Somebody presses a button of that name, in a message of the bot's."""
    client = await world.bot.client_for(1)
    channel = world.slack.open_dm(world.slack.bot_user_id, user)
    element = {"type": "button", "action_id": action_id, "text": {"type": "plain_text", "text": "Go"}, "value": value}
    posted = await client.chat_postMessage(
        channel=channel, text="A button", blocks=[{"type": "actions", "block_id": "b", "elements": [element]}]
    )
    reply = await world.acts.click(user, action_id=action_id, channel=channel, ts=posted["ts"])
    await world.settle()
    return reply
