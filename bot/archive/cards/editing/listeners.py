"""Slack asks: a card is written, or written anew."""

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.cards import acting, asking, offering, people, rules, store
from bot.archive.cards.editing import handing_in, views
from bot.archive.cards.editing.views import Sheet
from bot.archive.cards.saying import Text
from bot.archive.models import Insight
from bot.delivery.submissions import first_time
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Block
from bot.registry import Tools
from bot.slack import home
from bot.slack.act import Act
from bot.slack.handed_in import answer_form

OWN = ("own", "reflection")  # where one's own words may come from


async def open_new(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Write a card]: from nothing; on top of the notice that a message can't be kept, where it is pressed there."""
    async with tools.database.transaction() as session:
        await members.joined_actor(session, act)
    await ack()
    show = client.views_push if act.view.get("type") == "modal" else client.views_open
    await show(trigger_id=act.trigger_id, view=views.new_form(Sheet(), "own"))


async def open_form(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Edit]: what the card says now."""
    async with tools.database.transaction() as session:
        member, insight = await acting.editor(session, act, act.value)
        form = await form_of(session, insight, member)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=form)


async def save_new(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """A card in one's own words, published at once; handed in twice, it is made once."""
    text, named, errors = views.read_form(act.state)
    kind, now = str(act.memory.get("kind", "")), tools.clock()
    view: Block | None = None
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        errors |= rules.problems_with(text)
        if not errors and await first_time(session, act):
            insight = await offering.offer(
                session, act.workspace_id, source_kind=kind if kind in OWN else "own", source=None,
                made_by=member.id, pieces=(), question=text.question, now=now,
            )  # fmt: skip
            judged = await handing_in.judge(session, insight, member, text)
            kept = await handing_in.keep(session, insight, member, judged, now, named=named)
            await home.redraw(session, act.workspace_id, [member.id], now=now)
            view = views.kept(kept)
    await answer_form(ack, errors, view)


async def save(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """A card written anew. Where another window was quicker, nothing is kept, and the form shows what it says now."""
    text, named, errors = views.read_form(act.state)
    now = tools.clock()
    view: Block | None = None
    async with tools.database.transaction() as session:
        member, insight = await acting.editor(session, act, act.memory.get("card"))
        newest = (await store.versions(session, insight)).newest
        if newest is None or newest.number != act.memory.get("number"):
            view = await form_of(session, insight, member, typed=text, named=named)
            errors = {}
        else:
            judged = await handing_in.judge(session, insight, member, text)
            errors = {**errors, **judged.errors}
            if not errors and await first_time(session, act):
                kept = await handing_in.keep(session, insight, member, judged, now, named=named)
                await home.redraw(session, act.workspace_id, [member.id], now=now)
                view = views.kept(kept)
    await answer_form(ack, errors, view)


async def form_of(
    session: AsyncSession, insight: Insight, member: Member, *, typed: Text | None = None, named: bool = True
) -> Block:
    """The form of a card for one person. `typed`: what they wrote in it while another window changed the card."""
    versions = await store.versions(session, insight)
    newest = versions.newest
    assert newest is not None, "a card that was not taken back says something"
    says = store.read(session, newest)
    sheet = await _sheet(session, insight, member, typed or says, versions, named=named)
    return views.edit_form(insight.id, newest.number, sheet, now_says=says if typed is not None else None)


async def _sheet(
    session: AsyncSession, insight: Insight, member: Member, text: Text, versions: store.Versions, *, named: bool
) -> Sheet:
    everybody = await people.everybody(session, insight)
    mine = people.keys_of(member.id, everybody)
    hidden = any(everybody[key].alias for key in mine)
    others = [person for person in everybody.values() if person.key not in mine]
    open_ids = [person.member_id for person in others if not person.alias]
    names = await members.names(session, insight.workspace_id, open_ids)
    rows, before = await asking.agreed_by(session, versions)
    own = next((row for key in mine if (row := rows.get(key) or before.get(key))), None)
    return Sheet(
        text=text,
        named=None if hidden or not (mine or insight.made_by == member.id) else own.named if own else named,
        whose=[names[each] for each in dict.fromkeys(open_ids) if each in names],
        aliases=list(dict.fromkeys(person.alias for person in others if person.alias)),
        private=(insight.source or "").startswith(acting.PRIVATE) and insight.version is None,
    )
