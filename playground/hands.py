"""A colleague's hands: presses a button, waits for the form it opens, fills it in and hands it in, marked as scripted."""

import random
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any

from playground.events import Acts, NotThereError, Reply
from playground.forms import fill
from playground.workspace import Workspace

Doc = dict[str, Any]
Quiet = Callable[[], Awaitable[object]]
TIMES = ("introductions.propose", "introductions.exchange")
MOST_STEPS = 6  # forms in a row behind one button


class RefusedError(RuntimeError):
    """A scripted act that must go well did not: the script and the bot no longer fit together."""


class Hands:
    """What everybody you are not playing does goes through here; `quiet` waits for listeners that answered early."""

    def __init__(self, workspace: Workspace, acts: Acts, quiet: Quiet) -> None:
        self.workspace = workspace
        self.acts = acts
        self.quiet = quiet

    async def press(
        self,
        user: str,
        action_id: str,
        *,
        words: Doc,
        chance: random.Random,
        block_id: str | None = None,
        value: str | None = None,
        selected: str | None = None,
        channel: str | None = None,
        ts: str | None = None,
        must: bool = False,
    ) -> bool:
        """Press it where it stands (on the Home tab without channel and ts) and answer every form behind it.

        `words`: block id → what is written or chosen there; `value` picks one of several buttons. False when there
        was nothing to press any more. `selected`: what is chosen from a list. `must`: a form that is refused is an
        error, not a shrug.
        """
        with scripted(self.acts):
            try:
                await self.acts.click(
                    user, channel=channel, ts=ts, action_id=action_id, block_id=block_id, value=value, selected=selected
                )
            except NotThereError:
                return False
            if channel is not None:
                self.workspace.mark_read(user, channel)  # whoever answers has read
            await self.quiet()
            await self.answer_forms(user, words, chance, must=must)
        return True

    async def answer_forms(self, user: str, words: Doc, chance: random.Random, *, must: bool = False) -> None:
        """Fill and hand in form after form; what can't be handed in, or stays open for more, is closed in the end."""
        handed_in: set[tuple[str, ...]] = set()
        for _ in range(MOST_STEPS):
            stack = self.workspace.modals(user)
            if not stack:
                return
            view = stack[-1]
            reply: Reply | None = None
            form = (view["id"], *(str(block.get("block_id")) for block in view["blocks"] if block["type"] == "input"))
            if view.get("submit") and form not in handed_in:
                handed_in.add(form)
                values = await fill(self.acts, user, view, words, chance)
                reply = await self.acts.submit(user, view["id"], values)
                await self.quiet()
            if reply is None or not reply.ok:
                await self.acts.close(user, view["id"], all_views=True)
                if reply is not None and must:
                    raise RefusedError(f"{view['callback_id']}: {reply.errors or reply.problems or reply.text}")
                return

    async def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> None:
        """Write something, having read what is there."""
        with scripted(self.acts):
            await self.acts.post(user, channel, text, thread_ts)
        self.workspace.mark_read(user, channel)

    async def react(self, user: str, channel: str, ts: str, name: str) -> None:
        """React to a message, having read it; not where they are no longer."""
        if not self.workspace.is_member(user, channel):
            return
        with scripted(self.acts):
            await self.acts.react(user, channel, ts, name)
        self.workspace.mark_read(user, channel)

    async def open_home(self, user: str) -> None:
        """Look at the Home tab."""
        with scripted(self.acts):
            await self.acts.open_home(user)
        await self.quiet()


class scripted:  # noqa: N801 (read as a word: with scripted(acts))
    """Marks what happens inside as done by the script, for the inspector."""

    def __init__(self, acts: Acts) -> None:
        self.acts = acts

    def __enter__(self) -> None:
        self.acts.scripted = True

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.acts.scripted = False


def buttons_of(message: Doc) -> list[tuple[str, str, str | None]]:
    """The buttons of a message or view: (action id, block id, value) of each, in the order they are drawn."""
    found: list[tuple[str, str, str | None]] = []
    for block in message.get("blocks") or []:
        elements = [*block.get("elements", []), *([block["accessory"]] if "accessory" in block else [])]
        found += [
            (element["action_id"], block.get("block_id", ""), element.get("value"))
            for element in elements
            if isinstance(element, dict) and element.get("type") == "button" and "action_id" in element
        ]
    return found


def introduces(message: Doc) -> bool:
    """An introduction names everybody and offers times; a reminder of it does not name them like this."""
    named = str((message.get("blocks") or [{}])[0].get("text", {}).get("text", "")).count("<@")
    return named > 1 and any(action_id in TIMES for action_id, *_ in buttons_of(message))
