"""The command line, as an operator runs it: real processes against a make-believe Slack."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import UTC
from pathlib import Path

import aiohttp
import pytest
import yaml

from bot.clock import stopwatch, utc_now
from bot.db import Database
from bot.manifest import scopes
from bot.members import private, workspaces
from bot.members.models import Member, Workspace
from bot.vault import Vault, new_key
from playground.bot_side import token_of
from playground.server import SlackServer
from playground.workspace import Workspace as Slack

ROOT = Path(__file__).parents[1]


class Operator:
    """Runs `perennial …` in a folder of its own."""

    def __init__(self, server: SlackServer, folder: Path) -> None:
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "SLACK_BOT_TOKEN": token_of(server.workspace, "bot"),
            "SLACK_SIGNING_SECRET": server.workspace.signing_secret,
            "SLACK_API_URL": server.api_url,
            "DATABASE_URL": f"sqlite:///{folder}/perennial.db",
            "NO_COLOR": "1",
            "COLUMNS": "200",
        }
        self.folder = folder

    async def start(self, *arguments: str, **settings: str) -> asyncio.subprocess.Process:
        """A running command."""
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *arguments,
            env=self.environment | settings,
            cwd=self.folder,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    async def run(self, *arguments: str, **settings: str) -> tuple[int, str]:
        """Exit code and everything it said."""
        process = await self.start(*arguments, **settings)
        out, err = await asyncio.wait_for(process.communicate(), 60)
        assert process.returncode is not None
        return process.returncode, out.decode() + err.decode()


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    """A make-believe Slack with the app installed, in real time."""
    workspace = Slack(":memory:", clock=utc_now)
    workspace.install(yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8")))
    server = SlackServer(workspace)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def operator(slack: SlackServer, tmp_path: Path) -> Operator:
    return Operator(slack, tmp_path)


@pytest.fixture
def free_port() -> Iterator[int]:
    """A loopback port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    yield port


async def test_the_doctor_says_that_all_is_well(operator: Operator):
    await operator.run("migrate")
    code, said = await operator.run("doctor")
    assert said.splitlines()[-1] == "All is well."
    assert code == 0
    assert "✓ scopes: all that manifest.yml asks for" in said


async def test_the_doctor_names_a_wrong_token_and_what_to_do(operator: Operator):
    code, said = await operator.run("doctor", SLACK_BOT_TOKEN="xoxb-somebody-elses")
    assert code == 1
    assert "✗ token: Slack answered invalid_auth. Copy the bot token again" in said


async def test_the_doctor_names_missing_scopes(operator: Operator, slack: SlackServer):
    manifest = slack.workspace.manifest
    manifest["oauth_config"]["scopes"]["bot"] = ["chat:write"]
    slack.workspace.install(manifest, token="xoxb-poor")
    code, said = await operator.run("doctor", SLACK_BOT_TOKEN="xoxb-poor")
    assert code == 1
    assert "✗ scopes: missing" in said


async def test_the_doctor_tells_an_upgraded_install_what_reactions_need(operator: Operator, slack: SlackServer):
    manifest = slack.workspace.manifest
    manifest["oauth_config"]["scopes"]["bot"].remove("reactions:read")
    slack.workspace.install(manifest, token="xoxb-older")
    code, said = await operator.run("doctor", SLACK_BOT_TOKEN="xoxb-older")
    assert code == 1
    assert "✗ scopes: missing reactions:read. Until then drafts of roundtable summaries begin with the longest" in said
    assert "Put what `perennial manifest` prints in place of the manifest" in said
    assert "1 to mend." in said


async def test_the_doctor_looks_at_what_each_of_many_workspaces_granted(operator: Operator):
    await operator.run("migrate")
    database = Database(operator.environment["DATABASE_URL"], Vault.from_setting(new_key()))
    async with database.transaction() as session:
        for team, granted in (("T1", scopes()), ("T2", [each for each in scopes() if each != "reactions:read"])):
            session.add(
                Workspace(team_id=team, name=team, installed_at=utc_now(), options={}, scopes=",".join(granted))
            )
    await database.close()
    many = {"SLACK_BOT_TOKEN": "", "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s", "SLACK_STATE_SECRET": "t"}
    many |= {"PERENNIAL_BASE_URL": "https://perennial.example.com"}
    code, said = await operator.run("doctor", **many)
    assert "✓ scopes: T1: all that manifest.yml asks for" in said
    assert "✗ scopes: T2: missing reactions:read." in said
    assert code == 1


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"SLACK_BOT_TOKEN": "hello"}, "SLACK_BOT_TOKEN must begin with xoxb-"),
        ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, "SLACK_BOT_TOKEN: Slack answered invalid_auth"),
        ({"SLACK_API_URL": "http://127.0.0.1:9/api/"}, "SLACK_API_URL: no answer from http://127.0.0.1:9/api/"),
        ({"DATABASE_URL": "oracle://x"}, "DATABASE_URL names oracle"),
        ({"PERENNIAL_SECRET_KEY": "abc"}, "PERENNIAL_SECRET_KEY must hold 32 bytes"),
        (
            {"DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none", "PERENNIAL_SECRET_KEY": new_key()},
            "DATABASE_URL: the database can't be reached",
        ),
    ],
    ids=["token", "refused token", "address", "database", "key", "unreachable database"],
)
async def test_a_wrong_setting_stops_the_start_with_one_clear_line(
    operator: Operator, settings: dict[str, str], named: str
):
    code, said = await operator.run("serve", PORT="0", **settings)
    assert code != 0
    assert named in said
    assert "Traceback" not in said


async def test_a_database_sealed_with_another_key_is_named(operator: Operator, free_port: int):
    process = await operator.start("serve", PORT=str(free_port), PERENNIAL_SECRET_KEY=new_key())
    await ready(free_port)
    process.send_signal(signal.SIGTERM)
    await process.communicate()
    code, said = await operator.run("doctor", PERENNIAL_SECRET_KEY=new_key())
    assert code == 1
    assert "PERENNIAL_SECRET_KEY does not open what is stored" in said


async def ready(port: int) -> None:
    """Until /readyz answers 200; gives up after fifteen seconds."""
    began = stopwatch()
    async with aiohttp.ClientSession() as http:
        while stopwatch() - began < 15:
            try:
                async with http.get(f"http://127.0.0.1:{port}/readyz") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientConnectionError:
                await asyncio.to_thread(os.sched_yield)
    raise TimeoutError("the bot did not become ready")


@pytest.mark.parametrize("role", ["all", "web", "worker"])
async def test_every_role_serves_until_it_is_asked_to_stop(operator: Operator, free_port: int, role: str):
    process = await operator.start("serve", "--role", role, PORT=str(free_port))
    await ready(free_port)
    code, said = await operator.run("healthcheck", "--port", str(free_port))
    assert (code, said) == (0, "alive\n")
    began = stopwatch()
    process.send_signal(signal.SIGTERM)
    _, log = await process.communicate()
    assert stopwatch() - began < 10
    assert process.returncode in {0, -signal.SIGTERM}, log.decode()
    assert "stopped" in log.decode()


async def test_the_healthcheck_fails_where_nobody_answers(operator: Operator, free_port: int):
    code, said = await operator.run("healthcheck", "--port", str(free_port))
    assert code == 1
    assert f"no answer on port {free_port}" in said


async def test_jobs_are_listed_with_last_and_next_run_and_can_be_run(operator: Operator):
    await operator.run("migrate")
    code, said = await operator.run("jobs", "list")
    assert code == 0
    assert "replay the inbox" in said
    code, said = await operator.run("jobs", "run", "replay the inbox")
    assert (code, "replay the inbox: 0 handled." in said) == (0, True)
    code, said = await operator.run("jobs", "list")
    assert f"{utc_now().astimezone(UTC):%Y-%m-%d}" in said
    code, said = await operator.run("jobs", "run", "nonsense")
    assert (code, "there is no job called 'nonsense'" in said) == (2, True)


async def test_nothing_failed_is_said_in_words(operator: Operator):
    code, said = await operator.run("deliveries", "list", "--state", "failed")
    assert (code, said) == (0, "No message is failed.\n")


async def test_the_manifest_to_paste_is_yaml_without_an_address_for_sockets(operator: Operator):
    code, said = await operator.run("manifest", "--socket")
    assert code == 0
    assert yaml.safe_load(said)["settings"]["socket_mode_enabled"] is True
    code, said = await operator.run("manifest")
    assert (code, "--socket, or --base-url" in said) == (2, True)


async def test_a_rotated_key_opens_everybodys_own_keys_and_the_tokens_alone(operator: Operator):
    old, new = new_key(), new_key()
    assert (await operator.run("migrate", PERENNIAL_SECRET_KEY=old))[0] == 0
    url = operator.environment["DATABASE_URL"]
    before = Database(url, Vault.from_setting(old))
    async with before.transaction() as session:
        await workspaces.keep(session, team_id="T1", name="Tidewater", token="xoxb-kept", now=utc_now())
        session.add(Member(workspace_id=1, slack_id="U1", name="Ada"))
        await session.flush()
        sealed = (await private.seal_of(session, 1, 1)).seal("a small step", "goal:1")
    await before.close()
    for _ in range(2):  # and again, which changes nothing
        code, said = await operator.run("rotate-keys", PERENNIAL_SECRET_KEY=f"{new},{old}")
        assert (code, "one member key and the tokens are wrapped" in said) == (0, True)
    after = Database(url, Vault.from_setting(new))
    async with after.reading() as session:
        assert (await private.open_seal(session, 1, 1)).open(sealed, "goal:1") == "a small step"
        assert workspaces.token_of(session, await session.get_one(Workspace, 1)) == "xoxb-kept"
    await after.close()
