"""Speaks: the form of a card, read back here, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.archive.acts import READ
from bot.archive.cards import content, rules
from bot.archive.cards.news import EDIT
from bot.archive.cards.saying import CHALLENGE, GIST, INDUSTRY, PARTS, QUESTION, SKILL, TIPS, Tag, Text
from bot.members.forms import FIND_SKILL
from bot.members.rules import clean, listed, number, problem_with_word, slug
from bot.messages import Block
from bot.slack import blocks

NEW = "archive.write"
NAME, WITH_NAME, WITHOUT = "name", "with", "without"
PICK = "archive.pick"
FIELDS = {SKILL: "skills", INDUSTRY: "industries", CHALLENGE: "challenges"}
MOST = {SKILL: 5, INDUSTRY: 2, CHALLENGE: 3}
MOST_NAMES = 6


@dataclass(frozen=True)
class Sheet:
    """A card as its form holds it. `named`: None where whoever writes has no name in it to choose about."""

    text: Text = field(default_factory=Text)
    named: bool | None = True
    whose: Sequence[str] = ()  # names, as they may be read
    aliases: Sequence[str] = ()
    private: bool = False


@dataclass(frozen=True)
class Kept:
    """What became of a form."""

    question: str
    published: int | None  # the card's id, once it can be read
    asked: int = 0
    left: int = 0  # sentences that left, because whoever said them can't be asked
    missing: bool = False


def new_form(sheet: Sheet, kind: str) -> Block:
    """A card of one's own words; nothing is kept before it is handed in."""
    said = "In your own words: nobody else is asked, and it can be read as soon as you hand it in."
    return _form("Write a card", sheet, [blocks.context(said)], callback_id=NEW, memory={"kind": kind})


def edit_form(card_id: int, version: int, sheet: Sheet, *, now_says: Text | None = None) -> Block:
    """A card that exists. `now_says`: what it says since another window changed it meanwhile."""
    told = [] if now_says is None else _changed_elsewhere(now_says)
    memory = {"card": card_id, "number": version}
    return _form("Edit the card", sheet, _whose(sheet), callback_id=EDIT, memory=memory, above=told)


def kept(told: Kept) -> Block:
    """What the form turns into."""
    title = f"“{blocks.escape(told.question)}”"
    lines = []
    if told.left:
        many = "One sentence" if told.left == 1 else f"{number(told.left).capitalize()} sentences"
        lines.append(f"{many} left it: whoever said that can't be asked any more.")
    if told.published is not None:
        lines.insert(0, f"{title} is in the archive, for whoever asks next.")
    elif told.missing:
        lines.insert(0, f"{title} can't be published as it is. I wrote to you what is missing.")
    else:
        who = "one person" if told.asked == 1 else f"{number(told.asked)} people"
        lines.insert(0, f"{title} is kept. I ask {who} about their words; once all have answered, it can be found.")
        lines.append("Without an answer within seven days, words are left out. You hear from me either way.")
    read = [blocks.actions(blocks.button("Read it", READ, str(told.published)))] if told.published is not None else []
    return blocks.modal(
        "Handed in", [blocks.section("\n".join(lines)), *read], callback_id="archive.kept", close="Close"
    )


def read_form(state: dict[str, Any]) -> tuple[Text, bool, dict[str, str]]:
    """What the form says, whether with a name, and what is wrong with its tags."""
    said = {part: str(blocks.chosen(state, part) or "") for part in PARTS}
    skills = [clean(each) for each in blocks.chosen(state, FIELDS[SKILL]) or []]
    errors = {}
    if problem := next((found for each in skills if (found := problem_with_word(each))), None):
        errors[FIELDS[SKILL]] = problem
    tags = [Tag(SKILL, slug(each), each) for each in skills]
    for kind in (INDUSTRY, CHALLENGE):
        tags += content.tags(kind, list(blocks.chosen(state, FIELDS[kind]) or []))
    text = rules.cleaned(Text(said[QUESTION], said[GIST], said[TIPS], tuple(dict.fromkeys(tags))))
    return text, blocks.chosen(state, NAME) == WITH_NAME, errors


def _form(
    title: str,
    sheet: Sheet,
    below: list[Block],
    *,
    callback_id: str,
    memory: dict[str, Any],
    above: Sequence[Block] = (),
) -> Block:
    text = sheet.text
    shown = [
        *above,
        blocks.field(
            "The question",
            blocks.text_input(QUESTION, initial=text.question, longest=rules.LONGEST[QUESTION]),
            block_id=QUESTION,
            hint="As somebody would ask it. For example: how do I say no to a client I like?",
        ),
        blocks.field(
            "The gist",
            blocks.text_input(GIST, initial=text.gist, many_lines=True, longest=rules.LONGEST[GIST]),
            block_id=GIST,
            hint="What you would tell a colleague who has one minute.",
        ),
        blocks.field(
            "What to try",
            blocks.text_input(TIPS, initial=text.tips, many_lines=True, longest=rules.LONGEST[TIPS]),
            block_id=TIPS,
            hint="A line each: things to say or do on a Tuesday.",
            optional=True,
        ),
        *_tag_fields(text),
    ]
    if sheet.named is not None:
        options = [("With my name", WITH_NAME), ("Without my name", WITHOUT)]
        initial = WITH_NAME if sheet.named else WITHOUT
        shown.append(blocks.field("Your own words", blocks.radios(NAME, options, initial=initial), block_id=NAME))
    return blocks.modal(title, [*shown, *below], callback_id=callback_id, submit="Hand it in", memory=memory)


def _tag_fields(text: Text) -> list[Block]:
    chosen = {kind: [tag for tag in text.tags if tag.kind == kind] for kind in FIELDS}
    skills = blocks.suggest(FIND_SKILL, initial=[(tag.name, tag.name) for tag in chosen[SKILL]])
    return [
        blocks.field("Skills", skills | {"max_selected_items": MOST[SKILL]}, block_id=FIELDS[SKILL], optional=True),
        _several("Challenge", CHALLENGE, content.challenges(), chosen[CHALLENGE]),
        _several("Industry", INDUSTRY, content.industries(), chosen[INDUSTRY]),
    ]


def _several(label: str, kind: str, names: dict[str, str], chosen: Sequence[Tag]) -> Block:
    element: Block = {
        "type": "multi_static_select",
        "action_id": PICK,
        "placeholder": blocks.plain("Choose, or leave it", 150),
        "options": [blocks.option(name, slug) for slug, name in names.items()],
        "max_selected_items": MOST[kind],
    }
    if initial := [blocks.option(names[tag.slug], tag.slug) for tag in chosen if tag.slug in names][: MOST[kind]]:
        element["initial_options"] = initial
    return blocks.field(label, element, block_id=FIELDS[kind], optional=True)


def _whose(sheet: Sheet) -> list[Block]:
    """Whose words the card is compared with, and what happens to them."""
    names = [blocks.escape(each) for each in sheet.whose[:MOST_NAMES]]
    if more := len(sheet.whose) - MOST_NAMES:
        names += [f"{number(more)} more"] if more > 0 else []
    names += [f"{blocks.escape(each)}, who asked under this alias" for each in sheet.aliases]
    if not names:
        return [blocks.context("In your own words: nobody else is asked.")]
    said = (
        f"It may hold words of {listed(names)}. Whoever's words are in it is asked first, and reads exactly what others "
        "would; what you write in words of your own needs nobody's yes. Leads can open a card in the making, too."
    )
    if sheet.private:
        said = (
            f"It was written in a conversation others can't read. Only {listed(names)} and you see this until it is "
            "agreed to; without a yes within seven days the words are left out."
        )
    return [blocks.context(said)]


def _changed_elsewhere(now_says: Text) -> list[Block]:
    told = (
        "Somebody changed this card while your form was open, so nothing was kept yet. Now it says what stands here; "
        "your own version is below. Hand it in again to put it in its place, or cancel to leave the card as it is."
    )
    tips = f"\n_What to try:_ {blocks.escape(now_says.tips)}" if now_says.tips else ""
    shown = f"*{blocks.escape(now_says.question)}*\n{blocks.escape(now_says.gist)}{tips}"
    return [blocks.section(told), blocks.section(shown), blocks.divider()]
