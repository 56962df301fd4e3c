"""Slack asks: somebody votes, proposes, or takes either back. Whoever sees the post may."""

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import submissions
from bot.errors import Gone, NotYours
from bot.gatherings.ballots import acting, messages, rules, store, views
from bot.gatherings.ballots.kinds import ballot_kind_of
from bot.gatherings.models import Ballot
from bot.lookup import id_in
from bot.members import store as members
from bot.registry import Tools
from bot.slack.act import Act


async def vote(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond) -> None:
    """[Vote]: the newest press counts."""
    ballot_id, _, proposal_id = act.value.partition(":")
    async with tools.database.transaction() as session:
        member = await members.actor(session, act)
        ballot = await _open(session, act, ballot_id, tools)
        proposal = await store.proposal(session, act.workspace_id, id_in(proposal_id))
        if proposal.state != store.UP or proposal.ballot_id != ballot.id:
            raise Gone("That was taken back meanwhile, so it can't be voted for. Vote for another.")
        await store.vote(session, ballot, member.id, proposal.id, tools.clock())
        text, shown = views.voted(ballot, proposal)
    await ack()
    await respond(text=text, blocks=shown, response_type="ephemeral", replace_original=False)


async def unvote(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond) -> None:
    """[Take it back], of a vote."""
    async with tools.database.transaction() as session:
        member = await members.actor(session, act)
        ballot = await _open(session, act, act.value, tools)
        await store.unvote(session, ballot, member.id)
    await ack()
    await respond(text=views.unvoted(), replace_original=True)


async def open_form(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Propose something]."""
    async with tools.database.transaction() as session:
        await members.actor(session, act)
        ballot = await _open(session, act, act.value, tools)
        kind = ballot_kind_of(session, ballot)
        if kind is None:
            raise Gone
        view = views.form(ballot, kind.hint)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=view)


async def propose(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """A line others can vote for: on the ballot at once, without a name."""
    now, text = tools.clock(), views.read_form(act.state)
    async with tools.database.transaction() as session:
        member = await members.actor(session, act)
        ballot = await _open(session, act, str(act.memory.get("ballot")), tools)
        kind = ballot_kind_of(session, ballot)
        if kind is None:
            raise Gone
        known = await store.up(session, ballot)
        mine = sum(each.member_id == member.id for each in known)
        problem = rules.problem_with(text, [each.text for each in known], mine=mine)
        shown = None
        if problem is None and await submissions.first_time(session, act):
            (made,) = await store.put_up(session, ballot, kind.proposes, [(None, text)], member_id=member.id, now=now)
            await messages.show(session, ballot, key=f"proposed:{made.id}", now=now)
            shown = views.proposed(made.text, made.id)
    if problem is not None:
        await ack(response_action="errors", errors={views.TEXT: problem})
    elif shown is None:
        await ack()
    else:
        await ack(response_action="update", view=views.done(*shown))


async def take_back(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Take it back], of a proposal, in the form it was made in: only whoever made it."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.actor(session, act)
        found = await store.proposal(session, act.workspace_id, id_in(act.value))
        if found.member_id != member.id:
            raise NotYours
        ballot = await _open(session, act, str(found.ballot_id), tools)
        found = await store.proposal(session, act.workspace_id, found.id)
        if found.state == store.UP:
            found.state = store.WITHDRAWN
            await session.flush()
            await messages.show(session, ballot, key=f"withdrawn:{found.id}", now=now)
    await ack()
    if act.view:
        await client.views_update(view_id=act.view["id"], view=views.done(views.taken_back(), []))


async def _open(session: AsyncSession, act: Act, ballot_id: str, tools: Tools) -> Ballot:
    ballot = await store.get(session, act.workspace_id, id_in(ballot_id), lock=True)
    acting.check_open(ballot, tools.clock())
    return ballot
