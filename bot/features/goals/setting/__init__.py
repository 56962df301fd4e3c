"""Setting: a goal is written down, or cut anew."""
