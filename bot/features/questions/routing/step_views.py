"""What an asker reads at each step: one short line, and choices where there is nobody left to ask."""

from collections.abc import Sequence
from datetime import datetime

from bot.features.questions.routing import borrowed
from bot.features.questions.routing.views import SECOND
from bot.members.rules import listed, number
from bot.messages import Content
from bot.slack import blocks

AGAIN, OTHERS, WAIT = "questions.again", "questions.others", "questions.wait"
CHOICES = "questions-choices"


def asked(names: Sequence[str], until: datetime, tz: str, *, passed_over: bool = False) -> Content:
    """Somebody was asked."""
    who = listed(list(names))
    before = "Nobody I would ask first has room just now, so I went on. " if passed_over else ""
    text = f"I asked {who}."
    return _line(text, f"{before}I asked *{blocks.escape(who)}*. If nothing comes by {blocks.on(until, tz)}, I go on.")


def asked_again(name: str, until: datetime, tz: str) -> Content:
    """Somebody asked for a little time, and is asked again now."""
    return _line(
        f"I asked {name} once more.",
        f"I asked *{blocks.escape(name)}* once more, as agreed. If nothing comes by {blocks.on(until, tz)}, I go on.",
    )


def posted(channel: str, until: datetime, tz: str, *, passed_over: bool = False) -> Content:
    """It stands in a channel."""
    before = "Nobody I could ask directly has room just now. " if passed_over else ""
    said = f"{before}It stands in <#{channel}> now, for everybody there. If nothing comes by {blocks.on(until, tz)}, I go on."
    return _line("Your question stands in a channel now.", said)


def with_leads(many: int, until: datetime, tz: str, *, passed_over: bool = False) -> Content:
    """Leads know of it."""
    who = "A lead" if many == 1 else f"{number(many).capitalize()} leads"
    know = "knows" if many == 1 else "know"
    before = "I found nobody else to ask. " if passed_over else "Nobody has taken it so far. "
    return _line(
        f"{who} {know} of your question.",
        f"{before}*{who} {know} of it now*, and can answer or find somebody. You hear from me by {blocks.on(until, tz)}.",
    )


def nobody(question_id: int) -> Content:
    """The end of the ladder, plainly, and what can be done."""
    value = str(question_id)
    return Content(
        text="I found nobody for your question.",
        blocks=[
            blocks.section(
                "*I found nobody for this so far*, and have nobody left to ask just now. That says nothing about your "
                "question: people have full weeks. What would you like?"
            ),
            blocks.actions(
                blocks.button("Ask again next week", AGAIN, value, style="primary"),
                blocks.button("Change the words", borrowed.EDIT, value),
                blocks.button("Close it", borrowed.CLOSE, value),
                block_id=CHOICES,
            ),
        ],
    )


def not_from(name: str, question_id: int, *, asked: bool) -> Content:
    """The one person it was put to did not take it, and only they were meant to be asked."""
    value, who = str(question_id), blocks.escape(name)
    line = f"*No answer from {who} so far.*" if asked else f"*{who} can't take anything new at present.*"
    buttons = [blocks.button("Ask others too", OTHERS, value, style="primary")]
    if asked:
        buttons.append(blocks.button("Wait two more days", WAIT, value))
    buttons.append(blocks.button("Withdraw it", borrowed.WITHDRAW, value))
    return Content(
        text=f"No answer from {who} so far." if asked else f"{who} can't take anything new at present.",
        blocks=[
            blocks.section(f"{line} Nobody else was asked, as you wished. What would you like?"),
            blocks.actions(*buttons, block_id=CHOICES),
        ],
    )


def taken(name: str, question_id: int | None = None) -> Content:
    """Somebody holds it; with the question's id, a second opinion can be asked for here."""
    shown = f"*{blocks.escape(name)} took it.* The answer comes here, in this thread."
    content = _line(f"{name} took your question.", shown)
    if question_id is None:
        return content
    ask = blocks.button("Ask for a second opinion", SECOND, str(question_id))
    return Content(content.text, [*content.blocks, blocks.actions(ask, block_id="second")])


def was_taken(name: str) -> Content:
    """The same line, once the question is over."""
    return _line(f"{name} took your question.", f"*{blocks.escape(name)} took it.*")


def found_nobody(audience: str) -> Content:
    """That nobody was found, once there is nothing to choose any more."""
    if audience.startswith("mentor:"):
        return _line("No answer so far.", "*No answer so far.* Nobody else was asked, as you wished.")
    return _line("I found nobody for your question.", "*I found nobody for this so far.*")


def handed_on(name: str) -> Content:
    """Whoever held it would rather somebody else did."""
    return _line(
        f"{name} handed your question on.",
        f"{blocks.escape(name)} handed it on, so that it need not wait. I am asking somebody else.",
    )


def not_there(name: str) -> Content:
    """Whoever held it is away, or said nothing for long."""
    return _line(
        f"I am asking somebody else than {name}.",
        f"{blocks.escape(name)} can't go on with it just now, so I am asking somebody else.",
    )


def second(name: str, until: datetime, tz: str) -> Content:
    """A second opinion was asked for."""
    return _line(
        f"I asked {name} for a second opinion.",
        f"I asked *{blocks.escape(name)}* for a second opinion, and hope for it by {blocks.on(until, tz)}.",
    )


def no_second() -> Content:
    """Nobody fits for one."""
    text = "Nobody else fits for a second opinion at present. You can ask for one again later."
    return _line(text, text)


def chose_again(on: datetime, tz: str) -> Content:
    """[Ask again next week] was pressed."""
    return _line(
        "I ask again next week.", f"*I ask again* on {blocks.at(on, tz, '{date_long}')}. You can close it before."
    )


def chose_others() -> Content:
    """[Ask others too] was pressed."""
    return _line("I ask others, too.", "*I ask others, too.* You read here whom.")


def chose_to_wait(until: datetime, tz: str) -> Content:
    """[Wait two more days] was pressed."""
    return _line("We wait two more days.", f"*We wait* until {blocks.on(until, tz)}.")


def _line(text: str, shown: str) -> Content:
    return Content(text=blocks.escape(text), blocks=[blocks.section(shown)])
