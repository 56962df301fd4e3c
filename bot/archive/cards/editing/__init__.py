"""Editing: people write a card in a form, from a draft or from nothing; of two windows, the second is told."""
