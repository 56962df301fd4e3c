"""Everything that pairing can do, by name."""

from .changes import Changes, Redone, redo
from .inputs import History, RoundInputs, Wishes
from .late import LateSeat, late_joiner
from .mentors import Mentorships, assign_mentors
from .mixed import make_tables, table_sizes
from .options import Options, Weights
from .people import Pair, Person, as_pair, working_hours
from .result import RoundResult, Statistics
from .rounds import evaluate, make_round, replay
from .why import Facts, explain

__all__ = [
    "Changes",
    "Facts",
    "History",
    "LateSeat",
    "Mentorships",
    "Options",
    "Pair",
    "Person",
    "Redone",
    "RoundInputs",
    "RoundResult",
    "Statistics",
    "Weights",
    "Wishes",
    "as_pair",
    "assign_mentors",
    "evaluate",
    "explain",
    "late_joiner",
    "make_round",
    "make_tables",
    "redo",
    "replay",
    "table_sizes",
    "working_hours",
]
