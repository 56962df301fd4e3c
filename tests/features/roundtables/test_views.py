"""Every message and form of written roundtables, as it reads."""

from bot.features.roundtables.written import kind, tags, turn_views, views
from bot.features.roundtables.written.options import RoundtableOptions
from bot.features.roundtables.written.views import Prompt
from bot.slack import blocks
from tests.goldens import Golden

ASKED = "What did you stop doing this year, and what did that give you?"
HINT = "The weekly report. Nobody missed it; I read more mail."


def test_what_stands_in_the_channels(golden: Golden):
    several = Prompt(ASKED, HINT, "Monday 16 March", "voted", ("C2", "C3"), 7, 3)
    golden("roundtables/prompt", views.prompt(Prompt(ASKED, HINT, "Monday 16 March")))
    golden("roundtables/prompt_voted", views.prompt(several))
    golden(
        "roundtables/prompt_gap", views.prompt(Prompt("Pricing: what is good enough?", "", "Friday 13 March", "gap"))
    )
    golden("roundtables/closed_by_many", views.closed(12, 3))
    golden("roundtables/closed_by_one", views.closed(1, 1))
    golden("roundtables/withheld", views.withheld())
    golden("roundtables/hidden", views.hidden())
    golden("roundtables/closed_without", views.closed(0, 2))
    golden("roundtables/summary", views.summary(7, ASKED, "Less reporting.\n• “It gave me Fridays.” (Ada)", "Ben & co"))
    golden("roundtables/summary_of_what_is_withheld", views.summary(7, None, "Less reporting.", "Ben"))


def test_what_one_person_reads(golden: Golden):
    golden("roundtables/not_posted", views.not_posted("Across <teams>", "C2"))
    golden("roundtables/taken_out", views.taken_out("Across <teams>", "C2"))
    golden("roundtables/sent_out", views.sent_out("Across <teams>", "C2"))
    golden("roundtables/nudge", turn_views.nudge(3, ASKED, ["C1", "C2", "C3", "C4"], "Monday 16 March"))
    golden("roundtables/was_open", turn_views.was_open(ASKED))
    golden("roundtables/turn", turn_views.turn(7, ASKED, views.answered(5, 3), "Wednesday 18 March"))
    golden("roundtables/passed", turn_views.passed())
    golden("roundtables/lapsed", turn_views.lapsed(ASKED))
    golden("roundtables/posted", turn_views.posted(7))
    golden("roundtables/kept", turn_views.kept(7, 12))


def test_the_forms(golden: Golden):
    golden("roundtables/summary_form", turn_views.form(7, 2, ASKED, "Five people answered.", posted=False, at="D1:1.2"))
    golden("roundtables/summary_form_again", turn_views.form(7, 3, ASKED, "Less reporting.", posted=True))
    reacted = [("The weekly <report> & nobody…", 3), ("I read more mail.", 1)]
    drafted = turn_views.form(7, 2, ASKED, "Five people answered.", posted=False, reacted=reacted)
    golden("roundtables/summary_form_reacted", drafted)
    golden("roundtables/tags_form", tags.form([tags.SKILLS]))
    chosen = RoundtableOptions(channels=["C2"], vote=True)
    golden("roundtables/options", blocks.modal("Options", kind.option_fields(chosen), callback_id="x", submit="Save"))
    rows = [tags.setting(each) for each in ([], [tags.SKILLS], [tags.GOALS], [tags.SKILLS, tags.GOALS])]
    for number, row in enumerate(rows):
        row["block_id"] = f"{row['block_id']}{number}"
    golden("roundtables/tags_rows", blocks.home(rows))


def test_nothing_anybody_wrote_calls_anybody():
    shout = "<!channel> & <@U1>"
    said = [
        views.prompt(Prompt(shout, shout, "Monday")),
        views.summary(7, shout, shout, shout),
        turn_views.nudge(1, shout, ["C1"], "Monday"),
        turn_views.turn(1, shout, "Two people answered.", "Monday"),
        turn_views.lapsed(shout),
        turn_views.was_open(shout),
        views.not_posted(shout, "C1"),
    ]
    for each in said:
        assert "<!channel>" not in str(each.blocks)
        assert "<@U1>" not in str(each.blocks)
        assert "<!channel>" not in each.text, each.text
