"""What Slack tells of a reaction is read where it is about a message, whatever else may stand in its payload."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.slack import reacted
from bot.slack.reacted import Reacted

ITEM = {"type": "message", "channel": "C1", "ts": "1700000000.000100"}
EVENT: dict[str, Any] = {
    "type": "reaction_added", "user": "U1", "reaction": "+1::skin-tone-3", "item": ITEM, "item_user": "U2",
    "event_ts": "1700000001.000200", "something_new": [1],
}  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.text(max_size=3), lambda deep: st.dictionaries(st.text(max_size=3), deep, max_size=2)
)


def test_who_reacted_to_what_and_when():
    added = reacted.read(EVENT)
    assert added == Reacted(
        True, "C1", "1700000000.000100", "U1", "+1::skin-tone-3", "1700000001.000200", own=False
    )  # fmt: skip
    removed = reacted.read(EVENT | {"type": "reaction_removed", "item_user": "U1"})
    assert removed is not None
    assert (removed.there, removed.own) == (False, True)


def test_files_and_what_lacks_something_are_none_of_ours():
    assert reacted.read(EVENT | {"item": {"type": "file", "file": "F1"}}) is None
    for name in ("user", "reaction", "item", "event_ts"):
        assert reacted.read({key: value for key, value in EVENT.items() if key != name}) is None


@given(st.dictionaries(st.sampled_from([*EVENT, *ITEM]), JSON, max_size=6))
def test_no_payload_is_an_error(strange: dict[str, Any]):
    found = reacted.read(EVENT | strange)
    assert found is None or (found.channel, found.ts) == ("C1", "1700000000.000100")


@given(JSON, st.dictionaries(st.sampled_from([*ITEM]), JSON, max_size=3))
def test_no_item_is_an_error_either(strange: object, half: dict[str, Any]):
    assert reacted.read(EVENT | {"item": strange}) is None
    found = reacted.read(EVENT | {"item": ITEM | half})
    assert found is None or all(isinstance(each, str) for each in (found.channel, found.ts))
