"""Speaks: the preview of a round on a lead's Home tab, its forms, and the sample."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.features.introductions.hello import reasons
from bot.messages import Block, Content
from bot.programs.pages import BACK as HOME
from bot.slack import blocks

PREVIEW = "introductions.preview"
PAGE = "introductions.preview_page"
AGAIN = "introductions.draw_again"
CHANGE = "introductions.change_preview"
SAMPLE = "introductions.sample"
SEND = "introductions.send_round"
UNDO = "introductions.undo_round"
BACK = "introductions.leave_preview"
CHANGE_FORM = "introductions.change"
WHAT, WHO = "what", "who"
PLACE = "introductions-preview"
GROUPS_A_PAGE = 30
CHANGES = [
    ("Swap these two", "swap"),
    ("Keep these two together", "keep_together"),
    ("Keep these two apart", "keep_apart"),
    ("Leave this person out this time", "leave_out"),
]


@dataclass(frozen=True)
class Shown:
    """A preview as a lead sees it."""

    round_id: int
    program: str
    number: int
    state: str  # draft | claimed | matched …
    drawing: bool
    groups: Sequence[Sequence[int]]
    left_out: Sequence[int]
    repeats: Sequence[Sequence[int]]
    same_team: int
    certificate: str
    minutes: int
    page: int
    names: Mapping[int, str]
    note: str | None
    sends_at: datetime | None


def gone() -> list[Block]:
    """Where the previewed round is not there any more."""
    back = blocks.actions(blocks.button("← Home", HOME))
    return [back, blocks.section("This round is not there any more. Its program's page shows what comes next.")]


def preview(shown: Shown) -> list[Block]:
    """The whole page; large rounds in pages of thirty groups."""
    back = blocks.actions(blocks.button("← Program", BACK, str(shown.round_id)))
    head = [back, blocks.header(f"Preview: {shown.program}, round {shown.number}")]
    if shown.drawing:
        return [*head, blocks.section("Drawing the round. This page shows it in a moment.")]
    pages = max(1, -(-len(shown.groups) // GROUPS_A_PAGE))
    page = min(shown.page, pages - 1)
    start = page * GROUPS_A_PAGE
    rows = [_row(shown, group) for group in shown.groups[start : start + GROUPS_A_PAGE]]
    body = [blocks.section("\n".join(rows[i : i + 10])) for i in range(0, len(rows), 10)]
    return [*head, blocks.section(_facts(shown)), *_changed(shown), *_acts(shown), *body, *_turn(shown, page, pages)]


def _facts(shown: Shown) -> str:
    people = sum(len(group) for group in shown.groups)
    lines = [
        f"*{people} people in {len(shown.groups)} introductions.* {_proof(shown.certificate)}",
        f"Sending takes about {_minutes(shown.minutes)}: Slack opens fifty conversations a minute.",
    ]
    if shown.left_out:
        names = [blocks.escape(shown.names.get(each, "somebody")) for each in shown.left_out[:10]]
        more = f" and {len(shown.left_out) - 10} more" if len(shown.left_out) > 10 else ""
        lines.append(f"Without a seat, and first next time: {', '.join(names)}{more}.")
    else:
        lines.append("Everybody has a seat.")
    met = len(shown.repeats)
    lines.append(f"{_counted(met)} met not long ago; {_counted(shown.same_team).lower()} work in one team.")
    return "\n".join(lines)


def _proof(certificate: str) -> str:
    if certificate == "the best possible":
        return "No other seating of these people is better."
    return f"It is {certificate}." if certificate else ""


def _minutes(count: int) -> str:
    return "a minute" if count <= 1 else f"{count} minutes"


def _counted(count: int) -> str:
    return {0: "No pair", 1: "One pair"}.get(count, f"{count} pairs")


def _changed(shown: Shown) -> list[Block]:
    if shown.note == "blocked":
        # One reason for every refusal: a lead must not learn from it who would rather not meet whom.
        return [blocks.context("That change does not work out for this round. Try it with somebody else.")]
    return [blocks.context(f"Last change: {blocks.escape(shown.note)}.")] if shown.note else []


def _row(shown: Shown, group: Sequence[int]) -> str:
    names = [blocks.escape(shown.names.get(each, "somebody")) for each in group]
    pairs = {tuple(pair) for pair in shown.repeats}
    again = any((a, b) in pairs for a in group for b in group)
    return f"•  {reasons.joined(names)}" + ("  _(met not long ago)_" if again else "")


def _acts(shown: Shown) -> list[Block]:
    value = str(shown.round_id)
    sample = blocks.button("Send me a sample", SAMPLE, value)
    if shown.state != "draft":
        when = f" It leaves {blocks.at(shown.sends_at, 'UTC')}." if shown.sends_at else ""
        undo = blocks.button("Undo", UNDO, value)
        return [blocks.section(f"This round is about to be sent.{when}"), blocks.actions(undo, sample)]
    sure = blocks.confirm(
        "Send this round?",
        "It leaves in ten minutes; until then you can undo it. Whoever left since is taken out, and their partners "
        "are seated anew.",
        "Send it",
    )
    return [
        blocks.actions(
            blocks.button("Send it", SEND, value, style="primary", confirm=sure),
            blocks.button("Change something", CHANGE, value),
            blocks.button("Draw again", AGAIN, value),
            sample,
        )
    ]


def _turn(shown: Shown, page: int, pages: int) -> list[Block]:
    if pages == 1:
        return []
    buttons = []
    if page > 0:
        buttons.append(blocks.button("Earlier", f"{PAGE}_back", f"{shown.round_id}:{page - 1}"))
    if page + 1 < pages:
        buttons.append(blocks.button("More", f"{PAGE}_on", f"{shown.round_id}:{page + 1}"))
    return [blocks.context(f"Page {page + 1} of {pages}"), blocks.actions(*buttons)]


def change_form(round_id: int) -> Block:
    """One change of a preview."""
    return blocks.modal(
        "Change the preview",
        [
            blocks.field("What", blocks.radios(WHAT, CHANGES, initial="swap"), block_id=WHAT),
            blocks.field(
                "Who",
                blocks.people_input(WHO),
                block_id=WHO,
                hint="Two people, or one to leave out. Everybody else stays where they are if possible.",
            ),
        ],
        callback_id=CHANGE_FORM,
        submit="Change it",
        memory={"round": round_id},
    )


def sample(content: Content) -> Content:
    """An introduction of the round, to the lead alone; its buttons are left out, because nobody is in it yet."""
    bare = [
        {name: value for name, value in block.items() if name != "accessory"}
        for block in content.blocks
        if block["type"] != "actions"
    ]
    return Content(f"A sample: {content.text}", [blocks.context("A sample, for you alone."), *bare])
