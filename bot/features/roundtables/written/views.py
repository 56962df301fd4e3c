"""Speaks in the channels: the prompt, the line that closes it, and the summary."""

from dataclasses import dataclass

from bot.features.roundtables.written import rules
from bot.members.moderation.reporting.buttons import report_option
from bot.members.rules import listed
from bot.messages import Content
from bot.programs.phrases import counted
from bot.programs.views import JOIN
from bot.slack import blocks

MORE = "roundtables.more"


@dataclass(frozen=True)
class Prompt:
    """A prompt as it is posted. `closes`: the day, in words; `origin`: ours | voted | gap; `elsewhere`: channel ids."""

    question: str
    hint: str
    closes: str
    origin: str = "ours"
    elsewhere: tuple[str, ...] = ()
    reported_as: int | None = None  # the proposal, where these are a member's words
    joins: int | None = None  # the program, where its invitation stands in another channel


FROM = {
    "voted": "Members voted for this one.",
    "gap": "From what at least five people here want to learn.",
}


def prompt(said: Prompt) -> Content:
    """The question of a round."""
    question = blocks.escape(said.question)
    lead = f"*{question}*\nAnswers go in the thread: two or three sentences are enough."
    more = [report_option(f"proposal:{said.reported_as}")] if said.reported_as is not None else []
    shown = [blocks.section(lead, accessory=blocks.overflow(MORE, more) if more else None)]
    if said.hint:
        shown.append(blocks.context(f"For example: _{blocks.escape(said.hint)}_"))
    about = [f"Open until {said.closes}."]
    if said.elsewhere:
        about.append(f"The same question is in {listed([f'<#{each}>' for each in said.elsewhere])}.")
    if said.origin in FROM:
        about.append(FROM[said.origin])
    where = "posted in each of these channels" if said.elsewhere else "posted here"
    shown += [
        blocks.context(" ".join(about)),
        blocks.context(
            f"Perennial reads this thread and the reactions in it for a summary at the end, {where}; two weeks later it "
            "forgets both. "
            f"Begin a reply with {rules.KEEP_OUT} to keep it out."
        ),
    ]
    if said.joins is not None:
        shown.insert(-1, blocks.actions(blocks.button("Join these roundtables", JOIN, str(said.joins))))
    return Content(question, shown)


def closed(writers: int, channels: int) -> Content:
    """The last line where nobody summed up: how many, never who did not."""
    if writers == 0:
        text = "This round is closed. The question stays here, for whoever has an answer later."
    else:
        text = f"This round is closed. {answered(writers, channels)} What was written stays here to be read."
    return Content(text, [blocks.section(text)])


def answered(writers: int, channels: int) -> str:
    """ "Five people answered, in three channels." """
    where = f", in {counted(channels, 'channel', 'channels')}" if channels > 1 else ""
    return f"{counted(writers, 'person', 'people').capitalize()} answered{where}."


def summary(round_id: int, question: str | None, words: str, by: str) -> Content:
    """What a moderator made of a round. `question`: None where it is not shown."""
    said, what = "What came together", "What came together in this round:"
    asked = "" if question is None else blocks.escape(question)
    return Content(
        f"{said}: {asked}" if asked else said,
        [
            blocks.section(f"*{asked}*\n{what}" if asked else what),
            blocks.section(
                blocks.escape(words), accessory=blocks.overflow(MORE, [report_option(f"roundtable:{round_id}")])
            ),
            blocks.context(f"Put together by {blocks.escape(by)} from the answers. This round is closed."),
        ],
    )


def withheld() -> Content:
    """In place of a question that was reported."""
    text = "This question is not shown: it was reported, and stays hidden unless a moderator puts it back."
    return Content(text, [blocks.section(text)])


def hidden() -> Content:
    """In place of a summary that was reported."""
    text = "The summary of this round is not shown: it was reported, and stays hidden unless a moderator puts it back."
    return Content(text, [blocks.section(text)])


def not_posted(program: str, channel: str) -> Content:
    """To a program's owner: one channel has no question this time."""
    text = (
        f"{blocks.escape(program)}: the question could not be posted in <#{channel}>. The channel may be archived, or I "
        "am no longer in it. Invite me there, or take it out under [Options] on the program's page; the other channels "
        "have theirs."
    )
    return Content(text, [blocks.section(text)])


def taken_out(program: str, channel: str) -> Content:
    """To a program's owner: a further channel was archived."""
    return _without(program, channel, "was archived")


def sent_out(program: str, channel: str) -> Content:
    """To a program's owner: the bot was removed from a further channel."""
    return _without(program, channel, "has removed me")


def _without(program: str, channel: str, what: str) -> Content:
    text = (
        f"<#{channel}> {what}, so {blocks.escape(program)} goes on without it. The other channels keep their questions; "
        "under [Options] on the program's page you can choose another."
    )
    return Content(text, [blocks.section(text)])
