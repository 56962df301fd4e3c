"""kill -9, twenty times in the middle of a fan-out: nobody may be left out, nobody told twice."""

import asyncio
import shutil
import tempfile
from pathlib import Path

from benchmarks._crashing import crash
from bot.migrate import migrate
from bot.vault import new_key

PEOPLE, KILLS, SEED = 1_000, 20, 20260302
LATE_KILLS, LATE = 5, 300.0  # seconds: longer than we look


async def main() -> None:
    """Once with a history that is consistent, once with one that lags behind both our looks."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template = folder / "template.db"
        await migrate(f"sqlite:///{template}")
        shutil.copy(template, folder / "consistent.db")
        counted = await crash(
            f"sqlite:///{folder}/consistent.db", folder, new_key(), people=PEOPLE, kills=KILLS, seed=SEED
        )
        print(f"crash_kills: {counted.kills} (must reach {KILLS}, among {PEOPLE} messages)")
        print(f"crash_lost: {counted.lost} (must be 0)")
        print(f"crash_twice: {counted.twice} (must be 0)")
        shutil.copy(template, folder / "late.db")
        late = await crash(
            f"sqlite:///{folder}/late.db",
            folder,
            new_key(),
            people=PEOPLE // 4,
            kills=LATE_KILLS,
            seed=SEED,
            history_delay=LATE,
        )
        print(f"crash_lost_history_{LATE:.0f}_seconds_late: {late.lost} (must be 0)")
        print(
            f"crash_twice_history_{LATE:.0f}_seconds_late: {late.twice} (Slack's gap: stated, after {late.kills} kills)"
        )


if __name__ == "__main__":
    asyncio.run(main())
