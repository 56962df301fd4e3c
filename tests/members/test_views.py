"""Everything the members storey shows, word by word."""

from datetime import date

from bot.members import forms
from bot.members.apart import views as apart
from bot.members.changes import About, Hours, Skills
from bot.members.front import settings
from bot.members.front import views as front
from bot.members.joining import views as joining
from bot.members.leading import views as leading
from bot.members.pauses import views as pauses
from bot.members.preferences import views as preferences
from bot.slack import blocks
from tests.goldens import Golden

TODAY = date(2026, 3, 2)
ABOUT = About("Design & Co", "design", 2)
SKILLS = Skills(("Sketching", "<!channel>"), ("Saying no",), ())
HOURS = Hours(540, 1020, (0, 1, 2, 3, 4), 4)
NOTHING = About("", "", 2)


def test_the_first_visit(golden: Golden):
    golden("members/first_visit", blocks.home(front.first_visit("Good morning", "Ada", left=None, leads=["Lea"])))
    golden("members/coming_back", blocks.home(front.first_visit("Good evening", "Ada", left="Monday 2 March")))
    golden(
        "members/first_visit_of_a_lead", blocks.home(front.first_visit("Good morning", "Ada", left=None, is_lead=True))
    )
    guest = front.first_visit_of_a_guest("Good morning", "Gus", ["Lea", "<Ben>"])
    golden("members/first_visit_of_a_guest", blocks.home(guest))


def test_the_three_steps_of_joining(golden: Golden):
    golden("members/join_about", joining.about_step(NOTHING))
    golden("members/join_about_again", joining.about_step(ABOUT))
    golden("members/join_skills", joining.skills_step(Skills()))
    golden("members/join_hours", joining.hours_step(HOURS, "Europe/Lisbon"))
    golden("members/welcome", joining.welcome("Ada <!here>"))


def test_the_first_lines_of_the_front_page(golden: Golden):
    said = front.Hello("Good morning", "Ada", 1, 4, 540, 1020, TODAY)
    golden("members/hello", blocks.home(front.hello(said)))
    paused = front.Hello("Good morning", "Ada", 0, 4, 570, 1020, TODAY, paused_until=date(2026, 3, 16))
    golden("members/hello_paused", blocks.home(front.hello(paused)))
    back = front.Hello(
        "Good evening", "*Ada*", 4, 4, 540, 1020, TODAY, back_until=date(2026, 3, 16), has_skills=False, kept_out=True
    )
    golden("members/hello_back", blocks.home(front.hello(back)))


def test_the_settings_page(golden: Golden):
    said = settings.Settings(ABOUT, SKILLS, HOURS, "Europe/Lisbon", TODAY, None, leads=[f"L{n}" for n in range(23)])
    golden("members/settings", blocks.home(settings.settings(said)))
    lead = settings.Settings(
        NOTHING,
        Skills(),
        HOURS,
        "UTC",
        TODAY,
        date(2026, 3, 9),
        leads=["Ada", "<Ben>"],
        is_lead=True,
        guests_allowed=True,
    )
    golden("members/settings_of_a_lead", blocks.home(settings.settings(lead)))
    outside = settings.settings_of_a_lead_outside(["Ada"], False)
    golden("members/settings_of_a_lead_outside", blocks.home(outside))


def test_the_forms_behind_change(golden: Golden):
    golden("members/edit_about", preferences.about_form(ABOUT))
    golden("members/edit_skills", preferences.skills_form(SKILLS))
    golden("members/edit_hours", preferences.hours_form(Hours(0, 1440, (6,), 7), "Asia/Tokyo"))


def test_pausing_and_coming_back(golden: Golden):
    golden("members/pause", pauses.pause_form())
    text, shown = pauses.paused(date(2026, 3, 16), TODAY)
    golden("members/paused", {"text": text, "blocks": shown})
    text, shown = pauses.resumed(date(2026, 3, 16))
    golden("members/resumed", {"text": text, "blocks": shown})
    text, shown = pauses.resumed(None)
    golden("members/was_not_paused", {"text": text, "blocks": shown})
    golden("members/pause_ended", pauses.pause_ended("Ada <@U1>"))


def test_leads(golden: Golden):
    golden("members/leads", leading.leads_form(leading.Leads(["U1"], ["Lea", "<Ben>"])))
    golden("members/lead_named", leading.named("<Lea>"))
    golden("members/lead_unnamed", leading.unnamed("Lea"))


def test_the_confidential_list(golden: Golden):
    golden("members/apart", apart.apart_form(["U1", "U2"]))
    golden("members/apart_empty", apart.apart_form([]))


def test_a_type_ahead_is_one_that_slack_takes():
    found = forms.suggestions(["SQL"] * 30, "sq", is_known=False, longest=40)
    assert len(found) == 31
    assert found[-1]["text"]["text"] == "Add “sq”"
