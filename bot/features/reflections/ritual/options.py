"""What a lead may choose about a channel's shared round."""

from bot.programs.open_days import OpenDays


class RitualOptions(OpenDays):
    """`open_days`: from the question to the closing line."""
