"""Processes and databases that a benchmark starts, and that are gone when it is."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]


@asynccontextmanager
async def loopback(limits: dict[str, float] | None = None) -> AsyncIterator[str]:
    """A loopback Slack in a process of its own; its API address."""
    process = await started("benchmarks._loopback", json.dumps(limits or {}))
    try:
        yield f"http://127.0.0.1:{int(await said(process))}/api/"
    finally:
        await ended(process)


async def started(module: str, *arguments: str, stderr: Any = None, **environment: str) -> asyncio.subprocess.Process:
    """A Python process of ours, with pipes to talk to it."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        *arguments,
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=stderr,
        env=os.environ | environment,
    )


async def said(process: asyncio.subprocess.Process) -> str:
    """Its next line."""
    assert process.stdout is not None
    line = (await process.stdout.readline()).decode().strip()
    if not line:
        raise RuntimeError("a process ended before it said what it should")
    return line


async def told(process: asyncio.subprocess.Process, line: str = "go") -> None:
    """Say a line to it."""
    assert process.stdin is not None
    process.stdin.write(f"{line}\n".encode())
    await process.stdin.drain()


async def ended(process: asyncio.subprocess.Process) -> None:
    """Close its pipe, which ends it, and wait for that."""
    if process.stdin is not None:
        process.stdin.close()
    await process.wait()


async def counted(slack_url: str) -> dict[str, float]:
    """What the loopback Slack counted."""
    found: dict[str, float] = await asyncio.to_thread(lambda: json.load(urlopen(f"{slack_url}count")))
    return found
