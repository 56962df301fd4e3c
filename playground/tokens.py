"""The safety at the door: a playground that sees a real Slack token does not start."""

import re
from collections.abc import Mapping

_TOKEN = re.compile(r"^xox[a-z](\.xox[a-z])?-|^xapp-")
_OURS = re.compile(r"^(xoxb|xapp)-playground-[a-z0-9-]+$")


class RealTokenError(SystemExit):
    """A token that is not the playground's own is configured; unhandled, it ends the program with its one line."""


def refuse_real_token(env: Mapping[str, str]) -> None:
    """Stop before anything starts if the settings hold a token that could reach a real workspace."""
    for name, value in env.items():
        value = value.strip()
        if _TOKEN.match(value) and not _OURS.match(value):
            raise RealTokenError(
                f"{name} holds a real Slack token. The playground never runs beside one: "
                f"unset {name} (or use another terminal) and start again."
            )
