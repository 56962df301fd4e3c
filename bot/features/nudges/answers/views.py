"""Speaks: the nudge, why it was this one, what was answered, its checklist, and the form for how often."""

from collections.abc import Collection, Mapping

from bot.features.nudges.library import Entry
from bot.messages import Block, Content
from bot.slack import blocks

DID, NOT_NOW, UNDO, MORE = "nudges.did", "nudges.not_now", "nudges.undo", "nudges.more"
UNDO_STOP = "nudges.undo_stop"
OPEN_CHECKLIST, CHECKLIST_FORM, LINES = "nudges.open_checklist", "nudges.checklist", "nudges_lines"
OPEN_RHYTHM, RHYTHM_FORM, CADENCE = "nudges.open_rhythm", "nudges.rhythm", "nudges_cadence"
WHY, LESS, STOP, OFTEN = "why", "less", "stop", "often"
MENU = [
    ("Why this one?", WHY), ("Less like this", LESS), ("Stop nudges", STOP), ("Change how often", OFTEN),
]  # fmt: skip
ORDINALS = ("", "", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")


def nudge(nudge_id: int, entry: Entry, *, why: str | None = None) -> Content:
    """One thought, one act, one way out; `why`: the answer to "Why this one?"."""
    title, act = blocks.escape(entry.title), blocks.escape(entry.act)
    shown = [blocks.section(f"*{title}*\n{act}"), blocks.context(blocks.escape(entry.why))]
    if why is not None:
        shown.append(blocks.context(why))
    value = str(nudge_id)
    buttons = [blocks.button("Did it", DID, value, style="primary"), blocks.button("Not now", NOT_NOW, value)]
    if entry.checklist:
        buttons.append(blocks.button("Open checklist", OPEN_CHECKLIST, value))
    menu = blocks.overflow(MORE, [(text, f"{what}:{nudge_id}") for text, what in MENU])
    return Content(f"{title}: {act}", [*shown, blocks.actions(*buttons, menu)])


def answered(nudge_id: int, entry: Entry | None, answer: str, *, weeks: int = 0, about: str = "") -> Content:
    """What was chosen stays in words, and can be undone."""
    title = blocks.escape(entry.title) if entry is not None else "A nudge"
    said = {
        "did": f"You did it.{in_a_row(weeks)}",
        "not_now": "Not this time.",
        "less": f"There will be less about {about} from now on.",
    }[answer]
    undo = blocks.button("Undo", UNDO, str(nudge_id))
    return Content(f"{title}. {said}", [blocks.section(f"*{title}*\n{said}"), blocks.actions(undo)])


def stopped(nudge_id: int, before: str) -> Content:
    """No more nudges; `before`: how often they came."""
    said = "No more nudges. Whenever you want them again: my Home tab."
    undo = blocks.button("Undo", UNDO_STOP, f"{nudge_id}:{before}")
    return Content(said, [blocks.section(said), blocks.actions(undo)])


def in_a_row(weeks: int) -> str:
    """A line that celebrates; one week is simply a week."""
    if weeks < 2:
        return ""
    if weeks < len(ORDINALS):
        return f" {ORDINALS[weeks]} week running with something tried."
    return f" {weeks} weeks running with something tried."


def reason(kind: str, because: str, theme: str, *, by_lead: bool) -> str:
    """Why this one, in a sentence; `because` is mrkdwn already."""
    said = {
        "moment": f"Why this one: {because}.",
        "leaning": f"Why this one: {because}.",
        "new": f"Why this one: it is your first about {theme}.",
        "variety": f"Why this one: it is a while since your last one about {theme}.",
    }[kind]
    return f"{said} A lead here wrote it." if by_lead else said


def reason_lost() -> str:
    """Where the key to a reason was forgotten."""
    return "Why this one: the reason was erased together with your private notes."


def seen_all() -> Content:
    """Nothing is left, said once."""
    text = "You have had every nudge that fits you, so it is quiet here for a while."
    more = "They come round again half a year after you had them, and sooner when a lead adds new ones."
    return Content(text, [blocks.section(text), blocks.context(more)])


def checklist_form(nudge_id: int, entry: Entry, ticked: Collection[int]) -> Block:
    """Two lines to tick; what is ticked is there when the form is opened again."""
    lines = [(line, str(number)) for number, line in enumerate(entry.checklist or [])]
    boxes = blocks.checkboxes(LINES, lines, initial=[str(number) for number in ticked])
    return blocks.modal(
        "Checklist",
        [
            blocks.section(f"*{blocks.escape(entry.title)}*\n{blocks.escape(entry.act)}"),
            blocks.field("Ready?", boxes, block_id=LINES, optional=True, hint="Only you see what you tick."),
        ],
        callback_id=CHECKLIST_FORM,
        submit="Save",
        memory={"nudge": nudge_id},
    )


def rhythm_form(cadences: Mapping[str, str], chosen: str) -> Block:
    """How often."""
    options = [(text, name) for name, text in cadences.items()]
    return blocks.modal(
        "How often",
        [
            blocks.field(
                "A nudge, two minutes at most",
                blocks.radios(CADENCE, options, initial=chosen),
                block_id=CADENCE,
                hint="Within your hours and days, and within the number of messages a week that you set.",
            )
        ],
        callback_id=RHYTHM_FORM,
        submit="Save",
    )
