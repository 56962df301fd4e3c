"""What an asker sees of their question: its card in their own thread, and what the form turns into."""

from collections.abc import Sequence
from datetime import datetime

from bot.features.questions import rules
from bot.features.questions.standing import ForAsker, Person
from bot.features.questions.threads.checklists import checklists
from bot.members.moderation.reporting.buttons import report_button
from bot.members.rules import listed, number
from bot.messages import Block, Content
from bot.slack import blocks

CHANGE, CLOSE, WITHDRAW, REOPEN, MORE = (
    "questions.change", "questions.close", "questions.withdraw", "questions.reopen", "questions.more",
)  # fmt: skip
SHOW_NAME, MERGE, DETAILS = "questions.show_name", "questions.merge", "questions.details"
CLOSINGS = {
    "helped": "Closed, because it helped.",
    "asker": "You closed it. What was answered stays in this thread.",
    "quiet": "It was quiet here for two weeks, so I closed it. What was said stays, and it opens again with one tap.",
    "moderator": "A moderator closed it. What was said stays in this thread.",
}
NO_ANSWER = "Nobody had an answer within four weeks, so I closed it. Opened again, I ask anew."
STYLE = "{date_short_pretty}, {time}"
NOBODY = 4  # the step after the last


def status(said: ForAsker) -> Content:
    """How it stands: the beginning of the asker's own thread."""
    under = f" as {blocks.escape(said.alias)}" if said.alias else ""
    shown = [
        blocks.section(f"*You asked{under}:* {blocks.escape(said.words.question)}", block_id="question"),
        blocks.section(blocks.cut("\n".join(steps(said)), 2900), block_id="steps"),
        *_hows(said),
        blocks.context(about(said)),
    ]
    buttons = _buttons(said)
    return Content(
        text=f"You asked: {rules.first_line(said.words.question)}",
        blocks=[*shown, blocks.actions(*buttons, block_id="acts")] if buttons else shown,
    )


def steps(said: ForAsker) -> list[str]:
    """What happened so far, and what comes next, a line each."""
    if said.state == "withdrawn":
        return ["You took it back. Nobody is asked any more."]
    if said.state == "hidden":
        return ["A moderator is looking at it. Until then nobody else sees it."]
    if said.state == "merged":
        return [_merged(said)]
    if said.state == "closed":
        if said.closing == "quiet" and not said.answers:
            return [NO_ANSWER]
        return [CLOSINGS.get(said.closing or "", CLOSINGS["asker"]), *_helped(said)]
    return [*_tried(said), *_holders(said), *_answers(said), *_next(said)]


def about(said: ForAsker) -> str:
    """Small print: what kind of answer, how soon, who may see it."""
    parts = [_kind(said), rules.PACES[said.pace][0], _audience(said.audience)]
    if said.skills:
        parts.append(f"about {blocks.escape(listed(list(said.skills)))}")
    return " · ".join(parts)


def _kind(said: ForAsker) -> str:
    """Of a review, with which checklist."""
    found = checklists().get(said.checklist or "")
    if found is None:
        return rules.KINDS.get(said.kind, said.kind)
    return f"A quick review, with the checklist for {found.title[0].lower()}{found.title[1:]}"


def chosen(state: str) -> Content:
    """What the buttons in a line of the thread become once one of them was used."""
    said = {"closed": "You closed it.", "withdrawn": "You took it back."}.get(state, "It is open again.")
    return Content(text=said, blocks=[blocks.section(said)])


def on_its_own(*, taken_back: bool) -> Content:
    """What it was merged into is over, and has no answer for its asker."""
    how = "was taken back" if taken_back else "was closed without an answer"
    said = f"The question that yours was part of {how}, so yours goes on by itself. Above you see who is asked."
    return Content(said, [blocks.section(said)])


def details(said: ForAsker) -> Block:
    """The same card, opened from the Home tab."""
    return blocks.modal("Your question", status(said).blocks, callback_id=DETAILS, close="Close")


def asked(said: ForAsker, wait: str) -> Block:
    """What the form turns into once it is handed in."""
    name = f" You ask as *{blocks.escape(said.alias)}*; only you can show your name." if said.alias else ""
    text = (
        f"Your question is on its way.{name}\nIn your messages with me it has a thread of its own: there you see who is "
        "asked, and there you read the answers."
    )
    return blocks.modal("Ask mentors", [blocks.section(text), blocks.context(wait)], callback_id=DETAILS, close="Close")


def name_form(question_id: int, alias: str) -> Block:
    """The question behind [Show my name]."""
    text = (
        f"Everybody who reads this question then sees your name instead of *{blocks.escape(alias)}*: whoever was asked, "
        "whoever answers, and the channel it stands in. This cannot be undone."
    )
    return blocks.modal(
        "Show my name",
        [blocks.section(text)],
        callback_id=SHOW_NAME,
        submit="Show my name",
        close="Stay hidden",
        memory={"question": question_id},
    )


def merge_form(question_id: int, others: Sequence[tuple[int, str, str]]) -> Block:
    """Open questions that ask something close; id, who asks, and the question in a line."""
    if not others:
        text = "No open question asks something close to yours, so yours goes on by itself."
        return blocks.modal("Merge", [blocks.section(text)], callback_id=MERGE, close="Close")
    options = [(blocks.cut(f"{by}: {line}", 75), str(number)) for number, by, line in others]
    field = blocks.field(
        "Which one asks the same?",
        blocks.radios("questions.pick", options),
        block_id="into",
        hint="Yours ends, and you read in your own thread what is answered there. Within an hour you can take it out again.",
    )
    return blocks.modal("Merge", [field], callback_id=MERGE, submit="Merge", memory={"question": question_id})


def _buttons(said: ForAsker) -> list[Block]:
    value = str(said.question_id)
    if said.state in rules.OPEN:
        sure = blocks.confirm(
            "Withdraw it?",
            "Whoever was asked is told that it is no longer needed. Within an hour you can ask it again.",
            "Withdraw",
            "Leave it",
        )
        options = [
            *([("Show my name", f"name:{value}")] if said.alias else []),
            *([("Merge into another", f"merge:{value}")] if rules.is_for_many(said.audience) else []),
        ]
        return [
            blocks.button("Change words", CHANGE, value),
            blocks.button("Close it", CLOSE, value),
            blocks.button("Withdraw", WITHDRAW, value, confirm=sure),
            *([blocks.overflow(MORE, options)] if options else []),
        ]
    label = {"withdrawn": "Ask it after all", "merged": "Take it out again", "closed": "Open again"}.get(said.state)
    if label is None or (said.state == "closed" and said.closing == "moderator"):
        return []
    return [blocks.button(label, REOPEN, value)]


def _audience(audience: str) -> str:
    kind = audience.partition(":")[0]
    said = {"mentor": "for one mentor", "channel": "for a channel", "everyone": "for whoever fits best"}
    return said.get(kind, "for one group")


def _tried(said: ForAsker) -> list[str]:
    lines = {
        "passed": "{name} passes this time.",
        "not_now": "{name} asked for a little more time.",
        "lapsed": "{name} found no time so far.",
        "released": "{name} handed it on.",
    }
    return [
        lines[person.state].format(name=blocks.escape(person.name)) for person in said.people if person.state in lines
    ]


def _holders(said: ForAsker) -> list[str]:
    return [f"*{blocks.escape(each.name)} took it.* {_by(each, said)}".strip() for each in _in(said, "claimed")]


def _hows(said: ForAsker) -> list[Block]:
    """How whoever took it likes to help, in their words."""
    return [
        blocks.section(
            f"*How {blocks.escape(each.name)} likes to help:* {blocks.escape(each.how)}",
            accessory=report_button(f"helping:{each.member_id}"),
            block_id=f"how_{each.member_id}",
        )
        for each in _in(said, "claimed")
        if each.how and said.state in rules.OPEN
    ]


def _by(person: Person, said: ForAsker) -> str:
    if person.due_at is None or said.answers:
        return ""
    return f"An answer is hoped for by {blocks.at(person.due_at, said.tz, STYLE)}."


def _answers(said: ForAsker) -> list[str]:
    if not said.answers:
        return []
    many = "One answer" if said.answers == 1 else f"{number(said.answers).capitalize()} answers"
    return [f"{many} so far, in this thread. Write here to ask on."]


def _next(said: ForAsker) -> list[str]:
    if _in(said, "claimed"):
        return [] if said.answers else ["What you write in this thread reaches them."]
    if said.step >= NOBODY:
        return ["*I found nobody for this so far.* Other words may help; below in this thread is what you can do."]
    waiting = _in(said, "asked")
    if not waiting and not said.people and not said.channel:
        return ["I am looking for somebody who fits. Who is asked stands here, and what comes next."]
    lines = [f"It stands in <#{said.channel}>, for everybody there."] if said.channel else []
    if waiting:
        names = blocks.escape(listed([each.name for each in waiting]))
        lines.append(f"*{names} {'is' if len(waiting) == 1 else 'are'} asked*{_until(waiting, said.tz)}.")
    return [*lines, _after(said)]


def _until(waiting: Sequence[Person], tz: str) -> str:
    moments: list[datetime] = [each.due_at for each in waiting if each.due_at is not None]
    return f", until {blocks.at(max(moments), tz, STYLE)}" if moments else ""


def _after(said: ForAsker) -> str:
    if said.audience.startswith("mentor:"):
        return "If there is no answer by then, you decide whether I ask others, too."
    return (
        "If nobody has taken it by then, I ask two more people.",
        "If nobody has taken it by then, I ask more widely.",
        "If nobody has taken it by then, a lead sees it, too.",
        "A lead sees it now, too, and looks for somebody with you.",
    )[said.step]


def _helped(said: ForAsker) -> list[str]:
    return [f"What {blocks.escape(listed(list(said.helped_by)))} wrote helped."] if said.helped_by else []


def _merged(said: ForAsker) -> str:
    where = f": *{blocks.escape(said.merged_line)}*" if said.merged_line else "."
    return f"It goes on in another thread{where}\nWhat is answered there, you read here."


def _in(said: ForAsker, state: str) -> list[Person]:
    return [each for each in said.people if each.state == state]
