"""Conduct: how people speak with each other here, and whom they can turn to, as a lead words it."""
