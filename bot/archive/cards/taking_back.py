"""A yes is taken back: by anybody whose words are in a card, or by whoever made it; at any time."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.cards import asking, going_out, messages, news, people, publishing, rules, store
from bot.archive.cards.consents import views as consent_views
from bot.archive.cards.people import Person
from bot.archive.models import Insight, InsightVersion


async def others_in_it(session: AsyncSession, insight: Insight, member_id: int) -> list[Person]:
    """Those beside somebody whose words are in what everybody reads, or else in what is being agreed on."""
    found = await store.versions(session, insight)
    version = found.approved or found.open
    if version is None:
        return []
    rows, everybody = await store.quotes(session, version), await people.everybody(session, insight)
    mine = people.keys_of(member_id, everybody)
    return [
        everybody[key]
        for key, row in rows.items()
        if key not in mine and key in everybody and row.state in rules.AGREED
    ]


async def the_whole(session: AsyncSession, insight: Insight, member_id: int, now: datetime) -> bool:
    """Whoever made it wants it back: gone, where nobody else's words stand in it; else theirs leave, others are asked.

    Whether it is gone.
    """
    others = await others_in_it(session, insight, member_id)
    if insight.version is None or not others:
        await going_out.take_down(session, insight, now)
        return True
    title = insight.question
    await my_words(session, insight, member_id, now)
    if insight.version is None:
        await going_out.take_down(session, insight, now)
        return True
    for person in others:
        content = consent_views.take_it_back(insight.id, title)
        await messages.tell(session, insight, person.key, person.member_id, content, now, "back", insight.version)
    return False


async def my_words(
    session: AsyncSession, insight: Insight, member_id: int, now: datetime, *, own_will: bool = True
) -> None:
    """Whatever somebody said leaves every wording of a card, and whoever made it hears that, not who it was.

    `own_will`: they don't want to be in it at all, and are never asked about it again.
    """
    everybody = await people.everybody(session, insight)
    for key in sorted(people.keys_of(member_id, everybody)):
        await _of(session, insight, everybody[key], now, own_will=own_will)
    await going_out.redraw(session, insight, now)


async def everything_of(session: AsyncSession, insight: Insight, member_id: int, now: datetime) -> None:
    """Somebody goes and takes their words along: a card that is all theirs goes with them."""
    everybody = await people.everybody(session, insight)
    others = [person for person in everybody.values() if person.member_id != member_id]
    if not others:
        await going_out.take_down(session, insight, now)
    else:
        await my_words(session, insight, member_id, now, own_will=False)


async def _of(session: AsyncSession, insight: Insight, person: Person, now: datetime, *, own_will: bool) -> None:
    found = await store.versions(session, insight)
    if found.open is not None:
        await from_what_is_agreed_on(session, insight, found.open, person, now, own_will=own_will)
    if found.approved is not None and insight.version is not None:
        await _from_what_is_read(session, insight, person, now, own_will=own_will)


async def from_what_is_agreed_on(
    session: AsyncSession, insight: Insight, version: InsightVersion, person: Person, now: datetime, *, own_will: bool
) -> None:
    """Their words leave the wording in the making, which goes on without them."""
    row = (await store.quotes(session, version)).get(person.key)
    if row is not None and row.state == rules.ASKED:
        title = store.read(session, version).question
        content = consent_views.left_out(title) if own_will else consent_views.lapsed(title)
        await messages.end(session, insight, person.key, content, now, since=row.asked_at)
    await asking.leave_out(session, insight, version, person, now, own_will=own_will)
    if version.state == rules.ASKING:
        await asking.settle(session, insight, version, now)


async def _from_what_is_read(
    session: AsyncSession, insight: Insight, person: Person, now: datetime, *, own_will: bool
) -> None:
    found = await store.versions(session, insight)
    version = found.approved
    assert version is not None, "only what was published is read"
    before = store.read(session, version)
    await asking.leave_out(session, insight, version, person, now, own_will=own_will)
    text = store.read(session, version)
    if text == before:
        return
    if rules.missing(text):
        await going_out.back_to_a_draft(session, insight, text, now)
        return
    insight.version = version.number
    insight.question, insight.gist, insight.tips = text.question, text.gist, text.tips
    if insight.state == rules.PUBLISHED:
        await publishing.found_from_now_on(session, insight)
    key, member_id = going_out.maker(session, insight, await people.everybody(session, insight))
    if member_id is not None and key != person.key:
        content = news.words_left(text.question)
        await messages.tell(session, insight, key, member_id, content, now, "left", version.number)
