"""Every message, form and page of programs, as Slack gets it."""

from datetime import UTC, date, datetime

import pytest

from bot.messages import Block
from bot.programs import first_hour, forms, pages, phrases, views
from bot.programs.models import Program
from bot.programs.rules import Cadence
from bot.slack import blocks
from tests.programs.conftest import Golden, Tea, TeaOptions

TUESDAY = date(2026, 3, 3)
TEN = datetime(2026, 3, 3, 10, tzinfo=UTC)
DATES = [TUESDAY, date(2026, 3, 17), date(2026, 3, 31)]
RUDE = "<!channel> & *tea*"
DRAFT = forms.ProgramDraft("Tea", "C1", "w2", 1, 600, "Europe/Lisbon", date(2026, 3, 2))


def a_program(**facts: object) -> Program:
    return Program(id=3, name=RUDE, channel="C1", tz="Europe/Lisbon", kind="tea", **facts)


def page(**facts: object) -> pages.Page:
    given = {
        "id": 3,
        "name": RUDE,
        "kind": "Tea",
        "state": "active",
        "channel": "C1",
        "owner": "U1",
        "cadence": "every two weeks on Tuesday at 10:00, Lisbon time",
        "dates": DATES,
        "health": "Last time 28 of 30 were seated.",
        "skipped": None,
        "now": None,
        "buttons": [blocks.button("Preview", "tea.preview", "3", style="primary")],
        "joined": 3,
        "paused": 1,
        "skipping": 1,
        "seated": 2,
        "people": [("Seated last time", ["Edith", "<@U1>"]), ("Skipping the next one", ["Grace"]), ("Paused", ["Ada"])],
        "invited": "Monday 2 March, 08:00",
        **facts,
    }
    return pages.Page(**given)  # type: ignore[arg-type]


MESSAGES = {
    "notice": views.notice(3, TUESDAY, "Tea: on Tuesday you meet somebody new."),
    "sits_out": views.sits_out(RUDE, 3, TUESDAY),
    "takes_part": views.takes_part(RUDE, 3, TUESDAY),
    "called_off": views.called_off(RUDE, TUESDAY, date(2026, 3, 17)),
    "called_off_for_good": views.called_off(RUDE, TUESDAY, None),
    "moved": views.moved(RUDE, TUESDAY, date(2026, 3, 17)),
    "too_near": views.too_near(RUDE, TUESDAY, date(2026, 3, 17)),
    "paused_archived": views.paused_by_slack(3, RUDE, "archived"),
    "paused_removed": views.paused_by_slack(3, RUDE, "removed"),
    "invitation": views.invitation(a_program(), ["Twenty minutes and a cup."], TEN),
    "invitation_without_a_date": views.invitation(a_program(), [], None),
    "offer": views.offer(a_program(), ["Twenty minutes and a cup."]),
    "welcome": views.welcome(RUDE, "Tuesday 3 March, 10:00"),
    "first_hour": first_hour.message(first_hour.Steps(None, None, dated=False, invited=False)),
    "first_hour_half_way": first_hour.message(first_hour.Steps("C1", a_program(), dated=False, invited=False)),
    "first_hour_done": first_hour.message(first_hour.Steps("C1", a_program(), dated=True, invited=True)),
}

FORMS = {
    "form_new": forms.program_form("Tea", "Everybody drinks tea.", DRAFT, DATES, memory={"kind": "tea"}),
    "form_edit": forms.program_form(
        "Tea", "Everybody drinks tea.", DRAFT, [], memory={"program": 3, "version": 1}, editing=True
    ),
    "form_kinds": forms.kind_form([("tea", "Tea", "Everybody drinks."), ("talk", "Talk", "Everybody talks.")]),
    "form_start": forms.options_form(
        RUDE, Tea().fields(TeaOptions()), DATES, memory={"program": 3, "version": 1}, starting=True
    ),
    "form_options": forms.options_form(
        RUDE, Tea().fields(TeaOptions()), DATES, memory={"program": 3, "version": 1}, starting=False
    ),
    "form_owner": forms.owner_form(3, "U1"),
    "form_channel": forms.channel_form(None),
    "form_holidays": forms.holidays_form(
        {date(2026, 1, 1): "Past", TUESDAY: "<Spring>", date(2026, 12, 25): ""}, today=date(2026, 3, 2)
    ),
}

ROWS = [pages.Row(number, f"Program {number}", "Next: Tuesday 3 March, 10:00.") for number in range(1, 6)]
STEPS = first_hour.step_blocks(first_hour.Steps(None, None, dated=False, invited=False))
ABOUT = pages.RoundNow(9, 7, "Round 7 leaves on Monday 2 March, 08:10, your time.", can_undo=True, can_stop=False)
LEAVING = pages.RoundNow(9, 7, "Round 7 was opened on Monday 2 March, 08:10.", can_undo=False, can_stop=True)
LOST = pages.Failure("introductions.hello", "Introductions, hello", 3, "the person is gone", "<@U1>, <@U2>")
MINE = [
    pages.Mine(1, RUDE, "active", "Tuesday 3 March, 10:00", skips=False),
    pages.Mine(2, "Talk", "active", "Tuesday 3 March, 10:00", skips=True),
    pages.Mine(3, "Quiet", "paused", None, skips=False),
    pages.Mine(4, "Fourth", "active", None, skips=False),
]
AHEAD = [pages.Mine(5, "Stories", "active", "Tuesday 3 March, 15:00", skips=False)]
PLANNED = [
    ("Tuesday 3 March, 15:00", "The launch that wasn't", "gathering:12"),
    ("Tuesday 17 March, 15:00", "Stories", "gathering:13"),
]

HOMES = {
    "home_lead_first": pages.lead_section([], 0, STEPS),
    "home_lead": pages.lead_section(ROWS, 2, []),
    "home_all": pages.all_programs(ROWS),
    "home_undelivered": pages.undelivered_page([LOST], 1),
    "home_all_delivered": pages.undelivered_page([], 0),
    "home_program": pages.program_page(page()),
    "home_program_draft": pages.program_page(page(state="draft", buttons=[], invited=None)),
    "home_program_paused": pages.program_page(page(state="paused", dates=[], owner=None)),
    "home_program_sending_soon": pages.program_page(page(now=ABOUT, skipped=TUESDAY)),
    "home_program_leaving": pages.program_page(page(now=LEAVING, dates=[])),
    "home_program_ahead": pages.program_page(page(opens_ahead=True, planned=PLANNED, dates=DATES[2:])),
    "home_program_ahead_paused": pages.program_page(page(opens_ahead=True, planned=PLANNED, dates=[], state="paused")),
    "home_mine_ahead": pages.my_programs(AHEAD, []),
    "home_mine": pages.my_programs(MINE, [pages.Mine(7, "Open one", "active", "Tuesday", skips=False)]),
    "home_mine_all": pages.my_programs_page(MINE, [pages.Mine(7, "Open one", "active", None, skips=False)]),
    "home_gone": pages.gone(),
    "home_not_for_you": pages.not_for_you(),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_messages_are_what_slack_takes(name: str, golden: Golden):
    golden(f"programs/{name}", MESSAGES[name])


@pytest.mark.parametrize("name", FORMS)
def test_forms_have_at_most_seven_fields(name: str, golden: Golden):
    golden(f"programs/{name}", FORMS[name])
    assert len([block for block in FORMS[name]["blocks"] if block["type"] == "input"]) <= 7


@pytest.mark.parametrize("name", HOMES)
def test_pages_are_what_slack_takes(name: str, golden: Golden):
    golden(f"programs/{name}", blocks.home(HOMES[name]))
    assert len(HOMES[name]) < 60


@pytest.mark.parametrize("name", [*MESSAGES, *HOMES])
def test_no_name_pings_a_channel(name: str):
    shown: list[Block] = MESSAGES[name].blocks if name in MESSAGES else HOMES[name]
    if name in MESSAGES:
        assert "<!channel>" not in MESSAGES[name].text
    for block in shown:
        for text in (block.get("text", {}), *block.get("elements", [])):
            if text.get("type") == "mrkdwn":
                assert "<!channel>" not in text["text"]


def test_a_crowd_of_programs_and_people_still_fits():
    crowd = page(joined=10_000, people=[("In", [f"Person {number}" for number in range(10_000)])])
    assert len(pages.program_page(crowd)) < 60
    assert "9,940 more" in str(pages.program_page(crowd))
    many = pages.my_programs(MINE * 30, MINE * 30)
    assert len(many) < 15
    assert len(pages.my_programs_page(MINE * 30, MINE * 30)) < 100


@pytest.mark.parametrize(
    ("cadence", "words"),
    [
        (Cadence("Europe/Lisbon", TUESDAY, 1, 600, every_weeks=1), "every Tuesday at 10:00, Lisbon time"),
        (Cadence("UTC", TUESDAY, 4, 545, every_weeks=2), "every two weeks on Friday at 09:05, UTC"),
        (
            Cadence("America/New_York", TUESDAY, 0, 900, month_week=-1),
            "on the last Monday of each month at 15:00, New York time",
        ),
    ],
)
def test_a_cadence_is_said_as_one_would_say_it(cadence: Cadence, words: str):
    assert phrases.cadence(cadence) == words


def test_small_numbers_are_words():
    assert [phrases.number(count) for count in (0, 1, 12, 13, 1200)] == ["no", "one", "twelve", "13", "1,200"]
    assert phrases.counted(1, "person", "people") == "one person"
