"""Everything somebody reads of how they help, as golden files."""

from datetime import UTC, datetime, timedelta

from bot.features.questions.mentoring import views
from bot.features.questions.mentoring.rules import Held
from bot.features.questions.rules import KINDS
from bot.members.commitments import views as room
from bot.members.commitments.rules import Load, Taken
from bot.slack import blocks
from tests.goldens import Golden

TZ = "Europe/Lisbon"
NOW = datetime(2026, 3, 30, 8, tzinfo=UTC)
TUESDAY = NOW - timedelta(days=6)
HELD = (
    Held(1, "a question about Pricing", TUESDAY, claimed=True),
    Held(2, "feedback about &lt;!channel&gt;", NOW, claimed=False),
)
TAKEN = (Taken("question", "question:1", TUESDAY, None),)
LINE = room.Shown(Load(1, 6), TAKEN, ("a question",), TZ, NOW).line
ROOM = room.bar(room.Shown(Load(1, 6), TAKEN, ("a question",), TZ, NOW), views.PAGE)
SHOWN = views.Shown(
    ("Pricing", "<!channel>"), list(KINDS), "Send me the draft a day before. <!here>", False, HELD,
    timedelta(hours=4), TZ, NOW,
)  # fmt: skip
EMPTY = views.Shown((), (), "", False, (), None, TZ, NOW)
HIDDEN = views.Shown(("Pricing",), ["review"], "You fools", True, HELD * 6, timedelta(minutes=9), TZ, NOW)


def test_the_page(golden: Golden):
    golden("mentoring/page", blocks.home(views.page(SHOWN, ROOM)))
    golden("mentoring/page_empty", blocks.home(views.page(EMPTY, ROOM)))
    golden("mentoring/page_hidden", blocks.home(views.page(HIDDEN, ROOM)))
    golden("mentoring/page_not_in", blocks.home(views.not_in()))


def test_the_line_on_the_front_page(golden: Golden):
    golden("mentoring/row", blocks.home(views.row(2, list(KINDS), LINE)))
    golden("mentoring/row_quiet", blocks.home(views.row(0, ["review"], LINE)))
    golden("mentoring/row_closed", blocks.home(views.row(1, [], LINE)))


def test_the_form(golden: Golden):
    golden("mentoring/form", views.form(list(KINDS), ""))
    golden("mentoring/form_again", views.form(["review"], "Send me the draft a day before."))
