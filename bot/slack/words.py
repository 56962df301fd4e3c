"""The slash command: its first word chooses what happens; anything unknown gets help, never an error."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncRespond

from bot.registry import Registry, lend
from bot.slack import blocks


def answer_command(registry: Registry, command: str) -> None:
    """Have the slash command call whoever registered its first word."""

    @registry.bolt.command(command)
    async def choose(
        ack: AsyncAck, body: dict[str, Any], context: dict[str, Any], respond: AsyncRespond, client: Any
    ) -> None:
        first, _, rest = str(body.get("text") or "").strip().partition(" ")
        word = registry.words.known.get(first.lower())
        if word is None:
            await ack(text=help_text(registry, command), response_type="ephemeral")
            return
        lent = dict(context) | {"ack": ack, "body": body, "context": context, "respond": respond, "client": client}
        await lend(word.listener, **lent, rest=rest.strip())


def help_text(registry: Registry, command: str) -> str:
    """Every word with what it does, a line each."""
    lines = [f"`{command} {word}` {known.help}" for word, known in sorted(registry.words.known.items())]
    return "\n".join(["Here is what I understand:", *lines, blocks.escape("Everything else is in my Home tab.")])
