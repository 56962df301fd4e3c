"""The lock files pin everything by hash, name no host, and hold what pyproject.toml asks for."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = sorted(ROOT.glob("requirements*.lock"))
HOST = re.compile(r"https?://|file:|^\s*--?(index|extra|find|trusted)", re.MULTILINE | re.IGNORECASE)


def pinned(lock: Path) -> dict[str, list[str]]:
    """Every package of a lock file, in its normal spelling, with its entries: more than one where machines differ."""
    found: dict[str, list[str]] = {}
    for entry in re.split(r"^(?=[A-Za-z0-9])", lock.read_text(), flags=re.MULTILINE):
        if entry.strip():
            found.setdefault(normal(re.split(r"[=\[;\s]", entry, maxsplit=1)[0]), []).append(entry)
    return found


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def wanted(group: str | None) -> set[str]:
    """The names pyproject.toml asks for, in the project's dependencies or in a group with the groups it includes."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = project["project"]["dependencies"] if group is None else project["dependency-groups"][group]
    names = {normal(re.split(r"[^A-Za-z0-9._-]", entry)[0]) for entry in asked if isinstance(entry, str)}
    return names.union(*(wanted(entry["include-group"]) for entry in asked if isinstance(entry, dict)))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_host(lock: Path):
    assert not HOST.findall(lock.read_text())


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_is_pinned_with_a_hash(lock: Path):
    entries = [entry for found in pinned(lock).values() for entry in found]
    assert entries
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize(
    ("lock", "groups"),
    [("requirements.lock", [None]), ("requirements-dev.lock", [None, "dev"]), ("requirements-build.lock", ["build"])],
)
def test_a_lock_is_not_older_than_what_is_asked_for(lock: str, groups: list[str | None]):
    asked = set().union(*(wanted(group) for group in groups))
    assert asked - set(pinned(ROOT / lock)) == set()


def test_what_is_checked_is_what_is_shipped():
    """The same files run in development and in the image."""
    developed = pinned(ROOT / "requirements-dev.lock")
    for name, entries in pinned(ROOT / "requirements.lock").items():
        assert hashes(entries) <= hashes(developed[name]), name


def hashes(entries: list[str]) -> set[str]:
    return set(re.findall(r"sha256:\w+", "".join(entries)))
