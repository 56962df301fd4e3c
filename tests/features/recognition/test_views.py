"""What people read of recognition: every message, form and page as a golden file."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.features.recognition import rules
from bot.features.recognition.giving import views as giving
from bot.features.recognition.giving.views import Sheet
from bot.features.recognition.milestones import views as milestones
from bot.features.recognition.mine import views as mine
from bot.features.recognition.mine.views import Page, Reached
from bot.features.recognition.models import Thanks
from bot.features.recognition.monthly import views as monthly
from bot.features.recognition.monthly.views import Line
from bot.features.recognition.receiving import views as receiving
from bot.features.recognition.rules import Said
from bot.features.recognition.store import Opened
from bot.slack import blocks
from tests.goldens import Golden

TUESDAY = datetime(2026, 3, 3, 14, tzinfo=UTC)
TODAY = date(2026, 3, 5)
TZ = "Europe/Lisbon"
WORDS = "You drew the whole <!here> contract on one page.\nI have used that page twice since."
SEEN = Said(WORDS, "Negotiation", "Kept three teams in one room until the date stood.")
YOURS = "That was your first answer to a colleague's question here. Somebody goes on from where you were."


def opened(said: Said = Said(WORDS), number: int = 12, **facts: object) -> Opened:
    row = Thanks(
        id=number, workspace_id=1, giver_id=1, receiver_id=2, occasion="", sealed=b"",
        **({"state": rules.GIVEN, "may_share": True, "choice": rules.OPEN, "given_at": TUESDAY, "put_away": False} | facts),
    )  # fmt: skip
    return Opened(row, said, "Ana <Sousa>", "Ben Adler")


ASKED, PRIVATE = opened(SEEN), opened(number=13, may_share=False)
SHARED = opened(SEEN, 14, choice=rules.SHARE, shared_at=TUESDAY)
KEPT = opened(choice=rules.PRIVATE)
LINE = Line(12, "Ana <Sousa>", "Ben Adler", WORDS)
RECEIVED = Page("", [ASKED, SHARED, PRIVATE], 0, 3, TZ, TODAY)
MILESTONES = (
    Reached(1, "Answered a colleague's question for the first time", TUESDAY, shared=True, put_away=False),
    Reached(2, "Reached a goal", TUESDAY, shared=False, put_away=True),
)

MESSAGES = {
    "received_private": receiving.received(PRIVATE),
    "received_asked": receiving.received(ASKED),
    "received_shared": receiving.received(SHARED),
    "received_kept": receiving.received(KEPT),
    "received_hidden_from_page": receiving.received(opened(may_share=False, put_away=True)),
    "together": receiving.together(7),
    "together_one": receiving.together(1),
    "taken_back": receiving.taken_back(),
    "hidden": receiving.hidden(),
    "milestone": milestones.note(3, YOURS, shared=False),
    "milestone_shared": milestones.note(3, YOURS, shared=True),
    "page": monthly.page(date(2026, 3, 1), [LINE, replace(LINE, thanks_id=13)], ["Cleo has reached a goal."]),
    "page_of_milestones": monthly.page(date(2026, 3, 1), [], ["Cleo has reached a goal."]),
    "page_too_long": monthly.page(date(2026, 3, 1), [replace(LINE, thanks_id=each) for each in range(60)], ["C has."]),
    "page_emptied": monthly.emptied(date(2026, 3, 1)),
}

VIEWS = {
    "form": giving.form(Sheet()),
    "form_for_one": giving.form(Sheet(("U2",), only=2, offers={"negotiation": "Negotiation", "sql": "SQL"})),
    "form_typed": giving.form(
        Sheet(("U2",), SEEN, True, 2, {"negotiation": "Negotiation"}), {"for": "introduction:7", "of": [2]}
    ),
    "on_its_way": giving.on_its_way(["Ben Adler"], may_share=False),
    "on_its_way_to_two": giving.on_its_way(["Ben Adler", "Cleo"], may_share=True),
    "liking_form": milestones.liking_form(rules.NOTE, by_message=True),
    "place_form": monthly.place_form(None, TZ),
    "place_form_again": monthly.place_form("C1", TZ),
    "place_stopped": monthly.stopped(),
}

HOMES = {
    "home_invitation": mine.invitation(),
    "home_front": mine.front(("Ana <Sousa>", TUESDAY), TZ, TODAY),
    "home_front_given": mine.front(None, TZ, TODAY),
    "home_received": mine.page(replace(RECEIVED, milestones=MILESTONES, has_given=True, has_hidden=True)),
    "home_nothing": mine.page(replace(RECEIVED, rows=[], total=0)),
    "home_older": mine.page(replace(RECEIVED, rows=[ASKED], number=1, total=30)),
    "home_given": mine.page(
        replace(RECEIVED, part=mine.BY_ME, rows=[SHARED, PRIVATE, opened(number=15, state=rules.HIDDEN)])
    ),
    "home_hidden": mine.page(replace(RECEIVED, part=mine.HIDDEN, rows=[opened(put_away=True)])),
    "home_outside": mine.nobody(),
    "setting": milestones.setting_row(rules.NOTE, by_message=True),
    "lead_none": monthly.row(None, None, "", ""),
    "lead_place": monthly.row("C1", None, "Wednesday 1 April", "12 people said thanks in February."),
    "lead_trouble": monthly.row("C1", "archived", "", ""),
}


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_every_message_reads_as_it_did_and_slack_takes_it(name: str, golden: Golden):
    golden(f"recognition/{name}", MESSAGES[name])
    assert "<!here>" not in str(MESSAGES[name].to_json())
    assert "<Sousa>" not in str(MESSAGES[name].to_json())


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_every_form_reads_as_it_did_and_slack_takes_it(name: str, golden: Golden):
    golden(f"recognition/{name}", VIEWS[name])


@pytest.mark.parametrize("name", sorted(HOMES))
def test_every_page_of_the_home_tab_reads_as_it_did(name: str, golden: Golden):
    golden(f"recognition/{name}", blocks.home(HOMES[name]))


@pytest.mark.parametrize("name", [each for each in MESSAGES if each.startswith("received")])
def test_no_thank_you_asks_for_more_than_three_things(name: str):
    buttons = [one for block in MESSAGES[name].blocks if block["type"] == "actions" for one in block["elements"]]
    assert len(buttons) <= 3
    assert sum(each.get("style") == "primary" for each in buttons) <= 1
