"""Small checks that combine into Block Kit's rules; each notes what is wrong in Slack's own words."""

import re
from collections.abc import Callable, Iterable
from typing import Any

Problems = list[str]
Check = Callable[[Any, str, Problems], None]


def wrong(problems: Problems, what: str, at: str) -> None:
    problems.append(f"[ERROR] {what} [json-pointer:{at}]")


def string(most: int | None = None, *, least: int = 1, pattern: str | None = None) -> Check:
    """A text of `least` to `most` characters, perhaps of a certain form."""
    form = re.compile(pattern) if pattern else None

    def check(value: Any, at: str, problems: Problems) -> None:
        if not isinstance(value, str):
            wrong(problems, "must provide a string", at)
        elif len(value) < least:
            wrong(problems, f"must be more than {least - 1} characters", at)
        elif most is not None and len(value) > most:
            wrong(problems, f"must be less than {most + 1} characters", at)
        elif form is not None and not form.fullmatch(value):
            wrong(problems, "must match the expected format", at)

    return check


def flag(value: Any, at: str, problems: Problems) -> None:
    if not isinstance(value, bool):
        wrong(problems, "must provide a boolean", at)


def number(value: Any, at: str, problems: Problems) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        wrong(problems, "must provide a number", at)


def whole(low: int, high: int | None = None) -> Check:
    def check(value: Any, at: str, problems: Problems) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            wrong(problems, "must provide an integer", at)
        elif value < low or (high is not None and value > high):
            wrong(problems, f"must be between {low} and {high}" if high is not None else f"must be at least {low}", at)

    return check


def one_of(*words: Any) -> Check:
    def check(value: Any, at: str, problems: Problems) -> None:
        if isinstance(value, bool) or value not in words:
            wrong(problems, "must be one of: " + ", ".join(map(str, words)), at)

    return check


def each(item: Check, *, least: int = 0, most: int | None = None, unique: bool = False) -> Check:
    """A list whose items all pass."""

    def check(value: Any, at: str, problems: Problems) -> None:
        if not isinstance(value, list):
            wrong(problems, "must provide an array", at)
            return
        if len(value) < least:
            wrong(problems, f"no fewer than {least} items allowed", at)
        if most is not None and len(value) > most:
            wrong(problems, f"no more than {most} items allowed", at)
        if unique and any(one in value[:index] for index, one in enumerate(value)):
            wrong(problems, "items must be unique", at)
        for index, one in enumerate(value):
            item(one, f"{at}/{index}", problems)

    return check


def shape(
    required: dict[str, Check] | None = None,
    optional: dict[str, Check] | None = None,
    *,
    either: Iterable[str] = (),
    exactly_one: Iterable[str] = (),
    typed: bool = True,
    also: Check | None = None,
) -> Check:
    """An object with these fields and no others."""
    must, known = required or {}, {**(required or {}), **(optional or {})}
    any_of, one_of_these = tuple(either), tuple(exactly_one)

    def check(value: Any, at: str, problems: Problems) -> None:
        if not isinstance(value, dict):
            wrong(problems, "must provide an object", at)
            return
        before = len(problems)
        for name in must:
            if name not in value:
                wrong(problems, f"missing required field: {name}", at)
        if any_of and not any(name in value for name in any_of):
            wrong(problems, "missing required field: " + " or ".join(any_of), at)
        if one_of_these and sum(name in value for name in one_of_these) != 1:
            wrong(problems, "exactly one of these is allowed: " + ", ".join(one_of_these), at)
        for name, inner in value.items():
            if name in known:
                known[name](inner, f"{at}/{name}", problems)
            elif not (typed and name == "type"):
                wrong(problems, f"additional property not allowed: {name}", at)
        if also is not None and len(problems) == before:
            also(value, at, problems)

    return check


def by_type(kinds: dict[str, Check]) -> Check:
    """An object that says what it is; anything not named here is refused."""

    def check(value: Any, at: str, problems: Problems) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str):
            wrong(problems, "missing required field: type", at)
        elif kind not in kinds:
            wrong(problems, f"unsupported type: {kind}", f"{at}/type")
        else:
            kinds[kind](value, at, problems)

    return check
