"""The clock asks: a year after a card was published, its maker is asked once whether it is still true."""

from datetime import date, datetime, timedelta
from functools import partial

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.finding import acting, acts, looking_again, phrases, store
from bot.archive.finding.cards import Card
from bot.archive.models import Insight
from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.lookup import id_in
from bot.members import store as members
from bot.members.models import Member
from bot.members.rules import day_in_words
from bot.messages import Content, Kind, Message, MessageClass, People
from bot.registry import Tools
from bot.scheduler import one_by_one
from bot.slack import blocks, home
from bot.slack.act import Act
from bot.slack.used import in_place

ASK = Kind(
    "archive.still_true",
    MessageClass.SUGGESTION,
    priority=45,
    expires=timedelta(days=21),
    noun=("a look at a card of yours", "looks at cards of yours"),
)
ANSWERED = Kind("archive.still_true_answered", MessageClass.ANSWER, priority=10, expires=timedelta(days=1), cost=0)


async def ask(tools: Tools) -> int:
    """Every card for which it is time."""
    async with tools.database.reading() as session:
        due = await looking_again.due(session, tools.clock())
    return await one_by_one(tools, due, partial(ask_about, tools))


async def ask_about(tools: Tools, found: tuple[int, int]) -> None:
    """One card, if it is still due: its maker is asked, or the first person named on it who is still here."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        insight = await looking_again.lock_due(session, *found, now)
        if insight is None:
            return
        insight.look_asked_at = now
        for member_id in await looking_again.who_knows(session, insight):
            member = await members.by_id(session, insight.workspace_id, member_id)
            if member is not None and members.has_joined(member) and member.deactivated_at is None:
                await outbox.enqueue(session, question(insight, member, now), now=now)
                return


def subject_of(insight_id: int) -> str:
    """What the question is about; taking a card out withdraws it."""
    return f"insight:{insight_id}:still_true"


def question(insight: Insight, member: Member, now: datetime) -> Message:
    """Drawn as it leaves, from the card as it reads then."""
    return Message(
        workspace_id=insight.workspace_id,
        kind=ASK.name,
        subject=subject_of(insight.id),
        to=People((member.slack_id,), (member.id,)),
        dedupe_key=f"insight:{insight.id}:still_true:{now.date().isoformat()}",
        due_at=now,
    )


async def draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    """Nothing, where the card is gone, or somebody has said meanwhile that it is still true."""
    card = await store.card(session, delivery.workspace_id, int(delivery.subject.split(":")[1]))
    if card is None or not card.look_again:
        return None
    return asked(card, (delivery.started_at or delivery.due_at).date())


def asked(card: Card, today: date) -> Content:
    """One question, two answers, and the card to read again."""
    value = str(card.id)
    since = day_in_words(card.published_at.date(), today)
    said = f"{phrases.title(card)}\nIt has been in the archive since {since}. Is what it says still true?"
    return Content(
        text="A card of yours is more than a year old. Is it still true?",
        blocks=[
            blocks.section(said),
            blocks.actions(
                blocks.button("Still true", acts.STILL_TRUE, value, style="primary"),
                blocks.button("Needs a change", acts.CHANGE, value),
                blocks.button("Read it", acts.READ, value),
                block_id="still_true",
            ),
            blocks.context(
                "Asked once a year about a card. No answer is fine, too: it stays, and says that it is old."
            ),
        ],
    )


def answered(card: Card) -> Content:
    """In place of the buttons, once it was found true."""
    said = f"{phrases.title(card)}\nStill true. It is looked at again in a year."
    undo = blocks.button("Undo", acts.UNDO_STILL_TRUE, str(card.id))
    return Content(text="Still true.", blocks=[blocks.section(said, accessory=undo)])


async def still_true(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Still true], in the message or in the card."""
    if not act.message_ts:
        await acting.still_true(ack, act, tools, client)
        return
    now, insight_id = tools.clock(), id_in(act.value)
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        await looking_again.still_true(session, act.workspace_id, insight_id, member, now)
        await home.redraw(session, act.workspace_id, [member.id], now=now)
        if card := await store.card(session, act.workspace_id, insight_id):
            await outbox.enqueue(session, _shown(act, insight_id, answered(card), now), now=now)
    await ack()


async def undo(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Undo]: it is marked as old again, and the question stands as it stood."""
    now, insight_id = tools.clock(), id_in(act.value)
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        await looking_again.not_sure(session, act.workspace_id, insight_id, member, now)
        await home.redraw(session, act.workspace_id, [member.id], now=now)
        if card := await store.card(session, act.workspace_id, insight_id):
            await outbox.enqueue(session, _shown(act, insight_id, asked(card, now.date()), now), now=now)
    await ack()


def _shown(act: Act, insight_id: int, content: Content, now: datetime) -> Message:
    key = f"insight:{insight_id}:still_true:{act.trigger_id}"
    return in_place(act, ANSWERED, f"{subject_of(insight_id)}:answers", content, key=key, now=now)
