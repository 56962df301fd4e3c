"""Why these people: the facts they gave, in a sentence or two; what people wrote is escaped here."""

from collections.abc import Sequence
from itertools import permutations

from bot.members.store import Profile
from bot.slack.blocks import escape

MOST_FACTS = 2
MOST_WORDS = 2  # of one fact, such as two skills


def first_name(name: str) -> str:
    """What a colleague would say."""
    return escape(name.split()[0] if name.split() else name)


def joined(words: Sequence[str], last: str = "and") -> str:
    """A list as it is spoken."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def who(person: Profile) -> str:
    """One clause about a person: title, function and team as they gave them, or nothing known."""
    title = escape(person.title.strip())
    team = escape(person.team.strip())
    what = title or escape(person.function.strip())
    if what and team:
        return f"{what} in {team}"
    return what or (f"in {team}" if team else "new to Perennial")


def why(people: Sequence[Profile]) -> str:
    """What they have for each other; where they gave no facts that meet, only that they have not met here."""
    facts = [*_offers(people), *_liked(people)][:MOST_FACTS]
    if not facts:
        facts = _functions(people) or ["Your work seldom crosses, which is what this program is for."]
    return " ".join(facts)


def short_why(people: Sequence[Profile]) -> str:
    """The same in a few words, for a row of the Home tab."""
    offered = [skill for giver, taker in permutations(people, 2) for skill in _offered(giver, taker)]
    shared = _shared(people)
    return ", ".join(dict.fromkeys([*offered, *shared])) if offered or shared else "different work"


def _offers(people: Sequence[Profile]) -> list[str]:
    """Whoever offers what somebody else wants, the richest exchange first, each pair of people once each way."""
    found = [
        (len(_offered(giver, taker)), giver, taker)
        for giver, taker in permutations(people, 2)
        if _offered(giver, taker)
    ]
    found.sort(key=lambda each: -each[0])
    return [
        f"{first_name(giver.name)} offers {joined(_offered(giver, taker))}, which {first_name(taker.name)} wants to learn."
        for _, giver, taker in found
    ]


def _offered(giver: Profile, taker: Profile) -> list[str]:
    return [f"_{escape(name)}_" for slug, name in sorted(giver.offers.items()) if slug in taker.wants][:MOST_WORDS]


def _shared(people: Sequence[Profile]) -> list[str]:
    common = set.intersection(*(set(person.interests) for person in people))
    return [f"_{escape(people[0].interests[slug])}_" for slug in sorted(common)][:MOST_WORDS]


def _liked(people: Sequence[Profile]) -> list[str]:
    shared = _shared(people)
    both = "both" if len(people) == 2 else "all"
    return [f"You {both} named {joined(shared)} as something you like."] if shared else []


def _functions(people: Sequence[Profile]) -> list[str]:
    functions = list(dict.fromkeys(escape(person.function) for person in people if person.function))
    return [f"One of you works in {joined(functions, 'and one in')}."] if len(functions) == 2 else []
