"""How the code of conduct and the help contacts are shown, changed and looked at before they hold."""

from typing import Any

from bot.members.moderation.conduct import rules
from bot.members.moderation.conduct.words import LONGEST, Conduct
from bot.members.rules import number
from bot.messages import Block, Content
from bot.slack import blocks

READ = "moderation.conduct"
EDIT = "moderation.edit_conduct"
PREVIEW = "moderation.preview_conduct"
OURS = "moderation.our_conduct"
TEXT, CONTACTS = "text", "contacts"
WRITE = "moderation.write"
ROOM_FOR_CONTACTS = 1000
TITLE = "How we speak here"


def in_full(conduct: Conduct) -> list[Block]:
    """All of it, where it stands alone or welcomes somebody."""
    return [blocks.section(f"*How we speak with each other here*\n{blocks.escape(conduct.text)}"), *contacts(conduct)]


def contacts(conduct: Conduct) -> list[Block]:
    """Whom one can turn to, if a lead named anybody."""
    if not conduct.contacts:
        return []
    return [blocks.section(f"*Whom you can turn to*\n{listed(conduct)}")]


def listed(conduct: Conduct) -> str:
    """The help contacts, a line each."""
    return "\n".join(f"• {blocks.escape(line)}" for line in conduct.contacts)


def in_short(conduct: Conduct) -> list[Block]:
    """For the forms of features: the beginning, whom one can turn to, and a way to all of it."""
    helps = " · ".join(blocks.escape(line) for line in conduct.contacts)
    said = blocks.escape(rules.first_sentences(conduct.text))
    more = blocks.button("Read all of it", READ, label="Read all of it: how we speak here, and whom you can turn to")
    return [
        blocks.section(f"*How we speak here.* {said}", block_id="conduct"),
        *([blocks.context(f"Whom you can turn to: {helps}")] if helps else []),
        blocks.actions(more, block_id="conduct_more"),  # beside it, a phone would squeeze the words
    ]


def reading(conduct: Conduct) -> Block:
    """All of it, in a window of its own."""
    return blocks.modal(TITLE, in_full(conduct), callback_id="notice", close="Close")


def answer(conduct: Conduct) -> Content:
    """To `/mentor conduct`."""
    return Content(text="How we speak with each other here, and whom you can turn to", blocks=in_full(conduct))


def row() -> Block:
    """For everybody, on the Settings page."""
    return blocks.section(
        "*How we speak with each other*\nWhat holds for questions, answers and everything else that others read, and "
        "whom you can turn to.",
        accessory=blocks.button("Read", READ, label="Read: How we speak with each other"),
        block_id=READ,
    )


def row_for_leads(conduct: Conduct) -> Block:
    """For leads, on the Settings page."""
    whose = "Your own words." if conduct.own_text else "The words that come with Perennial."
    lines = len(conduct.contacts)
    helps = (
        f"{number(lines).capitalize()} help contact{'s' if lines != 1 else ''}."
        if lines
        else "No help contacts yet: a name and how to reach them is enough, and matters on somebody's worst day."
    )
    return blocks.section(
        f"*Conduct and help contacts*\n{whose} {helps}",
        accessory=blocks.button("Change", EDIT, label="Change: Conduct and help contacts"),
        block_id=EDIT,
    )


def conduct_form(conduct: Conduct, *, times: int = 0) -> Block:
    """A lead words it. `times`: how often the text field was filled anew with the words that come with Perennial."""
    return blocks.modal(
        TITLE,
        [
            blocks.section(
                "People read this when they join, where they ask, and any time on their Settings page. "
                "Whoever writes words of acute distress is shown the contacts, too, and nobody else hears of it."
            ),
            blocks.field(
                "How you speak with each other",
                # A field keeps what was typed as long as its block is the same one.
                blocks.text_input(WRITE, initial=conduct.text, many_lines=True, longest=LONGEST),
                block_id=f"{TEXT}-{times}" if times else TEXT,
                hint="Four or five sentences. Left empty, the words that come with Perennial hold.",
                optional=True,
            ),
            blocks.actions(
                blocks.button("Use the words that come with Perennial", OURS, str(times + 1)), block_id="ours"
            ),
            blocks.field(
                "Whom people can turn to",
                blocks.text_input(
                    WRITE,
                    initial="\n".join(conduct.contacts),
                    many_lines=True,
                    longest=ROOM_FOR_CONTACTS,
                ),
                block_id=CONTACTS,
                hint="Up to five lines, a name or a role and how to reach them: Dana Roy, person of trust, @dana or room 4.12",
                optional=True,
            ),
        ],
        callback_id=EDIT,
        submit="Preview",
    )


def read_form(state: dict[str, Any]) -> Conduct:
    """What was written."""
    text = str(blocks.chosen(state, _text_field(state)) or "")
    return rules.read(text, str(blocks.chosen(state, CONTACTS) or ""))


def errors(conduct: Conduct, state: dict[str, Any]) -> dict[str, str]:
    """What is wrong, by field."""
    said = {
        _text_field(state): rules.problem_with_text(conduct),
        CONTACTS: rules.problem_with_contacts(conduct),
    }
    return {field: problem for field, problem in said.items() if problem}


def _text_field(state: dict[str, Any]) -> str:
    return next((field for field in state if field.startswith(TEXT)), TEXT)


def preview(draft: Conduct) -> Block:
    """As people will read it; nothing holds yet."""
    shown = in_full(draft)
    if not draft.contacts:
        shown.append(
            blocks.context(
                "No help contacts. In their place people read of a person they trust, a doctor, an emergency number."
            )
        )
    return blocks.modal(
        "As people will read it",
        [*shown, blocks.context("Save, and it holds from now on. Back leads to what you wrote.")],
        callback_id=PREVIEW,
        submit="Save",
        close="Back",
        memory={"draft": draft.mark},
    )


def changed_meanwhile() -> Block:
    """Another lead was at it between the look and the save."""
    return blocks.modal(
        "Not this time",
        [
            blocks.section(
                "Another lead changed this while you were looking, so nothing was saved. Close this, and press Preview "
                "again: then you see how it stands."
            )
        ],
        callback_id="notice",
        close="Back",
    )
