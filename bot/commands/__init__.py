"""The command line: one file per command, each a thin layer over what the bot can do."""

from importlib import import_module

import click

from bot import pace

# By name, where each is found: whoever serves need not hold what the others draw tables with.
COMMANDS = {
    "serve": "serve:serve",
    "migrate": "migrate:migrate",
    "doctor": "doctor:doctor",
    "manifest": "manifest:manifest",
    "jobs": "jobs:jobs",
    "rounds": "rounds:rounds",
    "deliveries": "deliveries:deliveries",
    "new-key": "keys:new_key",
    "rotate-keys": "keys:rotate_keys",
    "healthcheck": "healthcheck:healthcheck",
}


class Commands(click.Group):
    """Loads a command once it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command there is."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None where there is none, which click tells as it should."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        with pace.loading():
            command: click.Command = getattr(import_module(f"bot.commands.{module}"), name)
        return command
