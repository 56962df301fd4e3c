"""The workspace itself: what it remembers, over restarts, copies and kills, and whom it tells."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from playground.server import SlackServer
from playground.workspace import SLACKBOT, Workspace
from tests.playground.tiny_app import StandingClock, manifest


def settled(path: str | Path, clock: StandingClock) -> tuple[Workspace, str, str]:
    workspace = Workspace(path, clock=clock)
    workspace.install(manifest())
    ada = str(workspace.add_user("ada")["id"])
    return workspace, ada, workspace.add_channel("general", creator=ada, members=[workspace.bot_user_id])


def test_everything_survives_a_restart(tmp_path: Path, clock: StandingClock):
    workspace, ada, general = settled(tmp_path / "slack.db", clock)
    ts = workspace.post_message(general, workspace.bot_user_id, "hello")["ts"]
    workspace.react(ada, general, ts, "wave")
    workspace.publish_home(ada, {"type": "home", "blocks": [{"type": "divider"}]})
    workspace.record_act(ada, "wrote", scripted=False)
    dm = workspace.open_dm(ada, workspace.bot_user_id)
    workspace.close()
    again = Workspace(tmp_path / "slack.db", clock=clock)
    assert again.users() == workspace.users() and again.members(general) and again.home(ada)
    assert again.message(general, ts)["reactions"][0]["name"] == "wave"
    assert again.open_dm(ada, again.bot_user_id) == dm and again.acts()[0]["did"] == "wrote"
    assert again.token("xoxb-playground-bot").scopes == workspace.scopes and again.manifest == workspace.manifest
    assert again.post_message(general, ada, "later")["ts"] > ts
    assert again.add_user("grace")["id"] not in (ada, SLACKBOT)


def test_a_snapshot_is_the_state_at_one_moment(tmp_path: Path, clock: StandingClock):
    workspace, ada, general = settled(":memory:", clock)
    workspace.post_message(general, ada, "before")
    workspace.snapshot(tmp_path / "copy.db")
    workspace.post_message(general, ada, "after")
    copy = Workspace(tmp_path / "copy.db", clock=clock)
    assert [m["text"] for m in copy.history(general)] == ["before"]


KILLED = """
import sys
from tests.playground.test_workspace import settled
from tests.playground.tiny_app import StandingClock

workspace, ada, general = settled(sys.argv[1], StandingClock())
number = 0
while True:
    workspace.post_message(general, ada, str(number))
    number += 1
    if number == 50:
        print("go", flush=True)
"""


def test_a_kill_in_the_middle_corrupts_nothing(tmp_path: Path, clock: StandingClock):
    path = tmp_path / "slack.db"
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, cwd=root, env=environment
    )
    assert process.stdout is not None and process.stdout.readline() == b"go\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)
    workspace = Workspace(path, clock=clock)
    texts = [int(m["text"]) for m in workspace.history(workspace.channel_named("general"), limit=1_000_000)]
    assert len(texts) >= 50 and texts == list(range(len(texts)))[::-1]


def test_ids_of_conversations_do_not_depend_on_their_order(clock: StandingClock):
    one, two = settled(":memory:", clock)[0], settled(":memory:", clock)[0]
    people = [[w.add_user(name)["id"] for name in ("grace", "linus")] for w in (one, two)]
    first = (one.open_dm(*people[0]), one.open_group([*people[0], one.bot_user_id]))
    second = (two.open_group([*people[1], two.bot_user_id]), two.open_dm(*people[1]))
    assert first == second[::-1]


def test_unread_counts_what_others_said_since_one_looked(clock: StandingClock):
    workspace, ada, general = settled(":memory:", clock)
    workspace.post_message(general, workspace.bot_user_id, "one")
    parent = workspace.post_message(general, workspace.bot_user_id, "two")["ts"]
    workspace.post_message(general, workspace.bot_user_id, "a reply", thread_ts=parent)
    workspace.post_message(general, workspace.bot_user_id, "for you", seen_by=ada)
    (conversation,) = workspace.conversations_of(ada)
    assert (conversation["unread"], conversation["type"]) == (2, "channel")
    workspace.mark_read(ada, general)
    assert workspace.conversations_of(ada)[0]["unread"] == 0


def test_subscribers_are_told_of_every_visible_change(clock: StandingClock):
    workspace, ada, general = settled(":memory:", clock)
    told = []
    stop = workspace.subscribe(lambda kind, payload: told.append(kind))
    ts = workspace.post_message(general, ada, "x")["ts"]
    workspace.update_message(general, ts, text="y", edited_by=ada)
    workspace.post_message(general, ada, "z", seen_by=ada)
    workspace.publish_home(ada, {"type": "home", "blocks": [{"type": "divider"}]})
    workspace.open_modal(ada, {"type": "modal", "title": None, "blocks": []})
    workspace.mark_read(ada, general)
    workspace.clock = clock
    stop()
    workspace.delete_message(general, ts)
    assert told == ["message", "message", "ephemeral", "home", "modal", "unread", "time"]


def test_what_fails_half_way_leaves_nothing(clock: StandingClock):
    workspace, ada, general = settled(":memory:", clock)
    with pytest.raises(RuntimeError), workspace.together():
        workspace.post_message(general, ada, "never")
        raise RuntimeError
    assert workspace.history(general) == []


def test_slackbot_is_there_and_claims_to_be_no_bot(clock: StandingClock):
    workspace, _, _ = settled(":memory:", clock)
    assert workspace.user(SLACKBOT)["is_bot"] is False and workspace.user(workspace.bot_user_id)["is_bot"] is True


def test_who_is_deactivated_is_no_longer_a_member_and_does_nothing(clock: StandingClock):
    workspace, ada, general = settled(":memory:", clock)
    dm = workspace.open_dm(ada, workspace.bot_user_id)
    workspace.update_user(ada, deleted=True)
    assert workspace.members(general) == [workspace.bot_user_id] and workspace.is_member(ada, dm)


def test_a_channel_may_change_its_id_and_keep_what_was_said(clock: StandingClock):
    workspace, ada, general = settled(":memory:", clock)
    events = []
    workspace.on_event(events.append)
    workspace.post_message(general, ada, "x")
    new = workspace.change_channel_id(general)
    assert not workspace.has_channel(general) and workspace.is_member(ada, new)
    assert [m["text"] for m in workspace.history(new)] == ["x"]
    assert (events[-1]["type"], events[-1]["old_channel_id"]) == ("channel_id_changed", general)


async def test_a_server_started_again_on_the_same_workspace_sends_nothing_twice(clock: StandingClock):
    workspace, ada, general = settled(":memory:", clock)
    first, second = SlackServer(workspace), SlackServer(workspace)
    await first.start()
    await first.stop()
    await second.start()
    workspace.post_message(general, ada, "x")
    await first.acts.quiet()
    await second.acts.quiet()
    await second.stop()
    assert len(first.acts.queue.failed) == 0 and len(second.acts.queue.failed) == 2
