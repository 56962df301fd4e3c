"""Every form and answer of storytelling that no message shows, each with its golden."""

from bot.features.storytelling import kind
from bot.features.storytelling.harvest import views as harvest
from bot.features.storytelling.harvest.kind import KIND
from bot.features.storytelling.options import StoryOptions
from bot.features.storytelling.preparing import views as pages
from bot.features.storytelling.preparing.rules import Page
from bot.features.storytelling.tellers import views
from bot.gatherings.models import Takeaway
from bot.gatherings.takeaways import views as asked
from bot.slack import blocks
from tests.members import walk

PAGE = Page("The launch <b>", "It broke at noon.", "We asked the users.", "Ask one user first.", "Why so late?")


def test_whom_to_ask(golden):
    golden("storytelling/forms/swap", views.swap_form(7))
    golden("storytelling/forms/invite", views.invite_form(7))


def test_the_page_a_teller_prepares(golden):
    golden("storytelling/forms/page_empty", pages.form(7, Page(), 0))
    golden("storytelling/forms/page_saved", pages.form(7, PAGE, 3, saved=True))
    golden("storytelling/forms/page_shared", pages.form(7, PAGE, 3, shared=True))
    golden("storytelling/forms/page_read", pages.host_reads(PAGE, "U0000ADA"))


def test_a_host_reads_every_character_of_a_page_also_where_it_is_full_of_signs():
    page = Page(broke="if (a<b && c>d) " * 156)
    assert page.broke.strip() in walk.said(pages.host_reads(page, "U0000ADA"))


def test_what_a_listener_will_try(golden):
    golden("storytelling/forms/takeaway", asked.form(7, KIND, None, {3: "Ada"}, in_thread=True))
    said, two = (Takeaway(id=9, about=4), "Ask <one> user"), {3: "Ada", 4: "Ben"}
    golden("storytelling/forms/takeaway_before", asked.form(7, KIND, said, two, in_thread=False))
    golden("storytelling/forms/takeaway_hidden", asked.said(KIND, "Ask <one> user", 9, hidden=True))
    golden("storytelling/forms/takeaway_said", asked.said(KIND, "Ask <one> user", 9))
    golden("storytelling/forms/takeaway_taken_back", asked.taken_back())
    said = [KIND.asking.nothing, harvest.no_card(), harvest.drafted(), *_answers()]
    golden("storytelling/answers", {"text": "answers", "blocks": [blocks.section(each) for each in said]})


def _answers() -> list[str]:
    counted = [KIND.following.answers(each, True) for each in asked.OUTCOMES]
    return [*counted, *[KIND.following.answers(each, False) for each in asked.OUTCOMES if each != "not_yet"]]


def test_what_a_lead_chooses(golden):
    fields = kind.option_fields(StoryOptions(seats=12, link="https://call.example/1"))
    golden("storytelling/forms/options", blocks.modal("Storytelling", fields, callback_id="x", submit="Save"))
