"""From `perennial serve` to a ready bot, migrations at head; and what memory it then holds."""

import asyncio
import os
import socket
import statistics
import sys
import tempfile
from pathlib import Path

import aiohttp
import yaml

from bot.clock import stopwatch, utc_now
from playground.bot_side import token_of
from playground.server import SlackServer
from playground.workspace import Workspace

ROOT = Path(__file__).parents[1]
STARTS = 5
IDLE_SECONDS = 6  # three beats of the metronome


async def main() -> None:
    """One cold start that migrates, then warm ones."""
    workspace = Workspace(":memory:", clock=utc_now)
    workspace.install(yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8")))
    server = SlackServer(workspace)
    await server.start()
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "SLACK_BOT_TOKEN": token_of(workspace, "bot"),
            "SLACK_SIGNING_SECRET": workspace.signing_secret,
            "SLACK_API_URL": server.api_url,
            "DATABASE_URL": f"sqlite:///{folder}/perennial.db",
            "LOG_LEVEL": "error",
        }
        first, _ = await start_once(environment)
        print(f"start_first_time_seconds: {first:.2f} (with every migration)")
        warm, memory = zip(*[await start_once(environment) for _ in range(STARTS)], strict=True)
    print(
        f"start_to_ready_seconds: {statistics.median(warm):.2f} (must reach 1.5; slowest {max(warm):.2f} of {STARTS})"
    )
    print(f"resident_idle_megabytes: {max(memory):.0f} (must stay under 120)")
    await server.stop()


async def start_once(environment: dict[str, str]) -> tuple[float, float]:
    """Seconds until /readyz answers 200, and resident megabytes after some idle beats."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    began = stopwatch()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "serve", env=environment | {"PORT": str(port)}, cwd=ROOT
    )
    async with aiohttp.ClientSession() as http:
        for _ in range(1000):
            if await answers(http, port):
                break
            await asyncio.sleep(0.01)
        took = stopwatch() - began
        await asyncio.sleep(IDLE_SECONDS)
    memory = resident_megabytes(process.pid)
    process.terminate()
    await process.wait()
    return took, memory


async def answers(http: aiohttp.ClientSession, port: int) -> bool:
    """Whether the bot is ready."""
    try:
        async with http.get(f"http://127.0.0.1:{port}/readyz") as answer:
            return answer.status == 200
    except aiohttp.ClientConnectionError:
        return False


def resident_megabytes(pid: int) -> float:
    """What the process holds in memory right now, as the kernel counts it."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(kilobytes) / 1024


if __name__ == "__main__":
    asyncio.run(main())
