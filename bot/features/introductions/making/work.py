"""What runs in the other process: it gets packed values and returns packed values."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.plain import pack, unpack

if TYPE_CHECKING:
    from bot.pairing.engine import RoundInputs, RoundResult

MINUTES_A_DAY = 1440


# The arithmetic behind pairing takes 40 MB of memory, so it is imported here, where only the other process comes by.


def draw_round(packed_inputs: bytes, packed: bytes) -> bytes:
    """Make the round of these inputs; or change `base` as `changes` say, seating anew only whom that moves.

    `minute` (UTC, of the day) is when it goes out: the groups are ordered by whose working day ends soonest after it.
    Inputs come back only where the changes are part of them from now on.
    """
    from bot.pairing.engine import Changes, RoundInputs, RoundResult, redo, replay

    asked = unpack(packed)
    inputs = RoundInputs.from_json(unpack(packed_inputs))
    note, moved, changed = None, [], False
    if asked.get("base") is None:
        result = replay(inputs)
    else:
        base = RoundResult.from_json(asked["base"])
        try:
            redone = redo(inputs, base, _changes(Changes, asked["changes"]))
        except ValueError:
            result, note = base, "blocked"
        else:
            inputs, result, moved, changed = redone.inputs, redone.result, list(redone.moved), True
    return pack(
        {
            "inputs": inputs.to_json() if changed else None,
            "seed": inputs.seed,
            "options": inputs.options.to_json(),
            "result": result.to_json(),
            "certificate": result.certificate,
            "order": urgent_first(inputs, result, asked["minute"]),
            "moved": moved,
            "note": note,
        }
    )


def seat_late(packed: bytes) -> bytes:
    """Where somebody fits who came late: {"group": [...], "joins": [...]}, or null where nowhere."""
    from bot.pairing.engine import RoundInputs, late_joiner

    asked = unpack(packed)
    inputs = replace(RoundInputs.from_json(asked["inputs"]))
    seat = late_joiner(
        asked["member"], inputs, asked["groups"], waiting=asked["waiting"], closed=[tuple(g) for g in asked["closed"]]
    )
    return pack(None if seat is None else {"group": list(seat.group), "joins": list(seat.joins)})


def draw_again(packed_inputs: bytes, packed: bytes) -> bytes:
    """The same as `draw_round`, for a proof: the result alone."""
    return pack(unpack(draw_round(packed_inputs, packed))["result"])


def urgent_first(inputs: "RoundInputs", result: "RoundResult", minute: int) -> list[int]:
    """Places of the groups, whose working day ends soonest first; whoever has gone home already waits until morning."""
    ends = {person.id: _until_end(person.hours, minute) for person in inputs.people}
    return sorted(
        range(len(result.groups)), key=lambda place: (min(ends[member] for member in result.groups[place]), place)
    )


def _until_end(hours: tuple[tuple[int, int], ...], minute: int) -> int:
    if not hours:
        return 2 * MINUTES_A_DAY
    start, end = hours[0]
    length = end - start if end > start else (end - start) % MINUTES_A_DAY
    into = (minute - start) % MINUTES_A_DAY
    return length - into if into < length else MINUTES_A_DAY + length - into


def _changes(kind: Any, data: dict[str, Any]) -> Any:
    return kind(
        swap=tuple(data["swap"]) if data.get("swap") else None,
        keep_together=frozenset(tuple(pair) for pair in data.get("keep_together", [])),
        keep_apart=frozenset(tuple(pair) for pair in data.get("keep_apart", [])),
        leave_out=frozenset(data.get("leave_out", [])),
        seed=data.get("seed"),
    )
