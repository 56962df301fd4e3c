"""Speaks: the announcement, reminders, what became of it, and what somebody chose."""

from datetime import datetime

from bot.gatherings import acts, words
from bot.gatherings.rules import COMING, WAITING
from bot.gatherings.words import Facts
from bot.messages import Block, Content
from bot.programs.views import LEAVE
from bot.slack import blocks

TITLES = {"moved": "has another date", "changed": "has changed"}


def announcement(facts: Facts, fullness: str) -> Content:
    """The post in the channel: what, when, where, how many come; whoever reads it may press."""
    rows = [
        _what(facts, words.when(facts.starts_at)),
        blocks.actions(*choice(facts.id), more(facts.id), block_id=f"gathering-{facts.id}"),
        blocks.context(f"{fullness} Only how many come is shown."),
    ]
    return Content(f"{facts.title}, {words.plain_moment(facts.starts_at, facts.tz)}. Will you come?", rows)


def closed_announcement(facts: Facts, what: str) -> Content:
    """The same post once there is nothing to choose any more; `what`: "is over", "won't take place"."""
    shown = f"*{facts.title}*, {words.when(facts.starts_at)}, {what}."
    text = f"{facts.title}, {words.plain_moment(facts.starts_at, facts.tz)}, {what}."
    return Content(text, [blocks.section(shown), blocks.actions(more(facts.id))])


def _what(facts: Facts, when: str) -> Block:
    lines = [f"*{facts.title}*", f"{when}, {words.minutes(facts.minutes)}."]
    if where := words.where(facts):
        lines[-1] += f" {where}."
    return blocks.section("\n".join([*lines, *facts.lines, *([facts.about] if facts.about else [])]))


def choice(gathering_id: int) -> list[Block]:
    """The two answers to "will you come?"."""
    return [
        blocks.button("I'll come", acts.COME, str(gathering_id), style="primary"),
        blocks.button("Can't this time", acts.CANNOT, str(gathering_id)),
    ]


def more(gathering_id: int) -> Block:
    """To its page."""
    return blocks.button("More", acts.OPEN, str(gathering_id))


def change_mind(gathering_id: int) -> Block:
    """To the two answers again; nothing is given up by it."""
    return blocks.button("Change my mind", acts.CHANGE, str(gathering_id))


def asked(facts: Facts, tz: str, now: datetime) -> Content:
    """Will you come? To one person."""
    text = f"{words.their_time(facts.starts_at, tz, now)}: *{facts.title}*. Will you come?"
    return Content(_unstarred(text), [blocks.section(text), blocks.actions(*choice(facts.id))])


def chosen(
    facts: Facts, state: str, tz: str, now: datetime, *, place: int = 0, clash: str = "", hosts: bool = False
) -> Content:
    """What somebody chose, in words; `place`: in the line for a seat; `clash`: what else they come to then."""
    when = words.their_time(facts.starts_at, tz, now)
    if state == COMING:
        text = f"You come to *{facts.title}*: {when}."
        if clash:
            text += f" You also said you come to *{clash}*, which is on at the same time."
    elif state == WAITING:
        text = (
            f"All seats of *{facts.title}*, {when}, are taken. You are {words.ordinal(place)} in line, and hear at "
            "once when one is free."
        )
    else:
        text = f"Not this time: *{facts.title}*, {when}. Nobody is told."
        if hosts:
            text += " You still host it: name a co-host on its page, or move it."
    return Content(_unstarred(text), [blocks.section(text), blocks.actions(change_mind(facts.id))])


def seat_is_free(facts: Facts, tz: str, now: datetime) -> Content:
    """To whoever waited longest."""
    text = f"A seat became free, and it is yours: *{facts.title}*, {words.their_time(facts.starts_at, tz, now)}."
    buttons = blocks.actions(blocks.button("Can't this time", acts.CANNOT, str(facts.id)), more(facts.id))
    return Content(_unstarred(text), [blocks.section(text), buttons])


def invitation(facts: Facts, host: str, tz: str, now: datetime) -> Content:
    """The host asks somebody to come."""
    text = f"{blocks.escape(host)} invites you to *{facts.title}*: {words.their_time(facts.starts_at, tz, now)}"
    rows = [
        _what(facts, words.their_time(facts.starts_at, tz, now)),
        blocks.actions(*choice(facts.id)),
        blocks.context(f"{blocks.escape(host)} invites you. Whether you come is yours to say."),
    ]
    return Content(f"{_unstarred(text)}.", rows)


def outside(facts: Facts, program_id: int, program: str, channel: str | None, tz: str, now: datetime) -> Content:
    """Will you come? To a member of its program who is not in the channel; `program`: its name."""
    where = (
        f", but not in <#{channel}>. Join that channel, and you read of its sessions there instead" if channel else ""
    )
    sure = blocks.confirm(f"Leave {program}?", "You can come back whenever you like.", "Leave", "Stay")
    leave = blocks.button("Leave this program", LEAVE, str(program_id), confirm=sure, label=f"Leave {program}")
    rows = [
        _what(facts, words.their_time(facts.starts_at, tz, now)),
        blocks.actions(*choice(facts.id), leave),
        blocks.context(f"You are in *{blocks.escape(program)}*{where}."),
    ]
    return Content(f"{_unstarred(facts.title)}: {words.their_time(facts.starts_at, tz, now)}. Will you come?", rows)


def soon(facts: Facts, tz: str, now: datetime) -> Content:
    """A quarter of an hour before: the call, if there is one."""
    return _reminder(facts, tz, now, "Can't today", joins=True)


def reminder(facts: Facts, tz: str, now: datetime) -> Content:
    """A week or a day before."""
    return _reminder(facts, tz, now, "Can't this time", joins=False)


def _reminder(facts: Facts, tz: str, now: datetime, no: str, *, joins: bool) -> Content:
    when = words.their_time(facts.starts_at, tz, now)
    where = f" {facts.place}." if facts.place else ""
    long = words.minutes(facts.minutes)
    text = " ".join([f"{when}: *{facts.title}*.", *facts.lines, f"{long[0].upper()}{long[1:]}.{where}"])
    buttons = [blocks.button(no, acts.CANNOT, str(facts.id))]
    if facts.link and joins:
        join = blocks.button("Join", acts.JOIN, label=f"Join the call of {facts.plain_title}") | {"url": facts.link}
        buttons.insert(0, join | {"style": "primary"})
    return Content(_unstarred(text), [blocks.section(text), blocks.actions(*buttons)])


def news(facts: Facts, change: str, tz: str, now: datetime, state: str | None) -> Content:
    """What became of it, to somebody who was told before; `state`: what they said."""
    when = words.their_time(facts.starts_at, tz, now)
    if change == "called_off":
        text = f"*{facts.title}*, {when}, won't take place. There is nothing for you to do."
        return Content(_unstarred(text), [blocks.section(text)])
    stays = {COMING: "You are still down as coming.", WAITING: "You keep your place in line."}.get(state or "", "")
    text = f"*{facts.title}* {TITLES[change]}. Now: {when}, {words.minutes(facts.minutes)}."
    if where := words.where(facts):
        text += f" {where}."
    buttons = choice(facts.id) if state not in (COMING, WAITING) else choice(facts.id)[1:]
    return Content(_unstarred(text), [blocks.section(f"{text} {stays}".strip()), blocks.actions(*buttons)])


def thread_news(facts: Facts, change: str) -> Content:
    """The same for whoever follows the thread."""
    if change == "called_off":
        text = f"{facts.title} won't take place. Whoever said they come has been told."
    else:
        where = f" {words.where(facts)}." if words.where(facts) else ""
        text = f"{facts.title} {TITLES[change]}. Now: {words.when(facts.starts_at)}, {words.minutes(facts.minutes)}.{where}"
    return Content(text, [blocks.section(text)])


def were_you_there(facts: Facts) -> Content:
    """Right after it, at the end of the thread."""
    text = f"{facts.title} is over. Were you there?"
    buttons = [
        blocks.button("Yes", acts.THERE, str(facts.id)),
        blocks.button("No", acts.NOT_THERE, str(facts.id)),
    ]
    small = blocks.context("One tap, so that we know how many came. Nobody sees who did not.")
    return Content(text, [blocks.section(text), blocks.actions(*buttons), small])


def recorded(facts: Facts, link: str) -> Content:
    """Where it can be watched afterwards."""
    text = f"<{blocks.escape(link)}|The recording of {facts.title.replace('|', '¦')}>, for whoever could not be there."
    return Content(f"The recording of {facts.title} is here.", [blocks.section(text)])


def calendar_file(title: str, text: str, *, cancelled: bool) -> Content:
    """The .ics, to be opened with whatever calendar somebody uses."""
    said = "Take it out of your calendar" if cancelled else "Put it into your calendar"
    return Content(f"{said}: {title}", [], file_name="session.ics", file_text=text)


def host_news(text: str, gathering_id: int) -> Content:
    """Something a host or a lead should know, with the way to its page."""
    return Content(
        _unstarred(text), [blocks.section(text, accessory=blocks.button("Open", acts.OPEN, str(gathering_id)))]
    )


def _unstarred(text: str) -> str:
    """For the lock screen: the same words without marks."""
    return text.replace("*", "")
