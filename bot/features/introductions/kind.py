"""What introductions say of themselves as a kind of program: options, invitation, notice, a lead's buttons, undo and stop."""

from datetime import date, datetime
from typing import cast

from pydantic import BaseModel, ValidationError
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.introductions.late.waiting import join_late
from bot.features.introductions.lead import views as lead_views
from bot.features.introductions.making import store
from bot.features.introductions.making.inputs import rounds_made
from bot.features.introductions.models import Introduction, IntroductionMember, Unseated
from bot.features.introductions.options import LEANINGS, OWN, IntroductionOptions
from bot.messages import Block
from bot.programs.kinds import OptionsRead, ProgramKind, State
from bot.programs.models import Program, Round
from bot.slack import blocks

SIZE, COUNTS, WINDOW, LENGTH, SHARE = (
    "introductions_size",
    "introductions_counts",
    "introductions_window",
    "introductions_length",
    "introductions_share",
)
SIZES = [("Pairs", "2"), ("Groups of three", "3"), ("Groups of four", "4")]


def option_fields(options: BaseModel) -> list[Block]:
    """Group size, what counts, window, length, and whether thank-yous may be shared."""
    chosen = cast(IntroductionOptions, options)
    length = str(chosen.length_days or "")
    leanings = [(said, value) for value, said, _ in LEANINGS]
    if chosen.leaning == OWN:
        leanings.append(("As it was set before", OWN))
    return [
        blocks.field("How many meet", blocks.radios(SIZE, SIZES, initial=str(chosen.group_size)), block_id=SIZE),
        blocks.field("What counts most", blocks.radios(COUNTS, leanings, initial=chosen.leaning), block_id=COUNTS),
        blocks.field(
            "Rounds before two people meet again",
            blocks.text_input(WINDOW, initial=str(chosen.window), longest=2),
            block_id=WINDOW,
            hint="A number such as 6. In a small group it is shortened so that everybody has somebody to meet.",
        ),
        blocks.field(
            'Days until "Did you meet?"',
            blocks.text_input(LENGTH, initial=length, longest=2),
            block_id=LENGTH,
            hint="A number such as 11. Left empty, it fits itself to the dates.",
            optional=True,
        ),
        blocks.field(
            "After a round",
            blocks.checkboxes(
                SHARE,
                [("Show one or two thank-yous in the channel, if their writers agree", "yes")],
                initial=["yes"] if chosen.share_thanks else [],
            ),
            block_id=SHARE,
            optional=True,
        ),
    ]


def read_options(state: State, before: BaseModel) -> OptionsRead:
    """What a lead chose; weights that are none of the leanings stay as they were stored."""
    errors: dict[str, str] = {}
    window = _whole(blocks.chosen(state, WINDOW))
    length_text = str(blocks.chosen(state, LENGTH) or "").strip()
    length = _whole(length_text) if length_text else None
    if window is None or window > 52:
        errors[WINDOW] = "Write a number from 0 to 52."
    if length_text and (length is None or not 2 <= length <= 60):
        errors[LENGTH] = "Write a number of days from 2 to 60, or leave it empty."
    if errors:
        return OptionsRead(errors=errors)
    kept = before.model_dump()
    kept |= {
        "group_size": int(blocks.chosen(state, SIZE) or 2),
        "window": window,
        "length_days": length,
        "share_thanks": "yes" in (blocks.chosen(state, SHARE) or []),
    }
    wanted = blocks.chosen(state, COUNTS)
    if weights := next((weights for value, _, weights in LEANINGS if value == wanted), None):
        kept["weights"] = weights.model_dump()
    try:
        return OptionsRead(options=IntroductionOptions.model_validate(kept).model_dump())
    except ValidationError:
        return OptionsRead(errors={SIZE: "Choose pairs, or groups of three or four."})


def _whole(given: object) -> int | None:
    text = str(given or "").strip()
    return int(text) if text.isdecimal() and text.isascii() else None


def invitation_lines(program: Program) -> list[str]:
    """What happens, how long it takes, who sees what."""
    options = IntroductionOptions.model_validate(program.options)
    size = {2: "one colleague", 3: "two colleagues", 4: "three colleagues"}[options.group_size]
    return [
        f"Each round you meet {size} from another team: a message with why you, two questions and times that suit.",
        "It takes half an hour a round. Skip one, pause or leave whenever you like.",
        "Matching uses only what you tell Perennial about yourself. What you write to each other is never read.",
    ]


async def notice(session: AsyncSession, program: Program, member_id: int, day: date) -> str | None:
    """The day before, while it can still be skipped."""
    name = blocks.escape(program.name)
    return f"{name}: on {day:%A} you meet somebody new from another team. Half an hour, at a time that suits you both."


async def lead_buttons(session: AsyncSession, program: Program, draft: Round | None) -> list[Block]:
    """[Preview the next round]."""
    label = "Open the preview" if draft is not None else "Preview the next round"
    return [blocks.button(label, lead_views.PREVIEW, str(program.id))]


async def summary(session: AsyncSession, program: Program) -> str:
    """How the last round went, in a sentence; counts only."""
    newest = await rounds_made(session, program, limit=1)
    if not newest:
        return "Nobody has been introduced yet."
    row = await session.get_one(Round, newest[0])
    counted = (
        select(func.count(func.distinct(Introduction.id)), func.count(func.distinct(IntroductionMember.member_id)))
        .join(IntroductionMember, IntroductionMember.introduction_id == Introduction.id)
        .where(
            Introduction.workspace_id == program.workspace_id,
            Introduction.round_id == row.id,
            Introduction.state.in_(("planned", "sent", "closed")),
        )
    )
    groups, people = (await session.execute(counted)).one()
    met = (await session.execute(counted.where(IntroductionMember.answer == "met"))).one()[0]
    owed = await session.scalar(
        select(func.count())
        .select_from(Unseated)
        .where(Unseated.workspace_id == program.workspace_id, Unseated.round_id == row.id, Unseated.state == "owed")
    )
    sentence = f"Round {row.number}: {people} people in {groups} introductions"
    if owed:
        sentence += f", {owed} without a seat, who come first next time"
    return f"{sentence}. {_met(met)}"


def _met(met: int) -> str:
    if met == 0:
        return "No conversation reported so far."
    return f"{met} met so far."


async def seated_last(session: AsyncSession, program: Program) -> set[int]:
    """Who was seated in the newest round that went out."""
    newest = await rounds_made(session, program, limit=1)
    if not newest:
        return set()
    query = (
        select(IntroductionMember.member_id)
        .join(Introduction, Introduction.id == IntroductionMember.introduction_id)
        .where(
            Introduction.workspace_id == program.workspace_id,
            Introduction.round_id == newest[0],
            Introduction.state.in_(("planned", "sent", "closed")),
        )
    )
    return set((await session.execute(query)).scalars())


async def undo(session: AsyncSession, row: Round, now: datetime) -> bool:
    """Nothing is written before a round begins to leave, so its seating simply becomes a draft again."""
    plan = await store.plan_of(session, row.workspace_id, row.id, lock=True)
    if plan is None or plan.result is None:
        return False
    plan.note = None
    return True


async def stop(session: AsyncSession, row: Round, now: datetime) -> str:
    """Whoever got theirs keeps it; whatever has not left is taken back, a few at a time."""
    of_round = (Introduction.workspace_id == row.workspace_id, Introduction.round_id == row.id)
    await session.execute(
        update(Introduction)
        .where(*of_round, Introduction.state == "planned")
        .values(state="withdrawn", step="withdraw", due_at=now)
        .execution_options(synchronize_session=False)
    )
    query = (
        select(func.count(func.distinct(Introduction.id)), func.count(IntroductionMember.member_id))
        .join(IntroductionMember, IntroductionMember.introduction_id == Introduction.id)
        .where(*of_round, Introduction.state.in_(("sent", "closed")))
    )
    groups, people = (await session.execute(query)).one()
    if not groups:
        return "Nobody had got an introduction yet."
    return (
        f"{groups} introductions had gone out, to {people} people. They keep theirs; nobody else hears of this round."
    )


async def on_leave(session: AsyncSession, workspace_id: int, program_id: int, member_id: int, now: datetime) -> None:
    """Who waits for a seat waits no longer; whom they were introduced to stays theirs."""
    await session.execute(
        update(Unseated)
        .where(
            Unseated.workspace_id == workspace_id,
            Unseated.program_id == program_id,
            Unseated.member_id == member_id,
            Unseated.state == "waiting",
        )
        .values(state="owed", due_at=None)
        .execution_options(synchronize_session=False)
    )


KIND = ProgramKind(
    name=store.KIND,
    title="Introductions",
    about="People from different teams are introduced to each other, round after round.",
    options=IntroductionOptions,
    option_fields=option_fields,
    read_options=read_options,
    invitation_lines=invitation_lines,
    notice=notice,
    lead_buttons=lead_buttons,
    summary=summary,
    seated_last=seated_last,
    undo=undo,
    stop=stop,
    on_join=join_late,
    on_leave=on_leave,
)
