"""The bot that is measured while it answers; the process that matches reads this file again, and starts quickly."""

import asyncio

if __name__ == "__main__":
    from benchmarks._answers import main

    asyncio.run(main())
