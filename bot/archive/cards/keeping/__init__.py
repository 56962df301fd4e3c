"""Keeping: "Keep as insight" on a message, with its words in the form; whoever wrote it is asked first."""
