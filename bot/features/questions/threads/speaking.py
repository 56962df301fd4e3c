"""The lines the bot says to whoever wrote in a thread: where their words went, and what it can't carry."""

from dataclasses import dataclass

from bot.features.questions.threads.views import REOPEN
from bot.members.rules import listed
from bot.messages import Content
from bot.slack import blocks

TAKE = "questions.take"
FILES = "I can carry words, not files. Put a link in your next line, and it goes along."
OUTSIDERS = "Good that you read along. I keep and pass on only what people of this workspace write here."
TAKEN_BACK = "This question was taken back, so I kept nothing of this line, and nobody got it."
MOST_NAMED = 3


@dataclass(frozen=True)
class Reached:
    """Who gets what somebody wrote."""

    names: tuple[str, ...]
    channel: str = ""

    def in_words(self) -> str:
        """Ana, Ben and the thread in #help; empty where nobody is there yet."""
        named = [blocks.escape(name) for name in self.names[:MOST_NAMED]]
        if more := len(self.names) - len(named):
            named.append("one more" if more == 1 else "the others")
        if self.channel:
            named.append(f"the thread in <#{self.channel}>")
        return listed(named)


def answered(reached: Reached, *, question_id: int, may_claim: bool) -> Content:
    """To somebody who answers, once: their words arrived, and how this thread works."""
    said = f"Carried to {reached.in_words()}. What you write in this thread goes there; edits and deletions follow."
    if not may_claim:
        return Content(said, [blocks.context(said)])
    more = "An answer like this counts as thanks and takes none of your room. To see it through to the end, take it."
    take = blocks.button("I'll take it", TAKE, str(question_id))
    return Content(said, [blocks.context(said, more), blocks.actions(take)])


def reviewed(reached: Reached) -> Content:
    """To whoever went through a checklist, once: it arrived, and can be changed."""
    said = f"Your review is carried to {reached.in_words()}. Open the checklist again to add to it; what you change there follows."
    return Content(said, [blocks.context(said)])


def added(reached: Reached) -> Content:
    """To whoever asked, once: their words arrived, or will."""
    if where := reached.in_words():
        said = f"Carried to {where}. What you write in this thread goes there; edits and deletions follow."
    else:
        said = "Kept. Whoever answers will read this along with your question."
    return Content(said, [blocks.context(said)])


def added_after_the_end(reached: Reached, question_id: int) -> Content:
    """To whoever asked and writes on, though it is closed."""
    where = f"Carried to {reached.in_words()}. " if reached.in_words() else "Kept. "
    said = f"{where}This question is closed; open it again if you need another answer."
    again = blocks.button("Open again", REOPEN, f"question:{question_id}")
    return Content(said, [blocks.section(said, accessory=again)])


def line(text: str) -> Content:
    """A line, small."""
    return Content(text, [blocks.context(text)])
