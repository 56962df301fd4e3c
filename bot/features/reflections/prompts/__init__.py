"""Prompts: one question at a rhythm the person chose, answered in a form or in its thread."""
