"""What a session is called in the middle of a sentence."""

from bot.gatherings.words import Facts


def named(facts: Facts) -> str:
    """Its title in bold, or "the story session" while it has none; escaped."""
    return f"the {facts.noun}" if facts.plain_title.casefold() == facts.noun else f"*{facts.title}*"


def opening(facts: Facts) -> str:
    """The same at the beginning of a sentence."""
    name = named(facts)
    return name[0].upper() + name[1:]
