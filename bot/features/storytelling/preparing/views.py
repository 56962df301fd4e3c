"""The form a teller prepares in, and what the host reads of it once it is shared."""

from bot.features.storytelling.naming import named
from bot.features.storytelling.preparing import rules
from bot.features.storytelling.preparing.rules import Page
from bot.gatherings.words import Facts
from bot.messages import Block, Content
from bot.slack import blocks

FORM = "storytelling.page"
SHARE = "storytelling.share_page"
UNSHARE = "storytelling.unshare_page"
READ = "storytelling.read_page"
FIELDS = (
    ("broke", "What broke", "What you wanted, and the moment you noticed that it would not work."),
    ("changed", "What changed", "What you did then, and what you understood that you had not before."),
    ("attempt", "What to try", "One thing a listener could try this week."),
)
QUESTIONS = "Two questions you will be asked"


def form(telling_id: int, page: Page, version: int, *, saved: bool = False, shared: bool = False) -> Block:
    """Three beats, a title and two questions; every field may stay empty, so that it can be written over days."""
    note = rules.length(page)
    top = ["Saved. " + note if saved else note or "Write as much as you like and save; nobody else sees it."]
    shown: list[Block] = [blocks.context(" ".join(top).strip())]
    shown.append(
        _field("title", "Its title", page.title, "For example: The launch that was not", longest=rules.LONGEST_TITLE)
    )
    shown += [_field(name, label, getattr(page, name), hint) for name, label, hint in FIELDS]
    hint = "Write them as they would ask them. Knowing the first question makes the beginning easier."
    shown.append(_field("questions", QUESTIONS, page.questions, hint, longest=2 * rules.LONGEST_QUESTION))
    shown += _sharing(telling_id, page, shared)
    memory = {"telling": telling_id, "version": version}
    return blocks.modal("Your story", shown, callback_id=FORM, submit="Save", close="Close", memory=memory)


def _field(name: str, label: str, text: str, hint: str, *, longest: int = rules.LONGEST) -> Block:
    return blocks.field(
        label,
        blocks.text_input(name, initial=text, many_lines=name != "title", longest=longest),
        block_id=name,
        hint=hint,
        optional=True,
    )


def _sharing(telling_id: int, page: Page, shared: bool) -> list[Block]:
    if page.is_empty:
        return []
    if shared:
        text = "Hosts and program leads can read it, and what you save from here on."
        return [blocks.section(text, accessory=blocks.button("Stop sharing", UNSHARE, str(telling_id)))]
    text = "Only you can read it. If you share it, hosts and program leads can read it as well."
    return [blocks.section(text, accessory=blocks.button("Share with the host", SHARE, str(telling_id)))]


def read_form(state: dict[str, object]) -> Page:
    """What was written, as it was written but for the spaces around it."""
    names = ("title", *[name for name, _, _ in FIELDS], "questions")
    return Page(**{name: str(blocks.chosen(state, name) or "").strip() for name in names})


STALE = (
    "This page was changed in another window, so nothing was overwritten. Copy what you need, close this form and open "
    "it again."
)


def host_reads(page: Page, teller: str) -> Block:
    """A shared page, for the host."""
    shown: list[Block] = [blocks.section(f"*{blocks.escape(page.title or 'Without a title yet')}*, by <@{teller}>")]
    for name, label, _ in FIELDS:
        if text := getattr(page, name):
            shown += [blocks.section(f"*{label}*"), blocks.written(text)]
    if page.questions:
        shown += [blocks.section(f"*{QUESTIONS}*"), blocks.written(page.questions)]
    shown.append(blocks.context(rules.length(page) or "Nothing is written yet."))
    return blocks.modal("A story", shown, callback_id=READ, close="Close")


def shared_with_host(teller: str, facts: Facts, telling_id: int) -> Content:
    """The host hears that a page can be read."""
    text = f"<@{teller}> shares with you what they prepared for {named(facts)}."
    return Content(
        text,
        [blocks.section(text), blocks.actions(blocks.button("Read it", READ, str(telling_id), style="primary"))],
    )
