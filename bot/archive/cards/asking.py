"""Everybody whose words are in a wording: who has to be asked, what leaves with a no, and when nobody is waited for."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.cards import going_out, messages, people, rules, store
from bot.archive.cards.consents import views
from bot.archive.cards.people import Person
from bot.archive.cards.rules import Voice
from bot.archive.cards.saying import Text
from bot.archive.models import Insight, InsightQuote, InsightVersion


async def agreed_by(
    session: AsyncSession, versions: store.Versions
) -> tuple[dict[bytes, InsightQuote], dict[bytes, InsightQuote]]:
    """What is between people and the wording in the making, and what they said to the approved one."""
    return await store.quotes(session, versions.open), await store.quotes(session, versions.approved)


def voices(
    session: AsyncSession, everybody: Mapping[bytes, Person], *rows: Mapping[bytes, InsightQuote]
) -> dict[bytes, Voice]:
    """Everybody's words, and the sentences they agreed to."""
    found = {}
    for person in everybody.values():
        agreed = {
            sentence
            for each in rows
            if (row := each.get(person.key)) is not None and row.state in rules.AGREED
            for _, sentence in store.said(session, row)
        }
        found[person.key] = Voice(person.runs, frozenset(agreed))
    return found


async def reconcile(
    session: AsyncSession,
    insight: Insight,
    version: InsightVersion,
    everybody: Mapping[bytes, Person],
    now: datetime,
    *,
    mine: Collection[bytes] = (),
    named: bool = False,
) -> None:
    """Have exactly those asked whose words in this wording are not what they agreed to before.

    `mine`: how whoever hands it in is called in this card; they need not be asked, and say themselves whether they are
    `named`.
    """
    text = store.read(session, version)
    versions = await store.versions(session, insight)
    rows, before = await agreed_by(session, versions)
    for person in everybody.values():
        said = rules.said_in(text, person.runs)
        row, old = rows.get(person.key), before.get(person.key)
        if not said or (person.key not in mine and has_refused(row, old)):
            await _no_longer_in_it(session, insight, version, row, old, now)
        elif person.key in mine:
            await _by_themselves(session, insight, version, person, row, said, now, named=named)
        elif row is not None and row.state in (rules.ASKED, *rules.AGREED) and rules.covers(_said(session, row), said):
            store.set_said(session, row, said)
        elif old is not None and old.state in rules.AGREED and rules.covers(_said(session, old), said):
            kept = row or _add(session, insight, version, person)
            await _close(session, insight, kept, now)
            kept.state, kept.named, kept.answered_at = old.state, old.named, old.answered_at
            store.set_said(session, kept, said)
        else:
            await _ask(session, insight, version, person, row, said, now)
    await session.flush()


def has_refused(*rows: InsightQuote | None) -> bool:
    """Whether somebody said that they want to be in no wording of this card."""
    return any(row is not None and row.state == rules.LEFT_OUT and row.answered_at is not None for row in rows)


async def leave_out(
    session: AsyncSession,
    insight: Insight,
    version: InsightVersion,
    person: Person,
    now: datetime,
    *,
    own_will: bool,
) -> None:
    """The words of somebody leave a wording, and whatever of others stood in the same sentences."""
    before = store.read(session, version)
    text = rules.without(before, person.runs)
    if text != before:
        version.number = await store.next_number(session, version)
        store.write(session, version, text)
    row = (await store.quotes(session, version)).get(person.key) or _add(session, insight, version, person)
    row.state, row.named = rules.LEFT_OUT, False
    row.answered_at = _moment(row, now) if own_will else None
    store.set_said(session, row, ())
    await session.flush()
    await still_in_it(session, insight, version, now)


async def still_in_it(session: AsyncSession, insight: Insight, version: InsightVersion, now: datetime) -> None:
    """After sentences have left: whoever has none in it any more is not asked."""
    everybody, text = await people.everybody(session, insight), store.read(session, version)
    for key, row in (await store.quotes(session, version)).items():
        if row.state != rules.LEFT_OUT and key in everybody:
            said = rules.said_in(text, everybody[key].runs)
            if said:
                store.set_said(session, row, said)
            else:
                await _no_longer_in_it(session, insight, version, row, None, now)
    await session.flush()


async def settle(
    session: AsyncSession, insight: Insight, version: InsightVersion, now: datetime, *, besides: Collection[int] = ()
) -> bool:
    """Wait for whoever has not answered; publish, where nobody has to be waited for. `besides`: who knows already.

    Whether it is published now.
    """
    rows = await store.quotes(session, version)
    waiting = [(row.asked_at, row.reminded_at) for row in rows.values() if row.state == rules.ASKED]
    version.state = rules.ASKING
    if waiting:
        insight.due_at = rules.next_look(waiting, not_asked_at=rules.next_hour(now))
        if insight.version is None and insight.state != rules.HIDDEN:
            insight.state = rules.ASKING
        return False
    everybody = await people.everybody(session, insight)
    known = voices(session, everybody, rows)
    text = rules.settled(store.read(session, version), list(known.values()))
    insight.due_at = None
    if rules.missing(text):
        await going_out.say_what_is_missing(session, insight, version, text, now)
        return False
    store.write(session, version, text)
    await going_out.publish(session, insight, version, text, now, besides=besides)
    return True


def without_the_unreachable(
    text: Text,
    everybody: Mapping[bytes, Person],
    reachable: Collection[bytes],
    known: Mapping[bytes, Voice],
) -> Text:
    """A wording without what is in the words of people who can't be asked, unless they agreed while they could."""
    return rules.settled(text, [known[key] for key in everybody if key not in reachable])


async def _ask(
    session: AsyncSession,
    insight: Insight,
    version: InsightVersion,
    person: Person,
    row: InsightQuote | None,
    said: rules.Said,
    now: datetime,
) -> None:
    kept = row or _add(session, insight, version, person)
    await _close(session, insight, kept, now)
    kept.state, kept.named, kept.answered_at, kept.reminded_at = rules.ASKED, False, None, None
    kept.asked_at = None if person.alias else now
    store.set_said(session, kept, said)
    await session.flush()
    if not person.alias:
        await messages.ask(session, insight, kept, version.number, now)


async def _by_themselves(
    session: AsyncSession,
    insight: Insight,
    version: InsightVersion,
    person: Person,
    row: InsightQuote | None,
    said: rules.Said,
    now: datetime,
    *,
    named: bool,
) -> None:
    kept = row or _add(session, insight, version, person)
    await _close(session, insight, kept, now)
    kept.state, kept.named, kept.answered_at = rules.APPROVED, named and not person.alias, _moment(kept, now)
    store.set_said(session, kept, said)


async def _no_longer_in_it(
    session: AsyncSession,
    insight: Insight,
    version: InsightVersion,
    row: InsightQuote | None,
    old: InsightQuote | None,
    now: datetime,
) -> None:
    """Nothing to ask; that somebody does not want to be in it at all is kept, so that nobody asks them again."""
    if row is None:
        if old is not None and old.state == rules.LEFT_OUT and old.answered_at is not None:
            kept = store.new_quote(
                version, old.person, member_id=old.member_id, member_sealed=old.member_sealed, alias=old.alias,
                named=False, state=rules.LEFT_OUT, answered_at=old.answered_at,
            )  # fmt: skip
            store.set_said(session, kept, ())
            session.add(kept)
        return
    if row.state == rules.LEFT_OUT:
        return
    await _close(session, insight, row, now)
    await session.delete(row)


async def _close(session: AsyncSession, insight: Insight, row: InsightQuote, now: datetime) -> None:
    """What they were asked before is about words that changed."""
    if row.state == rules.ASKED:
        await messages.end(session, insight, row.person, views.moot(), now, since=row.asked_at)


def _add(session: AsyncSession, insight: Insight, version: InsightVersion, person: Person) -> InsightQuote:
    row = store.new_quote(
        version,
        person.key,
        member_id=None if person.alias else person.member_id,
        member_sealed=people.seal_member(session, insight.id, person.member_id),
        alias=person.alias,
        named=False,
        state=rules.APPROVED,
    )
    store.set_said(session, row, ())
    session.add(row)
    return row


def _said(session: AsyncSession, row: InsightQuote) -> rules.Said:
    return store.said(session, row)


def _moment(row: InsightQuote, now: datetime) -> datetime:
    """When they answered; what happens under an alias has only its hour."""
    return rules.rounded(now) if row.alias else now
