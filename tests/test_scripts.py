"""The commands people type first: each target explains itself, and what cannot work says so in a line."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*command: str | Path, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=cwd, env={"PATH": "/usr/bin:/bin", **environment}, capture_output=True, text=True, timeout=60
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with the checks' script and nothing to check."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci" / "run")
    (tmp_path / "requirements.lock").write_text("yarl==1.0 \\\n    --hash=sha256:00\n")
    return tmp_path


def test_make_alone_lists_every_target():
    targets = re.findall(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)[0].split()
    listed = re.findall(r"^  make (\w+) +\S", run("make").stdout, flags=re.MULTILINE)
    assert sorted(listed) == sorted(targets)


def test_the_checks_end_with_the_runners_closing_line(checkout: Path):
    (checkout / "Makefile").write_text(
        "test:\n\t@echo '2 failed, 40 passed in 3.21s'\n\t@echo something else\n\t@false\n"
    )
    checked = run("bash", ".ci/run", cwd=checkout)
    assert checked.stdout.splitlines()[-1] == "2 failed, 40 passed in 3.21s"
    assert checked.returncode != 0


def test_the_checks_pass_when_the_tests_do(checkout: Path):
    (checkout / "Makefile").write_text("test:\n\t@echo '42 passed in 3.21s'\n")
    assert run("bash", ".ci/run", cwd=checkout).returncode == 0


@pytest.mark.parametrize(
    "line", ["--index-url example", "--extra-index-url x", "--find-links wheels", "# from https://example.org/simple"]
)
def test_the_checks_refuse_a_lock_that_names_a_host(checkout: Path, line: str):
    (checkout / "Makefile").write_text("test:\n\t@echo '42 passed in 3.21s'\n")
    (checkout / "requirements.lock").write_text(line + "\n")
    checked = run("bash", ".ci/run", cwd=checkout)
    assert checked.returncode != 0
    assert "make lock" in checked.stderr


def test_setup_says_which_python_it_needs(tmp_path: Path):
    """On a machine without any."""
    for program in ("bash", "dirname"):
        (tmp_path / program).symlink_to(str(shutil.which(program)))
    answer = run(ROOT / "scripts" / "setup", PATH=str(tmp_path))
    assert answer.returncode == 1
    assert "Python 3.11" in answer.stderr


def test_a_browser_that_is_named_must_be_there(tmp_path: Path):
    answer = run(ROOT / "scripts" / "browser", PERENNIAL_CHROMIUM=str(tmp_path / "nowhere"))
    assert answer.returncode == 1
    assert "PERENNIAL_CHROMIUM" in answer.stderr


def test_no_package_is_installed_where_that_would_need_a_password(tmp_path: Path):
    for program in ("bash", "id"):
        (tmp_path / program).symlink_to(str(shutil.which(program)))
    assert run(ROOT / "scripts" / "debian-packages", "hello", PATH=str(tmp_path)).returncode == 1
