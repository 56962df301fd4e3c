"""What moderators see: the message about one report, the page with all of them, and what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.members import rules as words
from bot.members.front.views import GO
from bot.members.moderation.naming.views import STEP_DOWN
from bot.members.moderation.rules import GONE, RESTORED, UPHELD
from bot.messages import Block, Content
from bot.slack import blocks

PUT_BACK = "moderation.put_back"
KEEP_HIDDEN = "moderation.keep_hidden"
TURN_ROUND = "moderation.turn_round"  # another action than PUT_BACK: who presses that has not seen the decision
PAGE = "reports"
LONGEST_WORDS = 2200  # of the thing itself; Slack takes 3,000 a paragraph
MOST_WAITING = 8
ENOUGH = "I have asked about this every week, and write no more about it. It stays hidden until somebody decides."
EXTRA = ("button", "overflow", "static_select")  # what stands in a row; anything else is a block of its own


@dataclass(frozen=True)
class Shown:
    """A report as whoever decides sees it. `thing`: mrkdwn, None where it is gone."""

    id: int
    where: str
    thing: str | None
    author: str | None  # None: under an alias, or unknown
    reason: str
    extra: Sequence[Block] = ()
    since: datetime | None = None  # when it was reported, where that is long ago
    asked_enough: bool = False  # nobody is written to about it any more


@dataclass(frozen=True)
class Decision:
    """What was decided, by whom and when."""

    id: int
    where: str
    state: str
    by: str
    at: datetime | None
    reversible: bool = False  # for whoever looks


def request(report: Shown, tz: str) -> Content:
    """Please look at this."""
    what = _capital(report.where)
    return Content(text=f"{what} was reported: please have a look", blocks=_one(report, tz))


def _one(report: Shown, tz: str) -> list[Block]:
    value = str(report.id)
    if report.thing is None:
        gone = "*Something that was reported was taken away since.* There is nothing left to decide."
        return [blocks.section(gone, accessory=blocks.button("Take it off the list", KEEP_HIDDEN, value))]
    since = f" on {blocks.at(report.since, tz, '{date_long}')}" if report.since else ""
    title = f"*{_capital(report.where)} was reported{since}.*"
    who = f"{blocks.escape(report.author)} wrote:" if report.author else "Whoever wrote it is not named:"
    why = quoted(blocks.escape(report.reason)) if report.reason else "No reason was given."
    return [
        blocks.section(f"{title} It is hidden until somebody decides. {who}"),
        blocks.section(quoted(blocks.cut(report.thing, LONGEST_WORDS)) or " "),
        blocks.section(f"*Why it was reported*\n{why}"),
        *_buttons(value, report.extra),
        blocks.context("Whoever decides first decides for all. The writer hears what, and never who reported it."),
        *([blocks.context(ENOUGH)] if report.asked_enough else []),
    ]


def _buttons(value: str, extra: Sequence[Block]) -> list[Block]:
    """Ours, then those of the feature it belongs to."""
    own = [
        blocks.button("Put it back", PUT_BACK, value, style="primary"),
        blocks.button("Keep it hidden", KEEP_HIDDEN, value),
    ]
    row = [*own, *(each for each in extra if each.get("type") in EXTRA)]
    rest = [each for each in extra if each.get("type") not in EXTRA]
    return [blocks.actions(*row, block_id=f"report-{value}"), *rest]


def decided(decision: Decision, tz: str) -> Content:
    """In place of the request, for everybody who was asked."""
    what = "What was reported" if decision.state == GONE else f"{_capital(decision.where)} that was reported"
    undo = blocks.button("Put it back", TURN_ROUND, str(decision.id)) if decision.state == UPHELD else None
    shown = [blocks.section(f"{what}: {_how(decision, tz)}.", accessory=undo)]
    if undo:
        shown.append(
            blocks.context("It can still be put back for thirty days: here, or under Reports in your Home tab.")
        )
    return Content(text=f"{what}: decided", blocks=shown)


def already(decision: Decision) -> str:
    """For the second of two who decide; plain text."""
    who = "".join(letter for letter in decision.by if letter not in "<>&") or "Somebody"
    how = {RESTORED: f"{who} has put it back", UPHELD: f"{who} has decided to keep it hidden"}
    return f"{how.get(decision.state, 'It was taken away')} meanwhile, so there is nothing left to do for you."


def _how(decision: Decision, tz: str) -> str:
    how = {RESTORED: "put back", UPHELD: "kept hidden", GONE: "taken away before anybody decided"}
    by = f" by {blocks.escape(decision.by)}" if decision.by and decision.state != GONE else ""
    at = f", {blocks.at(decision.at, tz)}" if decision.at else ""
    return f"{how[decision.state]}{by}{at}"


def waits(count: int) -> list[Block]:
    """On the front page, only where something waits."""
    what = "One report waits" if count == 1 else f"{words.number(count).capitalize()} reports wait"
    return [
        blocks.section(
            f"*{what} for a decision.* What was reported is hidden until then.",
            accessory=blocks.button("Open", GO, PAGE, label="Open: reports"),
            block_id="reports",
        )
    ]


def page(
    waiting: Sequence[Shown], log: Sequence[Decision], tz: str, *, moderates: bool, elsewhere: int = 0
) -> list[Block]:
    """Everything that waits, then the last decisions. `elsewhere`: reports that somebody else decides on."""
    shown = [_back(), blocks.header("Reports")]
    if not waiting:
        shown.append(blocks.section("Nothing waits for you. When somebody reports something, it stands here."))
    for number, report in enumerate(waiting[:MOST_WAITING]):
        shown += [blocks.divider()] if number else []
        shown += _one(report, tz)
    if len(waiting) > MOST_WAITING:
        shown.append(blocks.context(f"And {words.number(len(waiting) - MOST_WAITING)} more, once these are decided."))
    if elsewhere:
        many = "One more waits" if elsewhere == 1 else f"{words.number(elsewhere).capitalize()} more wait"
        shown.append(blocks.context(f"{many} for somebody else: nobody decides on what they wrote or reported."))
    if log:
        shown += [blocks.divider(), blocks.section("*Decided lately*"), *(_logged(each, tz) for each in log)]
    if moderates:
        stop = blocks.confirm(
            "Stop moderating?", "No reports come to you any more. The leads hear of it.", "Stop", "Go on"
        )
        shown += [
            blocks.divider(),
            blocks.actions(blocks.button("Stop moderating", STEP_DOWN, confirm=stop), block_id="step_down"),
        ]
    return shown


def _logged(decision: Decision, tz: str) -> Block:
    back = blocks.button("Put it back", TURN_ROUND, str(decision.id), label=f"Put it back: {decision.where}")
    what = "What was reported" if decision.state == GONE else _capital(decision.where)
    return blocks.section(
        f"{what}: {_how(decision, tz)}",
        accessory=back if decision.reversible else None,
        block_id=f"decided-{decision.id}",
    )


def not_yours() -> list[Block]:
    """The page, for whoever does not moderate."""
    return [_back(), blocks.section("Reports are for moderators, and for leads where nobody moderates.")]


def row(count: int) -> Block:
    """For those who decide, on their Settings page."""
    said = "Nothing waits." if not count else f"{words.number(count).capitalize()} waiting."
    return blocks.section(
        f"*Reports*\n{said}", accessory=blocks.button("Open", GO, PAGE, label="Open: reports"), block_id="reports"
    )


def quoted(text: str) -> str:
    """Each line set off as somebody else's."""
    return "\n".join(f"> {line}" for line in text.splitlines() if line.strip())


def _back() -> Block:
    return blocks.actions(blocks.button("← Home", GO, "front"), block_id="to_front")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
