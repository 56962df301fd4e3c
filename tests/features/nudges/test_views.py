"""What people read of nudges: every message, form and page as a golden file, and short enough."""

import re

import pytest

from bot.features.nudges import front
from bot.features.nudges.answers import views
from bot.features.nudges.entries import Shelved
from bot.features.nudges.lead import views as lead
from bot.features.nudges.library import Entry, built_in, steps
from bot.features.nudges.sending.rules import CADENCES
from bot.features.nudges.training import views as training
from bot.messages import Content
from bot.slack import blocks
from tests.goldens import Golden

ONE = built_in()["one-word-of-theirs"]
LONGER = built_in()["the-first-sentence-only"]
ROUGH = Entry.model_validate(
    {
        "slug": "rough",
        "for": ["peer"],
        "themes": ["networking"],
        "title": "<!channel> *say* hello 👋",
        "act": "Write <https://x.example|this> to & about سارة today.",
        "why": "<@U1> does it too, and it works.",
    }
)
TWICE = front.Rhythm("twice", "Thursday 5 March")
SHOWN = front.Shown(7, ONE.title, ONE.act, "Monday 2 March")
WHY = views.reason("moment", "you meet Ben tomorrow", "listening", by_lead=True)

MESSAGES: dict[str, tuple[Content, int]] = {
    "nudge": (views.nudge(7, ONE), 60),
    "nudge_with_checklist": (views.nudge(7, LONGER), 60),
    "nudge_why": (views.nudge(7, ONE, why=WHY), 80),
    "nudge_rough": (views.nudge(7, ROUGH), 60),
    "did": (views.answered(7, ONE, "did"), 30),
    "did_third_week": (views.answered(7, ONE, "did", weeks=3), 30),
    "did_long_since": (views.answered(7, ONE, "did", weeks=14), 30),
    "not_now": (views.answered(7, ONE, "not_now"), 30),
    "less": (views.answered(7, ONE, "less", about="listening"), 30),
    "answered_gone": (views.answered(7, None, "did"), 30),
    "stopped": (views.stopped(7, "twice"), 30),
    "seen_all": (views.seen_all(), 60),
}
FORMS = {
    "checklist": views.checklist_form(7, LONGER, [1]),
    "rhythm": views.rhythm_form(CADENCES, "twice"),
    "training_first": training.step_form(steps(), 0, 0),
    "training_third": training.step_form(steps(), 2, 2),
    "training_before": training.step_form(steps(), 0, 2),
    "training_read_again": training.step_form(steps(), 2, 6),
    "training_tried": training.tried(steps(), 2),
    "training_finished": training.tried(steps(), 6),
    "lead_new": lead.nudge_form(None),
    "lead_change": lead.nudge_form(Shelved(LONGER, True, False, 3)),
    "lead_import": lead.import_form(),
    "lead_imported": lead.imported(1, ["entry <bad>, moment: takes only any"]),
}
HOME = {
    "home_waiting": front.row(SHOWN, TWICE) + training.row(steps(), None),
    "home_next": front.row(None, TWICE) + training.row(steps(), 2),
    "home_off": front.row(None, front.Rhythm("off")),
    "home_seen_all": front.row(None, front.Rhythm("daily", "Thursday 5 March", seen_all=True)),
    "page": front.page(
        TWICE,
        [SHOWN, front.Shown(6, ROUGH.title, ROUGH.act, "Friday 27 February", "did")],
        training.row(steps(), 6),
        is_lead=True,
    ),
    "page_empty": front.page(TWICE, [], [], is_lead=False),
    "library": lead.library(
        [Shelved(ONE), Shelved(LONGER, False, True, 1), Shelved(ROUGH, True, False, 1)],
        page=2, pages=3, theme="all", count=166, off=1, usual="twice", cadences=CADENCES,
    ),
}  # fmt: skip


def said(payload: Content) -> list[str]:
    shown = " ".join(
        block["text"]["text"] if "text" in block else " ".join(each["text"] for each in block["elements"])
        for block in payload.blocks
        if block["type"] in ("section", "context")
    )
    return re.sub(r"[*_]", "", shown).split()


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_every_message_reads_as_it_did_and_slack_takes_it(name: str, golden: Golden):
    golden(f"nudges/{name}", MESSAGES[name][0])


@pytest.mark.parametrize("name", sorted(FORMS))
def test_every_form_reads_as_it_did_and_slack_takes_it(name: str, golden: Golden):
    golden(f"nudges/{name}", FORMS[name])


@pytest.mark.parametrize("name", sorted(HOME))
def test_every_part_of_the_home_tab_reads_as_it_did(name: str, golden: Golden):
    golden(f"nudges/{name}", blocks.home(HOME[name]))


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_no_message_is_longer_than_it_may_be(name: str):
    content, most = MESSAGES[name]
    assert len(said(content)) <= most


def test_every_nudge_of_the_library_can_be_shown():
    for entry in built_in().values():
        shown = views.nudge(7, entry)
        assert len(said(shown)) <= 60
        assert len(shown.text) < 400


def test_what_a_lead_wrote_pings_nobody():
    for content in (views.nudge(7, ROUGH), views.answered(7, ROUGH, "did")):
        assert "<!" not in str(content.to_json()).replace("<!date", "")
        assert "<@" not in str(content.to_json())


@pytest.mark.parametrize("weeks", range(20))
def test_a_week_is_celebrated_and_never_counted_as_lost(weeks: int):
    line = views.in_a_row(weeks)
    assert (line == "") is (weeks < 2)
    assert not re.search(r"lost|broke|missed|risk|only", line)
