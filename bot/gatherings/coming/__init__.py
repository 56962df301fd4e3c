"""Somebody says that they come, or can't, or changes their mind; and afterwards, whether they were there."""
