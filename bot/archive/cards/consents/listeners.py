"""Slack asks: somebody says what may become of their words."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.cards import acting, asking, going_out, messages, people, rules, store, taking_back, words
from bot.archive.cards.consents import views
from bot.archive.cards.errors import NothingToAnswer
from bot.archive.cards.people import Person
from bot.archive.cards.saying import PARTS, Piece, Text
from bot.archive.models import Insight, InsightQuote, InsightVersion
from bot.delivery import outbox
from bot.delivery.submissions import first_time
from bot.errors import NotYours
from bot.lookup import id_in, number_in
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Content
from bot.registry import Tools
from bot.slack.act import Act
from bot.slack.used import in_place

Asked = tuple[Member, Insight, InsightVersion, InsightQuote]
CHANGED = "These words of yours changed in the card meanwhile. Close this and press Change my words once more."


async def fine_named(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Fine, with my name]."""
    await _fine(act, tools, named=True)
    await ack()


async def fine(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Fine, without my name]."""
    await _fine(act, tools, named=False)
    await ack()


async def _fine(act: Act, tools: Tools, *, named: bool) -> None:
    now = tools.clock()
    async with tools.database.transaction() as session:
        _, insight, version, row = await _asked(session, act, act.value)
        row.state, row.named = rules.APPROVED, named and not row.alias
        row.answered_at = rules.rounded(now) if row.alias else now
        await session.flush()
        await _go_on(session, insight, version, row, now)


async def undo(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Undo]: the question stands again, as long as nobody reads the card."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        _, insight, _, row = await _asked(session, act, act.value, *rules.AGREED)
        row.state, row.named, row.answered_at = rules.ASKED, False, None
        await session.flush()
        content = await messages.question(session, insight, row)
        await messages.end(session, insight, row.person, content, now, since=row.asked_at)
        await going_out.redraw(session, insight, now)
    await ack()


async def leave_out(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Leave me out]: at once, and for good in this card."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        _, insight, version, row = await _asked(session, act, act.value)
        person = (await people.everybody(session, insight))[row.person]
        await taking_back.from_what_is_agreed_on(session, insight, version, person, now, own_will=True)
        await going_out.redraw(session, insight, now)
    await ack()


async def open_change(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Change my words]."""
    async with tools.database.transaction() as session:
        _, insight, version, row = await _asked(session, act, act.value)
        person = (await people.everybody(session, insight))[row.person]
        mine = _stretches(store.read(session, version), person)
        form = views.change_form(row.id, mine, hidden=bool(row.alias), state=row.words_hash.hex())
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=form)


async def change(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """What they wrote takes the place of their words; others are asked only where it is about theirs, too."""
    said, named = views.read_change(act.state, number_in(act.memory.get("fields")))
    now, errors = tools.clock(), {}
    async with tools.database.transaction() as session:
        _, insight, version, row = await _asked(session, act, act.memory.get("quote"))
        person = (await people.everybody(session, insight))[row.person]
        text = _said_anew(store.read(session, version), person, said)
        if row.words_hash.hex() != act.memory.get("state"):
            errors = {"words0": CHANGED}
        elif problems := {part: said for part, said in rules.problems_with(text).items() if text.part(part)}:
            errors = {"words0": next(iter(problems.values()))}
        elif await first_time(session, act):
            await _keep_change(session, insight, version, row, person, text, said, now, named=named)
    if errors:
        await ack(response_action="errors", errors=errors)
    else:
        await ack()


async def _keep_change(
    session: AsyncSession, insight: Insight, version: InsightVersion, row: InsightQuote, person: Person, text: Text,
    said: list[str], now: datetime, *, named: bool,
) -> None:  # fmt: skip
    kept = [each for each in said if each.strip()]
    if not kept and not _stretches(text, person):
        await taking_back.from_what_is_agreed_on(session, insight, version, person, now, own_will=True)
        return
    title = store.read(session, version).question
    await messages.end(session, insight, row.person, views.changed(text.question or title), now, since=row.asked_at)
    store.write(session, version, text)
    version.number = await store.next_number(session, version)
    row.state, row.answered_at = (
        rules.REDACTED,
        rules.rounded(now) if row.alias else now,
    )  # asked no more, before others are
    await people.add(session, insight, [Piece(person.member_id, each, person.alias) for each in kept])
    everybody = await people.everybody(session, insight)
    await asking.reconcile(session, insight, version, everybody, now, mine={person.key}, named=named)
    if mine := (await store.quotes(session, version)).get(person.key):
        mine.state = rules.REDACTED
    await asking.settle(session, insight, version, now)
    await going_out.redraw(session, insight, now)


async def out_too(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Take mine out, too]: a card that nothing is left of is taken back with it."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member, insight = await acting.quoted(session, act, act.value)
        await taking_back.my_words(session, insight, member.id, now)
        if insight.version is None:
            await going_out.take_down(session, insight, now)
        await _show(session, act, views.out_too(), now)
    await ack()


async def stay(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Let mine stay]: nothing changes."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        _, insight = await acting.quoted(session, act, act.value)
        await _show(session, act, views.stays(insight.question), now)
    await ack()


async def _asked(session: AsyncSession, act: Act, quote_id: object, *states: str) -> Asked:
    """Who acts, and what they are asked about, with the card locked; raises where nothing is asked of them."""
    member = await members.joined_actor(session, act)
    found = await store.quote(session, act.workspace_id, id_in(quote_id))
    if found is None:
        raise NothingToAnswer
    insight = await store.get(session, act.workspace_id, found.insight_id, lock=True)
    if people.unseal_member(session, insight.id, found.member_sealed) != member.id:
        raise NotYours
    row = await store.quote(session, act.workspace_id, found.id)
    version = (await store.versions(session, insight)).open
    wanted = states or (rules.ASKED,)
    if row is None or version is None or row.version_id != version.id or row.state not in wanted:
        raise NothingToAnswer
    return member, insight, version, row


async def _go_on(
    session: AsyncSession, insight: Insight, version: InsightVersion, row: InsightQuote, now: datetime
) -> None:
    """Publish it, where this was the last answer; the question turns into what was chosen."""
    title, person, named, since = store.read(session, version).question, row.person, row.named, row.asked_at
    published = await asking.settle(session, insight, version, now)
    content = views.agreed(row.id, title, named=named, may_undo=not published)
    await messages.end(session, insight, person, content, now, since=since)
    await going_out.redraw(session, insight, now)


def _stretches(text: Text, person: Person) -> list[tuple[str, str]]:
    return [(part, said) for part in PARTS for said in words.stretches(text.part(part), person.runs)]


def _said_anew(text: Text, person: Person, said: list[str]) -> Text:
    """The card with each field in the place of the words it held; what had no field stays."""
    parts, new = {}, list(said)
    for part in PARTS:
        old = words.stretches(text.part(part), person.runs)
        mine = [new.pop(0) if new else each for each in old]
        parts[part] = words.replaced(text.part(part), person.runs, mine)
    return rules.cleaned(text.with_parts(parts))


async def _show(session: AsyncSession, act: Act, content: Content, now: datetime) -> None:
    if act.message_ts:
        key = f"archive.shown:{act.trigger_id}"
        shown = in_place(act, messages.ANSWERED, "archive:answers", content, key=key, now=now)
        await outbox.enqueue(session, shown, now=now)
