"""A card from somebody's own words, as another room has them: the form, filled in; nothing is kept before it is handed in."""

from bot.archive.cards import drafting, words
from bot.archive.cards.editing import views
from bot.archive.cards.editing.views import Sheet
from bot.archive.cards.saying import Piece
from bot.messages import Block


def card_form(said: str, kind: str) -> Block:
    """The form with a draft from what somebody wrote for themselves. `kind`: where it is from, such as "reflection"."""
    text = drafting.draft("", [Piece(0, words.as_read(said))])
    return views.new_form(Sheet(text), kind)
