"""A word that was written into private forms is looked for where it must not be."""

from pathlib import Path

import pytest


def assert_nowhere(
    canary: str, folder: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Not in what was printed or logged, nor in any byte of the database and its log."""
    out = capsys.readouterr()
    assert canary not in out.out + out.err + caplog.text
    files = [path for path in folder.rglob("perennial.db*") if path.is_file()]
    assert {path.name for path in files} >= {"perennial.db", "perennial.db-wal"}
    for path in files:
        assert canary.encode() not in path.read_bytes(), path.name
