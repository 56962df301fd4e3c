"""What people read of introductions: every message and form as a golden file, and short enough."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.features.introductions import kind
from bot.features.introductions.checkins import views as checkins
from bot.features.introductions.hello import views as hello
from bot.features.introductions.lead import views as lead
from bot.features.introductions.meetings import views as meetings
from bot.features.introductions.options import IntroductionOptions, Weights
from bot.members.recognising import NOTHING
from bot.members.store import Profile
from bot.messages import Content
from bot.registry import SharedThanks, ThanksOffer
from bot.slack import blocks
from tests.goldens import Golden

THANK = blocks.button("Say thanks", "recognition.give", "introduction:7|2")
TUESDAY = datetime(2026, 3, 3, 14, tzinfo=UTC)
TIMES = (TUESDAY, TUESDAY + timedelta(days=1), TUESDAY + timedelta(days=3, hours=1))
STARTERS = (
    "Which deal did you walk away from, and were you right?",
    "What do you decide by a fixed rule, so that you need not think about it each time?",
)


def profile(number: int, name: str, title: str, team: str, **facts: dict[str, str]) -> Profile:
    return Profile(
        member_id=number,
        slack_id=f"U{number}",
        name=name,
        title=title,
        tz="Europe/Lisbon",
        team_id=number,
        team=team,
        function=facts.get("function", {"x": "Engineering"}).get("x", "Engineering"),
        level=2,
        hours_start=540,
        hours_end=1020,
        work_days=(0, 1, 2, 3, 4),
        joined_at=TUESDAY,
        offers=facts.get("offers", {}),
        wants=facts.get("wants", {}),
        interests=facts.get("interests", {}),
    )


ANA = profile(
    1, "Ana Sousa", "Data engineer", "Data",
    offers={"sql": "SQL"}, wants={"saying-no": "Saying no", "negotiation": "Negotiation"}, interests={"jazz": "Jazz"},
)  # fmt: skip
BEN = profile(
    2, "Ben Adler", "Account executive", "Sales",
    offers={"saying-no": "Saying no", "negotiation": "Negotiation"}, wants={}, interests={"jazz": "Jazz"},
)  # fmt: skip
EVE = profile(3, "<!channel> *Eve*", "", "", wants={"sql": "SQL"})


def said(people: list[Profile], **more: object) -> hello.Hello:
    facts = {
        "id": 7,
        "people": people,
        "starters": STARTERS,
        "times": TIMES,
        "shared": True,
        "program": "Introductions",
    }
    return hello.Hello(**{**facts, **more})  # type: ignore[arg-type]


MESSAGES: dict[str, tuple[Content, int]] = {
    "pair": (hello.introduction(said([ANA, BEN])), 120),
    "trio": (hello.introduction(said([EVE, ANA, BEN])), 120),
    "no_shared_hours": (hello.introduction(said([ANA, BEN], times=TIMES[:2], shared=False)), 120),
    "in_turns": (hello.introduction(said([ANA, BEN], said=hello.turns([ANA, BEN]))), 120),
    "nothing_in_common": (hello.introduction(said([profile(4, "Li", "", ""), profile(5, "Bo", "", "")])), 120),
    "suggested": (hello.introduction(said([ANA, BEN], said=meetings.said_in_hello("Ana Sousa", TUESDAY))), 120),
    "left_out": (hello.left_out(), 30),
    "partner_gone": (hello.partner_gone(["Ben Adler"]), 30),
    "no_seat_found": (hello.no_seat_found(), 30),
    "moved": (hello.moved(["Cleo Ray"]), 30),
    "bump": (checkins.bump(7, ["Ana Sousa", "Ben Adler"], TIMES, None), 60),
    "bump_in_writing": (checkins.bump(7, ["Ana Sousa", "Ben Adler"], [], STARTERS[1]), 60),
    "check_in": (checkins.check_in(7, ["Ben Adler"], again=False), 60),
    "check_in_again": (checkins.check_in(7, ["Ben Adler", "Eve"], again=True), 60),
    "answered_met": (checkins.answered(7, ["Ben Adler"], "met", None, NOTHING), 30),
    "answered_rated": (checkins.answered(7, ["Ben Adler"], "met", "useful", ThanksOffer(said=False, button=THANK)), 30),
    "answered_thanked": (checkins.answered(7, ["Ben Adler"], "met", "useful", ThanksOffer(said=True)), 30),
    "answered_date": (checkins.answered(7, ["Ben Adler"], "date", None, NOTHING), 30),
    "answered_not_yet": (checkins.answered(7, ["Ben Adler"], "not_yet", None, NOTHING), 30),
    "answered_wont": (checkins.answered(7, ["Ben Adler"], "wont", None, NOTHING), 30),
    "gone_quiet": (checkins.gone_quiet("Monday, 6 April"), 60),
    "stays": (checkins.chosen_after_quiet(checkins.STAY, ""), 30),
    "later": (checkins.chosen_after_quiet(checkins.LATER, "Monday, 6 April"), 30),
    "stops": (checkins.chosen_after_quiet(checkins.STOP, ""), 30),
    "note": (
        checkins.note(7, 15, 11, 2, [SharedThanks("thanks:9", "Ana Sousa", "It saved me a week.")]),
        60,
    ),
    "suggestion": (meetings.suggestion(7, ["Ana Sousa"], TUESDAY, ["U2"]), 30),
    "agreed": (meetings.agreed(7, TUESDAY), 30),
    "other_times": (meetings.other_times(7, "Ben Adler", TIMES, shared=True), 60),
    "no_other_times": (meetings.other_times(7, "Ben Adler", [], shared=False), 60),
    "cancelled": (meetings.cancelled(7, "Ben Adler", TUESDAY), 30),
    "called_off": (meetings.called_off("Ben Adler", TUESDAY), 30),
    "sample": (lead.sample(hello.introduction(said([ANA, BEN]))), 120),
}


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_every_message_reads_as_it_did_and_slack_takes_it(name: str, golden: Golden):
    content, _ = MESSAGES[name]
    golden(f"introductions/{name}", content)


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_no_message_is_longer_than_it_may_be(name: str):
    content, most = MESSAGES[name]
    assert len(words(content)) <= most


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_nothing_people_wrote_can_ping_anybody(name: str):
    content, _ = MESSAGES[name]
    assert "<!channel>" not in str(content.to_json())
    assert "<!here>" not in str(content.to_json())


def words(content: Content) -> list[str]:
    """What is to be read, without buttons; a time counts as three words."""
    texts = [block["text"]["text"] for block in content.blocks if block["type"] == "section"]
    texts += [each["text"] for block in content.blocks if block["type"] == "context" for each in block["elements"]]
    return re.sub(r"<!date[^>]*>", "on Tuesday 15:00", " ".join(texts or [content.text])).split()


def test_the_forms_ask_one_thing_each(golden: Golden):
    golden("introductions/change_form", lead.change_form(7))
    fields = kind.option_fields(IntroductionOptions())
    golden("introductions/options_form", blocks.modal("Options", fields, callback_id="o", submit="Save"))


def preview(**more: object) -> lead.Shown:
    facts = {
        "round_id": 7, "program": "Introductions", "number": 4, "state": "draft", "drawing": False,
        "groups": [[1, 2], [3, 4, 5]], "left_out": [], "repeats": [[3, 4]], "same_team": 0,
        "certificate": "at least 99.9 % of the best possible", "minutes": 1, "page": 0,
        "names": {1: "Ana", 2: "Ben", 3: "<Cleo>", 4: "Dan", 5: "Eva"}, "note": None, "sends_at": None,
    }  # fmt: skip
    return lead.Shown(**{**facts, **more})  # type: ignore[arg-type]


def test_the_preview_says_who_meets_and_how_good_that_is(golden: Golden):
    golden("introductions/preview", blocks.home(lead.preview(preview())))
    golden("introductions/preview_drawing", blocks.home(lead.preview(preview(drawing=True))))
    leaving = preview(state="matched", sends_at=TUESDAY, left_out=[9], note="2 seated differently")
    golden("introductions/preview_leaving", blocks.home(lead.preview(leaving)))
    golden("introductions/preview_blocked", blocks.home(lead.preview(preview(note="blocked"))))


def test_a_preview_of_thousands_comes_in_pages(golden: Golden):
    groups = [[2 * each, 2 * each + 1] for each in range(5000)]
    shown = lead.preview(preview(groups=groups, repeats=[], names={}, page=3, minutes=100))
    assert len(shown) < 60
    golden("introductions/preview_large", blocks.home(shown))


def test_options_out_of_range_are_named_under_their_field():
    state = {
        kind.WINDOW: {kind.WINDOW: {"type": "plain_text_input", "value": "many"}},
        kind.LENGTH: {kind.LENGTH: {"type": "plain_text_input", "value": "99"}},
    }
    read = kind.read_options(state, IntroductionOptions())
    assert set(read.errors) == {kind.WINDOW, kind.LENGTH}
    state = {kind.WINDOW: {kind.WINDOW: {"type": "plain_text_input", "value": "8"}}}
    kept = IntroductionOptions.model_validate({"weights": {"hours": 50}})
    assert kind.read_options(state, kept).options["weights"]["hours"] == 50


def test_a_lead_says_what_counts_most_and_weights_set_otherwise_stay():
    def chosen(value: str) -> dict[str, Any]:
        return {
            kind.SIZE: {"x": {"selected_option": {"value": "2"}}},
            kind.COUNTS: {"x": {"selected_option": {"value": value}}},
            kind.WINDOW: {"x": {"value": "6"}},
        }

    learning = IntroductionOptions.model_validate(kind.read_options(chosen("learning"), IntroductionOptions()).options)
    assert (learning.leaning, learning.weights.skills) == ("learning", 50)
    own = IntroductionOptions(weights=Weights(hours=1))
    assert own.leaning == "own"
    assert "As it was set before" in str(kind.option_fields(own))
    assert kind.read_options(chosen("own"), own).options["weights"]["hours"] == 1
    assert "As it was set before" not in str(kind.option_fields(learning))
