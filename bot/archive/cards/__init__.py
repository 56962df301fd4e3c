"""Cards: how one comes to be, from words people said to words they agreed to; what other rooms need stands here."""

from bot.archive.cards.leaving import forget
from bot.archive.cards.offering import offer, outcome
from bot.archive.cards.saying import Piece, Tag, Text

__all__ = ["Piece", "Tag", "Text", "forget", "offer", "outcome"]
