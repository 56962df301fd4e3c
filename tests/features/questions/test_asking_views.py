"""What an asker reads: every form, card and page as a golden file, short enough, and pinging nobody."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.archive.finding.cards import Card
from bot.features.questions.asking import changed_views, forms, home_views, mention, views
from bot.features.questions.asking.audiences import Place
from bot.features.questions.asking.forms import Choices, Typed
from bot.features.questions.rules import Words
from bot.features.questions.standing import ForAsker, ForMentor, Person
from bot.messages import Block
from bot.slack import blocks
from tests.goldens import Golden

NOW = datetime(2026, 3, 16, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
TZ = "Europe/Lisbon"
ODD = "<!channel> *is* <@U1> & co allowed?"
TYPED = Typed(
    "How do I say no to a client?", "They ask for a third round.", ("Negotiating",), "review", "document", "week"
)
CHOICES = Choices(
    places=(Place("channel:C1", "Channel #help"), Place("program:3", "Everybody in Coffee across teams", 12)),
    checklists={"document": "A document", "talk": "A talk"},
    waits={"today": 2 * HOUR, "days": 4 * HOUR, "week": None},
    conduct=(blocks.section("*How we speak here.* Kindly."),),
)
CARDS = [
    Card(
        3,
        1,
        "How do I refuse a third round?",
        "Name the cost, then offer two ways on.",
        "",
        "question",
        None,
        None,
        NOW,
        1,
    ),
    Card(4, 1, ODD, ODD, ODD, "question", None, None, NOW, 1),
]


def person(name: str, state: str, *, due: float | None = 5, role: str = "mentor") -> Person:
    return Person(1, name, state, role, NOW - HOUR, None if due is None else NOW + due * HOUR)


def asked(**more: Any) -> ForAsker:
    facts: dict[str, Any] = {
        "question_id": 7, "words": Words("How do I say no to a client?"), "kind": "question", "pace": "days",
        "audience": "everyone", "alias": "", "state": "open", "closing": None, "step": 0, "due_at": None, "tz": TZ,
        "skills": ("Negotiating",), "people": (), "answers": 0, "channel": None, "channel_ts": None, "merged_into_id": None,
        "asked_at": NOW - 2 * HOUR,
    }  # fmt: skip
    return ForAsker(**(facts | more))


def held(**more: Any) -> ForMentor:
    facts: dict[str, Any] = {
        "question_id": 8, "words": Words(ODD), "kind": "question", "checklist": None, "pace": "days", "by": "Quiet Heron",
        "under_alias": True, "asked_at": NOW - 2 * HOUR, "state": "held", "closing": None, "asked_state": "claimed",
        "role": "mentor", "due_at": NOW + 5 * HOUR, "tz": TZ, "reasons": (), "skills": (), "channel": None,
        "channel_ts": None, "claimed_by": None,
    }  # fmt: skip
    return ForMentor(**(facts | more))


def numbered(*many: ForAsker) -> list[ForAsker]:
    """Each a question of its own, as they are on a page."""
    return [replace(each, question_id=20 + number) for number, each in enumerate(many)]


CLOSED = {"state": "closed", "closed_at": NOW - 26 * HOUR}
SAYS_HOW = asked(
    state="held", people=(replace(person("Hana", "claimed"), how=ODD), replace(person("Ben", "over"), how=ODD))
)
CARD_STATES = {
    "looking": asked(),
    "asked_one": asked(people=(person("Hana", "asked"),), step=0),
    "asked_two_more": asked(people=(person("Hana", "lapsed"), person("Ben", "asked"), person("Cleo", "asked")), step=1),
    "asked_widely": asked(people=(person("Hana", "passed"), person("Ben", "not_now")), step=2),
    "in_a_channel": asked(people=(person("Hana", "passed"),), step=2, channel="C1"),
    "nobody": asked(people=(person("Hana", "lapsed"),), step=4),
    "lead_sees_it": asked(people=(person("Hana", "released"), person("Lea", "asked", role="lead")), step=3),
    "asked_one_mentor": asked(people=(person("Hana", "asked", due=None),), audience="mentor:4"),
    "held": asked(state="held", people=(person("Hana", "claimed"), person("Ben", "over"))),
    "held_as_an_alias": asked(state="held", alias="Quiet Heron", people=(person("Hana", "claimed", due=None),)),
    "answered": asked(state="held", answers=2, people=(person("Hana", "claimed"),)),
    "closed_helped": asked(**CLOSED, closing="helped", answers=2, helped_by=("Hana", "Ben")),
    "closed_by_asker": asked(**CLOSED, closing="asker"),
    "closed_quiet": asked(**CLOSED, closing="quiet", audience="program:3", answers=1),
    "closed_by_moderator": asked(**CLOSED, closing="moderator", audience="channel:C1"),
    "a_review": asked(kind="review", checklist="difficult-message"),
    "hidden": asked(state="hidden"),
    "withdrawn": asked(state="withdrawn", closed_at=NOW),
    "merged": asked(state="merged", closed_at=NOW, merged_into_id=9, merged_line=ODD),
    "odd": asked(words=Words(ODD), alias="Quiet Heron", skills=(ODD[:40],), people=(person(ODD, "asked"),)),
}  # fmt: skip
FORMS: dict[str, Block] = {
    "form_empty": forms.ask_form(Typed(), Choices()),
    "form": forms.ask_form(TYPED, CHOICES),
    "form_one_mentor": forms.ask_form(Typed(audience="mentor", person="U7"), CHOICES),
    "form_from_a_mention": forms.ask_form(TYPED, Choices(no_alias="You ask under your own name."), memory={"mention": 1}),
    "form_too_few": forms.ask_form(
        Typed(question=ODD, audience="program:3", under_alias=True), CHOICES, above=[forms.small_note()],
        memory={"small": "program:3"},
    ),
    "form_distress": forms.ask_form(
        TYPED, CHOICES, above=[blocks.section("*You don't have to carry this alone.*"), forms.send_anyway()],
        memory={"care": 1}, submit="Send it", close="Not now",
    ),
    "form_answers_found": forms.ask_form(TYPED, CHOICES, found=forms.answers_found(CARDS, 4 * HOUR, typed=True)),
    "form_nothing_found": forms.ask_form(TYPED, CHOICES, found=forms.answers_found([], None, typed=True)),
    "form_nothing_typed": forms.ask_form(Typed(), CHOICES, found=forms.answers_found([], 2 * HOUR, typed=False)),
    "handed_in": views.asked(asked(), "People usually wait about four hours for this."),
    "handed_in_as_an_alias": views.asked(asked(alias="Quiet Heron"), "People usually wait about four hours for this."),
    "change_form": changed_views.change_form(7, 2, TYPED),
    "change_form_elsewhere": changed_views.change_form(7, 3, TYPED, above=changed_views.elsewhere(Typed(ODD, "b\n\nc"))),
    "change_form_distress": changed_views.change_form(7, 3, TYPED, above=[forms.send_anyway()], care=True),
    "add_form": changed_views.add_form([(7, "How do I say no?"), (8, ODD)], "The third round.", memory={"place": "D1:1.2"}),
    "name_form": views.name_form(7, "Quiet Heron"),
    "merge_form": views.merge_form(7, [(8, "Quiet Heron", "How do I refuse?"), (9, "Ben", ODD)]),
    "merge_form_nothing": views.merge_form(7, []),
    "details": views.details(CARD_STATES["held_as_an_alias"]),
}  # fmt: skip
PAGES = {
    "home_invitation": home_views.front([], [], 0, NOW, TZ),
    "home_none_open": home_views.front([], [], 4, NOW, TZ),
    "home": home_views.front(
        [CARD_STATES["held"], asked(question_id=9, alias="Quiet Heron", people=(person("Hana", "asked"),))],
        [held(), held(due_at=None)], 7, NOW, TZ,
    ),
    "page": home_views.everything(numbered(*list(CARD_STATES.values())[:10]), [held()], 1, NOW, TZ, more=True),
    "page_2": home_views.everything(
        numbered(*list(CARD_STATES.values())[11:]),
        [], 2, NOW, TZ, more=False,
    ),
    "page_empty": home_views.everything([], [], 1, NOW, TZ, more=False),
    "page_not_in": home_views.not_here(),
}  # fmt: skip
MESSAGES = {
    "on_its_own": views.on_its_own(taken_back=True),
    "on_its_own_closed": views.on_its_own(taken_back=False),
    **{f"card_{name}": views.status(said) for name, said in CARD_STATES.items()},
    "card_held_who_says_how": views.status(SAYS_HOW),
    "card_closed_quiet_unanswered": views.status(asked(**CLOSED, closing="quiet")),
    "mention": mention.offer({"channel": "C1", "ts": "1.2", "thread_ts": "1.1"}),
    "mention_not_in": mention.invitation(),
    "chosen": views.chosen("withdrawn"),
}


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_every_message_reads_as_it_did_and_slack_takes_it(name: str, golden: Golden):
    content = MESSAGES[name]
    golden(f"questions/asking/{name}", content)
    assert sum(len(each.get("elements", [])) for each in content.blocks if each["type"] == "actions") <= 4


@pytest.mark.parametrize("name", sorted(FORMS))
def test_every_form_reads_as_it_did_and_slack_takes_it(name: str, golden: Golden):
    golden(f"questions/asking/{name}", FORMS[name])
    assert sum(each["type"] == "input" for each in FORMS[name]["blocks"]) <= 7 + (name == "form_one_mentor")


@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_page_reads_as_it_did_and_slack_takes_it(name: str, golden: Golden):
    golden(f"questions/asking/{name}", blocks.home(PAGES[name]))


def test_nothing_people_wrote_can_ping_anybody():
    spoken = (
        [each.blocks for each in MESSAGES.values()] + [*PAGES.values()] + [each["blocks"] for each in FORMS.values()]
    )
    for each in spoken:
        assert not re.search(r"<!(channel|here|everyone)>|<@U\d>", " ".join(mrkdwn(each)))


def test_a_card_with_everything_in_it_fits():
    everybody = tuple(person(f"{'N' * 80} {number}", "lapsed") for number in range(40))
    content = views.status(asked(words=Words("&" * 500), people=everybody, skills=("s" * 40,) * 5))
    assert max(len(text) for text in mrkdwn(content.blocks)) <= 3000


def mrkdwn(shown: list[Block]) -> list[str]:
    """Every text that Slack would read marks and mentions in."""
    texts = [block["text"]["text"] for block in shown if block["type"] == "section"]
    return texts + [each["text"] for block in shown if block["type"] == "context" for each in block["elements"]]
