"""The company's year as a strip of weeks: how much was said in each, and what Perennial made happen."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from playground.page.dates import from_ts, long_date, short_date
from playground.workspace import Doc, Workspace

WEEK = timedelta(weeks=1)
WEEKS_SHOWN = 52


@dataclass(frozen=True)
class Week:
    """One cell of the strip; `level` is 0 to 4, `introductions` how many groups were brought together."""

    number: int
    starts: date
    state: str
    level: int
    introductions: int
    words: str
    month: str
    opens_quarter: bool


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


class Year:
    """Keeps count while messages come in, so that drawing the strip reads nothing."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.said: Counter[date] = Counter()
        self.met: Counter[date] = Counter()
        for (ts,) in workspace.db.execute("SELECT ts FROM messages"):
            self.said[_week_of(ts)] += 1
        for doc in workspace.channels():
            self._count_group(doc)
        workspace.subscribe(self._hear)

    def _hear(self, kind: str, payload: Doc) -> None:
        if kind == "message" and payload.get("change") == "posted":
            self.said[_week_of(payload["ts"])] += 1
        elif kind == "channel" and payload.get("change") == "opened":
            self._count_group(self.workspace.channel(payload["channel"]))

    def _count_group(self, doc: Doc) -> None:
        if doc["is_mpim"] and self.workspace.bot_user_id in self.workspace.members(doc["id"]):
            self.met[monday_of(datetime.fromtimestamp(doc["created"], UTC).date())] += 1

    def first_week(self, today: date) -> date:
        """The year begins with the first week anything was said in, and begins anew 52 weeks later."""
        first = min([*self.said, *self.met], default=monday_of(today))
        years = (monday_of(today) - first).days // (7 * WEEKS_SHOWN)
        return first + years * WEEKS_SHOWN * WEEK

    def weeks(self, now: datetime) -> list[Week]:
        today = now.date()
        first = self.first_week(today)
        starts = [first + n * WEEK for n in range(WEEKS_SHOWN)]
        most = max([self.said[start] for start in starts], default=0)
        return [self._week(n + 1, start, today, most) for n, start in enumerate(starts)]

    def _week(self, number: int, start: date, today: date, most: int) -> Week:
        said, met = self.said[start], self.met[start]
        state = "now" if start == monday_of(today) else "past" if start < today else "ahead"
        words = [f"Week {number}, from {short_date(start)}"]
        if state != "ahead":
            words.append(f"{said} message{'' if said == 1 else 's'}" if said else "quiet")
        if met:
            words.append(f"{met} introduction{'' if met == 1 else 's'}")
        new_month = start.month != (start - WEEK).month if number > 1 else start.month == (start + 2 * WEEK).month
        return Week(
            number=number,
            starts=start,
            state=state,
            level=0 if not said else max(1, round(4 * (said / most) ** 0.5)),
            introductions=met,
            words=": ".join([words[0], ", ".join(words[1:])]) if len(words) > 1 else words[0],
            # The last weeks leave no room for a name.
            month=f"{start:%b}" if new_month and number < WEEKS_SHOWN - 1 else "",
            opens_quarter=new_month and start.month % 3 == 1,
        )

    def summary(self, now: datetime) -> str:
        """The strip in one sentence, for those who cannot see it."""
        weeks = self.weeks(now)
        here = next((week.number for week in weeks if week.state == "now"), 1)
        met = [str(week.number) for week in weeks if week.introductions]
        told = f" Introductions in week{'s' if len(met) > 1 else ''} {', '.join(met)}." if met else ""
        return f"{long_date(now.date())}: week {here} of {WEEKS_SHOWN}.{told}"


def _week_of(ts: str) -> date:
    return monday_of(from_ts(ts).date())
