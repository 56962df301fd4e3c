"""What runs in the other process: it gets packed values and returns packed values."""

from collections.abc import Sequence
from typing import Any

from bot.features.roundtables.live import rules
from bot.plain import pack, unpack

Tables = dict[int, list[int]]

# The arithmetic behind pairing takes 40 MB of memory, so it is imported where only the other process comes by.


def seat(packed: bytes) -> bytes:
    """Seat everybody in `inputs` (RoundInputs as JSON), those at `tables` where they sit already.

    `on_their_way`: only whoever is new, or left nearly alone, moves.

    {"tables": [[number, [member ids]], …], "without": [member ids], "drawn_anew": whether nobody's seat was kept,
    "version": the one of the seating that was asked about}
    """
    asked = unpack(packed)
    tables, without, drawn_anew = _seated(asked)
    return pack(
        {
            "tables": sorted(tables.items()),
            "without": sorted(without),
            "drawn_anew": drawn_anew,
            "version": asked["version"],
        }
    )


def company_of(inputs: dict[str, Any]) -> rules.Company:
    """What decides who may sit with whom."""
    teams = {each["id"]: each["team"] for each in inputs["people"]}
    return rules.Company(teams, {(min(pair), max(pair)) for pair in inputs["blocked"]})


def _seated(asked: dict[str, Any]) -> tuple[Tables, list[int], bool]:
    inputs, company = asked["inputs"], company_of(asked["inputs"])
    here, tables = list(company.teams), {number: list(table) for number, table in asked["tables"]}
    if len(here) < 2:
        return {}, here, False
    if not tables:
        return *_drawn(inputs, here), True
    late = asked.get("on_their_way", False)  # inputs may have been frozen before there was such a thing
    found = rules.arrange(tables, here, company, inputs["options"]["group_size"], closely=late)
    if len(found.without) >= rules.SMALLEST:
        more, without = _drawn(inputs, found.without, after=list(found.tables))
        return found.tables | more, without, False
    if not late and set(found.without) - set(asked["without"]):  # no table has room: everybody is seated anew
        return *_drawn(inputs, here), True
    return found.tables, found.without, False


def _drawn(inputs: dict[str, Any], who: Sequence[int], after: Sequence[int] = ()) -> tuple[Tables, list[int]]:
    from bot.pairing.engine import RoundInputs, make_tables

    some = set(who)
    people = [each for each in inputs["people"] if each["id"] in some]
    met = [each for each in inputs["history"]["met"] if some.issuperset(each[:2])]
    among = inputs | {"people": people, "history": {"met": met, "ever": []}}
    result = make_tables(RoundInputs.from_json(among))
    return rules.numbered(result.groups, after), list(result.left_out)
