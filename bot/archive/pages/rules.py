"""Reads what an address of a page asks for, and writes such addresses; whatever is no sense is passed over."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

PER_PAGE = 10
MOST_PAGES = 50  # a search gives at most 500
MONTHS = {"1": "The last month", "3": "The last three months", "12": "The last year"}
_SLUG = re.compile(r"[^\s/?#]{1,80}")
_SLACK_ID = re.compile(r"[UW][A-Z0-9]{1,20}")


@dataclass(frozen=True)
class Asked:
    """What the search page is asked for. `tag` is a slug, `who` a Slack id, `months` how far back."""

    typed: str = ""
    tag: str = ""
    who: str = ""
    months: str = ""
    worked: bool = False
    exactly: bool = False
    page: int = 1

    @property
    def is_search(self) -> bool:
        """Whether anything is looked for at all."""
        return bool(self.typed.strip() or self.tag or self.who or self.months or self.worked)

    @property
    def has_filters(self) -> bool:
        """Whether anything was chosen beside the words."""
        return bool(self.tag or self.who or self.months or self.worked)

    @property
    def offset(self) -> int:
        """How many cards stand before this page."""
        return (self.page - 1) * PER_PAGE

    def address(self, **changes: object) -> str:
        """The address that asks for this, with some of it changed; the page begins anew unless it is said."""
        asked = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]
        fields = {
            "q": asked.typed,
            "tag": asked.tag,
            "who": asked.who,
            "months": asked.months,
            "worked": "1" if asked.worked else "",
            "exactly": "1" if asked.exactly else "",
            "page": str(asked.page) if asked.page > 1 else "",
        }
        query = urlencode({name: value for name, value in fields.items() if value})
        return f"/insights?{query}" if query else "/insights"


def read_asked(query: Mapping[str, str]) -> Asked:
    """What an address asks for, whatever somebody made of it."""
    page = query.get("page", "1")
    return Asked(
        typed=query.get("q", "").replace("\0", " "),
        tag=_if(_SLUG, query.get("tag", "")),
        who=_if(_SLACK_ID, query.get("who", "")),
        months=query.get("months", "") if query.get("months", "") in MONTHS else "",
        worked=query.get("worked") == "1",
        exactly=query.get("exactly") == "1",
        page=min(max(1, int(page)), MOST_PAGES) if page.isascii() and page.isdigit() and len(page) < 4 else 1,
    )


def since(months: str, now: datetime) -> str | None:
    """The month so many months ago, such as 2026-01."""
    if months not in MONTHS:
        return None
    back = now.year * 12 + now.month - 1 - int(months)
    return f"{back // 12}-{back % 12 + 1:02}"


def month_and_year(moment: datetime, tz: str) -> str:
    """When a card was published, as its reader reads it: "March 2026"."""
    return f"{moment.astimezone(ZoneInfo(tz)):%B %Y}"


@dataclass(frozen=True)
class Passage:
    """A paragraph, or lines that belong together as a list."""

    is_list: bool
    lines: tuple[str, ...]


def passages(text: str) -> list[Passage]:
    """Paragraphs and lists as somebody typed them; the words stay as they are."""
    found: list[Passage] = []
    for block in re.split(r"\n\s*\n", text.strip()):
        run: list[str] = []
        listed = False
        for line in filter(None, (line.strip() for line in block.split("\n"))):
            item = re.sub(r"^(?:[-*•–]|\d{1,2}[.)])\s+", "", line)
            if run and (item != line) != listed:
                found.append(Passage(listed, tuple(run)))
                run = []
            listed = item != line
            run.append(item)
        if run:
            found.append(Passage(listed, tuple(run)))
    return found


def begins(text: str, longest: int = 260) -> str:
    """The beginning of a text in one line, cut between two words."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return line[:longest].rsplit(" ", 1)[0].rstrip(",;:.–-") + " …"


def _if(pattern: re.Pattern[str], text: str) -> str:
    return text if pattern.fullmatch(text) else ""
