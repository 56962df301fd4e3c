"""Every message, form and page of gatherings, as it is read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.gatherings import page_views, rules, views, words
from bot.gatherings.hosting import forms
from bot.gatherings.models import Gathering
from bot.gatherings.store import Counts
from bot.gatherings.words import Facts
from bot.messages import Content
from bot.slack import blocks
from tests.goldens import Golden

START = datetime(2026, 3, 19, 15, tzinfo=UTC)
DAYS_BEFORE, ON_THE_DAY = START - timedelta(days=5), START - timedelta(minutes=15)
LISBON, BERLIN = "Europe/Lisbon", "Europe/Berlin"
FACTS = Facts(
    id=12,
    title="The launch that wasn't",
    plain_title="The launch that wasn't",
    noun="story session",
    starts_at=START,
    tz=LISBON,
    minutes=20,
    about="",
    place="Kitchen, third floor",
    link="https://call.example/1",
    lines=["Told by Femi."],
)
BARE = replace(FACTS, place="", link="", lines=[])

MESSAGES: dict[str, Content] = {
    "announcement": views.announcement(FACTS, "Eight of 12 seats are taken."),
    "announcement_over": views.closed_announcement(FACTS, "is over"),
    "asked": views.asked(FACTS, BERLIN, DAYS_BEFORE),
    "comes": views.chosen(FACTS, rules.COMING, BERLIN, DAYS_BEFORE),
    "comes_twice": views.chosen(FACTS, rules.COMING, BERLIN, DAYS_BEFORE, clash="Lunch"),
    "waits": views.chosen(FACTS, rules.WAITING, BERLIN, DAYS_BEFORE, place=3),
    "can_not": views.chosen(FACTS, rules.CANNOT, BERLIN, DAYS_BEFORE),
    "can_not_and_hosts": views.chosen(FACTS, rules.CANNOT, BERLIN, DAYS_BEFORE, hosts=True),
    "seat_is_free": views.seat_is_free(FACTS, BERLIN, DAYS_BEFORE),
    "invitation": views.invitation(FACTS, "Lin", BERLIN, DAYS_BEFORE),
    "outside": views.outside(FACTS, 3, "Stories <3", "C1", BERLIN, DAYS_BEFORE),
    "outside_without_a_channel": views.outside(FACTS, 3, "Stories", None, BERLIN, DAYS_BEFORE),
    "reminder": views.reminder(FACTS, BERLIN, DAYS_BEFORE),
    "announcement_of_a_call": views.announcement(replace(FACTS, place=""), "12 seats."),
    "soon": views.soon(FACTS, BERLIN, ON_THE_DAY),
    "soon_without_a_call": views.soon(BARE, BERLIN, ON_THE_DAY),
    "moved": views.news(FACTS, "moved", BERLIN, DAYS_BEFORE, rules.COMING),
    "moved_for_the_invited": views.news(FACTS, "moved", BERLIN, DAYS_BEFORE, rules.INVITED),
    "changed": views.news(FACTS, "changed", BERLIN, DAYS_BEFORE, rules.WAITING),
    "called_off": views.news(FACTS, "called_off", BERLIN, DAYS_BEFORE, rules.COMING),
    "moved_in_the_thread": views.thread_news(FACTS, "moved"),
    "called_off_in_the_thread": views.thread_news(FACTS, "called_off"),
    "were_you_there": views.were_you_there(FACTS),
    "recorded": views.recorded(FACTS, "https://tapes.example/7"),
    "calendar_file": views.calendar_file(FACTS.title, "BEGIN:VCALENDAR", cancelled=False),
    "calendar_file_cancelled": views.calendar_file(FACTS.title, "BEGIN:VCALENDAR", cancelled=True),
    "host_news": views.host_news("You co-host *The launch that wasn't*. Its page has what hosts can do.", 12),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_reads_as_it_should(name: str, golden: Golden):
    golden(f"gatherings/{name}", MESSAGES[name])


def test_reminders_are_under_thirty_words():
    for name in ("reminder", "soon"):
        assert len(MESSAGES[name].text.split()) < 30


def gathering(**facts: object) -> Gathering:
    given = {
        "id": 12, "title": "The launch that wasn't", "about": None, "place": "Kitchen", "link": None, "seats": 12,
        "minutes": 20, "starts_at": START, "tz": LISBON, "version": 3, "recording": None,
    }  # fmt: skip
    return Gathering(**(given | facts))


FORMS = {
    "form_edit": forms.edit_form(gathering()),
    "form_move": forms.move_form(gathering(), 0),
    "form_move_later_ones": forms.move_form(gathering(), 3),
    "form_invite": forms.invite_form(gathering()),
    "form_cohost": forms.cohost_form(gathering(), "U2"),
    "form_recording": forms.recording_form(gathering()),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_reads_as_it_should(name: str, golden: Golden):
    golden(f"gatherings/{name}", FORMS[name])


PAGE = page_views.Page(
    facts=FACTS,
    when="Thursday 19 March, 16:00, your time",
    state="planned",
    program="*Failure stories*",
    hosts=["U1", "U2"],
    fullness="8 of 12 seats are taken.",
    said=None,
    place_in_line=0,
    came=None,
    how_many_came=0,
    recording=None,
    member_rows=[blocks.context("Bring a spoon.")],
)
HOSTS = page_views.ForHosts([], coming=["Ada", "Ben <3"], waiting=["Cleo"], invited=["Dan"])
PAGES = {
    "page": PAGE,
    "page_comes": replace(PAGE, said=rules.COMING),
    "page_waits": replace(PAGE, said=rules.WAITING, place_in_line=3, fullness="All 12 seats are taken."),
    "page_for_hosts": replace(PAGE, said=rules.CANNOT, for_hosts=HOSTS),
    "page_over": replace(
        PAGE, state="over", said=rules.COMING, how_many_came=9, recording="https://tapes.example/7", for_hosts=HOSTS
    ),
    "page_called_off": replace(PAGE, state="called_off", said=rules.COMING, hosts=[]),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_reads_as_it_should(name: str, golden: Golden):
    golden(f"gatherings/{name}", blocks.home(page_views.page(PAGES[name])))


def test_the_list_of_sessions_reads_as_it_should(golden: Golden):
    said = (None, rules.COMING, rules.WAITING, rules.INVITED)
    rows = [
        page_views.Shown(number, f"Thursday {number} March, 15:00", "The launch that wasn't", each)
        for number, each in enumerate(said, 16)
    ]
    golden("gatherings/list", blocks.home(page_views.all_of_them(rows)))


@pytest.mark.parametrize(
    ("said", "hosts", "line", "label"),
    [
        (None, False, "Story session: Soup.", "I'll come"),
        (rules.INVITED, False, "Story session: Soup. You are invited.", "I'll come"),
        (rules.COMING, False, "Story session: Soup. You come.", "Open"),
        (rules.WAITING, False, "Story session: Soup. You are in line for a seat.", "Open"),
        (rules.COMING, True, "Story session: Soup. You host.", "Open"),
        (rules.CANNOT, True, "Story session: Soup. Not this time. You host.", "Open"),
    ],
)
def test_a_session_that_is_next_has_one_button(said: str | None, hosts: bool, line: str, label: str):
    assert page_views.line("Story session: Soup", said, hosts=hosts) == line
    assert page_views.one_button(7, "Soup", said, None, hosts=hosts)["text"]["text"] == label
    join = page_views.one_button(7, "Soup", said, "https://call.example/1", hosts=hosts)
    assert (join.get("url") == "https://call.example/1") == (said == rules.COMING)


@pytest.mark.parametrize(
    ("seats", "coming", "waiting", "said"),
    [
        (12, 0, 0, "12 seats."),
        (12, 8, 0, "8 of 12 seats are taken."),
        (12, 12, 2, "All 12 seats are taken: you would be third in line."),
        (12, 12, 40, "All 12 seats are taken: you would be number 41 in line."),
        (1, 1, 0, "The only seat is taken: you would be first in line."),
        (12, 14, 0, "All 12 seats are taken: you would be first in line."),  # a host gave away fewer than there were
        (None, 0, 0, "As many as like can come."),
        (None, 1, 0, "One person comes so far."),
        (None, 1000, 0, "1,000 people come so far."),
    ],
)
def test_how_full_it_is_says_who_comes_and_never_who_does_not(seats: int | None, coming: int, waiting: int, said: str):
    assert words.fullness(gathering(seats=seats), Counts(coming, waiting)) == said
