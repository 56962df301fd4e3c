"""How an introduction, a Home tab and a form are written out, kept as files; UPDATE_GOLDENS=1 writes them anew."""

import os
from pathlib import Path
from typing import Any

import pytest

from playground.page.blocks import render_all
from playground.page.context import Choice, Context
from tests.playground.page.props import HOME, goal_form, introduction

HERE = Path(__file__).parent / "goldens"
READER = Context(
    viewer="U1",
    person={"U1": "Ana Sousa", "U2": "Ben Adler"}.get,
    people=[Choice("U1", "Ana Sousa", "Data engineer", "/avatar/U1"), Choice("U2", "Ben Adler", "Sales", "/avatar/U2")],
)
SHOWN: dict[str, list[dict[str, Any]]] = {
    "introduction": introduction("U1", "U2"),
    "home": HOME["blocks"],
    "form": goal_form()["blocks"],
}


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_drawn_is_what_was_looked_at(name: str) -> None:
    # One element a line: a change reads as a change.
    drawn = str(render_all(SHOWN[name], READER.on(name))).replace("><", ">\n<") + "\n"
    path = HERE / f"{name}.html"
    if os.environ.get("UPDATE_GOLDENS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(drawn, encoding="utf-8")
    assert drawn == path.read_text(encoding="utf-8")
