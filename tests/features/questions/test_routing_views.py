"""What people read who are asked, who asked, who lead: every message and form as a golden file, short, pinging nobody."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.features.questions.routing import channel_views, muting_views, open_views, step_views, taken_views, views
from bot.features.questions.routing.leading import views as leading
from bot.features.questions.rules import Words
from bot.features.questions.standing import ForMentor
from bot.messages import Block, Content
from bot.slack import blocks
from tests.goldens import Golden

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
UNTIL = datetime(2026, 3, 2, 17, tzinfo=UTC)
TZ = "Europe/Lisbon"
QUESTION = "How do I say no to a client who pays well and asks for more each week?"
WORDS = Words(QUESTION, "They pay a third of our year.\nI like them, too.")
ODD = Words("<!channel> *bold* <@U1> ❤", "<!here>\n> <@U2>")
ASKED = ForMentor(
    question_id=7,
    words=WORDS,
    kind="question",
    checklist=None,
    pace="days",
    by="Ana Sousa",
    under_alias=False,
    asked_at=MONDAY,
    state="open",
    closing=None,
    asked_state="asked",
    role="mentor",
    due_at=UNTIL,
    tz=TZ,
    reasons=("you offer Negotiation", "you have room for it"),
    skills=("Negotiation",),
    channel=None,
    channel_ts=None,
    claimed_by=None,
)
LEAD = replace(
    ASKED, role="lead", reasons=(), tried=("Hana", "Ben Adler", "Mina"), others_may_be_asked=True,
    places=(("C1", "ask-mentors"),),
)  # fmt: skip
ASKS: dict[str, ForMentor] = {
    "asked": ASKED,
    "asked_alias": replace(ASKED, by="Quiet Heron", under_alias=True, kind="thinking"),
    "asked_odd": replace(ASKED, by="<!here> Ana", words=ODD, kind="review"),
    "asked_second": replace(ASKED, role="second", state="held", claimed_by="Hana"),
    "asked_lead": LEAD,
    "asked_lead_nobody_tried": replace(LEAD, tried=(), places=(), channel="C1"),
    "claimed": replace(ASKED, state="held", asked_state="claimed"),
    "claimed_beside": replace(ASKED, state="held", asked_state="claimed", claimed_by="Ben"),
    "asked_for_one": replace(ASKED, for_one=True, reasons=("you were asked by name",)),
    "asked_review": replace(ASKED, kind="review", checklist="document"),
    "claimed_review": replace(ASKED, kind="review", checklist="document", state="held", asked_state="claimed"),
    "passed_for_one": replace(ASKED, asked_state="passed", for_one=True),
    "lapsed_for_one": replace(ASKED, asked_state="lapsed", for_one=True),
    "passed": replace(ASKED, asked_state="passed"),
    "passed_why": replace(ASKED, asked_state="passed", pass_reason="time"),
    "put_off": replace(ASKED, asked_state="not_now", put_off_until=datetime(2026, 3, 3, 9, tzinfo=UTC)),
    "put_off_for_good": replace(ASKED, asked_state="not_now"),
    "lapsed": replace(ASKED, asked_state="lapsed"),
    "over_held": replace(ASKED, state="held", asked_state="over", claimed_by="Hana"),
    "released": replace(ASKED, asked_state="released"),
    "closed": replace(ASKED, state="closed", closing="helped", asked_state="over"),
    "closed_by_moderator": replace(ASKED, state="closed", closing="moderator", asked_state="over"),
    "withdrawn": replace(ASKED, state="withdrawn", asked_state="over"),
    "hidden": replace(ASKED, state="hidden", asked_state="over"),
    "merged": replace(ASKED, state="merged", asked_state="over"),
}
POSTED = channel_views.Posted(7, "Ana Sousa", False, "question", WORDS, "open", None)
STEPS: dict[str, Content] = {
    "step_asked": step_views.asked(["Hana"], UNTIL, TZ),
    "step_two_more": step_views.asked(["Ben", "<!here> Mina"], UNTIL, TZ, passed_over=True),
    "step_again": step_views.asked_again("Hana", UNTIL, TZ),
    "step_channel": step_views.posted("C1", UNTIL, TZ, passed_over=True),
    "step_leads": step_views.with_leads(2, UNTIL, TZ),
    "step_lead": step_views.with_leads(1, UNTIL, TZ, passed_over=True),
    "nobody": step_views.nobody(7),
    "not_from": step_views.not_from("Hana", 7, asked=True),
    "not_from_full": step_views.not_from("Hana", 7, asked=False),
    "nobody_settled": step_views.found_nobody("everyone"),
    "not_from_settled": step_views.found_nobody("mentor:4"),
    "taken_settled": step_views.was_taken("<!here> Mina"),
    "taken": step_views.taken("Hana", 7),
    "taken_and_second_asked": step_views.taken("Hana"),
    "handed_on": step_views.handed_on("Hana"),
    "not_there": step_views.not_there("Hana"),
    "second": step_views.second("Ben", UNTIL, TZ),
    "no_second": step_views.no_second(),
    "chose_again": step_views.chose_again(UNTIL, TZ),
    "chose_others": step_views.chose_others(),
    "chose_to_wait": step_views.chose_to_wait(UNTIL, TZ),
    "late": taken_views.late("Hana", 2),
    "late_alone": taken_views.late("Hana", 0),
    "once_more": views.once_more(ASKED),
    "once_more_lead": views.once_more(LEAD),
    "chosen": taken_views.chosen("You took it."),
    "yours": taken_views.yours(),
    "still": taken_views.still("Ana Sousa", 7),
    "goes_on": taken_views.goes_on(),
    "muted": muting_views.muted(UNTIL),
    "mute_done": muting_views.done(UNTIL),
    "lead_posted": leading.posted("C1"),
}
CHANNEL: dict[str, Content] = {
    f"channel_{name}": channel_views.post(replace(POSTED, **change))
    for name, change in {
        "open": {},
        "odd": {"words": ODD, "by": "Quiet Heron", "under_alias": True},
        "held": {"state": "held", "holder": "Hana"},
        "closed": {"state": "closed"},
        "closed_by_moderator": {"state": "closed", "closing": "moderator"},
        "withdrawn": {"state": "withdrawn"},
        "hidden": {"state": "hidden"},
    }.items()
}
SHOWN = open_views.Shown(7, "Ana Sousa", "question", WORDS, ("Negotiation",), MONDAY)
PAGES: dict[str, list[Block]] = {
    "open": open_views.page([SHOWN, replace(SHOWN, id=8, by="Quiet Heron", words=ODD, skills=())], TZ),
    "open_empty": open_views.page([], TZ),
    "open_row": open_views.row(2),
    "not_in": open_views.not_in(),
    "places": leading.row([("C1", "ask-mentors")]),
    "no_places": leading.row([]),
    "mute_button": [blocks.actions(muting_views.button(7))],
}
FORMS = {
    "name_form": leading.name_form(7),
    "named": leading.named(),
    "places_form": leading.places_form([("C1", "ask-mentors"), ("C2", "design")]),
    "places_form_empty": leading.places_form([]),
}


def words(shown: list[Block]) -> list[str]:
    """The bot's own words in a message: what people wrote is theirs."""
    said = " ".join(text for text in texts(shown) if QUESTION not in text and "third of our year" not in text)
    return re.sub(r"<!date\^[^>]*>", "then", said).split()


def texts(thing: object, *kinds: str) -> list[str]:
    if isinstance(thing, list):
        return [text for each in thing for text in texts(each, *kinds)]
    if not isinstance(thing, dict):
        return []
    if thing.get("type") in ("mrkdwn", "plain_text"):
        return [thing["text"]] if not kinds or thing["type"] in kinds else []
    return [text for each in thing.values() for text in texts(each, *kinds)]


@pytest.mark.parametrize("name", sorted(ASKS))
def test_every_state_of_being_asked_reads_as_it_did(name: str, golden: Golden):
    content = views.ask(ASKS[name])
    golden(f"questions/routing/{name}", content)
    assert len(words(content.blocks)) < 120
    acts = [each for each in content.blocks if each["type"] == "actions"]
    assert all(len(each["elements"]) <= 4 for each in acts)
    assert sum(act.get("style") == "primary" for each in acts for act in each["elements"]) <= 1


@pytest.mark.parametrize("name", sorted(STEPS | CHANNEL))
def test_every_step_and_post_reads_as_it_did(name: str, golden: Golden):
    content = (STEPS | CHANNEL)[name]
    golden(f"questions/routing/{name}", content)
    assert len(words(content.blocks)) < 60


@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_page_reads_as_it_did(name: str, golden: Golden):
    golden(f"questions/routing/page_{name}", blocks.home(PAGES[name]))


@pytest.mark.parametrize("name", sorted(FORMS))
def test_every_form_reads_as_it_did(name: str, golden: Golden):
    golden(f"questions/routing/{name}", FORMS[name])


def test_nothing_people_wrote_can_ping_anybody():
    said = [*(views.ask(each) for each in ASKS.values()), *STEPS.values(), *CHANNEL.values()]
    shown = [" ".join([each.text, *texts(each.blocks, "mrkdwn")]) for each in said]
    for each in shown + [" ".join(texts(page, "mrkdwn")) for page in PAGES.values()]:
        assert not re.search(r"<!(channel|here|everyone)>|<@U\d>", each)


def test_nobody_who_was_asked_reads_words_that_were_taken_back_or_hidden():
    for name in ("withdrawn", "hidden", "merged", "closed_by_moderator"):
        said = ASKS[name]
        assert QUESTION not in str(views.ask(said))
        assert QUESTION not in str(channel_views.post(replace(POSTED, state=said.state, closing=said.closing)))


def test_the_longest_question_still_fits_in_a_message():
    long = Words("&" * 500, "<" * 2_000)
    shown = views.ask(replace(ASKED, words=long)).blocks
    assert all(len(each["text"]["text"]) <= 3_000 for each in shown if each["type"] == "section")
