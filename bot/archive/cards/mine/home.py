"""App Home: the row on the front page, and the page of my cards."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.cards import going_out, people, rules, store
from bot.archive.cards.mine import views
from bot.archive.cards.mine.views import Asked, Mine
from bot.archive.models import Insight, InsightQuote
from bot.lookup import number_in
from bot.members import store as members
from bot.messages import Block
from bot.registry import Viewer

MAKING = (rules.DRAFT, rules.ASKING)
STATES = (rules.DRAFT, rules.ASKING, rules.PUBLISHED, rules.HIDDEN)


@dataclass(frozen=True)
class Part:
    """A card, and what is between it and whoever looks."""

    insight: Insight
    is_mine: bool
    keys: frozenset[bytes]
    versions: store.Versions
    rows: dict[bytes, InsightQuote]
    before: dict[bytes, InsightQuote]

    @property
    def asked(self) -> InsightQuote | None:
        return next(
            (self.rows[key] for key in self.keys & self.rows.keys() if self.rows[key].state == rules.ASKED), None
        )


async def front(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """How many are in the making, and whether words of mine are asked about; nothing, where nothing waits."""
    if not viewer.joined:
        return []
    making = [each for each in await _mine(session, viewer, hidden_in=MAKING) if each.state in MAKING]
    asking = [each for each in making if each.state == rules.ASKING][: views.MOST]
    asked = [part for each in asking if (part := await _part(session, viewer, each)).asked is not None]
    return views.front(len(making), len(asked))


async def write_button(session: AsyncSession, workspace_id: int, member_id: int) -> Block | None:
    """[Write a card], beside the search."""
    return views.write_button()


async def mine_button(session: AsyncSession, workspace_id: int, member_id: int) -> Block | None:
    """[My cards], always there: what somebody agreed to under an alias is not counted here."""
    return views.mine_button()


async def page(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """`cards`, or `cards:10` from the eleventh on."""
    if not viewer.joined:
        return views.page([], 0, 0)
    _, _, which = viewer.place.partition(":")
    start = number_in(which)
    cards = await _mine(session, viewer)
    parts = [await _part(session, viewer, each) for each in cards[start : start + views.MOST]]
    return views.page([await _shown(session, part) for part in parts], start, len(cards))


async def _mine(session: AsyncSession, viewer: Viewer, *, hidden_in: tuple[str, ...] = ()) -> list[Insight]:
    """The newest first, those in the making before the others; drafts only for whoever makes them."""
    theirs = set(await people.cards_of(session, viewer.workspace_id, viewer.member_id, hidden_in=hidden_in))
    made = set(await store.made_by(session, viewer.workspace_id, viewer.member_id))
    found = await store.among(session, viewer.workspace_id, theirs | made, *STATES)
    kept = [each for each in found if each.state != rules.DRAFT or _is_mine(session, each, viewer.member_id, theirs)]
    return sorted(kept, key=lambda each: (each.state == rules.PUBLISHED, -each.id))


def _is_mine(session: AsyncSession, insight: Insight, member_id: int, theirs: set[int]) -> bool:
    """Whether they made it: by name, or, where nobody's name stands there, as whoever asked under an alias."""
    return insight.made_by == member_id or (insight.made_by is None and insight.id in theirs)


async def _part(session: AsyncSession, viewer: Viewer, insight: Insight) -> Part:
    versions = await store.versions(session, insight)
    rows, before = await store.quotes(session, versions.open), await store.quotes(session, versions.approved)
    everybody = await people.everybody(session, insight)
    made_it = viewer.member_id == going_out.maker(session, insight, everybody)[1]
    return Part(insight, made_it, frozenset(people.keys_of(viewer.member_id, everybody)), versions, rows, before)


async def _shown(session: AsyncSession, part: Part) -> Mine:
    insight, asked = part.insight, part.asked
    newest = part.versions.newest
    waiting = [row for row in part.rows.values() if row.state == rules.ASKED and row.person not in part.keys]
    ids = [row.member_id for row in waiting if row.member_id is not None]
    names = await members.names(session, insight.workspace_id, ids)
    mine = [row for each in (part.rows, part.before) for key, row in each.items() if key in part.keys]
    return Mine(
        id=insight.id,
        title=insight.question or (store.read(session, newest).question if newest is not None else ""),
        state=insight.state,
        is_mine=part.is_mine,
        has_words=any(row.state in rules.AGREED for row in mine),
        waits_for=[names[each] for each in ids if each in names],
        waits_for_more=len(waiting) - len(ids),
        changing=part.versions.open is not None,
        asked=None
        if asked is None
        else Asked(asked.id, [said for _, said in store.said(session, asked)], bool(asked.alias)),
    )
