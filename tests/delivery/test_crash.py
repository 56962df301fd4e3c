"""kill -9 in the middle of a fan-out, and a new worker: everybody is told exactly once."""

from pathlib import Path

from benchmarks._crashing import Counted, crash
from bot.vault import new_key


async def test_everybody_is_told_exactly_once_although_the_worker_was_killed_twice(sqlite_url: str, tmp_path: Path):
    assert await crash(sqlite_url, tmp_path, new_key(), people=120, kills=2, seed=7) == Counted(2, 0, 0)
