"""Makes a summary's draft, and a card's pieces, from what was said in the threads; private channels keep their words."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.cards import Piece
from bot.features.roundtables.models import Roundtable, RoundtableReply
from bot.features.roundtables.written import reactions_store, replies_store, rules, store, views
from bot.features.roundtables.written.rules import Quote

Said = list[tuple[RoundtableReply, str]]


@dataclass(frozen=True)
class Draft:
    """What a summary begins with; `reacted`: for its moderator alone, how quotes begin and how many reacted to them."""

    words: str
    reacted: Sequence[tuple[str, int]] = ()


async def stays_in_its_channel(session: AsyncSession, roundtable: Roundtable) -> bool:
    """Whether a round's only channel is private: then only somebody who writes there may read it."""
    threads = await store.threads(session, roundtable)
    return len(threads) == 1 and any(each.private for each in await replies_store.kept(session, roundtable))


async def said(session: AsyncSession, roundtable: Roundtable) -> Said:
    """What may be used: of several channels, what was written in public ones; of one, all."""
    threads = await store.threads(session, roundtable)
    replies = await replies_store.kept(session, roundtable)
    return await replies_store.texts(session, [each for each in replies if len(threads) == 1 or not each.private])


async def draft(session: AsyncSession, roundtable: Roundtable) -> Draft:
    """How many took part, and their own words, with the names of those who are in Perennial."""
    quotes = await _quotes(session, roundtable)
    wrote = await store.writers(session, roundtable.workspace_id, roundtable.round_id)
    channels = await store.answered_in(session, roundtable.workspace_id, roundtable.round_id)
    return Draft(rules.draft(quotes, views.answered(len(wrote), channels)), rules.reacted_to(quotes))


async def _quotes(session: AsyncSession, roundtable: Roundtable) -> list[Quote]:
    found = await said(session, roundtable)
    people = await store.people(session, roundtable.workspace_id, _writers(found))
    reacted = await reactions_store.counted(session, roundtable)
    return [
        Quote(
            each.member_id,
            words,
            people[each.member_id].name if each.member_id in people else None,
            reacted.get(each.id, 0),
        )
        for each, words in found
        if each.member_id is not None
    ]


async def pieces(session: AsyncSession, roundtable: Roundtable) -> list[Piece]:
    """Everybody's words together, the longest first; guests and who is not in Perennial stand in no card."""
    found = await said(session, roundtable)
    people = await store.people(session, roundtable.workspace_id, _writers(found))
    words: dict[int, list[str]] = {}
    for each, text in found:
        if each.member_id is not None:
            words.setdefault(each.member_id, []).append(text)
    together = {member_id: "\n".join(texts) for member_id, texts in words.items()}
    ranked = sorted(together, key=lambda each: (-len(together[each]), each))
    return [Piece(each, together[each], may_be_quoted=each in people and not people[each].is_guest) for each in ranked]


def _writers(found: Said) -> set[int]:
    return {each.member_id for each, _ in found if each.member_id is not None}
