"""Carries what is said to everybody whom a question concerns: each copy once, and each follows what becomes of its words."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.models import Delivery
from bot.features.questions import store
from bot.features.questions.models import Answer, Asked, Question
from bot.features.questions.threads import messages, places
from bot.features.questions.threads import store as answers
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Verb


async def catch_up(session: AsyncSession, question: Question, *, now: datetime) -> None:
    """Carry whatever was said so far to whoever has not got it yet; called again it carries nothing twice.

    To be called once somebody claims, a thread in a channel begins, or questions are merged; every new word calls it.
    """
    circle = await around(session, question)
    said = await answers.of_questions(session, question.workspace_id, [each.id for each in circle.questions])
    copies = [copy for answer in said for copy in circle.copies(session, answer)]
    known = await _known(session, question.workspace_id, [copy.key for copy in copies])
    for copy in copies:
        if copy.key not in known:
            await copy.carry(session, now=now)


async def follow(
    session: AsyncSession, question: Question, answer: Answer, *, now: datetime, nonce: str, askers_only: bool = False
) -> None:
    """Have every copy say what its words say now, or go with them; `nonce` tells one change from the next."""
    circle = await around(session, question)
    copies = circle.all_copies(session, answer)
    known = await _known(session, question.workspace_id, [copy.key for copy in copies])
    verb = Verb.DELETE if answer.state == answers.GONE else Verb.UPDATE
    for copy in copies:
        if copy.key in known and (copy.is_askers or not askers_only):
            await copy.carry(session, now=now, verb=verb, target_id=known[copy.key], nonce=f":{nonce}")


async def follow_asker(session: AsyncSession, question: Question, *, now: datetime, nonce: str) -> None:
    """Have every copy of what whoever asked said since go with their question, or come back with it."""
    for answer in await answers.of_questions(session, question.workspace_id, [question.id]):
        if answer.by_asker:
            await follow(session, question, answer, now=now, nonce=nonce)


class Copy:
    """One copy of somebody's words: where it goes, and the key that finds it."""

    def __init__(self, answer: Answer, key: str, *, question: Question, to: tuple[Asked, Member] | None, channel: bool):
        self.answer, self.key, self.question, self.to, self.channel = answer, key, question, to, channel

    @property
    def is_askers(self) -> bool:
        """Whether it is in the thread of somebody who asked."""
        return self.to is None and not self.channel

    async def carry(
        self,
        session: AsyncSession,
        *,
        now: datetime,
        verb: Verb = Verb.POST,
        target_id: int | None = None,
        nonce: str = "",
    ) -> None:
        """Post it, change it, or take it away."""
        if self.to is not None:
            await messages.to_asked(
                session, self.answer, *self.to, now=now, verb=verb, target_id=target_id, nonce=nonce
            )
            return
        carry = messages.to_channel if self.channel else messages.to_asker
        await carry(session, self.question, self.answer, now=now, verb=verb, target_id=target_id, nonce=nonce)


class Circle:
    """Everybody a question concerns: its askers, who were asked and listen, and the thread that others see."""

    def __init__(
        self, root: Question, questions: Sequence[Question], asked: Sequence[tuple[Asked, Member, bool]]
    ) -> None:
        self.root, self.questions, self.asked = root, questions, asked

    @property
    def listeners(self) -> list[Member]:
        """Those whose own thread gets what is said."""
        return [member for _, member, listens in self.asked if listens]

    def copies(self, session: AsyncSession, answer: Answer) -> list[Copy]:
        """Where an answer belongs besides the place it was written in."""
        return self._copies(session, answer, everybody=False)

    def all_copies(self, session: AsyncSession, answer: Answer) -> list[Copy]:
        """The same, with the threads of those who do not listen any more: what they have got follows, too."""
        return self._copies(session, answer, everybody=True)

    def _copies(self, session: AsyncSession, answer: Answer, *, everybody: bool) -> list[Copy]:
        found = []
        if not answer.by_asker:
            for each in self.questions:
                key = messages.key_for_asker(session, answer, each)
                found.append(Copy(answer, key, question=each, to=None, channel=False))
        for asked, member, listens in self.asked:
            if (listens or everybody) and (answer.by_asker or member.id != answer.author_id):
                key = messages.key_for_asked(answer, asked)
                found.append(Copy(answer, key, question=self.root, to=(asked, member), channel=False))
        in_channel = answer.thread == places.CHANNEL and answer.question_id == self.root.id
        if self.root.channel and self.root.channel_ts and not in_channel:
            key = messages.key_for_channel(answer, self.root)
            found.append(Copy(answer, key, question=self.root, to=None, channel=True))
        return found


async def around(session: AsyncSession, question: Question) -> Circle:
    """Whom a question concerns; of merged questions, of all of them together."""
    root = await answers.root_of(session, question)
    questions = await answers.family_of(session, root)
    asked = await store.asked_for(session, root)
    people = await _people(session, root.workspace_id, [each.member_id for each in asked])
    wrote = await _wrote(session, root)
    circle = []
    for each in asked:
        member = people.get(each.member_id)
        if member is not None and each.delivery_id is not None:
            circle.append((each, member, _listens(each, member, wrote)))
    return Circle(root, questions, circle)


def _listens(asked: Asked, member: Member, wrote: set[int]) -> bool:
    """Whoever holds it, held it when it ended, or answered lightly; nobody who handed it on or left."""
    if member.deactivated_at is not None or not members.has_joined(member) or asked.state == "released":
        return False
    held = asked.state == "claimed" or (asked.state == "over" and asked.claimed_at is not None)
    return held or asked.member_id in wrote


async def _wrote(session: AsyncSession, root: Question) -> set[int]:
    query = select(Answer.author_id).where(
        Answer.workspace_id == root.workspace_id,
        Answer.question_id == root.id,
        Answer.thread.in_((places.MENTOR, places.REVIEW)),
        Answer.state == answers.KEPT,
    )
    return {each for each in (await session.execute(query)).scalars() if each is not None}


async def _people(session: AsyncSession, workspace_id: int, ids: list[int]) -> dict[int, Member]:
    query = select(Member).where(Member.workspace_id == workspace_id, Member.id.in_(ids))
    return {each.id: each for each in (await session.execute(query)).scalars()}


async def _known(session: AsyncSession, workspace_id: int, keys: list[str]) -> dict[str, int]:
    query = select(Delivery.dedupe_key, Delivery.id).where(
        Delivery.workspace_id == workspace_id, Delivery.dedupe_key.in_(keys)
    )
    return dict((await session.execute(query)).all()) if keys else {}
