"""Every message, form and row of live roundtables, as it is read; and the form in which a program of them is made."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.features.roundtables.live import harvest, kind, topics, views
from bot.features.roundtables.live.kind import LiveOptions
from bot.features.roundtables.live.views import Table
from bot.gatherings import options
from bot.gatherings.hosting.drafts import NO_LINK, NO_SEATS
from bot.gatherings.models import Takeaway
from bot.gatherings.takeaways import views as asked
from bot.gatherings.words import Facts
from bot.messages import Content
from bot.programs.models import Program
from bot.slack import blocks
from tests.goldens import Golden

START = datetime(2026, 3, 19, 15, tzinfo=UTC)
DAY_BEFORE, LISBON = START - timedelta(days=1), "Europe/Lisbon"
FACTS = Facts(
    id=12,
    title="Roundtable",
    plain_title="Roundtable",
    noun="roundtable",
    starts_at=START,
    tz=LISBON,
    minutes=45,
    about="",
    place="Kitchen, third floor",
    link="",
    lines=["On the table: Meetings that are worth their hour and Deciding with half the facts."],
)
ASKED = [each.question for each in topics.questions(12, 3, ["meetings"])]
MIXED = Table(3, only=False, others=["Ben Ito", "Cleo Marsh"], mates=["Dan Abel"], questions=ASKED)
MESSAGES: dict[str, Content] = {
    "live_table": views.seated(FACTS, MIXED, None, LISBON, DAY_BEFORE),
    "live_table_moved": views.seated(FACTS, MIXED, None, LISBON, DAY_BEFORE, again=True),
    "live_one_table": views.seated(
        FACTS,
        replace(MIXED, only=True, others=["Ben Ito", "Cleo Marsh", "Eva Moss"], mates=[]),
        None,
        LISBON,
        DAY_BEFORE,
    ),
    "live_no_table": views.seated(FACTS, Table(None, only=False), "<@U0000000L>", LISBON, DAY_BEFORE),
    "live_alone": views.seated(FACTS, Table(None, only=True), "<@U0000000L>", LISBON, DAY_BEFORE),
    "live_came_of_it": views.came_of_it(FACTS, 0),
    "live_came_of_it_shared": views.came_of_it(FACTS, 3),
}
TABLES = {1: ["Ada Lund (Sales)", "Ben Ito (Data)"], 2: ["Cleo Marsh (Design)", "Dan Abel (Sales)"]}
PAGES: dict[str, list[dict[str, Any]]] = {
    "live_page": views.on_the_page(MIXED),
    "live_page_late": views.late(),
    "live_page_no_table": views.on_the_page(Table(None, only=False)),
    "live_host": views.for_hosts(12, TABLES, ["Eva Moss (Data)"], "today at 13:00", is_open=True),
    "live_host_before": views.for_hosts(12, {}, [], "tomorrow at 15:00", is_open=True),
    "live_page_alone": views.on_the_page(Table(None, only=True)),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_every_message(name: str, golden: Golden):
    golden(f"roundtables/{name}", MESSAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_every_part_of_a_page(name: str, golden: Golden):
    golden(f"roundtables/{name}", blocks.home(PAGES[name]))


def test_the_form_to_move_somebody(golden: Golden):
    golden("roundtables/live_move_form", views.move_form(12, 4, {1: ["Ada", "Ben"], 2: ["Cleo", "Dan"], 5: ["Eva"]}))
    many: dict[int, list[str]] = {number: [] for number in range(1, 401)}
    golden("roundtables/live_move_form_many", views.move_form(12, 4, many))


def test_the_form_to_share_a_line(golden: Golden):
    topics = {7: "Meetings that are worth their hour", 9: "Deciding with half the facts"}
    golden("roundtables/takeaway_form_first", asked.form(12, harvest.KIND, None, {}, in_thread=True))
    said = (Takeaway(id=4, member_id=1, about=9), "Say no on Monday")
    golden("roundtables/takeaway_form", asked.form(12, harvest.KIND, said, topics, in_thread=True))
    golden("roundtables/takeaway_said", asked.said(harvest.KIND, "Say <no> on Monday", 4))
    golden(
        "roundtables/takeaway_on_page",
        blocks.home(asked.on_page(12, harvest.KIND, "Say <no>", in_thread=True, stopped=True)),
    )


def test_the_options_of_a_program(golden: Golden):
    fields = kind.option_fields(LiveOptions(seats=40, place="Kitchen"))
    golden("roundtables/live_options", blocks.modal("Live roundtable", fields, callback_id="x", submit="Save"))


def test_four_hundred_tables_fit_on_the_home_tab(golden: Golden):
    tables = {number: [f"Somebody {each} (Team {each})" for each in range(6)] for number in range(1, 401)}
    rows = views.for_hosts(12, tables, [], "", is_open=False)
    assert len(rows) < 10
    golden("roundtables/live_host_many", blocks.home(rows))


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (Table(1, only=False, others=["Ben"]), "You sit with Ben, from another team."),
        (
            Table(1, only=False, others=["Ben"], mates=["Ada"]),
            "You sit with Ben from another team, and Ada from yours.",
        ),
        (Table(1, only=False, mates=["Ada", "Ben"]), "You sit with Ada and Ben."),
    ],
)
def test_with_whom_somebody_sits_in_words(table: Table, said: str):
    assert views.company(table) == said


def test_what_a_program_says_before_somebody_joins_it():
    of = Program(options={"table_size": 5, "minutes": 45})
    assert kind.invitation_lines(of)[1].startswith("You sit at tables of about five")
    assert len(kind.invitation_lines(Program(options={"table_size": None}))) == 2


def filled(**given: str) -> dict[str, Any]:
    """The form as Slack sends it; by the name of the field."""
    chosen = {options.LENGTH: "60", kind.TABLE: "off", options.CHAIRS: "", options.PLACE: " Kitchen ", options.LINK: ""}
    chosen |= {options.AHEAD: "2"} | given
    return {
        name: {name: {"selected_option": {"value": value}} if name in (options.LENGTH, kind.TABLE, options.AHEAD)
               else {"value": value}}
        for name, value in chosen.items()
    }  # fmt: skip


def test_what_a_lead_chooses_is_kept_with_what_the_form_does_not_show():
    read = kind.read_options(filled(), LiveOptions())
    assert read.options == {
        "minutes": 60, "seats": None, "place": "Kitchen", "link": None, "weeks_ahead": 2, "table_size": None,
    }  # fmt: skip
    assert LiveOptions.model_validate(read.options).details().place == "Kitchen"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        (options.CHAIRS, "many", NO_SEATS),
        (options.CHAIRS, "1", NO_SEATS),
        (options.CHAIRS, "²", NO_SEATS),
        (options.LINK, "our call", NO_LINK),
        (options.LINK, "javascript:alert(1)", NO_LINK),
    ],
)
def test_a_lead_is_told_what_to_mend(field: str, typed: str, said: str):
    assert kind.read_options(filled(**{field: typed}), LiveOptions()).errors == {field: said}
