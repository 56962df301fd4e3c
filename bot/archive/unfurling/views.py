"""What a link to a card shows in a message: its title and tags, nothing of what people said."""

from bot.archive.finding.cards import Card
from bot.messages import Block
from bot.slack.blocks import context, cut, escape, section

LONGEST_TITLE = 300
MOST_TAGS = 6


def preview(card: Card, url: str) -> Block:
    """The small card under the message."""
    # In a link's label, Slack takes a bar for its end.
    title = escape(cut(" ".join(card.question.split()).replace("|", "¦"), LONGEST_TITLE))
    blocks = [section(f"*<{escape(url)}|{title}>*")]
    if card.tags:
        blocks.append(context(" · ".join(escape(tag.name) for tag in card.tags[:MOST_TAGS])))
    blocks.append(context("An insight, for members of Perennial"))
    return {"blocks": blocks}
