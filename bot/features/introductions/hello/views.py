"""Speaks: the introduction and what else is said around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.features.introductions.hello import reasons
from bot.members.store import Profile
from bot.messages import Block, Content
from bot.slack import blocks

TIME = "introductions.propose"
EXCHANGE = "introductions.exchange"
WHEN = "{date_long_pretty} at {time}"


@dataclass(frozen=True)
class Hello:
    """Everything an introduction says; `times` may be empty once a time is being talked about."""

    id: int
    people: Sequence[Profile]  # whoever writes first comes first
    starters: Sequence[str]
    times: Sequence[datetime]
    shared: bool  # the times lie within everybody's hours
    program: str
    said: str = ""  # what came of the times, in a sentence; instead of them


def introduction(hello: Hello) -> Content:
    """Who they are to each other, why, two questions, who begins, and when they could talk."""
    opener = hello.people[0]
    names = [reasons.first_name(person.name) for person in hello.people]
    text = f"{reasons.joined(names)}: meet each other. {names[0]} writes first this time."
    questions = "\n".join(f"•  {starter}" for starter in hello.starters)
    shown = [
        blocks.section(_meet(hello.people)),
        blocks.section(f"*Why you {_number(len(hello.people))}:* {reasons.why(hello.people)}"),
        blocks.section(f"<@{opener.slack_id}>, you write first this time. Two questions to begin with:\n{questions}"),
    ]
    return Content(text, [*shown, *_times(hello), _small_print(hello)])


def _meet(people: Sequence[Profile]) -> str:
    if len(people) == 2:
        one, other = people
        return f"<@{one.slack_id}>, meet <@{other.slack_id}>. {_clause(one)}; {_clause(other)}."
    mentions = reasons.joined([f"<@{person.slack_id}>" for person in people])
    return f"{mentions}: meet each other. {'; '.join(_clause(person) for person in people)}."


def _clause(person: Profile) -> str:
    return f"{reasons.first_name(person.name)}, {reasons.who(person)}"


def _number(count: int) -> str:
    return {2: "two", 3: "three", 4: "four"}.get(count, str(count))


def _times(hello: Hello) -> list[Block]:
    if hello.said:
        return [blocks.section(hello.said)]
    if not hello.times:
        return [blocks.section(f"{_no_hours(hello)} Write or speak in turns, over three days.")]
    rows = [time_row(hello.id, time, TIME, "Suggest") for time in hello.times]
    if hello.shared:
        return [blocks.section("Half an hour within everybody's hours, in your own time:"), *rows]
    swap = blocks.actions(blocks.button("Write or speak in turns instead", EXCHANGE, str(hello.id)))
    return [blocks.section(f"{_no_hours(hello)} These come closest, in your own time:"), *rows, swap]


def _no_hours(hello: Hello) -> str:
    return "Your working hours don't meet." if len(hello.people) == 2 else "Your working hours never all meet."


def time_row(introduction_id: int, time: datetime, action_id: str, label: str) -> Block:
    """A time that each reader sees in their own zone, with its button."""
    value = f"{introduction_id}:{int(time.timestamp())}"
    shown = blocks.at(time, "UTC", WHEN)
    return blocks.section(shown, accessory=blocks.button(label, action_id, value), block_id=f"time-{value}")


def _small_print(hello: Hello) -> Block:
    return blocks.context(
        f"From {blocks.escape(hello.program)}. What you write here is never read by me. Skip or pause: my Home tab."
    )


def turns(people: Sequence[Profile]) -> str:
    """How an exchange without a meeting goes."""
    first, second = reasons.first_name(people[0].name), reasons.first_name(people[-1].name)
    return (
        f"In turns, by text or voice. Day one: {first} answers a question. Day two: {second} does, and asks one back. "
        "Day three: what you take along."
    )


def left_out() -> Content:
    """To somebody who had no seat this time."""
    text = "No introduction for you this round: everybody you could meet sits with somebody else. You come first next time."
    return Content(text, [blocks.section(text)])


def partner_gone(names: Sequence[str]) -> Content:
    """To somebody whose introduction fell through before it was made."""
    who = reasons.joined([reasons.first_name(name) for name in names]) or "The person"
    text = (
        f"Your introduction this round falls through: {who} can't take part any more. I look for somebody else for you."
    )
    return Content(text, [blocks.section(text)])


def no_seat_found() -> Content:
    """To somebody for whom nobody could be found after all."""
    text = "Nobody was free to meet you this round. Nothing to do for you: next time you come first."
    return Content(text, [blocks.section(text)])


def moved(names: Sequence[str]) -> Content:
    """In the old conversation: it goes on in a larger one."""
    newcomers = reasons.joined([reasons.first_name(name) for name in names])
    text = f"{newcomers} joins you. Slack can't add anybody here, so a new conversation is open with all of you in it."
    return Content(text, [blocks.section(text)])
