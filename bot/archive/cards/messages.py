"""What people hear about a card: whether their words may be read, that it is published, that something is missing."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.cards import people, rules, store, subjects
from bot.archive.cards.consents import views
from bot.archive.models import Insight, InsightQuote
from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.errors import Gone
from bot.members import store as members
from bot.messages import Channel, Content, Kind, Message, MessageClass, People, Verb

ASK = Kind(
    "archive.ask",
    MessageClass.REQUEST,
    priority=40,
    expires=rules.ANSWER_WITHIN,
    private=True,
    noun=("words of yours that somebody would like to keep", "words of yours that people would like to keep"),
)
REMIND = Kind("archive.remind", MessageClass.REQUEST, priority=60, expires=timedelta(days=4), private=True)
NEWS = Kind("archive.news", MessageClass.REQUEST, priority=70, expires=timedelta(days=7), cost=0, private=True)
ANSWERED = Kind("archive.answered", MessageClass.ANSWER, priority=10, expires=timedelta(days=2), cost=0, private=True)
ASKS = (ASK.name, REMIND.name)


async def ask(
    session: AsyncSession, insight: Insight, row: InsightQuote, number: int, now: datetime, *, again: bool = False
) -> None:
    """May these words be read by others? Drawn as it leaves."""
    kind = REMIND if again else ASK
    member_id = people.unseal_member(session, insight.id, row.member_sealed)
    await _tell(session, insight, row.person, member_id, kind, now, number, content=None)


async def tell(
    session: AsyncSession,
    insight: Insight,
    person: bytes,
    member_id: int,
    content: Content,
    now: datetime,
    *about: object,
) -> None:
    """A line about a card, within their hours. `about`: what makes it another message than the one before."""
    await _tell(session, insight, person, member_id, NEWS, now, *about, content=content)


async def end(
    session: AsyncSession, insight: Insight, person: bytes, content: Content, now: datetime, *, since: datetime | None
) -> None:
    """Nothing is asked of them any more: what has not left stays, and what they have got says so."""
    subject = subjects.person_subject(session, insight, person)
    await outbox.withdraw(session, insight.workspace_id, subject, now=now)
    query = select(Delivery).where(
        Delivery.workspace_id == insight.workspace_id,
        Delivery.subject == subject,
        Delivery.kind.in_(ASKS),
        Delivery.state == "sent",
    )
    for delivery in (await session.execute(query.order_by(Delivery.id))).scalars().all():
        if delivery.channel is None or (since is not None and delivery.created_at < since):
            continue
        update = Message(
            workspace_id=insight.workspace_id,
            kind=ANSWERED.name,
            subject=f"{subject}:answers",
            to=Channel(delivery.channel),
            dedupe_key=subjects.key(session, "answered", insight, person, delivery.id, now.isoformat()),
            due_at=now,
            content=content,
            verb=Verb.UPDATE,
            target_id=delivery.id,
        )
        await outbox.enqueue(session, update, now=now)


async def draw_ask(session: AsyncSession, delivery: Delivery) -> Content | None:
    """Their words and the card as they stand when it leaves; nothing, where nothing is asked any more."""
    insight_id, person = subjects.opened(session, delivery.subject)
    try:
        insight = await store.get(session, delivery.workspace_id, insight_id)
    except Gone:
        return None
    version = (await store.versions(session, insight)).open
    row = (await store.quotes(session, version)).get(person)
    if version is None or row is None or row.state != rules.ASKED:
        return None
    return await question(session, insight, row, again=delivery.kind == REMIND.name)


async def question(session: AsyncSession, insight: Insight, row: InsightQuote, *, again: bool = False) -> Content:
    """What somebody is asked about their words."""
    version = (await store.versions(session, insight)).open
    assert version is not None, "a consent is asked for a wording in the making"
    maker = None
    if insight.made_by is not None and row.member_id != insight.made_by:
        maker = (await members.names(session, insight.workspace_id, [insight.made_by])).get(insight.made_by)
    sentences = [sentence for _, sentence in store.said(session, row)]
    return views.ask(row.id, store.read(session, version), sentences, maker=maker, hidden=bool(row.alias), again=again)


async def _tell(
    session: AsyncSession,
    insight: Insight,
    person: bytes,
    member_id: int,
    kind: Kind,
    now: datetime,
    *about: object,
    content: Content | None,
) -> None:
    for recipient in (await members.recipients(session, insight.workspace_id, [member_id])).values():
        message = Message(
            workspace_id=insight.workspace_id,
            kind=kind.name,
            subject=subjects.person_subject(session, insight, person) + ("" if content is None else ":news"),
            to=People((recipient.slack_id,), (recipient.member_id,)),
            dedupe_key=subjects.key(session, kind.name.split(".")[1], insight, person, *about),
            due_at=now,
            content=content,
        )
        await outbox.enqueue(session, message, now=now)
