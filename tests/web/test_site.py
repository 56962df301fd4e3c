"""Doors: health, readiness, metrics; forged, old and repeated requests."""

import json
import os
import subprocess
import sys
from datetime import timedelta

import aiohttp
import pytest

from bot.clock import utc_now
from bot.vault import new_key
from tests.world import World


async def get(world: World, path: str) -> tuple[int, str]:
    """What the bot answers to a plain request."""
    assert world.side is not None
    async with aiohttp.ClientSession() as http, http.get(world.side.url + path) as answer:
        return answer.status, await answer.text()


async def test_it_is_alive_and_ready(any_world: World):
    assert await get(any_world, "/healthz") == (200, "alive\n")
    assert await get(any_world, "/readyz") == (200, "ready\n")


async def test_it_is_not_ready_when_the_metronome_has_stopped(world: World):
    world.bot.works = True
    world.bot.scheduler.last_tick = world.clock() - timedelta(minutes=3)
    status, text = await get(world, "/readyz")
    assert status == 503
    assert "metronome" in text


async def test_it_is_not_ready_when_slack_refused_the_token(world: World):
    world.bot.slack_ok = False
    status, text = await get(world, "/readyz")
    assert (status, "token was not accepted" in text) == (503, True)


async def test_metrics_tell_the_queues_and_no_names(world: World):
    ada = world.person("Ada Lovelace")
    await world.acts.open_home(ada)
    await world.settle()
    status, text = await get(world, "/metrics")
    assert status == 200
    assert "perennial_acknowledgement_seconds_count" in text
    assert "perennial_oldest_due_seconds 0.0" in text
    assert "Ada" not in text


@pytest.mark.parametrize("path", ["/", "/slack/install", "/../etc/passwd", "/slack/events"])
async def test_unknown_addresses_are_not_found(world: World, path: str):
    status, _ = await get(world, path)
    assert status in {404, 405}


HEAVY = {"jinja2", "jwt", "icalendar", "alembic", "numpy", "scipy", "asyncpg"}


def test_a_bot_of_which_nobody_asked_anything_yet_holds_nothing_it_may_never_need():
    built = "import sys, bot.pairing.work; from bot.commands import serve, lending; lending.build()"
    asked = f"{built}; print(sorted({HEAVY} & set(sys.modules)))"
    settings = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", "PERENNIAL_SECRET_KEY": new_key()}
    said = subprocess.run(
        [sys.executable, "-c", asked], env=os.environ | settings, capture_output=True, text=True, check=True, timeout=60
    )
    assert said.stdout.strip() == "[]"


async def test_a_forged_signature_is_refused_and_nothing_is_kept(world: World):
    assert world.side is not None
    headers = {"X-Slack-Signature": "v0=" + "0" * 64, "X-Slack-Request-Timestamp": str(int(utc_now().timestamp()))}
    body = json.dumps({"type": "event_callback", "team_id": world.slack.team_id, "event": {"type": "app_home_opened"}})
    async with (
        aiohttp.ClientSession() as http,
        http.post(world.side.url + "/slack/events", data=body, headers=headers) as answer,
    ):
        assert answer.status == 401
