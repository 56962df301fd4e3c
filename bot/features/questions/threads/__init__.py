"""Threads: what is said in them is the answer, carried to where the others read it."""
