"""Pairing: the best set of meetings for a company, found in seconds, proven, explained and repeatable.

Plain values in, plain values out; nothing here knows of Slack, a database or a clock. The arithmetic takes 40 MB of
memory, so the serving process imports `work` alone, and `engine` is imported where only the other process comes by.
"""
