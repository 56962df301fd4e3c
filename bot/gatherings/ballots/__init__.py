"""Ballots: what a session is about is proposed and chosen by those who come; a button, one vote a person."""
