"""Speaks: at which table somebody sits and with whom, all tables for whoever hosts, and the form to move somebody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.gatherings import acts, words
from bot.gatherings.views import more
from bot.gatherings.words import Facts
from bot.members.rules import listed, number
from bot.messages import Block, Content
from bot.slack import blocks

MOVE, MOVE_FORM = "roundtables.move", "roundtables.save_move"
CAME_OF_IT = "roundtables.came_of_it"
WHO, WHERE = "who", "table"
MOST_TABLES = 60  # shown to a host; more are counted
MOST_CHOICES = 100  # in one menu
LONGEST_SECTION = 2800


@dataclass(frozen=True)
class Table:
    """Where one person sits; names as they are read, escaped."""

    number: int | None  # None: no table was found for them
    only: bool  # everybody sits at this one; without a number: nobody else comes
    others: Sequence[str] = ()  # from other teams
    mates: Sequence[str] = ()  # from their own; or from who knows where
    questions: Sequence[str] = ()


def seated(facts: Facts, table: Table, host: str | None, tz: str, now: datetime, *, again: bool = False) -> Content:
    """Where and with whom, and how to begin; `again`: they were told another table before."""
    when = words.their_time(facts.starts_at, tz, now)
    if table.number is None and table.only:
        knows = f" {host} knows, and decides whether it takes place." if host else ""
        text = f"*{facts.title}*, {when}: nobody else comes so far.{knows} You hear at once if that changes."
        return Content(text.replace("*", ""), [blocks.section(text), _buttons(facts.id)])
    if table.number is None:
        helped = f" {host} helps you find a chair." if host else ""
        text = f"*{facts.title}*, {when}: sit down at any table you like.{helped}"
        return Content(text.replace("*", ""), [blocks.section(text), _buttons(facts.id)])
    is_now = "is now" if again else "is"
    where = "one table for everybody" if table.only else f"your table {is_now} *number {table.number}*"
    text = f"*{facts.title}*, {when}: {where}. {company(table)}"
    rows = [blocks.section(text)]
    if table.questions:
        rows.append(blocks.section(_opening(table)))
    return Content(text.replace("*", ""), [*rows, _buttons(facts.id)])


def company(table: Table) -> str:
    """ "You sit with Ana and Ben from other teams, and Chen from yours."."""
    others, mates = listed(list(table.others)), listed(list(table.mates))
    if others and mates:
        return f"You sit with {others} from {_teams(table)}, and {mates} from yours."
    if others:
        return f"You sit with {others}, {'all ' if len(table.others) > 2 else ''}from {_teams(table)}."
    return f"You sit with {mates}." if mates else "The others come from the next tables."


def _teams(table: Table) -> str:
    return "another team" if len(table.others) == 1 else "other teams"


def _opening(table: Table) -> str:
    return "\n".join(["To begin with:", *[f"• {blocks.escape(each)}" for each in table.questions]])


def _buttons(gathering_id: int) -> Block:
    return blocks.actions(blocks.button("Can't this time", acts.CANNOT, str(gathering_id)), more(gathering_id))


def on_the_page(table: Table) -> list[Block]:
    """The viewer's own table."""
    if table.number is None and table.only:
        return [blocks.section("Nobody else comes so far. You hear at once if that changes.")]
    if table.number is None:
        return [blocks.section("Sit down at any table you like.")]
    where = "" if table.only else f"*Table {table.number}.* "
    rows = [blocks.section(f"{where}{company(table)}")]
    return [*rows, blocks.context(_opening(table))] if table.questions else rows


def late() -> list[Block]:
    """Somebody who comes once it has begun."""
    return [blocks.context("The tables are made already. Sit down where you find a chair.")]


def few(title: str, when: str, coming: int) -> str:
    """To whoever hosts, where those who come are no table; the title escaped."""
    who = {0: "Nobody comes", 1: "One person comes"}.get(coming, f"{number(coming).capitalize()} people come")
    return f"{who} to *{title}* so far, {when}. On its page you can invite people, move it or call it off."


def for_hosts(
    gathering_id: int, tables: Mapping[int, Sequence[str]], without: Sequence[str], next_at: str, *, is_open: bool
) -> list[Block]:
    """Every table, and [Move somebody]; names escaped. `next_at`: when tables are made; `is_open`: it has not begun."""
    if not tables:
        return [blocks.context(f"Tables are made {next_at}, from whoever comes by then.")] if next_at else []
    lines = [f"*Table {each}*: {', '.join(people)}" for each, people in list(tables.items())[:MOST_TABLES]]
    if len(tables) > MOST_TABLES:
        lines.append(f"… and {number(len(tables) - MOST_TABLES)} more tables.")
    if without:
        lines.append(f"*At no table*: {', '.join(without)}. Move them to one, or let them choose.")
    rows = [blocks.section(text) for text in _packed(lines)]
    if len(tables) > 1 or without:
        rows.append(blocks.actions(blocks.button("Move somebody", MOVE, str(gathering_id))))
    if is_open:
        rows.append(
            blocks.context("Whoever comes later is seated at once. The others keep their table where there is room.")
        )
    return rows


def _packed(lines: Sequence[str]) -> list[str]:
    """As many lines together as one block holds."""
    packed = [""]
    for line in lines:
        line = blocks.cut(line, LONGEST_SECTION)
        if packed[-1] and len(packed[-1]) + len(line) >= LONGEST_SECTION:
            packed.append("")
        packed[-1] += f"\n{line}" if packed[-1] else line
    return packed


def came_of_it(facts: Facts, shared: int) -> Content:
    """To whoever hosted, days after; `shared`: how many lines people shared by then."""
    text = f"What came of *{facts.title}* that another team could use? Two sentences are a good card."
    if shared:
        lines = "One line was" if shared == 1 else f"{number(shared).capitalize()} lines were"
        text += f" {lines} shared, and your draft begins with them: whoever you quote is asked first."
    return Content(text.replace("*", ""), [blocks.section(text), came_of_it_row(facts.id)])


def thank_the_host(button: Block) -> list[Block]:
    """After it, for whoever came and has not thanked the host."""
    return [blocks.section("Somebody found the room, the topics and the tables.", accessory=button)]


def came_of_it_row(gathering_id: int) -> Block:
    """[Write down what came of it]."""
    return blocks.actions(blocks.button("Write down what came of it", CAME_OF_IT, str(gathering_id)))


def move_form(gathering_id: int, version: int, tables: Mapping[int, Sequence[str]]) -> Block:
    """Whom, and to which table; names as they are read, without teams."""
    return blocks.modal(
        "Move somebody",
        [
            blocks.field("Who", blocks.people_input(WHO, many=False, placeholder="Choose somebody"), block_id=WHO),
            _where(tables),
            blocks.context("They hear of their new table at once. Nobody else moves."),
        ],
        callback_id=MOVE_FORM,
        submit="Move",
        memory={"gathering": gathering_id, "version": version},
    )


def _where(tables: Mapping[int, Sequence[str]]) -> Block:
    """A menu of tables with who sits there; a number to type where there are more than a menu holds."""
    if len(tables) <= MOST_CHOICES:
        choices = [(f"{each}: {', '.join(people)}", str(each)) for each, people in tables.items()]
        return blocks.field("To table", blocks.select(WHERE, choices, placeholder="Choose a table"), block_id=WHERE)
    hint = f"A number from {min(tables)} to {max(tables)}."
    return blocks.field(
        "To table", blocks.text_input(WHERE, longest=4, placeholder=str(min(tables))), block_id=WHERE, hint=hint
    )


def read_move(state: dict[str, Any]) -> tuple[str, int | None]:
    """Slack id of whom, and the table; None where that is no number."""
    typed = str(blocks.chosen(state, WHERE) or "").strip()
    return str(blocks.chosen(state, WHO) or ""), int(typed) if typed.isascii() and typed.isdecimal() else None
