"""Seats after the round: for whoever joined a day late, and for those whose introduction fell through."""
