"""Chooses a round's prompt: what was voted for, what people want to learn, or one of our own."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.roundtables.written import library, rules, store, wishes
from bot.features.roundtables.written.options import RoundtableOptions
from bot.features.roundtables.written.rules import Had, Idea
from bot.programs.models import Program


@dataclass(frozen=True)
class Chosen:
    """A prompt, and where it comes from."""

    question: str
    hint: str = ""
    slug: str | None = None
    theme: str = ""
    skill: str | None = None
    proposal_id: int | None = None


async def choose(session: AsyncSession, program: Program) -> Chosen:
    """The next prompt of a program."""
    if (proposal := await store.voted_for(session, program, lock=True)) is not None:
        words = library.prompts().get(proposal.slug or "")
        hint, theme = (words.hint, words.theme) if words else ("", "")
        return Chosen(proposal.text, hint, proposal.slug, theme, proposal_id=proposal.id)
    had = await store.had(session, program)
    if RoundtableOptions.model_validate(program.options).gaps and (gap := await from_gaps(session, program, had)):
        return gap
    return our_own(program, had)


def our_own(program: Program, had: list[Had]) -> Chosen:
    """One of our own."""
    words = library.prompts()
    found = words[rules.choose([Idea(each.slug, each.theme) for each in words.values()], had, luck=program.id)]
    return Chosen(found.question, found.hint, found.slug, found.theme)


async def from_gaps(session: AsyncSession, program: Program, had: list[Had]) -> Chosen | None:
    """One about a skill that at least five people want; None where there is none, or it is not its turn."""
    wanted = await wishes.counted(session, program.workspace_id)
    slug = rules.skill_for({each.slug: each.people for each in wanted.values()}, had)
    if slug is None:
        return None
    words = library.gaps()
    # Their theme is one and the same; what differs is the skill.
    template = words[rules.choose([Idea(each.slug, "") for each in words.values()], had, luck=program.id)]
    question = template.question.replace(library.SKILL, wanted[slug].name)
    return Chosen(question, template.hint, template.slug, template.theme, slug)
