"""How the interpreter shares its time, so that nobody who waits for an answer waits for work of another kind."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

GIVE_WAY_SECONDS = 0.001  # a thread that computes lets go of the interpreter this often instead of every 5 ms
YOUNG = 5_000  # new objects before the newest are looked through for cycles …
OLDER = (20, 50)  # … and rounds of that before the older ones are


@contextmanager
def loading() -> Iterator[None]:
    """For loading modules and building the bot from them: what they define stays for good.

    To look through it for unreachable cycles again and again, while it grew, took a fifth of a start.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def answer_first() -> None:
    """For a process that serves, once all its modules are loaded.

    Looking for unreachable cycles stops everything; of a whole program's objects it took 100 ms at a time while a round
    of 10,000 was gathered. What is loaded by now stays for good, so it is never looked through again.
    """
    sys.setswitchinterval(GIVE_WAY_SECONDS)
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, *OLDER)
