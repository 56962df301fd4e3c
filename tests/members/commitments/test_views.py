"""Everything people read of load, as golden files."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.members.commitments import views, words
from bot.members.commitments.leads import views as lead_views
from bot.members.commitments.leads.rules import OTHERS, Total
from bot.members.commitments.rules import MOST_CAP, Load, Taken
from bot.messages import Content
from bot.slack import blocks
from tests.goldens import Golden

TZ = "Europe/Lisbon"
NOW = datetime(2026, 3, 30, 8, tzinfo=UTC)
UNTIL = NOW + timedelta(days=28)
OLD, YOUNG = NOW - timedelta(days=90), NOW - timedelta(days=6)
TAKEN = (
    Taken("mentorship", "mentorship:1", OLD, None),
    Taken("question", "question:7", YOUNG, YOUNG + timedelta(hours=2)),
    Taken("seat", "seat:3", NOW, None),
)
NAMES = ("a mentorship with &lt;!channel&gt;", "a question about pricing", "a seat in a circle")
SHOWN = views.Shown(Load(4, 6), TAKEN, NAMES, TZ, NOW)
CLOSED = views.Shown(Load(4, 6, UNTIL), TAKEN, NAMES, TZ, NOW)
EMPTY = views.Shown(Load(0, 6), (), (), TZ, NOW)
OPENED = views.Shown(Load(0, 6), (), (), TZ, NOW, was_closed_until=UNTIL)
OVER = views.Shown(Load(4, 2), TAKEN, NAMES, TZ, NOW)
OVER_AND_CLOSED = views.Shown(Load(4, 2, UNTIL), TAKEN, NAMES, TZ, NOW)
NOTHING = views.Shown(Load(0, 0), (), (), TZ, NOW)


def test_one_line_on_the_front_page_and_in_settings(golden: Golden):
    everything = [SHOWN, CLOSED, EMPTY, OVER, OVER_AND_CLOSED, NOTHING]
    golden("commitments/rows", blocks.home([block for each in everything for block in _without_id(views.row(each))]))
    golden("commitments/settings_row", blocks.home([views.settings_row(SHOWN)]))


def test_my_room(golden: Golden):
    golden("commitments/page", blocks.home(views.page(SHOWN)))
    golden("commitments/page_full", blocks.home(views.page(views.Shown(Load(4, 4), TAKEN, NAMES, TZ, NOW))))
    golden("commitments/page_closed", blocks.home(views.page(CLOSED)))
    golden("commitments/page_empty", blocks.home(views.page(EMPTY)))
    golden("commitments/page_opened", blocks.home(views.page(OPENED)))
    golden("commitments/page_not_in", blocks.home(views.not_in()))
    golden("commitments/cap_form", views.cap_form(Load(4, 6)))


def test_a_room_as_full_as_can_be_fits_on_its_page():
    taken = [Taken("question", f"question:{number}", NOW, None) for number in range(60)]
    page = blocks.home(views.page(views.Shown(Load(60, MOST_CAP), taken, ["x" * 200] * 60, TZ, NOW)))
    assert len(page["blocks"]) < 60


def test_the_answers_to_no_more_for_now(golden: Golden):
    for name, said in {
        "closed": views.closed(UNTIL, TZ, NOW),
        "opened": views.opened(UNTIL, Load(4, 6)),
        "opened_full": views.opened(UNTIL, Load(6, 6)),
        "opened_already": views.opened(None, Load(5, 6)),
    }.items():
        content = Content(*said)
        assert len(content.text.split()) <= 30
        golden(f"commitments/{name}", content)


def test_the_button_fits_into_any_row(golden: Golden):
    claim = blocks.button("I take it", "x.claim", style="primary")
    golden("commitments/no_more_button", Content("A question", [blocks.actions(claim, views.no_more_button())]))


def test_what_leads_see(golden: Golden):
    totals = [Total("design", 12, 31, 72, 3), Total("data", 5, 4, 30, 0), Total(OTHERS, 6, 12, 30, 1)]
    names = {"design": "Design and research", "data": "Data and analytics"}
    golden("commitments/leads", blocks.home(lead_views.page(totals, names)))
    golden("commitments/leads_empty", blocks.home(lead_views.page([], names)))
    golden("commitments/leads_not_for_you", blocks.home(lead_views.not_for_you()))
    golden("commitments/leads_row", blocks.home(lead_views.row()))


@pytest.mark.parametrize(
    ("load", "said"),
    [
        (Load(0, 6), "room for six points"),
        (Load(0, 1), "room for one point"),
        (Load(1, 1), "one of one point"),
        (Load(3, 6), "three of six points"),
        (Load(12, 20), "12 of 20 points"),
        (Load(0, 0), "nothing at present, as you chose"),
        (Load(1, 0), "one point, and nothing new at present"),
        (Load(4, 2), "four points, and nothing new while it is more than two"),
    ],
)
def test_a_load_in_words(load: Load, said: str):
    assert words.of_cap(load) == said


def _without_id(row: list[dict[str, object]]) -> list[dict[str, object]]:
    return [{name: value for name, value in block.items() if name != "block_id"} for block in row]
