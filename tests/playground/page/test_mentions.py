"""Names typed by hand become mentions, and only where they are meant."""

import pytest

from playground.page.mentions import with_mentions
from playground.workspace import Workspace
from tests.playground.page.stage import HandClock, furnish


@pytest.fixture
def workspace() -> Workspace:
    made = Workspace(":memory:", clock=HandClock())
    furnish(made)
    made.add_user("ben.two", real_name="Ben Okafor")
    return made


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("@Hana, look", "<@{hana}>, look"),
        ("@hana sato: look", "<@{hana}>: look"),
        ("@Ben is two people", "@Ben is two people"),
        ("@Ben Adler is one", "<@{ben}> is one"),
        ("ask in #general", "ask in <#{general}>"),
        ("#general-notes is none", "#general-notes is none"),
        ("write to a@hana.example", "write to a@hana.example"),
        ("@perennial help", "<@{bot}> help"),
        ("no names", "no names"),
    ],
)
def test_a_name_becomes_a_mention(workspace: Workspace, typed: str, sent: str) -> None:
    found = {name: workspace.user_named(name) for name in ("hana", "ben")}
    ids = {name: user["id"] for name, user in found.items() if user}
    wanted = sent.format(**ids, general=workspace.channel_named("general"), bot=workspace.bot_user_id)
    assert with_mentions(workspace, typed) == wanted
