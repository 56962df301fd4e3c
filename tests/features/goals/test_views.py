"""What people read of goals: every message, form and page as a golden file, short enough, and pinging nobody."""

import re
from datetime import UTC, date, datetime

import pytest

from bot.features.goals import views as pages
from bot.features.goals.following import views as following
from bot.features.goals.plans import views as plans
from bot.features.goals.reviews import views as reviews
from bot.features.goals.rules import Draft, Milestone, Note, Text
from bot.features.goals.setting import views as setting
from bot.features.goals.steps import views as steps
from bot.messages import Block, Content
from bot.slack import blocks
from tests.goldens import Golden

TODAY = date(2026, 3, 16)
MOVED = datetime(2026, 3, 3, 10, tzinfo=UTC)
TZ = "Europe/Lisbon"
TEXT = Text(
    "Lead a design review",
    "I want to stop waiting to be asked.",
    date(2026, 6, 30),
    "Design reviews",
    (Milestone(1, "Sit in on two reviews", date(2026, 3, 3)), Milestone(2, "Prepare one with Mina")),
)
ODD = Text("<!channel> *bold* ❤ مرحبا", "<!here>\n*why*", None, "<@U1>", (Milestone(1, "<!everyone>"),))
ASKED = reviews.Asked(7, TEXT, "two_weeks", MOVED, TZ, TODAY)
HELP = blocks.button("Ask mentors", "questions.ask")

MESSAGES: dict[str, tuple[Content, int]] = {
    "review": (reviews.review(ASKED), 60),
    "review_odd": (reviews.review(reviews.Asked(7, ODD, "month", MOVED, TZ, TODAY)), 60),
    "review_after_a_pause": (reviews.review(ASKED, back=True), 60),
    "kept": (reviews.kept(7, TEXT, date(2026, 3, 30), TODAY), 30),
    "recut": (reviews.recut(7, TEXT, TODAY), 30),
    "paused": (reviews.paused(7, TEXT, date(2026, 5, 4), TODAY), 30),
    "let_go": (reviews.let_go(7, TEXT), 30),
    "no_reviews": (reviews.no_reviews(7, TEXT), 30),
    "done": (reviews.done(7, TEXT, date(2026, 1, 5), TODAY, 5, 0), 30),
    "done_together": (reviews.done(7, TEXT, date(2026, 1, 5), TODAY, 0, 2), 30),
    "open_again": (reviews.open_again(7, TEXT), 30),
    "plan": (plans.plan(7, TEXT.title), 70),
    "stepping": (plans.stepping(7, TEXT.title, "Ask Mina whether I may sit in"), 30),
    "somebody_else": (plans.seeing(7, TEXT.title, [HELP]), 30),
    "nobody_else": (plans.seeing(7, TEXT.title, []), 30),
    "seen_anew": (plans.seen_anew(7, TEXT.title), 30),
    "after_a_smaller_step": (plans.after(7, TEXT, "smaller"), 60),
    "after_somebody_else": (plans.after(7, TEXT, "person"), 60),
    "after_an_angle": (plans.after(7, ODD, "angle"), 60),
    "noted": (steps.noted(7, TEXT.title), 30),
    "ticked": (steps.ticked(7, TEXT.title, "Prepare one with Mina", 2), 30),
    "unticked": (steps.unticked(ODD.title, ODD.milestones[0].text), 30),
    "follow_request": (following.request(7, "Ana Sousa"), 60),
    "follow_accepted": (following.accepted(7, "Ana Sousa", TEXT.title), 30),
    "follow_declined": (following.declined(7, "Ana Sousa"), 30),
    "follow_stopped": (following.stopped(7, "<!here> Ana"), 30),
    "reached": (following.reached(7, "Ana Sousa", TEXT.title), 30),
}

NOTES = [
    Note(MOVED, "Sat in on the second one; two of my questions changed the plan.", shared=True),
    Note(MOVED, "I go quiet when <@U2> speaks.", kind="obstacle"),
    Note(MOVED, "My first manager would notice.", kind="angle"),
]


def shown(text: Text = TEXT, state: str = "open", **more: object) -> pages.Shown:
    facts = {
        "id": 7, "state": state, "rhythm": "two_weeks", "text": text, "moved_at": MOVED,
        "due_at": datetime(2026, 3, 30, 9, 9, tzinfo=UTC), "closed_at": None, "created_at": MOVED,
    }  # fmt: skip
    return pages.Shown(**{**facts, **more})  # type: ignore[arg-type]


DONE = shown(state="done", due_at=None, closed_at=datetime(2026, 3, 12, tzinfo=UTC))
PAGES: dict[str, list[Block]] = {
    "invitation": pages.invitation(),
    "front": pages.front([shown(), shown(ODD, "paused", id=8)], 2, TZ, TODAY),
    "all": pages.everything([shown()], [pages.Followed(shown(ODD, id=9), "Ben Adler")], 3, TZ, TODAY),
    "all_empty": pages.everything([], [], 0, TZ, TODAY),
    "closed": pages.closed_page([DONE, shown(ODD, "let_go", id=8, closed_at=MOVED)], TZ, TODAY),
    "page": pages.page(shown(), NOTES, [("Ben Adler", "following"), ("Cleo", "asked")], TZ, TODAY),
    "page_odd": pages.page(shown(ODD, "paused", id=8), [], [], TZ, TODAY),
    "page_done": pages.page(DONE, NOTES[:1], [], TZ, TODAY),
    "follower": pages.follower_page(pages.Followed(shown(), "Ana Sousa"), NOTES[:1], TZ, TODAY),
    "help": pages.help_page(shown(), [HELP]),
    "no_help": pages.help_page(shown(), []),
    "not_here": pages.not_here(),
}
DRAFT = Draft(TEXT.title, TEXT.why, TEXT.by, TEXT.skill, "two_weeks", ("U2",))
FORMS: dict[str, Block] = {
    "new": setting.new_form(Draft()),
    "edit": setting.edit_form(7, 3, DRAFT, today=TODAY),
    "edit_changed_elsewhere": setting.edit_form(7, 4, DRAFT, now_says=ODD, today=TODAY),
    "kept_form": setting.kept(TEXT.title, date(2026, 3, 30), ["Ben Adler", "Cleo"], TODAY),
    "note_form": steps.note_form(7, TEXT.title, 2, answers=True),
    "steps_form": steps.steps_form(7, TEXT),
    "obstacle_form": steps.obstacle_form(7, ODD.title),
    "pause_form": reviews.pause_form(7, date(2026, 4, 13)),
    "done_form": reviews.done_form(7, 2),
    "smaller_form": plans.smaller_form(7, TEXT.title),
    "angle_form": plans.angle_form(7, TEXT.title, ("Who would notice?", "By what?")),
}


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_every_message_reads_as_it_did_and_slack_takes_it(name: str, golden: Golden):
    content, most = MESSAGES[name]
    golden(f"goals/{name}", content)
    assert len(words(content.blocks)) <= most
    assert sum(len(each.get("elements", [])) for each in content.blocks if each["type"] == "actions") <= 4


@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_page_reads_as_it_did_and_slack_takes_it(name: str, golden: Golden):
    golden(f"goals/page_{name}", blocks.home(PAGES[name]))


@pytest.mark.parametrize("name", sorted(FORMS))
def test_every_form_reads_as_it_did_and_slack_takes_it(name: str, golden: Golden):
    golden(f"goals/{name}", FORMS[name])
    assert sum(each["type"] == "input" for each in FORMS[name]["blocks"]) <= 7


def test_nothing_people_wrote_can_ping_anybody():
    spoken = (
        [MESSAGES[name][0].blocks for name in MESSAGES] + list(PAGES.values()) + [FORMS[n]["blocks"] for n in FORMS]
    )
    for each in spoken:
        assert not re.search(r"<!(channel|here|everyone)>|<@U\d>", " ".join(mrkdwn(each)))


def test_a_goal_with_everything_in_it_fits_on_its_page():
    full = Text("t" * 120, "w" * 1000, None, "s" * 40, tuple(Milestone(n, "m" * 120) for n in range(10)))
    notes = [Note(MOVED, "n" * 3000)] * 40
    people = [(f"Person {number}", "following") for number in range(5)]
    assert len(pages.page(shown(full), notes, people, TZ, TODAY)) < 60


def words(shown: list[Block]) -> list[str]:
    return " ".join(mrkdwn(shown)).split()


def mrkdwn(shown: list[Block]) -> list[str]:
    """Every text that Slack would read marks and mentions in."""
    texts = [block["text"]["text"] for block in shown if block["type"] == "section"]
    return texts + [each["text"] for block in shown if block["type"] == "context" for each in block["elements"]]
