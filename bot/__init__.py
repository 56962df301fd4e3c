"""Perennial: mentoring that outlives programs, in the Slack where people already are."""

__version__ = "0.1.0"
