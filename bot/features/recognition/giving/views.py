"""The form in which thanks are said: drawn here, read back here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.features.recognition import rules
from bot.features.recognition.rules import EVIDENCE, SKILL, TO, WORDS, Said
from bot.members.rules import listed
from bot.messages import Block
from bot.slack import blocks

GIVE = "recognition.give"  # opens the form: from a shortcut, a page, or beside what one got
FOR_MESSAGE = "recognition.give_for_message"  # the shortcut beside a message: to whoever wrote it
PEOPLE = "recognition.people"
PICK = "recognition.pick"
SHARE = "share"


@dataclass(frozen=True)
class Sheet:
    """What the form holds; `offers` (slug: name) are those of `only`, the one person it is for, if it is one."""

    slack_ids: tuple[str, ...] = ()
    said: Said = field(default_factory=lambda: Said(""))
    may_share: bool = False
    only: int | None = None
    offers: Mapping[str, str] = field(default_factory=dict)


def form(sheet: Sheet, memory: dict[str, Any] | None = None) -> Block:
    """Say thanks."""
    return blocks.modal(
        "Say thanks",
        [
            blocks.field(
                "To",
                blocks.people_input(PEOPLE, initial=sheet.slack_ids, placeholder="One person, or several"),
                block_id=TO,
                dispatch=True,
            ),
            blocks.field(
                "For what",
                blocks.text_input(PICK, initial=sheet.said.words, many_lines=True, longest=rules.LONGEST_WORDS),
                block_id=WORDS,
                hint="Example: you drew the whole contract on one page. I have used that page twice since.",
            ),
            *_skill(sheet),
            blocks.field(
                "Who may read it",
                blocks.checkboxes(
                    PICK,
                    [("It may be shared, if they like that, too", "yes")],
                    initial=["yes"] if sheet.may_share else [],
                ),
                block_id=SHARE,
                optional=True,
                hint="Shared means: your words and both names on the monthly page of thanks, in the note after a round of "
                "introductions, and on their own page, should they print it. Otherwise only the two of you read it.",
            ),
        ],
        callback_id=GIVE,
        submit="Send",
        memory=memory,
    )


def _skill(sheet: Sheet) -> list[Block]:
    """What they offer, to be seen at work; with several people, or where nothing is offered, there is nothing to choose."""
    if sheet.only is None or not sheet.offers:
        return []
    return [
        blocks.field(
            "A skill you saw at work",
            blocks.select(
                PICK,
                [(name, slug) for slug, name in sheet.offers.items()],
                initial=next((slug for slug, name in sheet.offers.items() if name == sheet.said.skill), None),
                placeholder="Among what they offer",
            ),
            block_id=f"{SKILL}-{sheet.only}",
            optional=True,
        ),
        blocks.field(
            "What you saw, in a sentence",
            blocks.text_input(PICK, initial=sheet.said.evidence, longest=rules.LONGEST_EVIDENCE),
            block_id=EVIDENCE,
            optional=True,
            hint="Example: kept three teams in one room until the date stood. With your name, it is theirs to show in a "
            "talk about their work.",
        ),
    ]


def read_people(state: dict[str, Any]) -> list[str]:
    """The Slack ids that were chosen."""
    return list(blocks.chosen(state, TO) or [])


def read_skill(state: dict[str, Any], member_id: int) -> str:
    """The slug of what was chosen among what that person offers."""
    return str(blocks.chosen(state, f"{SKILL}-{member_id}") or "")


def read_said(state: dict[str, Any], skill: str = "") -> Said:
    """The words; `skill` by name."""
    words = rules.cleaned(str(blocks.chosen(state, WORDS) or ""), rules.LONGEST_WORDS)
    evidence = rules.cleaned(str(blocks.chosen(state, EVIDENCE) or ""), rules.LONGEST_EVIDENCE)
    return Said(words, skill, " ".join(evidence.split()))


def read_may_share(state: dict[str, Any]) -> bool:
    """Whether the box was ticked."""
    return "yes" in (blocks.chosen(state, SHARE) or [])


def errors(problems: Mapping[str, str], only: int | None) -> dict[str, str]:
    """What is wrong, under the block it stands in."""
    return {f"{SKILL}-{only}" if name == SKILL else name: text for name, text in problems.items()}


def on_its_way(names: Sequence[str], *, may_share: bool) -> Block:
    """It was said."""
    who = blocks.escape(listed(list(names)))
    reads = "reads it in their own hours" if len(names) == 1 else "read it, each in their own hours"
    shared = " Whether anybody else does, they decide as well." if may_share else " Nobody else does."
    return blocks.modal(
        "Said",
        [
            blocks.section(f"{who} {reads}.{shared}"),
            blocks.context("What you said stands in my Home tab under *My recognition*, where you can take it back."),
        ],
        callback_id="recognition.notice",
        close="Close",
    )
