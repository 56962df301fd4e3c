"""Threads: what is said about a question, kept and carried between everybody it concerns, and what came of it."""
