"""How long Slack waits for an answer: 200 signed events a second for a minute, each stored first, while a round is made."""

import asyncio
import hashlib
import hmac
import json
import tempfile

import aiohttp

from benchmarks._answers import EVENT
from benchmarks._started import ended, loopback, said, started, told
from bot.clock import stopwatch, utc_now
from bot.migrate import migrate
from bot.vault import new_key

A_SECOND, SECONDS, WARM = 200, 60, 2
SECRET = "benchmark"
ROUND_AFTER = 5  # seconds of load before the round begins
NEVER = 99.0  # seconds, for an event that was not kept: Slack would send it again


async def main() -> None:
    """Build the company, press, and print the slowest answers."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/perennial.db"
        await migrate(url)
        async with loopback() as slack_url:
            bot = await started("benchmarks._answering", url, slack_url, new_key(), SECRET)
            address = f"http://127.0.0.1:{int(await said(bot))}/slack/events"
            await press(address, "warm", WARM)
            load = asyncio.create_task(press(address, "load", SECONDS))
            await asyncio.sleep(ROUND_AFTER)
            began = stopwatch()
            await told(bot)
            made = (await said(bot)).split()
            took = stopwatch() - began
            waits = sorted(await load)
            await ended(bot)
    percent = len(waits) // 100
    print(f"acknowledgement_p50_milliseconds: {waits[len(waits) // 2] * 1000:.1f}")
    print(f"acknowledgement_p99_milliseconds: {waits[-percent] * 1000:.1f} (must stay under 50; {len(waits)} events)")
    print(f"acknowledgement_slowest_milliseconds: {waits[-1] * 1000:.0f} (must stay under 3000)")
    print(f"acknowledgement_not_kept: {waits.count(NEVER)} (must be 0)")
    print(f"acknowledgement_round_seconds: {took:.1f} (the round of 10,000 made meanwhile, in {made[0]} steps)")
    print(f"acknowledgement_longest_write_milliseconds: {made[1]} (must stay under 200)")


async def press(address: str, name: str, seconds: int) -> list[float]:
    """So many a second whether or not the last was answered; how long each took."""
    waits: list[float] = []
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        began, asked = stopwatch(), []
        for number in range(A_SECOND * seconds):
            await asyncio.sleep(max(0.0, began + number / A_SECOND - stopwatch()))
            asked.append(asyncio.create_task(ask(session, address, f"{name}{number}", waits)))
        await asyncio.gather(*asked)
    return waits


async def ask(session: aiohttp.ClientSession, address: str, event_id: str, waits: list[float]) -> None:
    """One signed event."""
    event = {"type": EVENT, "user": "U000001", "reaction": "wave", "item": {"type": "message", "channel": "C1"}}
    body = json.dumps({"type": "event_callback", "team_id": "T1", "event_id": f"Ev{event_id}", "event": event})
    time = str(int(utc_now().timestamp()))
    digest = hmac.new(SECRET.encode(), f"v0:{time}:{body}".encode(), hashlib.sha256).hexdigest()
    headers = {
        "X-Slack-Signature": f"v0={digest}",
        "X-Slack-Request-Timestamp": time,
        "Content-Type": "application/json",
    }
    began = stopwatch()
    try:
        async with session.post(address, data=body, headers=headers) as answer:
            await answer.read()
            kept = answer.status == 200
    except (aiohttp.ClientError, TimeoutError):
        kept = False
    waits.append(stopwatch() - began if kept else NEVER)


if __name__ == "__main__":
    asyncio.run(main())
