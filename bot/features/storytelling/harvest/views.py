"""Speaks after a session: what will you try, what others will, did you try it; and the card a story may become."""

from collections.abc import Sequence

from bot.features.storytelling.harvest import rules
from bot.features.storytelling.models import Takeaway
from bot.features.storytelling.naming import named, opening
from bot.gatherings.words import Facts
from bot.members.moderation.reporting.buttons import report_option
from bot.messages import Block, Content
from bot.slack import blocks

SAY = "storytelling.say_takeaway"
SAY_HERE = "storytelling.say_takeaway_here"  # the same, in the thread
NOTHING = "storytelling.no_takeaway"
FORM = "storytelling.takeaway_form"
TAKE_BACK = "storytelling.take_back_takeaway"
MORE = "storytelling.takeaway_more"
TRIED = {each: f"storytelling.tried_{each}" for each in ("yes", "partly", "no", "not_yet")}
CARD = "storytelling.make_card"
NO_CARD = "storytelling.no_card"
TEXT = "takeaway"
STORY = "story"
NO_ONE = "0"


def question(facts: Facts, *, in_thread: bool, thanks: Block | None = None) -> Content:
    """The one question to whoever listened, in direct message; and the way to thank who told."""
    ended = f"{opening(facts)} has just ended."
    text = f"What will you try? {ended}"
    return Content(
        text,
        [
            blocks.section(f"*What will you try?*\n{ended} One line is enough."),
            blocks.actions(
                blocks.button("I'll try something", SAY, str(facts.id), style="primary"),
                blocks.button("Nothing this time", NOTHING, str(facts.id)),
                *([thanks] if thanks is not None else []),
            ),
            blocks.context(f"{_where(in_thread)} In two weeks I ask you alone how it went."),
        ],
    )


def _where(in_thread: bool) -> str:
    if in_thread:
        return "It stands in the session's thread, with your name."
    return "Only you read it, because this session has no thread any more."


def thread_question(facts: Facts) -> Content:
    """The same for everybody in the thread."""
    text = "Thank you for listening. What will you try?"
    return Content(
        text,
        [
            blocks.section("Thank you for listening. *What will you try?* One line each; it gathers below."),
            blocks.actions(blocks.button("I'll try something", SAY_HERE, str(facts.id))),
        ],
    )


def nothing_this_time() -> str:
    """What stands where the buttons were."""
    return "Nothing this time, which is fine. Thank you for listening."


def form(
    gathering_id: int, words: str, before: Takeaway | None, *, in_thread: bool, stories: Sequence[tuple[int, str]]
) -> Block:
    """One line, and whose story it came from where several told; whoever said it before can change it, or take it back."""
    shown = [
        blocks.field(
            "One thing",
            blocks.text_input(TEXT, initial=words, longest=rules.LONGEST),
            block_id=TEXT,
            hint="For example: Ask who is missing before I decide.",
        ),
        *_whose(stories, str(before.telling_id or NO_ONE) if before else None),
        blocks.context(_where(in_thread)),
    ]
    if before is not None:
        shown.append(blocks.actions(blocks.button("Take it back", TAKE_BACK, str(before.id))))
    return blocks.modal(
        "What will you try?",
        shown,
        callback_id=FORM,
        submit="Say it",
        memory={"gathering": gathering_id},
    )


def _whose(stories: Sequence[tuple[int, str]], named: str | None) -> list[Block]:
    """A menu can't be emptied again in Slack, so that none is a choice of it."""
    if len(stories) < 2:
        return []
    choices = [*[(name, str(telling_id)) for telling_id, name in stories], ("No one story", NO_ONE)]
    return [
        blocks.field(
            "Whose story made you think of it?",
            blocks.select(STORY, choices, initial=named),
            block_id=STORY,
            optional=True,
            hint="If it leaves a card, that counts in two weeks how it went for you, without your name.",
        )
    ]


def read_form(state: dict[str, object]) -> tuple[str, str]:
    """The line, with its spaces tidied, and the story it came from, as it was named."""
    return " ".join(str(blocks.chosen(state, TEXT) or "").split()), str(blocks.chosen(state, STORY) or "")


HIDDEN = "What you said here was hidden after a report, so others read this once a moderator has put it back."


def said(text: str, takeaway_id: int, *, hidden: bool = False) -> Block:
    """The form once it was handed in."""
    return blocks.modal(
        "Said",
        [
            blocks.section(f"You will try: {blocks.escape(text)}\nIn two weeks I ask you how it went."),
            *([blocks.context(HIDDEN)] if hidden else []),
            blocks.actions(blocks.button("Take it back", TAKE_BACK, str(takeaway_id))),
        ],
        callback_id=FORM,
        close="Close",
    )


def taken_back() -> Block:
    """The form once it was taken back."""
    return blocks.modal(
        "Taken back", [blocks.section("Taken back: nobody reads it any more.")], callback_id=FORM, close="Close"
    )


def gathered(rows: Sequence[tuple[Takeaway, str]], names: dict[int, str]) -> Content:
    """One post of the thread: who will try what."""
    if not rows:
        text = "What stood here was taken back."
        return Content(text, [blocks.section(text)])
    shown = [
        blocks.section(
            f"*{blocks.escape(names.get(row.member_id, 'Somebody'))}* will try: {blocks.escape(text)}",
            accessory=blocks.overflow(MORE, [report_option(f"takeaway:{row.id}")]),
        )
        for row, text in rows
    ]
    first = blocks.escape(f"{names.get(rows[0][0].member_id, 'Somebody')} will try: {rows[0][1]}")
    return Content(first, shown)


def did_you(takeaway_id: int, text: str, facts: Facts, said_on: str, *, counts: bool) -> Content:
    """Two weeks later, to whoever said it alone."""
    return Content(
        f"Did you try it? On {said_on} you wrote: {blocks.escape(text)}",
        [
            blocks.section(
                f"On {said_on}, after {named(facts)}, you wanted to try:\n>{blocks.escape(text)}\n*Did you?*"
            ),
            blocks.actions(
                blocks.button("It helped", TRIED["yes"], str(takeaway_id)),
                blocks.button("Partly", TRIED["partly"], str(takeaway_id)),
                blocks.button("Not yet", TRIED["not_yet"], str(takeaway_id)),
                blocks.overflow(TRIED["no"], [("It was not for me", str(takeaway_id))]),
            ),
            blocks.context(
                "If the story left a card, it counts your answer without your name."
                if counts
                else "You named no story, so no card counts your answer."
            ),
        ],
    )


ANSWERED = {
    "yes": ("It helped.", "If the story left a card, it counts that, without your name."),
    "partly": ("It helped in part.", "If the story left a card, it counts that, without your name."),
    "no": ("Not for you.", "That helps whoever reads the story next. Your name is not with it."),
}
NOT_YET = "Not yet. There is no date for it, and I don't ask again."
NO_STORY = "You named no story, so no card counts it."


def answered(answer: str, *, counts: bool) -> str:
    """What stands where the buttons were."""
    if answer == "not_yet":
        return NOT_YET
    said, counted = ANSWERED[answer]
    return f"{said} {counted if counts else NO_STORY}"


def offer_card(telling_id: int, has_page: bool) -> Content:
    """The teller may leave a card."""
    text = "Thank you for your story. Would you leave it as a card?"
    drafted = "It begins with the page you prepared." if has_page else "You write it in your own words."
    return Content(
        text,
        [
            blocks.section(
                "*Thank you for your story.* Would you leave it as a card, for whoever needs it next? "
                f"{drafted} Nobody else reads it before you say so."
            ),
            blocks.actions(
                blocks.button("Make a card", CARD, str(telling_id), style="primary"),
                blocks.button("Leave it told", NO_CARD, str(telling_id)),
            ),
        ],
    )


def no_card() -> str:
    """What stands where the buttons were."""
    return "It stays told, and with those who heard it. Thank you."


def drafted() -> str:
    """The same once a draft was made."""
    return "A draft of your card is open. You find it under My cards in Home as well."
