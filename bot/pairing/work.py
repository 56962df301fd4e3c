"""What runs in the other process for whoever seats people at tables; importing it brings no arithmetic along."""

from __future__ import annotations

from bot.plain import pack, unpack


def seat_tables(packed_inputs: bytes) -> bytes:
    """Make the tables of these inputs (RoundInputs as JSON): {"result": RoundResult as JSON, "certificate": "…"}."""
    from bot.pairing.engine import RoundInputs, make_tables

    result = make_tables(RoundInputs.from_json(unpack(packed_inputs)))
    return pack({"result": result.to_json(), "certificate": result.certificate})
