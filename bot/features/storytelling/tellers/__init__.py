"""Tellers: whose turn it is, by their own offer, by invitation or by the rota; accepted, swapped, declined."""
