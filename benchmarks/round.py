"""A round of 10,000 people, from due to all rows queued, on both databases: seconds, longest write lock, peak memory."""

import asyncio

if __name__ == "__main__":
    from benchmarks._round import main

    asyncio.run(main())
