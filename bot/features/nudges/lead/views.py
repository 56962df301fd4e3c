"""Speaks to leads: the pages of the library, the form for one nudge, and the form for importing."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.features.nudges.entries import Shelved
from bot.features.nudges.front import GO, LIBRARY
from bot.features.nudges.library import MOMENTS, ROLES, Entry, built_in, theme_name, themes
from bot.messages import Block
from bot.slack import blocks

EDIT, ADD, SAVE = "nudges.lead_choose", "nudges.lead_add", "nudges.lead_save"
IMPORT, IMPORT_FORM, FILTER = "nudges.lead_import", "nudges.lead_import_form", "nudges.lead_filter"
USUAL, NEXT = "nudges.lead_usual", "nudges.lead_next"
TITLE, ACT, REASON, FOR, THEMES, MOMENT, CHECKLIST = (
    "nudge_title", "nudge_act", "nudge_why", "nudge_for", "nudge_themes", "nudge_moment", "nudge_checklist",
)  # fmt: skip
YAML, KEEP_GOOD = "nudges_yaml", "nudges_keep"
FIELD_OF = {
    "title": TITLE, "act": ACT, "why": REASON, "for": FOR, "roles": FOR, "themes": THEMES, "moment": MOMENT,
    "checklist": CHECKLIST, "slug": TITLE, "entry": ACT,
}  # fmt: skip
ROLE_NAMES = {"peer": "Everybody", "mentor": "Who offers a skill", "mentee": "Who wants to learn", "lead": "Leads"}
MOMENT_NAMES = {
    "any": "Any time", "before-first-meeting": "Before a first meeting", "after-missed-meeting": "After a missed meeting",
    "question-answered": "After answering a question", "goal-stale": "When a goal rests", "new-in-role": "New in a role",
    "quiet-week": "In a quiet week",
}  # fmt: skip
EXAMPLE = """- slug: ask-the-night-shift
  for: [peer]
  themes: [networking]
  title: Ask the night shift one thing
  act: Ask one colleague of the night shift what they see that the day does not.
  why: They see the same work from its other end."""
ALL = "all"


def library(
    shown: Sequence[Shelved], *, page: int, pages: int, theme: str, count: int, off: int, usual: str,
    cadences: Mapping[str, str],
) -> list[Block]:  # fmt: skip
    """One page of the library; `theme`: which ones are shown, or all."""
    options = [("All themes", ALL), *((theme_name(each).capitalize(), each) for each in themes())]
    said = f"{count} nudges" + (f", {off} of them switched off." if off else ".")
    return [
        blocks.actions(blocks.button("← Home", GO, "front"), block_id="to_front"),
        blocks.header("The library"),
        blocks.section(f"{said} People get what fits them, never the same one twice within half a year."),
        blocks.actions(
            blocks.button("Add one", ADD, "new"),
            blocks.button("Import", IMPORT, "import"),
            blocks.select(FILTER, options, initial=theme),
            block_id="library-acts",
        ),
        blocks.section(
            "Who joins gets one",
            accessory=blocks.select(USUAL, [(text, name) for name, text in cadences.items()], initial=usual),
            block_id="library-usual",
        ),
        *[_entry(each) for each in shown],
        *_turning(page, pages, theme),
    ]


def nudge_form(shelved: Shelved | None) -> Block:
    """A new nudge, or one that is changed; its version travels along, so that nobody overwrites another lead."""
    entry = shelved.entry if shelved is not None else None
    memory: dict[str, Any] = {}
    if shelved is not None:
        memory = {"slug": shelved.entry.slug, "version": shelved.version}
    return blocks.modal(
        "Change a nudge" if entry else "Add a nudge",
        [
            _text("Title", TITLE, entry.title if entry else "", 60, "Example: Ask one question more"),
            _text("What to do, in under two minutes", ACT, entry.act if entry else "", 350, None, lines=True),
            _text("Why it works, in a line", REASON, entry.why if entry else "", 250, None),
            _roles(entry),
            _themes(entry),
            _moments(entry),
            _checklist(entry),
        ],
        callback_id=SAVE,
        submit="Save",
        memory=memory,
    )


def import_form() -> Block:
    """Several at once, as YAML."""
    words = blocks.text_input(YAML, many_lines=True, longest=3000, placeholder="- slug: …")
    keep = blocks.checkboxes(KEEP_GOOD, [("Keep the good ones, leave out the others", "yes")])
    return blocks.modal(
        "Import nudges",
        [
            blocks.section(f"One after the other, like this:\n```{EXAMPLE}```"),
            blocks.field(
                "Your nudges",
                words,
                block_id=YAML,
                hint="A slug that exists already replaces that nudge. Optional: moment, and checklist with two lines.",
            ),
            blocks.field("If something is wrong", keep, block_id=KEEP_GOOD, optional=True),
        ],
        callback_id=IMPORT_FORM,
        submit="Import",
    )


def imported(kept: int, problems: Sequence[str]) -> Block:
    """What became of an import."""
    said = "One nudge is in the library now." if kept == 1 else f"{kept} nudges are in the library now."
    shown = [blocks.section(said)]
    if problems:
        shown.append(blocks.section(blocks.escape("Left out:\n" + listed(problems))))
    return blocks.modal("Import nudges", shown, callback_id="notice", close="Close")


def listed(problems: Sequence[str], most: int = 12) -> str:
    """Problems a line each; beyond some, how many more."""
    lines = [f"•  {each}" for each in problems[:most]]
    if len(problems) > most:
        lines.append(f"•  and {len(problems) - most} more like these")
    return "\n".join(lines)


def _entry(shelved: Shelved) -> Block:
    entry, slug = shelved.entry, shelved.entry.slug
    about = ", ".join(theme_name(each) for each in entry.themes)
    facts = [", ".join(ROLE_NAMES[each] for each in ROLES if each in entry.roles), about, MOMENT_NAMES[entry.moment]]
    if shelved.by_lead:
        facts.append("by a lead")
    state = "  _switched off_" if shelved.off else ""
    choices = [("Change", f"edit:{slug}"), ("Switch on" if shelved.off else "Switch off", f"switch:{slug}")]
    if shelved.by_lead and shelved.version and slug in built_in():
        choices.append(("Back to the original", f"restore:{slug}"))
    text = f"*{blocks.escape(entry.title)}*{state}\n{blocks.escape(entry.act)}\n_{' · '.join(facts)}_"
    return blocks.section(text, accessory=blocks.overflow(EDIT, choices), block_id=f"entry-{slug}")


def _turning(page: int, pages: int, theme: str) -> list[Block]:
    buttons = []
    if page > 1:
        buttons.append(blocks.button("← Before", GO, f"{LIBRARY}:{theme}:{page - 1}"))
    if page < pages:
        buttons.append(blocks.button("Next →", NEXT, f"{LIBRARY}:{theme}:{page + 1}"))
    return [blocks.context(f"Page {page} of {pages}"), blocks.actions(*buttons, block_id="pages")] if buttons else []


def _text(label: str, name: str, initial: str, longest: int, hint: str | None, *, lines: bool = False) -> Block:
    words = blocks.text_input(name, initial=initial, longest=longest, many_lines=lines)
    return blocks.field(label, words, block_id=name, hint=hint)


def _roles(entry: Entry | None) -> Block:
    options = [(ROLE_NAMES[each], each) for each in ROLES]
    boxes = blocks.checkboxes(FOR, options, initial=entry.roles if entry else ["peer"])
    return blocks.field("Who it is for", boxes, block_id=FOR)


def _themes(entry: Entry | None) -> Block:
    options = [blocks.option(theme_name(each).capitalize(), each) for each in themes()]
    element: Block = {
        "type": "multi_static_select",
        "action_id": THEMES,
        "options": options,
        "max_selected_items": 2,
        "placeholder": blocks.plain("One or two"),
    }
    if entry is not None:
        element["initial_options"] = [each for each in options if each["value"] in entry.themes]
    return blocks.field("What it is about", element, block_id=THEMES)


def _moments(entry: Entry | None) -> Block:
    options = [(MOMENT_NAMES[each], each) for each in MOMENTS]
    menu = blocks.select(MOMENT, options, initial=entry.moment if entry else "any")
    return blocks.field("When it fits", menu, block_id=MOMENT)


def _checklist(entry: Entry | None) -> Block:
    lines = "\n".join(entry.checklist or []) if entry else ""
    words = blocks.text_input(CHECKLIST, initial=lines, many_lines=True, longest=130)
    return blocks.field(
        "Checklist", words, block_id=CHECKLIST, optional=True, hint="Two lines to tick off, or nothing."
    )
