"""One process of several: opens what is due at a given moment, once it is told to go."""

import asyncio
import sys
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.app import Perennial
from bot.programs import jobs
from bot.settings import Settings
from bot.vault import Vault, new_key


async def main(url: str, now: datetime) -> None:
    settings = Settings(_env_file=None, slack_bot_token="xoxb-t", slack_signing_secret="s", database_url=url)
    bot = Perennial(settings, Vault.from_setting(new_key()), lambda: now)
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    print(await jobs.open_rounds(bot.tools), flush=True)
    await bot.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], datetime.fromisoformat(sys.argv[2])))
