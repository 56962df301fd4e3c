"""What programs say in messages: the day before, invitations, offers to join, and news for their owner."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from bot.messages import Block, Content, Kind, MessageClass
from bot.programs import phrases
from bot.slack import blocks

if TYPE_CHECKING:
    from bot.programs.models import Program

NOTICE = Kind("programs.notice", MessageClass.APPOINTMENT, priority=40)
CHANGED = Kind("programs.changed", MessageClass.ANSWER, priority=20)
INVITATION = Kind("programs.invitation", MessageClass.ANSWER, priority=30, cost=0)
OWNER = Kind("programs.owner", MessageClass.ANSWER, priority=30)
FIRST_HOUR = Kind("programs.first_hour", MessageClass.ANSWER, priority=10)
CONFIRMED = Kind("programs.confirmed", MessageClass.ANSWER, priority=10)
USED = Kind("programs.used", MessageClass.ANSWER, priority=5, cost=0)
KINDS = (NOTICE, CHANGED, INVITATION, OWNER, FIRST_HOUR, CONFIRMED, USED)

JOIN = "programs.join"
DECLINE = "programs.decline"
SKIP = "programs.skip"
UNSKIP = "programs.unskip"
LEAVE = "programs.leave"
OPEN = "programs.open"
PAUSE_ME = "members.pause"  # members' own form
CONFIDENTIAL = "Nobody is told if you say no. Who joined is known to the leads and to the people you meet."


def notice_subject(program_id: int, day: date) -> str:
    """What the notices of one round are about; skipping the round withdraws them."""
    return f"program:{program_id}:notice:{day}"


def dated(program_id: int, day: date) -> str:
    """A button's value: which program, and the date of which round."""
    return f"{program_id}:{day}"


def notice(program_id: int, day: date, sentence: str) -> Content:
    """The day before, with the two ways out."""
    return Content(
        sentence,
        [
            blocks.section(sentence),
            blocks.actions(
                blocks.button("Skip this one", SKIP, dated(program_id, day)),
                blocks.button("Pause for a while", PAUSE_ME),
            ),
            blocks.context("Nothing to do if that suits you."),
        ],
    )


def sits_out(name: str, program_id: int, day: date) -> Content:
    """The notice, once somebody skips."""
    text = f"You sit out {blocks.escape(name)} on {phrases.day(day)}. Nobody is told, and the next one finds you again."
    undo = blocks.button("Take part after all", UNSKIP, dated(program_id, day))
    return Content(text, [blocks.section(text, accessory=undo)])


def takes_part(name: str, program_id: int, day: date) -> Content:
    """The notice, once somebody changes their mind back."""
    text = f"You take part in {blocks.escape(name)} on {phrases.day(day)}."
    return Content(text, [blocks.section(text, accessory=blocks.button("Skip this one", SKIP, dated(program_id, day)))])


def called_off(name: str, day: date, following: date | None) -> Content:
    """To whoever was told of a round that won't happen."""
    then = f"The next one is on {phrases.day(following)}." if following else "There is no new date so far."
    text = f"{blocks.escape(name)} on {phrases.day(day)} won't happen. {then} There is nothing for you to do."
    return Content(text, [blocks.section(text)])


def moved(name: str, missed: date, following: date | None) -> Content:
    """To the owner: a round was missed by more than a day."""
    then = f"The next one opens on {phrases.day(following)}." if following else "It has no next date."
    text = (
        f"{blocks.escape(name)}: the round of {phrases.day(missed)} was not opened, because Perennial was not running "
        f"for more than a day. {then} Nobody was told anything about it; [Send now] on its page makes up for it."
    )
    return Content(text, [blocks.section(text)])


def too_near(name: str, missed: date, following: date | None) -> Content:
    """To the owner: a date came so near that nobody could have got ready for it any more."""
    then = f"The next one is on {phrases.day(following)}." if following else "It has no next date."
    text = f"{blocks.escape(name)}: {phrases.day(missed)} was too near to be planned, so nobody was told of it. {then}"
    return Content(text, [blocks.section(text)])


def paused_by_slack(program_id: int, name: str, reason: str) -> Content:
    """To the owner: the channel is gone, or the bot was removed from it."""
    what = {
        "archived": "its channel was archived",
        "removed": "Perennial was removed from its channel",
    }[reason]
    text = (
        f"{blocks.escape(name)} is paused: {what}. Everybody stays enrolled. Choose a channel, then resume it whenever "
        "you like."
    )
    return Content(text, [blocks.section(text, accessory=blocks.button("Open", OPEN, str(program_id)))])


def invitation(program: "Program", lines: list[str], when: datetime | None) -> Content:
    """The post in the channel that asks people whether they would like to join."""
    name = blocks.escape(program.name)
    first = f"*{name}* starts here. Would you like to join?"
    body = [first, *[f"•  {line}" for line in lines]]
    if when is not None:
        body.append(f"•  Next: {blocks.at(when, program.tz)}.")
    return Content(
        f"{name} starts here. Would you like to join?",
        [
            blocks.section("\n".join(body)),
            blocks.actions(*join_buttons(program.id)),
            blocks.context(CONFIDENTIAL),
        ],
    )


def offer(program: "Program", lines: list[str]) -> Content:
    """To somebody who just entered the channel; only they see it."""
    name = blocks.escape(program.name)
    text = f"This channel is home to *{name}*. Would you like to join? Only you can see this."
    body = "\n".join([text, *[f"•  {line}" for line in lines]])
    return Content(text, [blocks.section(body), blocks.actions(*join_buttons(program.id))])


def join_buttons(program_id: int) -> list[Block]:
    """The two answers to an invitation."""
    return [
        blocks.button("Join", JOIN, str(program_id), style="primary"),
        blocks.button("Not for me", DECLINE, str(program_id)),
    ]


def welcome(name: str, when: str | None) -> Content:
    """To somebody who is in now."""
    then = f"The next one is on {when}, your time." if when else "You hear from me when its next date is set."
    text = f"You are in *{blocks.escape(name)}*. {then} Skip one or leave at any time from my Home tab."
    return Content(text, [blocks.section(text)])


def already_in(name: str) -> str:
    """To somebody who presses Join twice."""
    return f"You are in {blocks.escape(name)} already, so there is nothing to do."


def still_in(name: str) -> str:
    """To a member who presses "Not for me" on an invitation that everybody sees."""
    return f"You are in {blocks.escape(name)}, and stay in it. To leave it, use [Leave] on your Home tab."


def declined(name: str) -> str:
    """To somebody who would rather not."""
    return f"All right, {blocks.escape(name)} won't ask you again. If you change your mind, you find it in my Home tab."


def left(name: str) -> str:
    """To somebody who leaves."""
    return f"You left {blocks.escape(name)}. Who you met stays yours; come back whenever you like."
