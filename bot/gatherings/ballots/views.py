"""Shows a ballot in its channel, the form to propose in, and what whoever votes reads."""

from collections.abc import Sequence

from bot.gatherings.ballots import rules
from bot.gatherings.models import Ballot, Proposal
from bot.members.moderation.reporting.buttons import report_option
from bot.members.rules import listed
from bot.messages import Block, Content
from bot.slack import blocks

VOTE = "gatherings.vote"
UNVOTE = "gatherings.unvote"
PROPOSE = "gatherings.propose"
PROPOSE_FORM = "gatherings.propose_form"
TAKE_BACK = "gatherings.take_back_proposal"
MORE = "gatherings.proposal_more"
TEXT = "text"
FIT = 5  # choices behind three dots, by Slack's rules


def post(ballot: Ballot, proposals: Sequence[Proposal], *, ended: bool = False) -> Content:
    """The question and what can be chosen; how many votes each has is not shown, so that nobody follows the crowd.

    `ended`: its program has.
    """
    question = blocks.escape(ballot.question)
    if ballot.state == "withdrawn":
        text = f"{question} This vote is off{', because its program has ended' if ended else ''}."
        return Content(text, [blocks.section(text)])
    if ballot.state == "closed":
        return _closed(ballot, proposals)
    shown = [blocks.section(f"*{question}*")]
    shown += [_row(ballot, each) for each in proposals]
    if not proposals:
        shown.append(blocks.section("Nothing is proposed yet. Begin with something you would come for."))
    until = blocks.at(ballot.closes_at, "UTC", "{date_long_pretty} at {time}")
    propose = blocks.button("Propose something", PROPOSE, str(ballot.id))
    shown += [
        blocks.actions(propose, *_reports(proposals), block_id=f"ballot-{ballot.id}"),
        blocks.context(f"One vote each, yours to change until {until}. Who voted for what is shown to nobody."),
    ]
    return Content(question, shown)


def _row(ballot: Ballot, each: Proposal) -> Block:
    vote = blocks.button("Vote", VOTE, f"{ballot.id}:{each.id}", label=f"Vote for {each.text}")
    return blocks.section(blocks.escape(each.text), accessory=vote)


def _closed(ballot: Ballot, proposals: Sequence[Proposal]) -> Content:
    question, won = blocks.escape(ballot.question), [each for each in proposals if each.state == "used"]
    hidden = any(each.state == "used_hidden" for each in proposals)
    if not won:
        kept = any(each.state == "waiting" for each in proposals)
        nobody = f"Nobody voted this time{'; what was proposed waits for the next one' if kept else ''}."
        why = "What you chose was hidden after a report." if hidden else nobody
        return Content(f"{question} {why}", [blocks.section(f"{question} {why}")])
    text = f"{question} You chose: {listed([blocks.escape(each.text) for each in won])}."
    chosen = listed([f"*{blocks.escape(each.text)}*" for each in won])
    small = ["Something else you chose was hidden after a report."] if hidden else []
    if any(each.state == "waiting" for each in proposals):
        small.append("What was not chosen waits for the next vote.")
    shown = [blocks.section(f"{question}\nYou chose {chosen}.", accessory=next(iter(_reports(won)), None))]
    return Content(text, [*shown, *([blocks.context(" ".join(small))] if small else [])])


def _reports(proposals: Sequence[Proposal]) -> list[Block]:
    """What members proposed can be reported, also after it was chosen; five fit behind three dots."""
    options = [
        (f"Report: {each.text}", report_option(f"proposal:{each.id}")[1]) for each in proposals if each.slug is None
    ]
    rows = [options[start : start + FIT] for start in range(0, len(options), FIT)]
    return [blocks.overflow(f"{MORE}_{place}" if place else MORE, row) for place, row in enumerate(rows)]


def voted(ballot: Ballot, proposal: Proposal) -> tuple[str, list[Block]]:
    """What whoever voted reads, alone."""
    text = f"Your vote: {blocks.escape(proposal.text)}. Press another to change it."
    undo = blocks.button("Take it back", UNVOTE, str(ballot.id))
    return text, [blocks.section(text), blocks.actions(undo)]


def unvoted() -> str:
    """The vote was taken back."""
    return "Taken back. You have no vote in this one, until you press another."


def form(ballot: Ballot, hint: str) -> Block:
    """One line that others can vote for."""
    return blocks.modal(
        "Propose something",
        [
            blocks.section(f"*{blocks.escape(ballot.question)}*"),
            blocks.field("Your proposal", blocks.text_input(TEXT, longest=rules.LONGEST), block_id=TEXT, hint=hint),
            blocks.context("Everybody in the channel can read it and vote for it. Your name is not beside it."),
        ],
        callback_id=PROPOSE_FORM,
        submit="Propose",
        memory={"ballot": ballot.id},
    )


def read_form(state: dict[str, object]) -> str:
    """The line, with its spaces tidied."""
    return " ".join(str(blocks.chosen(state, TEXT) or "").split())


def proposed(text: str, proposal_id: int) -> tuple[str, list[Block]]:
    """What whoever proposed reads, alone."""
    said = f"Proposed: {blocks.escape(text)}. It stands in the channel now, without your name."
    undo = blocks.button("Take it back", TAKE_BACK, str(proposal_id))
    return said, [blocks.section(said), blocks.actions(undo)]


def taken_back() -> str:
    """A proposal was taken back."""
    return "Taken back. Nobody can vote for it any more."


def done(text: str, shown: Sequence[Block]) -> Block:
    """The form once it was handed in: what came of it, with a way back."""
    return blocks.modal("Done", list(shown) or [blocks.section(text)], callback_id=PROPOSE_FORM, close="Close")
