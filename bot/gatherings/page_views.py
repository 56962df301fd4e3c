"""What gatherings look like on the Home tab: a few rows on the front page, one page each, and a list."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.gatherings import acts, views, words
from bot.gatherings.store import CANNOT, COMING, INVITED, WAITING
from bot.gatherings.words import Facts
from bot.members.front.views import GO
from bot.members.rules import listed
from bot.messages import Block
from bot.programs import phrases
from bot.slack import blocks

LIST = "gatherings"
PAGE = "gathering"
MOST_NAMES = 60
SAID = {
    COMING: " You come.",
    WAITING: " You are in line for a seat.",
    INVITED: " You are invited.",
    CANNOT: " Not this time.",
}


@dataclass(frozen=True)
class Shown:
    """One row: its page, when and what in words, and what the viewer said."""

    id: int
    when: str
    title: str
    said: str | None


@dataclass(frozen=True)
class Page:
    """Everything one viewer sees of a gathering."""

    facts: Facts
    when: str
    state: str
    program: str
    hosts: Sequence[str]  # Slack ids
    fullness: str
    said: str | None
    place_in_line: int
    came: bool | None
    how_many_came: int
    recording: str | None
    member_rows: list[Block]
    for_hosts: "ForHosts | None" = None


@dataclass(frozen=True)
class ForHosts:
    """What only hosts and leads see; names as Slack gave them."""

    rows: list[Block] = field(default_factory=list)
    coming: Sequence[str] = ()
    waiting: Sequence[str] = ()
    invited: Sequence[str] = ()
    has_begun: bool = False


def line(title: str, said: str | None, *, hosts: bool) -> str:
    """One of them among what is next for somebody."""
    stands = "" if hosts and said == COMING else SAID.get(said or "", "")
    return f"{title}.{stands}{' You host.' if hosts else ''}"


def one_button(gathering_id: int, title: str, said: str | None, link: str | None, *, hosts: bool) -> Block:
    """What somebody most likely wants of it: to come; once it begins, the call; otherwise its page."""
    if said in (None, INVITED) and not hosts:
        return blocks.button("I'll come", acts.COME, str(gathering_id), label=f"I'll come to {title}")
    if said == COMING and link:
        return blocks.button("Join", acts.JOIN, label=f"Join the call of {title}") | {"url": link}
    return blocks.button("Open", GO, words.place_of(gathering_id), label=f"Open {title}")


def all_sessions() -> Block:
    """To every session that is planned."""
    return blocks.button("All sessions", GO, LIST)


def were_you_there(gathering_id: int, title: str) -> list[Block]:
    """One tap."""
    value = str(gathering_id)
    return [
        blocks.section(f"*{title}* is over. Were you there?"),
        blocks.actions(
            blocks.button("Yes", acts.THERE, value, label=f"Yes, I was at {title}"),
            blocks.button("No", acts.NOT_THERE, value, label=f"No, I was not at {title}"),
        ),
    ]


def all_of_them(rows: Sequence[Shown]) -> list[Block]:
    """Every session that is planned."""
    shown = [back(), blocks.header("Sessions")]
    if not rows:
        shown.append(blocks.section("No session is planned at the moment. Programs announce theirs in their channels."))
    return [*shown, *[block for row in rows[:40] for block in _row(row)]]


def _row(row: Shown) -> list[Block]:
    open_it = blocks.button("Open", GO, words.place_of(row.id), label=f"Open {row.title}")
    return [
        blocks.section(f"*{row.when}*\n{row.title}.{SAID.get(row.said or '', '')}", accessory=open_it),
        blocks.actions(*_choices(row.id, row.said)),
    ]


def _choices(gathering_id: int, said: str | None) -> list[Block]:
    come, cannot = views.choice(gathering_id)
    if said in (COMING, WAITING):
        return [cannot]
    return [come] if said == CANNOT else [come, cannot]


def back() -> Block:
    """To the front of the Home tab."""
    return blocks.actions(blocks.button("← Home", GO, "front"))


def gone() -> list[Block]:
    """A page that is not, or not for whoever asked."""
    return [back(), blocks.section("There is no such session here, or it is not open to you.")]


def page(of: Page) -> list[Block]:
    """One gathering."""
    facts = of.facts
    first = f"*{of.when}*, {words.minutes(facts.minutes)}."
    if where := words.where(facts):
        first += f" {where}."
    shown = [back(), blocks.header(facts.plain_title), blocks.section("\n".join([first, *facts.lines]))]
    if facts.about:
        shown.append(blocks.section(facts.about))
    hosts = listed([f"<@{each}>" for each in of.hosts])
    hosted = f"Hosted by {hosts}." if hosts else "It has no host at the moment."
    shown.append(blocks.context(f"A {facts.noun} of {of.program}. {hosted}", *_standing(of)))
    shown += _mine(of) + of.member_rows
    if of.for_hosts is not None:
        shown += [blocks.divider(), *_for_hosts(of, of.for_hosts)]
    return shown


def _standing(of: Page) -> list[str]:
    if of.state == "called_off":
        return ["It won't take place."]
    if of.state == "planned":
        return [of.fullness]
    came = phrases.counted(of.how_many_came, "person says they were", "people say they were")
    return [f"{came.capitalize()} there."] if of.how_many_came else ["It is over."]


def _mine(of: Page) -> list[Block]:
    """The viewer's own part: what they said and can say."""
    if of.state == "called_off":
        return []
    shown = []
    if of.state == "over":
        if of.recording:
            shown.append(blocks.section(f"<{blocks.escape(of.recording)}|The recording>"))
        if of.came is None and of.said == COMING:
            shown += were_you_there(of.facts.id, of.facts.title)
        elif of.came:
            shown.append(blocks.context("You were there."))
        return shown
    line = {
        COMING: "You come.",
        WAITING: f"You are {words.ordinal(of.place_in_line)} in line, and hear at once when a seat is free.",
        CANNOT: "Not this time.",
        INVITED: "You are invited. Will you come?",
    }.get(of.said or "", "Will you come?")
    buttons = _choices(of.facts.id, of.said)
    if of.said == COMING and of.facts.link:
        buttons.append(blocks.button("Join the call", acts.JOIN) | {"url": of.facts.link})
    return [blocks.section(line), blocks.actions(*buttons)]


def _for_hosts(of: Page, hosts: ForHosts) -> list[Block]:
    value = str(of.facts.id)
    shown = [blocks.section("*For hosts*"), *hosts.rows]
    for title, people in (("Coming", hosts.coming), ("In line", hosts.waiting), ("Invited", hosts.invited)):
        if people:
            shown.append(blocks.context(f"{title}: {_names(people)}"))
    if of.state == "planned":
        care = [blocks.button("Edit", acts.EDIT, value)]
        if not hosts.has_begun:
            care.append(blocks.button("Move", acts.MOVE, value))
        sure = blocks.confirm(
            "Call it off?", "Everybody who was told hears that it won't take place, and calendars too.", "Call it off"
        )
        care.append(blocks.button("Call off", acts.CALL_OFF, value, style="danger", confirm=sure))
        people_acts = [
            blocks.button("Invite people", acts.INVITE, value),
            blocks.button("Name a co-host", acts.COHOST, value),
        ]
        shown += [blocks.actions(*care), blocks.actions(*people_acts)]
    if of.state == "over" or (of.state == "planned" and hosts.has_begun):
        word = "Change the recording" if of.recording else "Add the recording"
        shown.append(blocks.actions(blocks.button(word, acts.RECORDING, value)))
    return shown


def _names(people: Sequence[str]) -> str:
    rest = len(people) - MOST_NAMES
    shown = ", ".join(blocks.escape(each) for each in people[:MOST_NAMES])
    return f"{shown} and {phrases.number(rest)} more" if rest > 0 else shown
