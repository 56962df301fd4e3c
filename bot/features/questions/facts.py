"""What is known of questions, gathered in one set of queries, however many they are."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions import askers, rules, store
from bot.features.questions.models import Answer, Asked, Question
from bot.features.questions.rules import Words
from bot.members.models import Member


@dataclass(frozen=True)
class Facts:
    """By question: its words, where they can still be opened, and the rest. By member: names and time zones."""

    words: dict[int, Words]
    askers: dict[int, int]
    asked: dict[int, list[Asked]]
    skills: dict[int, tuple[str, ...]]
    names: dict[int, str]
    zones: dict[int, str]

    def tz_of(self, member_id: int) -> str:
        """Whose clock times are told by."""
        return self.zones.get(member_id, "UTC")


async def of(session: AsyncSession, questions: Sequence[Question]) -> Facts:
    """What every way to show these questions needs; all are of one workspace."""
    if not questions:
        return Facts({}, {}, {}, {}, {}, {})
    workspace_id, ids = questions[0].workspace_id, [each.id for each in questions]
    owners = {each.id: askers.asker_of(session, each).member_id for each in questions}
    asked = await _asked(session, workspace_id, ids)
    concerned = {*owners.values(), *(each.member_id for rows in asked.values() for each in rows)}
    people = await _people(session, workspace_id, concerned)
    skills = await store.skills_of(session, workspace_id, ids)
    return Facts(
        words=await store.words_of_all(session, questions),
        askers=owners,
        asked=asked,
        skills={question_id: tuple(named.values()) for question_id, named in skills.items()},
        names={member_id: name for member_id, name, _ in people},
        zones={member_id: tz for member_id, _, tz in people},
    )


async def _asked(session: AsyncSession, workspace_id: int, question_ids: Collection[int]) -> dict[int, list[Asked]]:
    """Everybody who was asked, in the order in which they were."""
    query = select(Asked).where(Asked.workspace_id == workspace_id, Asked.question_id.in_(list(question_ids)))
    found: dict[int, list[Asked]] = {}
    for row in (await session.execute(query.order_by(Asked.id))).scalars():
        found.setdefault(row.question_id, []).append(row)
    return found


async def _people(
    session: AsyncSession, workspace_id: int, member_ids: Iterable[int]
) -> Sequence[tuple[int, str, str]]:
    query = select(Member.id, Member.name, Member.tz).where(
        Member.workspace_id == workspace_id, Member.id.in_(sorted(member_ids))
    )
    return [(member_id, name, tz) for member_id, name, tz in (await session.execute(query)).all()]


async def answers_to(session: AsyncSession, workspace_id: int, question_ids: Collection[int]) -> dict[int, int]:
    """How many answers others gave that still stand; a question without any is left out."""
    query = (
        select(Answer.question_id, func.count())
        .where(
            Answer.workspace_id == workspace_id,
            Answer.question_id.in_(list(question_ids)),
            Answer.by_asker.is_(False),
            Answer.state == "kept",
        )
        .group_by(Answer.question_id)
    )
    return dict((await session.execute(query)).all())


async def merged_lines(session: AsyncSession, questions: Sequence[Question]) -> dict[int, str]:
    """What the questions ask that some of these became part of, in a line; not where the words are gone."""
    into = {each.id: each.merged_into_id for each in questions if each.merged_into_id is not None}
    if not into:
        return {}
    query = select(Question).where(
        Question.workspace_id == questions[0].workspace_id, Question.id.in_(sorted(set(into.values())))
    )
    words = await store.words_of_all(session, list((await session.execute(query)).scalars()))
    return {one: rules.first_line(words[other].question) for one, other in into.items() if other in words}
