"""Speaks: the row on the front page, the journal by page, by month and by search, and one entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.features.reflections import library
from bot.features.reflections.forms import WHO_READS_IT, WRITE
from bot.features.reflections.journal import rules
from bot.features.reflections.journal.rules import Entry
from bot.features.reflections.library import PromptWords
from bot.features.reflections.prompts.rules import Hours, Pace
from bot.features.reflections.prompts.views import ANSWER, CHANGE, REMOVE, rhythm_line
from bot.members.front.views import GO
from bot.members.rules import day_in_words, listed
from bot.members.rules import number as in_words
from bot.messages import Block
from bot.slack import blocks

PLACE = "journal"
OPEN_DAY = "reflections.open_day"
BACK, ON = "reflections.turn_back", "reflections.turn_on"  # pages and months; their value is the place to turn to
SEARCH = "reflections.search"
SEARCH_FORM = "reflections.search_form"
READ = "reflections.read"
SHARE = "reflections.share"
QUERY = "query"
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
    shown = [_back("← Home", "front"), blocks.header("Journal"), blocks.actions(*tools, block_id="journal_tools")]
    if not said.total:
        shown.append(blocks.section("Nothing here yet. What worked this week, and what did you do that helped?"))
    elif any(mood for _, mood in rules.by_week(said.moods, said.today)):
        shown += mood_line(rules.by_week(said.moods, said.today))
    for entry in said.entries:
        shown.append(_row(entry, said.today))
    shown += _turning(said)
    return [*shown, blocks.divider(), rhythm_line(said.pace, said.hours), blocks.context(WHO_READS_IT)]


def _row(entry: Entry, today: date, query: str = "", *, in_form: bool = False) -> Block:
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


def mood_line(weeks: Sequence[tuple[date, str | None]]) -> list[Block]:
    """A bar a week; the sentence above says the same in words."""
    said = listed([mood or "none named" for _, mood in weeks])
    bars = " ".join(rules.MOODS.get(mood or "", rules.NO_MOOD) for _, mood in weeks)
    return [
        blocks.context(f"Mood by week, the oldest of {in_words(len(weeks))} first: {said}."),
        blocks.section(f"`{bars}`", block_id="moods"),
    ]


def month(first: date, entries: Sequence[Entry], today: date, *, has_older: bool) -> list[Block]:
    """One month as a calendar of days with an entry and its mood; the sentence above says the same in words."""
    moods = moods_by_day(entries)
    shown = [
        _back("← Journal", PLACE),
        blocks.header(f"{first:%B} {first.year}"),
        blocks.section(_month_in_words(entries, moods)),
        blocks.section(f"```\n{rules.calendar(first, moods)}\n```", block_id="calendar"),
        blocks.context(
            f"Mood: {'  '.join(f'{bar} {mood}' for mood, bar in rules.MOODS.items())}  {rules.NO_MOOD} not named"
        ),
    ]
    if entries:
        options = [(_option(entry, today), str(entry.id)) for entry in entries]
        shown.append(blocks.actions(blocks.select(OPEN_DAY, options, placeholder="Open an entry"), block_id="open_day"))
    turns = (
        [blocks.button("Earlier month", BACK, f"{PLACE}:month:{rules.month_before(first):%Y-%m}")] if has_older else []
    )
    if rules.next_month(first) <= today:
        turns.append(blocks.button("Later month", ON, f"{PLACE}:month:{rules.next_month(first):%Y-%m}"))
    return [*shown, *([blocks.actions(*turns, block_id="turn")] if turns else [])]


def _option(entry: Entry, today: date) -> str:
    glimpse = rules.glimpse(entry.words.text, longest=40)
    return f"{entry.local_date.day} {entry.local_date:%b}: {glimpse}"


def _month_in_words(entries: Sequence[Entry], moods: Mapping[date, Sequence[str]]) -> str:
    if not entries:
        return "No entry in this month."
    days = f"{in_words(len(moods))} day{'s' if len(moods) != 1 else ''}"
    said = f"{in_words(len(entries)).capitalize()} entr{'ies' if len(entries) != 1 else 'y'} on {days}."
    counts = rules.counted([entry.words.mood for entry in entries])
    if counts:
        said += f" Mood: {listed([f'{mood} {_times(count)}' for mood, count in counts])}."
    return said


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{in_words(count)} times")


def moods_by_day(entries: Sequence[Entry]) -> dict[date, list[str]]:
    """The moods of each day with an entry, an empty word where none was named."""
    moods: dict[date, list[str]] = {}
    for entry in entries:
        moods.setdefault(entry.local_date, []).append(entry.words.mood)
    return moods


def entry_page(entry: Entry, readers: Sequence[str], today: date) -> list[Block]:
    """One entry, for its writer; `readers`: names of those who may read it."""
    sure = blocks.confirm("Remove it?", "It leaves your journal, and nobody can bring it back.", "Remove", "Keep it")
    value = str(entry.id)
    return [
        _back("← Journal", PLACE),
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
    labels = [label for label in _labels(entry) if label != "shared"]
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
    return f"You and {blocks.escape(listed(list(readers)))} can read this."


def own_entry(entry: Entry, today: date) -> Block:
    """One's own entry, over the results of a search."""
    title = day_in_words(entry.local_date, today)
    return blocks.modal(title[:24], text_of(entry), callback_id="reflections.own_entry", close="Back")


def search_form(
    query: str = "", found: Sequence[Entry] | None = None, total: int = 0, today: date | None = None
) -> Block:
    """What to look for, and below it what was found."""
    shown = [
        blocks.field(
            "Words to look for",
            blocks.text_input(QUERY, initial=query, longest=100),
            block_id=QUERY,
            hint="Every word must occur. Capitals and accents make no difference; a part of a word is enough.",
        )
    ]
    if found is not None and today is not None:
        shown += [
            blocks.section(_found(len(found), total)),
            *[_row(entry, today, query, in_form=True) for entry in found],
        ]
    return blocks.modal("Search my journal", shown, callback_id=SEARCH_FORM, submit="Search", close="Close")


def _found(shown: int, total: int) -> str:
    if not total:
        return "Nothing with all of these words. Fewer words, or a part of one, may find it."
    if total > shown:
        return f"{total} entries. Here are the newest {shown}; one more word narrows it down."
    return f"{in_words(total).capitalize()} entr{'ies' if total != 1 else 'y'}."


def gone() -> list[Block]:
    """An entry that is not there, or not the viewer's; the two look alike."""
    return [_back("← Journal", PLACE), blocks.section("That reflection is not in your journal any more.")]


def outside() -> list[Block]:
    """Whoever left finds that nothing was lost."""
    return [
        _back("← Home", "front"),
        blocks.section("Your journal is kept, and only you can open it. It is here again once you come back."),
    ]


def _back(text: str, place: str) -> Block:
    return blocks.actions(blocks.button(text, GO, place), block_id="back")
