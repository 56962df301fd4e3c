"""Imports point one way: down the storeys of the house, and inside a feature from its doors to its rules."""

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# From the ground up; whatever in bot/ is not named here is ground, and needs no storey below it.
STOREYS = [
    {"bot.delivery", "bot.slack", "bot.web"},
    {"bot.members", "bot.programs", "bot.archive", "bot.gatherings", "bot.pairing"},
    {"bot.features"},
    {"bot.app", "bot.serve", "bot.commands", "bot.__main__"},
]

# Inside a feature, or a storey with the same rooms: who may be opened from where.
ROOMS = {
    "listeners": {"listeners", "jobs", "store", "models", "views", "rules"},
    "jobs": {"listeners", "jobs", "store", "models", "views", "rules"},
    "store": {"store", "models", "rules"},
    "models": {"models", "rules"},
    "views": {"views", "rules"},
    "rules": {"rules"},
}

# A rule gets everything it decides on as an argument, so it needs nothing that waits, asks or remembers.
NOT_FOR_RULES = {
    "sqlalchemy",
    "slack_sdk",
    "slack_bolt",
    "starlette",
    "aiohttp",
    "asyncio",
    "structlog",
    "random",
    "os",
}


def modules(*folders: str) -> dict[str, Path]:
    """Every module of ours by its dotted name."""
    found = {}
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


OURS = modules("bot", "playground")
BOT = [name for name in OURS if name.split(".")[0] == "bot"]
RULES = [name for name in BOT if name.endswith(".rules")]


@cache
def imports(module: str) -> frozenset[str]:
    """What a module imports when it runs, by full name; what it names only for the type checker is left out."""
    path = OURS[module]
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    return frozenset(_imports_in(ast.parse(path.read_text()), package))


def _imports_in(node: ast.AST, package: str) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - child.level + 1] if child.level else []
            source = ".".join([*above, *filter(None, [child.module])])
            for alias in child.names:
                whole = f"{source}.{alias.name}"
                yield whole if whole in OURS else source
        else:
            yield from _imports_in(child, package)


def of_ours(module: str) -> set[str]:
    return {name for name in imports(module) if name in OURS} - {module}


def storey(module: str) -> int:
    """How high a module lives; the ground is 0."""
    for height, names in enumerate(STOREYS, 1):
        if any(module == name or module.startswith(name + ".") for name in names):
            return height
    return 0


def room(module: str) -> str | None:
    """The room a module is, where its package has rooms: `bot.members.store` and `bot.features.goals.store` are."""
    package, _, name = module.rpartition(".")
    return name if name in ROOMS and storey(package) else None


@pytest.mark.parametrize("module", BOT)
def test_nobody_imports_from_a_storey_above(module: str):
    assert [name for name in sorted(of_ours(module)) if storey(name) > storey(module)] == []


@pytest.mark.parametrize("module", BOT)
def test_the_bot_has_never_heard_of_the_playground(module: str):
    assert {name.split(".")[0] for name in imports(module)} & {"playground", "tests", "benchmarks"} == set()


@pytest.mark.parametrize("module", [name for name in BOT if name.startswith("bot.features.")])
def test_a_feature_never_imports_a_feature(module: str):
    own = ".".join(module.split(".")[:3])
    others = [
        name for name in of_ours(module) if name.startswith("bot.features.") and not f"{name}.".startswith(f"{own}.")
    ]
    assert others == []


@pytest.mark.parametrize("module", RULES)
def test_rules_know_nothing_but_values(module: str):
    """A rule may name values of its own package or of the ground, as long as those know nothing either."""
    package = module.rpartition(".")[0]
    seen: set[str] = set()
    waiting = {module}
    while waiting:
        name = waiting.pop()
        seen.add(name)
        at_home = f"{name}.".startswith(f"{package}.") or storey(name) == 0
        assert at_home and name != "bot.clock", f"{module} reaches {name}"
        assert {imported.split(".")[0] for imported in imports(name)} & NOT_FOR_RULES == set(), name
        waiting |= of_ours(name) - seen


@pytest.mark.parametrize("module", [name for name in BOT if room(name)])
def test_inside_a_feature_arrows_lead_from_doors_to_rules(module: str):
    package = module.rpartition(".")[0]
    entered = {name: room(name) for name in of_ours(module) if name.rpartition(".")[0] == package}
    assert [name for name, where in entered.items() if where and where not in ROOMS[str(room(module))]] == []


def test_neighbours_on_one_storey_do_not_go_round_in_circles():
    neighbours: dict[str, set[str]] = {}
    for module in BOT:
        for name in of_ours(module):
            here, there = (".".join(one.split(".")[:2]) for one in (module, name))
            if here != there:
                neighbours.setdefault(here, set()).add(there)
    assert list(TopologicalSorter(neighbours).static_order())


def test_an_arrow_is_seen_wherever_it_hides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The reading itself: inside functions, relative, of a package's member; not for the type checker only."""
    hidden = tmp_path / "goals.py"
    hidden.write_text(
        "from typing import TYPE_CHECKING\n"
        "from bot import clock\n"
        "from . import nudges\n"
        "if TYPE_CHECKING:\n    import bot.app\n"
        "def act():\n    import playground.cast\n"
    )
    for name in ("bot.features.goals", "bot.features.nudges", "bot.clock", "bot.app", "playground.cast"):
        monkeypatch.setitem(OURS, name, hidden)
    assert set(_imports_in(ast.parse(hidden.read_text()), "bot.features")) == {
        "typing",
        "bot.clock",
        "bot.features.nudges",
        "playground.cast",
    }
