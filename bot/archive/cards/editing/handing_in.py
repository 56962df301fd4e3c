"""A wording is handed in: what is wrong with it, whose words leave it at once, and who is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.cards import acting, asking, offering, people, rules, store, words
from bot.archive.cards.editing.views import Kept
from bot.archive.cards.people import Person
from bot.archive.cards.saying import PARTS, Piece, Text
from bot.archive.models import Insight
from bot.members.models import Member

CANNOT_BE_ASKED = "These are words of somebody who can't be asked, so they can't stand here. Say it in your own."


@dataclass(frozen=True)
class Judged:
    """A wording before it is kept: what is wrong with it, and what it says without words that can't be asked about."""

    errors: Mapping[str, str]
    text: Text
    left: int = 0
    mine: frozenset[bytes] = field(default_factory=frozenset)


async def judge(session: AsyncSession, insight: Insight, member: Member, text: Text) -> Judged:
    """Look at a wording that somebody hands in."""
    versions = await store.versions(session, insight)
    rows, before = await asking.agreed_by(session, versions)
    everybody = await people.everybody(session, insight)
    mine = people.keys_of(member.id, everybody)
    errors = rules.problems_with(text)
    for key, person in everybody.items():
        if key not in mine and asking.has_refused(rows.get(key), before.get(key)):
            errors = _refused(text, person) | errors
    reachable = await people.who_can_be_asked(session, insight.workspace_id, everybody.values()) | mine
    known = asking.voices(session, everybody, rows, before)
    kept = asking.without_the_unreachable(text, everybody, reachable, known)
    errors |= {part: CANNOT_BE_ASKED for part in rules.missing(kept) if text.part(part)}
    return Judged(errors, kept, _sentences(text) - _sentences(kept), frozenset(mine))


async def keep(
    session: AsyncSession, insight: Insight, member: Member, judged: Judged, now: datetime, *, named: bool
) -> Kept:
    """Keep it as the wording in the making, ask whoever has to be asked, and publish it where nobody has."""
    text, mine = judged.text, set(judged.mine)
    if await _is_all_theirs(session, insight, member):
        mine |= await _keep_own_words(session, insight, member, text)
    everybody = await people.everybody(session, insight)
    hidden = any(everybody[key].alias for key in mine)
    made_by, made_at = (None, rules.rounded(now)) if hidden else (member.id, now)
    version = (await store.versions(session, insight)).open
    if version is None:
        version = await offering.start(session, insight, text, made_by, made_at)
    else:
        store.write(session, version, text)
        version.number = await store.next_number(session, version)
        version.made_by, version.made_at = made_by, made_at
    await session.flush()
    await asking.reconcile(session, insight, version, everybody, now, mine=mine, named=named)
    published = await asking.settle(session, insight, version, now, besides={member.id})
    rows = (await store.quotes(session, version)).values()
    return Kept(
        question=text.question,
        published=insight.id if published else None,
        asked=sum(row.state == rules.ASKED for row in rows),
        left=judged.left,
        missing=not published and version.state == rules.DRAFT,
    )


def _refused(text: Text, person: Person) -> dict[str, str]:
    """Under each part that holds words of somebody who wants to be in no wording of this card; it says which, not who."""
    found = {}
    for part in PARTS:
        if said := words.quoted(text.part(part), person.runs):
            quote = said[0] if len(said[0]) <= 120 else f"{said[0][:119]}…"
            found[part] = f"Whoever said “{quote}” asked to be left out. Say it in words of your own."
    return found


async def _is_all_theirs(session: AsyncSession, insight: Insight, member: Member) -> bool:
    """Whether a card is in the words of whoever made it alone, so that what they write is theirs as well."""
    everybody = await people.everybody(session, insight)
    own = {people.key_of(session, insight.id, member.id)}
    return await acting.made_it(session, insight, member) and everybody.keys() <= own


async def _keep_own_words(session: AsyncSession, insight: Insight, member: Member, text: Text) -> set[bytes]:
    key = people.key_of(session, insight.id, member.id)
    before = (await people.everybody(session, insight)).get(key)
    new = [text.part(part) for part in PARTS if words.runs(text.part(part)) - (before.runs if before else frozenset())]
    await people.add(session, insight, [Piece(member.id, said) for said in new])
    return {key} if before or new else set()


def _sentences(text: Text) -> int:
    return sum(len(words.sentences(text.part(part))) for part in PARTS)
