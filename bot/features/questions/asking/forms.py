"""The form in which somebody asks: drawn here, read back here, and what is wrong with what was typed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.archive.finding.cards import Card
from bot.features.questions.asking import wording
from bot.features.questions.asking.audiences import EVERYONE, MENTOR, Place
from bot.features.questions.asking.neighbours import READ_CARD
from bot.features.questions.rules import KINDS, LONGEST_CONTEXT, LONGEST_QUESTION, PACES, Words
from bot.members import rules as words
from bot.members.forms import FIND_SKILL, only_what_can_be_shown
from bot.messages import Block
from bot.slack import blocks
from bot.slack.blocks import chosen

ASK = "questions.ask"
LOOK, WHO = "questions.look", "questions.who"
PICK = "questions.pick"
QUESTION, CONTEXT, SKILLS, KIND, PACE, AUDIENCE, PERSON, NAME = (
    "question", "context", "skills", "kind", "pace", "audience", "person", "name",
)  # fmt: skip
OWN, ALIAS = "own", "alias"
MOST_SKILLS = 5
REVIEW = "review"
NO_HIDING = (
    "*An alias cannot hide you there.* Fewer than ten people could have asked this, so they may guess who did. Ask all the "
    "same, under the alias or under your name, or choose another way under “Who may see it”."
)

Errors = dict[str, str]


@dataclass(frozen=True)
class Typed:
    """What the form holds, judged or not; `audience` is "mentor" where one person is to be chosen."""

    question: str = ""
    context: str = ""
    skills: tuple[str, ...] = ()
    kind: str = "question"
    checklist: str | None = None
    pace: str = "days"
    audience: str = EVERYONE
    person: str = ""  # Slack id
    under_alias: bool = False


@dataclass(frozen=True)
class Choices:
    """What can be chosen, and what stands beside it."""

    places: Sequence[Place] = ()
    checklists: dict[str, str] = field(default_factory=dict)
    waits: dict[str, timedelta | None] = field(default_factory=dict)  # by pace
    no_alias: str = ""  # why there is no alias to choose; empty: there is
    conduct: Sequence[Block] = ()


def ask_form(
    typed: Typed,
    choices: Choices,
    *,
    above: Sequence[Block] = (),
    found: Sequence[Block] = (),
    memory: dict[str, Any] | None = None,
    submit: str = "Ask",
    close: str = "Cancel",
) -> Block:
    """The form. `above`: what must be read before it is handed in again; `found`: answers there already."""
    look = blocks.actions(blocks.button("Look for answers first", LOOK), block_id="look")
    shown = [
        *above,
        *words_fields(typed)[:1],
        look,
        *found,
        *words_fields(typed)[1:],
        blocks.field("What kind of answer helps?", _kinds(typed, choices), block_id=KIND),
        blocks.field("How soon?", _paces(typed, choices), block_id=PACE),
        *_who(typed, choices),
        *_name(typed, choices),
        *choices.conduct,
    ]
    return blocks.modal("Ask mentors", shown, callback_id=ASK, submit=submit, close=close, memory=memory)


def words_fields(typed: Typed) -> list[Block]:
    """Question, context and skills: what the form to change one's words shows as well."""
    skills = [(word, word) for word in only_what_can_be_shown(typed.skills)]
    menu = blocks.suggest(FIND_SKILL, initial=skills, placeholder="Type to find or add")
    return [
        blocks.field(
            "Your question",
            blocks.text_input(PICK, initial=typed.question, many_lines=True, longest=LONGEST_QUESTION),
            block_id=QUESTION,
            hint="For example: how do I tell a client that we won't make the date?",
        ),
        blocks.field(
            "What should somebody know who answers?",
            blocks.text_input(PICK, initial=typed.context, many_lines=True, longest=LONGEST_CONTEXT),
            block_id=CONTEXT,
            hint="What you tried, what you are afraid of, a link to what it is about.",
            optional=True,
        ),
        blocks.field(
            "What is it about?",
            menu | {"max_selected_items": MOST_SKILLS},
            block_id=SKILLS,
            hint="Skills of somebody who would know: negotiating, SQL, first weeks as a manager.",
            optional=True,
        ),
    ]


def answers_found(cards: Sequence[Card], waited: timedelta | None, *, typed: bool) -> list[Block]:
    """What others learned already, and how long an answer usually takes."""
    wait = blocks.context(wording.usual_wait(waited))
    if not typed:
        return [blocks.context("Write your question first; then I look for answers that are there already."), wait]
    if not cards:
        return [blocks.context("The archive holds no answer to this yet. Yours may become the first."), wait]
    return [blocks.section("*Others asked something close*", block_id="found"), *map(_card, cards[:3]), wait]


def small_note() -> Block:
    """An alias hides nobody among so few; where the form is handed in again after this, it goes out."""
    return blocks.section(NO_HIDING, block_id="small")


def send_anyway() -> Block:
    """What the two buttons of a form mean that begins with whom one can turn to."""
    return blocks.section(
        "Shall it go out as you wrote it? *Send it* does that; *Not now* changes nothing.",
        block_id="send_anyway",
    )


def read(state: dict[str, Any]) -> Typed:
    """What the form holds."""
    kind, _, checklist = str(chosen(state, KIND) or "question").partition(":")
    return Typed(
        question=str(chosen(state, QUESTION) or "").strip(),
        context=str(chosen(state, CONTEXT) or "").strip(),
        skills=tuple(dict.fromkeys(words.clean(each) for each in chosen(state, SKILLS) or [])),
        kind=kind,
        checklist=checklist or None,
        pace=str(chosen(state, PACE) or "days"),
        audience=str(chosen(state, AUDIENCE) or EVERYONE),
        person=str(chosen(state, PERSON) or ""),
        under_alias=chosen(state, NAME) == ALIAS,
    )


def problems(typed: Typed, choices: Choices) -> Errors:
    """What is wrong by field, as far as the form alone can tell."""
    errors = problems_with_words(typed)
    if typed.kind not in KINDS or (typed.checklist and typed.checklist not in choices.checklists):
        errors[KIND] = "Choose one of the list."
    if typed.pace not in PACES:
        errors[PACE] = "Choose one of the list."
    if typed.under_alias and choices.no_alias:
        errors[NAME] = choices.no_alias
    return errors


def problems_with_words(typed: Typed) -> Errors:
    """The same for question, context and skills."""
    errors: Errors = {}
    if not words.clean(typed.question):
        errors[QUESTION] = "Write what you want to know; one sentence is enough."
    elif len(typed.question) > LONGEST_QUESTION:
        errors[QUESTION] = _too_long(typed.question, LONGEST_QUESTION, "The rest fits below, as context.")
    if len(typed.context) > LONGEST_CONTEXT:
        errors[CONTEXT] = _too_long(typed.context, LONGEST_CONTEXT, "A link to the rest works, too.")
    wrong = [problem for each in typed.skills if (problem := words.problem_with_word(each))]
    if len(typed.skills) > MOST_SKILLS:
        wrong.append(f"{words.number(MOST_SKILLS).capitalize()} are enough to find somebody. Take some away.")
    if wrong:
        errors[SKILLS] = wrong[0]
    return errors


def to_words(typed: Typed) -> Words:
    """What is kept of them."""
    return Words(typed.question, typed.context)


def placed(errors: Errors, view: dict[str, Any]) -> Errors:
    """Errors under fields that the form has; those of others go under the first, because Slack would drop them all."""
    there = [block["block_id"] for block in view.get("blocks", []) if block.get("type") == "input"]
    nearest = {PERSON: AUDIENCE}
    found: Errors = {}
    for block_id, problem in errors.items():
        under = next((each for each in (block_id, nearest.get(block_id, block_id)) if each in there), there[0])
        found.setdefault(under, problem)
    return found


def _kinds(typed: Typed, choices: Choices) -> Block:
    simple = [blocks.option(text, kind) for kind, text in KINDS.items() if kind != REVIEW or not choices.checklists]
    reviews = [blocks.option(blocks.cut(title, 75), f"{REVIEW}:{slug}") for slug, title in choices.checklists.items()]
    menu: Block = {"type": "static_select", "action_id": PICK, "placeholder": blocks.plain("Choose", 150)}
    if reviews:
        menu["option_groups"] = [
            {"label": blocks.plain("An answer", 75), "options": simple},
            {"label": blocks.plain(KINDS[REVIEW], 75), "options": reviews},
        ]
    else:
        menu["options"] = simple
    value = f"{typed.kind}:{typed.checklist}" if typed.checklist else typed.kind
    initial = next((each for each in [*simple, *reviews] if each["value"] == value), None)
    return menu | ({"initial_option": initial} if initial else {})


def _paces(typed: Typed, choices: Choices) -> Block:
    def text(pace: str) -> str:
        waited = choices.waits.get(pace)
        return PACES[pace][0] + (f" (usually {wording.span(waited)})" if waited is not None else "")

    return blocks.select(PICK, [(text(pace), pace) for pace in PACES], initial=typed.pace)


def _who(typed: Typed, choices: Choices) -> list[Block]:
    options = [
        ("Whoever fits best", EVERYONE),
        ("One mentor, whom I choose", MENTOR),
        *((blocks.cut(place.name, 75), place.key) for place in choices.places),
    ]
    menu = blocks.select(WHO, options, initial=typed.audience)
    shown = [blocks.field("Who may see it?", menu, block_id=AUDIENCE, dispatch=True)]
    if typed.audience == MENTOR:
        picked = [typed.person] if typed.person else []
        picker = blocks.people_input(PICK, many=False, initial=picked, placeholder="Choose a mentor")
        hint = "I carry it between you two: each of you reads and answers in a thread with me."
        shown.append(blocks.field("Which mentor?", picker, block_id=PERSON, hint=hint))
    reads = wording.WHO_READS_ONE if typed.audience == MENTOR else wording.WHO_READS
    return [*shown, blocks.context(f"{reads} {wording.LOCKED}")]


def _name(typed: Typed, choices: Choices) -> list[Block]:
    if choices.no_alias:
        return [blocks.context(choices.no_alias)]
    options = [("My own name", OWN), ("An alias, for this question alone", ALIAS)]
    radios = blocks.radios(PICK, options, initial=ALIAS if typed.under_alias else OWN)
    return [blocks.field("Ask under", radios, block_id=NAME), blocks.context(wording.WHAT_AN_ALIAS_HIDES)]


def _card(card: Card) -> Block:
    said = f"*{blocks.escape(blocks.cut(card.question, 150))}*\n{blocks.escape(blocks.cut(card.gist, 200))}"
    read_it = blocks.button("Read", READ_CARD, str(card.id), label=f"Read: {card.question}")
    return blocks.section(said, accessory=read_it, block_id=f"card-{card.id}")


def _too_long(text: str, most: int, instead: str) -> str:
    return f"That is {len(text):,} characters, and {most:,} are the most. {instead}"
