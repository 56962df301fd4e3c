"""Another process for work that would hold up acknowledgements; a killed one is replaced at the next piece of work."""

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from threading import Thread
from typing import Any


class OtherProcess(Executor):
    """One worker process, begun when it is first needed. Its failures are the caller's; its death is mended here."""

    def __init__(self) -> None:
        self._pool = self._begin()

    @staticmethod
    def _begin() -> ProcessPoolExecutor:
        spawn = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(max_workers=1, mp_context=spawn, initializer=end_with_parent)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As any executor; a pool whose process was killed is left behind and a new one begun."""
        try:
            return self._pool.submit(fn, *args, **kwargs)
        except BrokenProcessPool:
            self._pool.shutdown(wait=False)
            self._pool = self._begin()
            return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the process."""
        self._pool.shutdown(wait=wait, cancel_futures=cancel_futures)


def end_with_parent() -> None:
    """Run in the other process as it begins: it holds its own end of the queue, so a killed bot would never be missed."""
    if (parent := multiprocessing.parent_process()) is not None:
        Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: Any) -> None:
    parent.join()
    os._exit(0)
