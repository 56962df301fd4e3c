"""Who may change which card: whoever made it, asked, answered, or leads; looked up at every act."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.cards import going_out, people, rules, store
from bot.archive.cards.errors import BeingAgreedOn, NotYourCard, TakenBack, UnderReview
from bot.archive.models import Insight
from bot.errors import Gone
from bot.members import store as members
from bot.members.models import Member
from bot.slack.act import Act

PRIVATE = "private:"  # begins the source of a card from a conversation that others can't read


async def editor(session: AsyncSession, act: Act, card_id: object) -> tuple[Member, Insight]:
    """Whoever did this and the card, locked, which they may change; raises where they may not, or it is gone."""
    member = await members.joined_actor(session, act)
    insight = await store.get(session, act.workspace_id, card_id, lock=True)
    if insight.state == rules.WITHDRAWN:
        raise TakenBack
    if not await has_a_part(session, insight, member) and not await _may_lead(session, insight, member):
        raise NotYourCard
    if insight.state == rules.HIDDEN:
        raise UnderReview
    return member, insight


async def quoted(session: AsyncSession, act: Act, card_id: object) -> tuple[Member, Insight]:
    """Whoever did this and a card they made or have words in, locked; Gone for everybody else."""
    member = await members.joined_actor(session, act)
    insight = await store.get(session, act.workspace_id, card_id, lock=True)
    if insight.state == rules.WITHDRAWN:
        raise TakenBack
    if not await has_a_part(session, insight, member):
        raise Gone
    return member, insight


async def has_a_part(session: AsyncSession, insight: Insight, member: Member) -> bool:
    """Whether they made it, or said something where it comes from."""
    if insight.made_by == member.id:
        return True
    return bool(people.keys_of(member.id, await people.everybody(session, insight)))


async def made_it(session: AsyncSession, insight: Insight, member: Member) -> bool:
    """Whether it is theirs: by name, or as whoever asked under an alias."""
    return going_out.maker(session, insight, await people.everybody(session, insight))[1] == member.id


async def _may_lead(session: AsyncSession, insight: Insight, member: Member) -> bool:
    """Leads may mend every card, but read nothing of a private conversation before its writer agreed."""
    private = (insight.source or "").startswith(PRIVATE)
    if (private and insight.version is None) or not await members.is_lead(session, member):
        return False
    if private and (await store.versions(session, insight)).open is not None:
        raise BeingAgreedOn
    return True
