"""The other process may die, killed by whoever runs out of memory; the next piece of work gets a new one."""

import os
import signal
import subprocess
import sys
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

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


STARTS_WORK_AND_WAITS = """
import os, signal
from bot.cpu import OtherProcess
if __name__ == "__main__":
    print(OtherProcess().submit(os.getpid).result(), flush=True)
    signal.pause()
"""


def test_the_other_process_ends_when_the_bot_is_killed(tmp_path: Path):
    script = tmp_path / "bot_to_be_killed.py"
    script.write_text(STARTS_WORK_AND_WAITS, encoding="utf-8")
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[1])}
    killed = subprocess.Popen([sys.executable, str(script)], env=environment, stdout=subprocess.PIPE, text=True)
    assert killed.stdout is not None
    assert int(killed.stdout.readline()) != killed.pid
    killed.kill()
    killed.communicate(timeout=30)  # ends when nobody holds its output any more, the other process included
