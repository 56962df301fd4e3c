"""Chance that comes out the same every time: hashes of the seed, the round and who it is about."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]


def mixed(values: Hashes) -> Hashes:
    """Every bit of the answer depends on every bit given (the finaliser of splitmix64)."""
    mixing = values.copy()
    mixing ^= mixing >> np.uint64(30)
    mixing *= np.uint64(0xBF58476D1CE4E5B9)
    mixing ^= mixing >> np.uint64(27)
    mixing *= np.uint64(0x94D049BB133111EB)
    mixing ^= mixing >> np.uint64(31)
    return mixing


def person_hashes(ids: NDArray[np.int64], seed: int, round_number: int) -> Hashes:
    """One hash a person, new in every round."""
    salt = int.from_bytes(blake2b(f"{seed}:{round_number}".encode(), digest_size=8).digest(), "big")
    return mixed(ids.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(salt))


def pair_hashes(one: Hashes, other: Hashes) -> Hashes:
    """One hash a pair, the same whoever is named first."""
    return mixed(one + other)
