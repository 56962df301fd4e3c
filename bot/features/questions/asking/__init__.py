"""Asking: the form and every way to it, what becomes of a question in its asker's hands."""
