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


def form(gathering_id: int, before: str, takeaway_id: int | None, *, in_thread: bool) -> Block:
    """One line; whoever said it before can change it, or take it back."""
    shown = [
        blocks.field(
            "One thing",
            blocks.text_input(TEXT, initial=before, longest=rules.LONGEST),
            block_id=TEXT,
            hint="For example: Ask who is missing before I decide.",
        ),
        blocks.context(_where(in_thread)),
    ]
    if takeaway_id is not None:
        shown.append(blocks.actions(blocks.button("Take it back", TAKE_BACK, str(takeaway_id))))
    return blocks.modal(
        "What will you try?",
        shown,
        callback_id=FORM,
        submit="Say it",
        memory={"gathering": gathering_id},
    )


def read_form(state: dict[str, object]) -> str:
    """The line, with its spaces tidied."""
    return " ".join(str(blocks.chosen(state, TEXT) or "").split())


def said(text: str, takeaway_id: int) -> Block:
    """The form once it was handed in."""
    return blocks.modal(
        "Said",
        [
            blocks.section(f"You will try: {blocks.escape(text)}\nIn two weeks I ask you how it went."),
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


def did_you(takeaway_id: int, text: str, facts: Facts) -> Content:
    """Two weeks later, to whoever said it alone."""
    return Content(
        f"Did you try it? Two weeks ago you wrote: {blocks.escape(text)}",
        [
            blocks.section(
                f"Two weeks ago, after {named(facts)}, you wanted to try:\n>{blocks.escape(text)}\n*Did you?*"
            ),
            blocks.actions(
                blocks.button("It helped", TRIED["yes"], str(takeaway_id)),
                blocks.button("Partly", TRIED["partly"], str(takeaway_id)),
                blocks.button("Not yet", TRIED["not_yet"], str(takeaway_id)),
                blocks.overflow(TRIED["no"], [("It was not for me", str(takeaway_id))]),
            ),
            blocks.context("If the story left a card, it counts your answer without your name."),
        ],
    )


ANSWERED = {
    "yes": "It helped. If the story left a card, it counts that, without your name.",
    "partly": "It helped in part. If the story left a card, it counts that, without your name.",
    "no": "Not for you. That helps whoever reads the story next. Your name is not with it.",
    "not_yet": "Not yet. There is no date for it, and I don't ask again.",
}


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
