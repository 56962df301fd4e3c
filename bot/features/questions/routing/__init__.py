"""Routing: who is asked, in which order, until somebody answers or a lead knows."""
