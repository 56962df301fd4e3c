"""Bolt, with its listeners found by the id that Slack names instead of asked one after the other."""

import re
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cached_property
from itertools import count
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest, AsyncListener
from slack_bolt.listener.asyncio_runner import AsyncioListenerRunner
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse

Constraint = str | re.Pattern[str] | dict[str, str | re.Pattern[str]]
Matchers = Sequence[Callable[..., Awaitable[bool]]] | None
Middleware = Sequence[Callable[..., Any] | AsyncMiddleware] | None
Register = Callable[..., Callable[..., Awaitable[BoltResponse | None]] | None]


class ById(AsyncMiddleware):
    """Finds the few listeners that a request may mean, and lets Bolt's own matchers choose between them."""

    def __init__(self, runner: AsyncioListenerRunner) -> None:
        self._runner = runner
        self._numbers = count()
        self._taken: set[tuple[str, str]] = set()
        # Numbered as they were registered, because the first that matches is called, as Bolt has it.
        self._named: dict[str, list[tuple[int, AsyncListener]]] = defaultdict(list)
        self._others: list[tuple[int, AsyncListener]] = []

    def add(self, listener: AsyncListener, kind: str, id_: str | None) -> None:
        """`id_`: the one id it listens to whatever else is true; None for a pattern, or where matchers have a say."""
        if id_ is None:
            self._others.append((next(self._numbers), listener))
            return
        if (kind, id_) in self._taken:
            raise ValueError(f'There are two listeners for the {kind} "{id_}"; the second would never be called.')
        self._taken.add((kind, id_))
        self._named[id_].append((next(self._numbers), listener))

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[Any]]
    ) -> BoltResponse | None:
        """What the first listener that is meant answers; Bolt goes on where there is none, or it has no answer."""
        for listener in self._candidates(req.body):
            if not await listener.async_matches(req=req, resp=resp):
                continue
            answer, stopped = await listener.run_async_middleware(req=req, resp=resp)
            if not stopped:
                resp = resp if answer is None else answer
                name = getattr(listener.ack_function, "__name__", type(listener.ack_function).__name__)
                answer = await self._runner.run(request=req, response=resp, listener_name=name, listener=listener)
            if answer is not None:
                return answer
        await next()
        return resp

    def _candidates(self, body: Mapping[str, Any]) -> list[AsyncListener]:
        ids = ids_in(body)
        if not ids:
            return []
        named = (each for id_ in ids for each in self._named.get(id_, ()))
        return [listener for _, listener in sorted([*self._others, *named], key=lambda each: each[0])]


class BoltById(AsyncApp):
    """Bolt as its documentation has it, with buttons, forms, shortcuts and type-aheads looked up by id.

    Events and commands stay with Bolt: they have one listener each. See docs/decisions/0018.
    """

    @cached_property
    def _by_id(self) -> ById:
        return ById(self.listener_runner)

    def look_up(self) -> None:
        """Look listeners up from here on: after each middleware that was added before."""
        self.use(self._by_id)

    def action(self, constraints: Constraint, matchers: Matchers = None, middleware: Middleware = None) -> Register:
        """A button, menu or picker."""
        return self._kept("action", constraints, matchers, middleware)

    def view(self, constraints: Constraint, matchers: Matchers = None, middleware: Middleware = None) -> Register:
        """A form."""
        return self._kept("view", constraints, matchers, middleware)

    def shortcut(self, constraints: Constraint, matchers: Matchers = None, middleware: Middleware = None) -> Register:
        """A shortcut, everywhere or on a message."""
        return self._kept("shortcut", constraints, matchers, middleware)

    def options(self, constraints: Constraint, matchers: Matchers = None, middleware: Middleware = None) -> Register:
        """A type-ahead."""
        return self._kept("options", constraints, matchers, middleware)

    def _kept(self, kind: str, constraint: Constraint, matchers: Matchers, middleware: Middleware) -> Register:
        """Bolt makes the listener, checks and all; then it moves from Bolt's list to ours."""
        register = getattr(super(), kind)(constraint, matchers, middleware)
        id_ = constraint if isinstance(constraint, str) and not (matchers or middleware) else None

        def keep(*functions: Any, **named: Any) -> Any:
            registered = register(*functions, **named)
            self._by_id.add(self._async_listeners.pop(), kind, id_)
            return registered

        return keep


def ids_in(body: Mapping[str, Any]) -> set[str]:
    """All ids a request may be called by: of what was used, of the form that is in, of a shortcut or type-ahead."""
    parts = [body, body.get("view") or {}, *body.get("actions", [])[:1]]
    return {part[key] for part in parts for key in ("action_id", "callback_id") if key in part}
