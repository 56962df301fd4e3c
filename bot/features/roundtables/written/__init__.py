"""Written roundtables: a prompt in the channels of several teams, answers in its threads, and a summary at the end.

A thread is read for the summary alone, and says so: words are sealed with their writer's key, and forgotten two weeks
after it closed.
"""
