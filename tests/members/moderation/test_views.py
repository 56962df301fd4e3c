"""Everything moderation shows, word by word."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.members.moderation import care, report_button, report_option
from bot.members.moderation import rules as decisions
from bot.members.moderation.conduct import views as conduct
from bot.members.moderation.conduct.words import Conduct
from bot.members.moderation.deciding import telling
from bot.members.moderation.deciding import views as deciding
from bot.members.moderation.naming import views as naming
from bot.members.moderation.reporting import views as reporting
from bot.messages import Content
from bot.slack import blocks
from tests.goldens import Golden

AT = datetime(2026, 3, 2, 10, 12, tzinfo=UTC)
THING = "You never learn.\n\nAsk &lt;!here&gt; again."
REPORT = deciding.Shown(
    7, "an answer", THING, "Ben <x>", "It makes fun\nof <Omar>", [blocks.button("Close", "x.close")]
)
UPHELD = deciding.Decision(7, "an answer", decisions.UPHELD, "Mia <x>", AT, reversible=True)
RESTORED = deciding.Decision(8, "a card in the archive", decisions.RESTORED, "Omar", AT)
GONE = deciding.Decision(9, "something that is gone since", decisions.GONE, "Omar", AT)
OWN = Conduct("Be kind.\nBe <clear>.", ("Dana Roy, person of trust, room 4.12", "Works council: <!here>"))


def test_reporting(golden: Golden):
    golden("moderation/report_form", reporting.report_form("answer:12", "an answer", ["Mia", "<Omar>"]))
    golden("moderation/report_form_nobody", reporting.report_form("answer:12", "an answer", []))
    golden("moderation/reported", reporting.reported(["Mia", "<Omar>"], only_you=False))
    golden("moderation/reported_only_you", reporting.reported([], only_you=True))
    golden("moderation/reported_nobody", reporting.reported([], only_you=False))
    golden("moderation/hidden", reporting.hidden())
    button = blocks.actions(blocks.overflow("x.more", [report_option("answer:12")]), report_button("answer:12"))
    golden("moderation/report_button", {"text": "An answer", "blocks": [button]})


def test_what_a_moderator_sees(golden: Golden):
    golden("moderation/request", deciding.request(REPORT, "UTC"))
    alias = deciding.Shown(7, "a question", "x" * 3000, None, "", [blocks.context("A block of a feature")])
    golden("moderation/request_alias", deciding.request(alias, "UTC"))
    late = replace(REPORT, since=AT, asked_enough=True)
    golden("moderation/request_again", deciding.request(late, "UTC"))
    golden("moderation/decided_upheld", deciding.decided(UPHELD, "Europe/Lisbon"))
    golden("moderation/decided_restored", deciding.decided(RESTORED, "UTC"))
    golden("moderation/decided_gone", deciding.decided(GONE, "UTC"))


def test_the_page_of_reports(golden: Golden):
    gone = deciding.Shown(9, "something that is gone since", None, None, "")
    log = [UPHELD, RESTORED, GONE]
    page = deciding.page([REPORT, gone], log, "UTC", moderates=True, elsewhere=2)
    golden("moderation/page", blocks.home(page))
    golden("moderation/page_empty", blocks.home(deciding.page([], [], "UTC", moderates=False)))
    golden("moderation/page_not_yours", blocks.home(deciding.not_yours()))
    golden("moderation/front_one", blocks.home(deciding.waits(1)))
    golden("moderation/front_many", blocks.home(deciding.waits(3)))
    golden("moderation/settings_row", blocks.home([deciding.row(0), conduct.row()]))


def test_the_second_of_two_reads_what_the_first_did():
    assert deciding.already(UPHELD) == (
        "Mia x has decided to keep it hidden meanwhile, so there is nothing left to do for you."
    )
    assert deciding.already(RESTORED).startswith("Omar has put it back meanwhile")


def test_what_the_writer_and_the_reporter_hear(golden: Golden):
    for name, said in (
        ("hidden", telling.hidden("an answer")),
        ("restored", telling.restored("an answer")),
        ("upheld", telling.upheld("an answer", ["Mia", "<Omar>"])),
        ("upheld_nobody", telling.upheld("an answer", [])),
    ):
        golden(f"moderation/author_{name}", Content("About something you wrote", [blocks.section(said)]))
    golden("moderation/reporter_restored", telling.heard("an answer", decisions.RESTORED, ["Mia"]))
    golden("moderation/reporter_upheld", telling.heard("an answer", decisions.UPHELD, []))


def test_moderators(golden: Golden):
    golden("moderation/moderators_form", naming.moderators_form(["U1", "U2"]))
    golden("moderation/named", naming.named("<Lea>"))
    golden("moderation/unnamed", naming.unnamed("Lea"))
    golden("moderation/stepped_down", naming.stepped_down())
    golden("moderation/would_rather_not", naming.would_rather_not("<Mia>", nobody_left=False))
    golden("moderation/nobody_left", naming.would_rather_not("Mia", nobody_left=True))
    rows = [naming.row([]), naming.row(["Mia", "<Omar>"]) | {"block_id": "b"}]
    golden("moderation/moderators_row", blocks.home(rows))


def test_conduct(golden: Golden):
    golden("moderation/conduct_answer", conduct.answer(Conduct()))
    golden("moderation/conduct_own", conduct.answer(OWN))
    golden("moderation/conduct_reading", conduct.reading(OWN))
    golden("moderation/conduct_form", conduct.conduct_form(OWN))
    golden("moderation/conduct_form_ours", conduct.conduct_form(Conduct(), times=1))
    golden("moderation/conduct_preview", conduct.preview(OWN))
    golden("moderation/conduct_preview_no_contacts", conduct.preview(Conduct()))
    golden("moderation/conduct_changed_meanwhile", conduct.changed_meanwhile())
    golden("moderation/conduct_in_a_form", blocks.modal("Ask mentors", conduct.in_short(Conduct()), callback_id="x"))
    golden("moderation/conduct_in_a_form_own", blocks.modal("Ask mentors", conduct.in_short(OWN), callback_id="x"))
    rows = [conduct.row_for_leads(OWN), conduct.row_for_leads(Conduct()) | {"block_id": "b"}]
    golden("moderation/conduct_row", blocks.home(rows))


def test_care(golden: Golden):
    golden("moderation/care", blocks.modal("Thank you", care.note(Conduct()), callback_id="notice"))
    golden("moderation/care_contacts", blocks.modal("Thank you", care.note(OWN), callback_id="notice"))
