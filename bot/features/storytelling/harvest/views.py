"""Speaks after a session: the question in its thread, and the card a story may become."""

from bot.gatherings.takeaways.views import SAY_HERE
from bot.gatherings.words import Facts
from bot.messages import Content
from bot.slack import blocks

CARD = "storytelling.make_card"
NO_CARD = "storytelling.no_card"


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
