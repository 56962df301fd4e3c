"""The README says what is so: every setting with its default, every command, every file it links to."""

import re
from pathlib import Path

import click

from bot.__main__ import cli
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()


def settings_in_the_table() -> dict[str, str]:
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.*?) ?\| (.+) \|$", README, flags=re.MULTILINE)
    return {name: default.strip("` ") for name, default, _ in rows}


def test_the_table_of_settings_is_the_settings():
    fields = {
        name.upper(): "" if field.default is None else str(field.default)
        for name, field in Settings.model_fields.items()
    }
    assert settings_in_the_table() == fields


def test_the_commands_it_lists_are_the_commands_there_are():
    listed = {}
    for name, subcommands in re.findall(
        r"^    perennial ([a-z-]+) ?((?:[a-z]+ (?:\| )?(?:[A-Z]+)?)*)", README, re.MULTILINE
    ):
        listed[name] = set(re.findall(r"[a-z]+", subcommands))
    context = click.Context(cli)
    commands = [cli.get_command(context, name) for name in cli.list_commands(context)]
    there_are = {each.name: set(each.commands) if isinstance(each, click.Group) else set() for each in commands}
    assert listed == there_are


def test_every_link_leads_somewhere():
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
