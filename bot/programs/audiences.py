"""Programs as groups of people: whoever is in one may put a question to everybody in it."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.members.models import Member
from bot.members.store import present
from bot.programs import store
from bot.programs.models import Enrolment
from bot.registry import Audience


async def of_member(session: AsyncSession, workspace_id: int, member_id: int) -> list[Audience]:
    """The programs somebody is in, with who else is."""
    programs = await store.enrolments_of(session, workspace_id, member_id, "joined")
    query = (
        select(Enrolment.program_id, Enrolment.member_id)
        .join(Member, Member.id == Enrolment.member_id)
        .where(
            Enrolment.workspace_id == workspace_id,
            Enrolment.program_id.in_([program.id for program in programs]),
            Enrolment.state == "joined",
            present(),
        )
        .order_by(Enrolment.member_id)
    )
    people: dict[int, list[int]] = {}
    for program_id, each in (await session.execute(query)).all():
        people.setdefault(program_id, []).append(each)
    return [
        Audience(
            f"program:{program.id}",
            f"Everybody in {program.name}",
            tuple(people.get(program.id, ())),
            channel=program.channel,
        )
        for program in programs
    ]
