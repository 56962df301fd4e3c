"""Rituals: once a week a channel gets a question that everybody may answer in the thread.

The thread itself is never read: the app may see channel history only to look for its own posts. Whoever likes to be
counted presses a button, and the closing line says how many that were.
"""
