"""Pairing: the best set of meetings for a company, found in seconds, proven, explained and repeatable.

Plain values in, plain values out; nothing here knows of Slack, a database or a clock.
"""

from .inputs import History, RoundInputs, Wishes
from .options import Options, Weights
from .people import Pair, Person, as_pair, working_hours
from .result import RoundResult, Statistics
from .rounds import make_round, replay

__all__ = [
    "History",
    "Options",
    "Pair",
    "Person",
    "RoundInputs",
    "RoundResult",
    "Statistics",
    "Weights",
    "Wishes",
    "as_pair",
    "make_round",
    "replay",
    "working_hours",
]
