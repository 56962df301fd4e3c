"""Harvest: what listeners will try, what becomes of it, and the card a story leaves behind."""
