"""A card becomes readable by everybody, stops being so, or lacks something; and whoever has a part in it hears so."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.cards import messages, news, people, publishing, rules, store
from bot.archive.cards.people import Person
from bot.archive.cards.saying import Text
from bot.archive.models import Insight, InsightPiece, InsightTag, InsightVersion
from bot.messages import Content
from bot.slack import home

Part = tuple[bytes, int]  # how somebody is named in a card, and which member that is


async def publish(
    session: AsyncSession,
    insight: Insight,
    version: InsightVersion,
    text: Text,
    now: datetime,
    *,
    besides: Collection[int] = (),
) -> None:
    """Everybody agreed: this wording takes the place of the one before, whose words are deleted."""
    before = (await store.versions(session, insight)).approved
    if before is not None and before.id != version.id:
        await store.delete_version(session, before)
    version.state = rules.APPROVED
    first = insight.published_at is None
    insight.version = version.number
    insight.question, insight.gist, insight.tips = text.question, text.gist, text.tips
    rows = (await store.quotes(session, version)).values()
    moment = rules.rounded(now) if any(row.alias for row in rows) else now
    insight.published_at = insight.published_at or moment
    insight.look_again_at, insight.look_asked_at = now + rules.LOOK_AGAIN_AFTER, None
    if insight.state != rules.HIDDEN:
        insight.state = rules.PUBLISHED
    await _set_tags(session, insight, text)
    if insight.state == rules.PUBLISHED:
        await publishing.found_from_now_on(session, insight)
    known = set(besides)
    for key, member_id in await having_a_part(session, insight, version):
        if member_id not in known and insight.state == rules.PUBLISHED:
            known.add(member_id)
            content = news.published(insight.id, text.question, first=first)
            await messages.tell(session, insight, key, member_id, content, now, "published")
    await redraw(session, insight, now)


async def say_what_is_missing(
    session: AsyncSession, insight: Insight, version: InsightVersion, text: Text, now: datetime
) -> None:
    """It can't be published as it is: a draft again, and whoever made it hears what to do."""
    lost = rules.missing(text)
    title = text.question or insight.question
    store.write(session, version, text)
    version.state, version.number = rules.DRAFT, await store.next_number(session, version)
    if insight.version is None and insight.state != rules.HIDDEN:
        insight.state = rules.DRAFT
    await tell_the_maker(session, insight, news.missing(insight.id, title, lost), now, "missing", version.number)
    await redraw(session, insight, now)


async def take_down(session: AsyncSession, insight: Insight, now: datetime) -> None:
    """The card is no more, and nothing of its words is kept."""
    for key, row in (await store.quotes(session, (await store.versions(session, insight)).open)).items():
        if row.state == rules.ASKED:
            await messages.end(session, insight, key, news.gone(), now, since=row.asked_at)
    await redraw(session, insight, now)
    found = await store.versions(session, insight)
    for version in (found.open, found.approved):
        if version is not None:
            await store.delete_version(session, version)
    await _forget_words(session, insight)
    insight.state, insight.version, insight.due_at, insight.look_again_at = rules.WITHDRAWN, None, None, None
    insight.question = insight.gist = insight.tips = ""
    insight.source = None  # so that somebody may make another card of the same thing
    await _set_tags(session, insight, Text())
    await publishing.found_no_longer(session, insight)


async def back_to_a_draft(session: AsyncSession, insight: Insight, text: Text, now: datetime) -> None:
    """What was published can't be read without the words that left; what is left waits for whoever makes it whole."""
    found = await store.versions(session, insight)
    assert found.approved is not None, "only what was published goes back"
    lost, title = rules.missing(text), text.question or insight.question
    kept = found.open or found.approved
    if found.open is None:
        store.write(session, found.approved, text)
        found.approved.state = rules.DRAFT
        found.approved.number = await store.next_number(session, found.approved)
    else:
        await store.delete_version(session, found.approved)
    insight.version, insight.look_again_at = None, None
    insight.question = insight.gist = insight.tips = ""
    if insight.state != rules.HIDDEN:
        insight.state = rules.ASKING if kept.state == rules.ASKING else rules.DRAFT
    await _set_tags(session, insight, Text())
    await publishing.found_no_longer(session, insight)
    if found.open is None:
        await tell_the_maker(session, insight, news.no_longer(insight.id, title, lost), now, "missing", kept.number)
    await redraw(session, insight, now)


async def tell_the_maker(
    session: AsyncSession, insight: Insight, content: Content, now: datetime, *about: object
) -> None:
    """A line to whoever made the card, alias or not; to nobody, where they are gone."""
    key, member_id = maker(session, insight, await people.everybody(session, insight))
    if member_id is not None:
        await messages.tell(session, insight, key, member_id, content, now, *about)


def maker(
    session: AsyncSession, insight: Insight, everybody: Mapping[bytes, Person]
) -> tuple[bytes, int] | tuple[bytes, None]:
    """Whoever made a card: by name, or as the first who asked under an alias; nobody, where they are gone."""
    if insight.made_by is not None:
        return people.key_of(session, insight.id, insight.made_by), insight.made_by
    first = next((person for person in everybody.values() if person.alias), None)
    return (first.key, first.member_id) if first is not None else (b"", None)


async def having_a_part(session: AsyncSession, insight: Insight, version: InsightVersion) -> list[Part]:
    """Who made a card and whose words are in this wording, each once."""
    key, member_id = maker(session, insight, await people.everybody(session, insight))
    found = {key: member_id} if member_id is not None else {}
    for key, row in (await store.quotes(session, version)).items():
        if row.state in rules.AGREED:
            found[key] = people.unseal_member(session, insight.id, row.member_sealed)
    return list(found.items())


async def redraw(session: AsyncSession, insight: Insight, now: datetime) -> None:
    """Draw the Home tabs anew of those who have a part in it and are looking."""
    everybody = await people.everybody(session, insight)
    ids = {person.member_id for person in everybody.values()}
    made_by = maker(session, insight, everybody)[1]
    ids |= {made_by} if made_by is not None else set()
    await home.redraw(session, insight.workspace_id, sorted(ids), now=now)


async def _set_tags(session: AsyncSession, insight: Insight, text: Text) -> None:
    about = (InsightTag.workspace_id == insight.workspace_id, InsightTag.insight_id == insight.id)
    await session.execute(delete(InsightTag).where(*about))
    for tag in {(each.kind, each.slug): each for each in text.tags}.values():
        session.add(
            InsightTag(
                workspace_id=insight.workspace_id, insight_id=insight.id, kind=tag.kind, slug=tag.slug, name=tag.name
            )
        )
    await session.flush()


async def _forget_words(session: AsyncSession, insight: Insight) -> None:
    about = (InsightPiece.workspace_id == insight.workspace_id, InsightPiece.insight_id == insight.id)
    await session.execute(delete(InsightPiece).where(*about).execution_options(synchronize_session=False))
