"""The other process may die, killed by whoever runs out of memory; the next piece of work gets a new one."""

import os
import signal
from concurrent.futures.process import BrokenProcessPool

import pytest

from bot.cpu import OtherProcess


def test_work_after_a_kill_is_done_by_a_new_process():
    other = OtherProcess()
    try:
        first = other.submit(os.getpid).result(30)
        with pytest.raises(BrokenProcessPool):
            other.submit(os.kill, first, signal.SIGKILL).result(30)
        second = other.submit(os.getpid).result(30)
        assert second not in {first, os.getpid()}
    finally:
        other.shutdown()
