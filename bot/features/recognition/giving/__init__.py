"""Saying thanks: the form, whom one can thank, and the button that other features draw."""
