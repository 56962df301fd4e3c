"""Speaks: the row on the front page, the journal by page, and one entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.features.reflections import library
from bot.features.reflections.forms import WHO_READS_IT, WRITE
from bot.features.reflections.journal import rules
from bot.features.reflections.journal.months import mood_line
from bot.features.reflections.journal.places import BACK, ON, PLACE, back
from bot.features.reflections.journal.rules import Entry
from bot.features.reflections.library import PromptWords
from bot.features.reflections.prompts.rules import Hours, Pace
from bot.features.reflections.prompts.views import ANSWER, CHANGE, REMOVE, rhythm_line
from bot.members.front.views import GO
from bot.members.rules import day_in_words, listed
from bot.members.rules import number as in_words
from bot.messages import Block
from bot.slack import blocks

SEARCH = "reflections.search"
READ = "reflections.read"
SHARE = "reflections.share"
ROWS = 8  # entries on a page
PIECE = 2_400  # characters of a paragraph: escaped, they still fit Slack's 3,000 as a rule


@dataclass(frozen=True)
class Journal:
    """One page of a journal; `moods` by day, for the line of weeks."""

    entries: Sequence[Entry]
    total: int
    number: int
    today: date
    pace: Pace
    hours: Hours
    moods: Mapping[date, Sequence[str]] = field(default_factory=dict)


def front(question: tuple[int, PromptWords] | None, *, last: date | None, this_month: int, today: date) -> list[Block]:
    """The row on the front page: today's question, or the last entry, or an invitation."""
    if question is None and last is None:
        return [
            blocks.section(
                "*Reflections*\nTwo sentences about what worked today: in a year they are good to read. Only you can "
                "open them.",
                accessory=blocks.button("Write", WRITE, label="Write a reflection"),
                block_id="reflections",
            )
        ]
    line = f"The last one is from {day_in_words(last, today)}. {_this_month(this_month)}" if last is not None else ""
    if question is not None:
        prompt_id, words = question
        line = blocks.escape(words.question)
        write = blocks.button("Write", ANSWER, str(prompt_id), style="primary", label="Answer today's question")
    else:
        write = blocks.button("Write", WRITE, label="Write a reflection")
    return [
        blocks.section(f"*Reflections*\n{line}"),
        blocks.actions(write, blocks.button("Open journal", GO, PLACE), block_id="reflections"),
    ]


def _this_month(count: int) -> str:
    if count == 0:
        return "None this month so far."
    return f"{in_words(count).capitalize()} this month."


def journal(said: Journal) -> list[Block]:
    """The journal, newest entry first."""
    month = f"{PLACE}:month:{said.today:%Y-%m}"
    tools = [blocks.button("Write", WRITE, style="primary", label="Write a reflection")]
    if said.total:
        tools += [blocks.button("Search", SEARCH), blocks.button("By month", GO, month)]
    shown = [back("← Home", "front"), blocks.header("Journal"), blocks.actions(*tools, block_id="journal_tools")]
    if not said.total:
        shown.append(blocks.section("Nothing here yet. What worked this week, and what did you do that helped?"))
    else:
        shown += mood_line(rules.by_week(said.moods, said.today))
    for entry in said.entries:
        shown.append(row(entry, said.today))
    shown += _turning(said)
    return [*shown, blocks.divider(), rhythm_line(said.pace, said.hours), blocks.context(WHO_READS_IT)]


def row(entry: Entry, today: date, query: str = "", *, in_form: bool = False) -> Block:
    about = " · ".join([f"*{day_in_words(entry.local_date, today)}*", *_labels(entry)])
    text = f"{about}\n{blocks.escape(rules.glimpse(entry.words.text, query))}"
    action, value = (READ, str(entry.id)) if in_form else (GO, f"{PLACE}:entry:{entry.id}")
    label = f"Open the entry of {day_in_words(entry.local_date, today)}"
    return blocks.section(
        text, accessory=blocks.button("Open", action, value, label=label), block_id=f"entry-{entry.id}"
    )


def _labels(entry: Entry) -> list[str]:
    labels = [entry.words.mood] if entry.words.mood else []
    if entry.words.theme:
        labels.append(library.theme_name(entry.words.theme).lower())
    if entry.sharing == "people":
        labels.append("shared")
    return labels


def _turning(said: Journal) -> list[Block]:
    pages = -(-said.total // ROWS)
    if pages <= 1:
        return []
    buttons = []
    if said.number > 0:
        buttons.append(blocks.button("Newer", BACK, f"{PLACE}:page:{said.number - 1}"))
    if said.number < pages - 1:
        buttons.append(blocks.button("Older", ON, f"{PLACE}:page:{said.number + 1}"))
    return [blocks.actions(*buttons, block_id="turn"), blocks.context(f"Page {said.number + 1} of {pages}")]


def entry_page(entry: Entry, readers: Sequence[str], today: date) -> list[Block]:
    """One entry, for its writer; `readers`: names of those who may read it."""
    sure = blocks.confirm("Remove it?", "It leaves your journal, and nobody can bring it back.", "Remove", "Keep it")
    value = str(entry.id)
    return [
        back("← Journal", PLACE),
        blocks.header(day_in_words(entry.local_date, today)),
        *text_of(entry),
        blocks.context(shared_with(readers)),
        blocks.actions(
            blocks.button("Change", CHANGE, value),
            blocks.button("Who may read it", SHARE, value),
            blocks.button("Remove", REMOVE, value, style="danger", confirm=sure),
            block_id="entry_acts",
        ),
    ]


def text_of(entry: Entry) -> list[Block]:
    """Question, mood and theme, and the words."""
    question = library.prompts().get(entry.prompt_slug or "")
    shown = [blocks.context(f"_{blocks.escape(question.question)}_")] if question is not None else []
    labels = [f"Mood: {entry.words.mood}"] if entry.words.mood else []
    labels += [f"About: {library.theme_name(entry.words.theme).lower()}"] if entry.words.theme else []
    shown += [blocks.context(" · ".join(labels))] if labels else []
    return [*shown, *[blocks.section(piece) for piece in _escaped_pieces(entry.words.text)]]


def _escaped_pieces(text: str) -> list[str]:
    """Paragraphs that fit after escaping, too, whatever signs they are made of."""
    found = []
    for piece in rules.pieces(text, PIECE):
        escaped = blocks.escape(piece)
        found += (
            [escaped] if len(escaped) <= rules.FIELD else [blocks.escape(each) for each in rules.pieces(piece, 500)]
        )
    return found


def shared_with(readers: Sequence[str]) -> str:
    """Who may read an entry, beside its writer."""
    if not readers:
        return "Only you can read this."
    return f"{blocks.escape(listed(['You', *readers]))} can read this."


def gone() -> list[Block]:
    """An entry that is not there, or not the viewer's; the two look alike."""
    return [back("← Journal", PLACE), blocks.section("That reflection is not in your journal any more.")]


def outside() -> list[Block]:
    """Whoever left finds that nothing was lost."""
    return [
        back("← Home", "front"),
        blocks.section(
            "Your journal is here while you are in Perennial. What you wrote is kept, and only you can open it."
        ),
    ]
