"""My cards: those somebody made, and those with words of theirs, in the Home tab."""
