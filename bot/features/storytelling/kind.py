"""What storytelling says of itself as a kind of program: options, invitation, a sentence of health."""

from datetime import date, datetime, timedelta
from typing import Any, cast

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.storytelling import store
from bot.features.storytelling.options import StoryOptions
from bot.features.storytelling.tellers import asking, leaving
from bot.gatherings import rounds
from bot.gatherings.hosting.drafts import problem_with_link, problem_with_seats
from bot.members.rules import number as in_words
from bot.messages import Block
from bot.programs.kinds import OptionsRead, ProgramKind, State
from bot.programs.models import Program, Round
from bot.slack import blocks

NAME = "storytelling"
MINUTES, TELLERS, SEATS, PLACE, LINK, AHEAD = (
    "story_minutes", "story_tellers", "story_seats", "story_place", "story_link", "story_ahead",
)  # fmt: skip
LENGTHS = (15, 20, 30, 45, 60, 90)


def option_fields(options: BaseModel) -> list[Block]:
    """How long, how many tell, how many fit in, where, and how early it is planned."""
    chosen = cast(StoryOptions, options)
    seats = "" if chosen.seats is None else str(chosen.seats)
    return [
        blocks.field(
            "How long",
            blocks.select(MINUTES, [(f"{each} minutes", str(each)) for each in LENGTHS], initial=str(chosen.minutes)),
            block_id=MINUTES,
        ),
        blocks.field(
            "How many tell",
            blocks.select(
                TELLERS,
                [(in_words(each).capitalize(), str(each)) for each in (1, 2, 3, 4)],
                initial=str(chosen.tellers),
            ),
            block_id=TELLERS,
            hint="About eight minutes each, and questions.",
        ),
        blocks.field(
            "Seats",
            blocks.text_input(SEATS, initial=seats, longest=3, placeholder="As many as like"),
            block_id=SEATS,
            optional=True,
            hint="Leave it empty where everybody fits in. With a number there is a waiting list.",
        ),
        blocks.field(
            "Room",
            blocks.text_input(PLACE, initial=chosen.place or "", longest=120, placeholder="Kitchen, third floor"),
            block_id=PLACE,
            optional=True,
        ),
        blocks.field(
            "Call link",
            blocks.text_input(LINK, initial=chosen.link or "", longest=500, placeholder="https://…"),
            block_id=LINK,
            optional=True,
        ),
        blocks.field(
            "Planned ahead by",
            blocks.select(AHEAD, [(_weeks(each), str(each)) for each in range(1, 9)], initial=str(chosen.weeks_ahead)),
            block_id=AHEAD,
            hint="Then the theme is put to the vote and tellers are asked. Three weeks leave time to prepare.",
        ),
    ]


def read_options(state: State, before: BaseModel) -> OptionsRead:
    """What a lead chose, or what to mend."""
    seats, link = _text(state, SEATS), _text(state, LINK)
    errors = {}
    if problem := problem_with_seats(seats):
        errors[SEATS] = problem
    if link and (problem := problem_with_link(link)):
        errors[LINK] = problem
    if errors:
        return OptionsRead(errors=errors)
    chosen: dict[str, Any] = {
        "minutes": int(_text(state, MINUTES) or 30),
        "tellers": int(_text(state, TELLERS) or 2),
        "seats": int(seats) if seats else None,
        "place": _text(state, PLACE) or None,
        "link": link or None,
        "weeks_ahead": int(_text(state, AHEAD) or 3),
    }
    return OptionsRead(options=before.model_dump() | chosen)


def _text(state: State, block_id: str) -> str:
    return " ".join(str(blocks.chosen(state, block_id) or "").split())


def _weeks(count: int) -> str:
    return "One week" if count == 1 else f"{in_words(count).capitalize()} weeks"


def options_of(program: Program) -> StoryOptions:
    """A program's options."""
    return StoryOptions.model_validate(program.options)


async def describe(session: AsyncSession, program: Program, row: Round) -> rounds.Details:
    """What a date of this program is like, before anybody edits it."""
    chosen = options_of(program)
    return rounds.Details(minutes=chosen.minutes, place=chosen.place, link=chosen.link, seats=chosen.seats)


def invitation_lines(program: Program) -> list[str]:
    """What happens, how long it takes, who sees what."""
    chosen = options_of(program)
    who = "one of us tells" if chosen.tellers == 1 else f"{in_words(chosen.tellers)} of us tell"
    return [
        f"In {chosen.minutes} minutes {who} what broke, what changed, and what they would try today. Then questions.",
        "You can come without telling. Whoever joins may be asked to tell, in turn, and a no is a fine answer.",
        "What a teller prepares stays theirs until they share it. Listeners may say what they will try.",
    ]


async def notice(session: AsyncSession, program: Program, member_id: int, day: date) -> str | None:
    """Those who come have reminders of their own."""
    return None


async def lead_buttons(session: AsyncSession, program: Program, draft: Round | None) -> list[Block]:
    """What can be done stands on each session's page."""
    return []


async def summary(session: AsyncSession, program: Program) -> str:
    """How it has gone so far, in a sentence; counts only."""
    held, told = await store.history(session, program)
    if not held:
        return "No session has been held so far."
    sessions = "One session" if held == 1 else f"{in_words(held).capitalize()} sessions"
    stories = "one story" if told == 1 else f"{in_words(told)} stories"
    return f"{sessions} held, {stories} told."


async def seated_last(session: AsyncSession, program: Program) -> set[int]:
    """Who told at the last session."""
    return await store.told_last(session, program)


async def undo(session: AsyncSession, row: Round, now: datetime) -> bool:
    """A round is a session by then, and a session is called off on its own page."""
    return False


async def stop(session: AsyncSession, row: Round, now: datetime) -> str:
    """The same."""
    return "Sessions that are planned stay; call them off on their own pages."


KIND = ProgramKind(
    name=NAME,
    title="Storytelling",
    about="Every few weeks somebody tells what broke and what came of it, and others say what they will try.",
    options=StoryOptions,
    option_fields=option_fields,
    read_options=read_options,
    invitation_lines=invitation_lines,
    notice=notice,
    lead_buttons=lead_buttons,
    summary=summary,
    seated_last=seated_last,
    undo=undo,
    stop=stop,
    on_join=asking.look_for_more,
    on_leave=leaving.left_program,
    ahead=lambda program: timedelta(weeks=options_of(program).weeks_ahead),
    planned=rounds.planned,
)
