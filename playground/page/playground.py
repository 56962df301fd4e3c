"""What every door of the page shares: the workspace, the hands, the clock, and who listens."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from playground.events import Acts
from playground.limits import Limits
from playground.page.changes import Changes
from playground.page.journey import Journey, TimeControl
from playground.page.year import Year
from playground.workspace import Workspace


@dataclass
class Playground:
    workspace: Workspace
    acts: Acts
    time: TimeControl
    limits: Limits | None = None
    #: Lets the bot do what an act by hand made due; without a metronome nobody else would.
    after_act: Callable[[], Awaitable[object]] | None = None
    #: Hears whose eyes the reader looks through, so that no script acts for that person.
    playing: Callable[[str], None] | None = None
    changes: Changes = field(init=False)
    journey: Journey = field(init=False)
    year: Year = field(init=False)

    def __post_init__(self) -> None:
        self.changes = Changes(self.workspace)
        self.journey = Journey(self.time, self.changes.tell_time)
        self.year = Year(self.workspace)
