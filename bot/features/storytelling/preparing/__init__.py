"""Preparing: a page of a teller's own, three beats and two questions, theirs alone until they share it."""
