"""Slack asks: say thanks, to whom, and for what."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.submissions import first_time
from bot.features.recognition import rules, saying
from bot.features.recognition.errors import NobodyToThank
from bot.features.recognition.giving import offering, people, views
from bot.features.recognition.giving.views import Sheet
from bot.features.recognition.rules import Said
from bot.members import store as members
from bot.members.models import Member
from bot.members.moderation.showing import show
from bot.messages import Block
from bot.registry import Tools
from bot.slack.act import Act
from bot.slack.handed_in import answer_form

_PERSON = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")


async def open_form(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Say thanks], or the shortcut; beside what one got, it knows whom for."""
    about = offering.read(act.value)
    async with tools.database.transaction() as session:
        giver = await members.joined_actor(session, act)
        receivers: list[Member] = []
        if about is not None:
            found = await people.here_by_id(session, act.workspace_id, about.receiver_ids)
            receivers = [each for each in found if each.id != giver.id]
            if not receivers:
                raise NobodyToThank
        sheet = await _sheet(session, giver, [each.slack_id for each in receivers])
    await ack()
    await show(client, act, views.form(sheet, offering.memory(about)))


async def open_for_message(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """The shortcut beside a message: to whoever wrote it, if they can be thanked; else to whom one chooses."""
    async with tools.database.transaction() as session:
        giver = await members.joined_actor(session, act)
        found = await people.here(session, act.workspace_id, [str(act.message.get("user") or "")])
        sheet = await _sheet(session, giver, [each.slack_id for each in found if each.id != giver.id])
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=views.form(sheet))


async def open_by_word(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient, rest: str) -> None:
    """`/mentor thanks`, with people behind it or not."""
    async with tools.database.transaction() as session:
        giver = await members.joined_actor(session, act)
        sheet = await _sheet(session, giver, _PERSON.findall(rest)[: rules.MOST_AT_ONCE])
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=views.form(sheet))


async def choose_people(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """Somebody was chosen: where it is one person, what they offer can be chosen, too."""
    await ack()
    async with tools.database.transaction() as session:
        giver = await members.joined_actor(session, act)
        sheet = await _sheet(session, giver, views.read_people(act.state))
    typed = views.read_said(act.state)
    if sheet.only is not None:
        typed = replace(typed, skill=sheet.offers.get(views.read_skill(act.state, sheet.only), ""))
    sheet = replace(sheet, said=typed, may_share=views.read_may_share(act.state))
    try:
        view = views.form(sheet, act.memory or None)
        await client.views_update(view_id=act.view["id"], hash=act.view.get("hash"), view=view)
    except SlackApiError as error:
        # A newer change of the same form has been drawn meanwhile, or the form was closed.
        tools.log.info("skills not shown", error=error.response.get("error"))


async def say(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """The form was handed in: each of them is told, or the form says what is wrong."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        giver = await members.joined_actor(session, act)
        await members.by_id(
            session, act.workspace_id, giver.id, lock=True
        )  # of two windows, the second counts the first
        receivers, problem = await people.chosen(session, giver, views.read_people(act.state))
        said, problems = await _read(session, act, receivers)
        if problem := problem or await _too_often(session, giver, receivers, said, now):
            problems[rules.TO] = problem
        view: Block | None = None
        if not problems and await first_time(session, act):
            may_share = views.read_may_share(act.state)
            await _say(session, act, giver, receivers, said, now, may_share=may_share)
            view = views.on_its_way([each.name for each in receivers], may_share=may_share)
    await answer_form(ack, views.errors(problems, _only(receivers)), view)


async def _sheet(session: AsyncSession, giver: Member, slack_ids: Sequence[str]) -> Sheet:
    found = await people.here(session, giver.workspace_id, slack_ids)
    if len(slack_ids) != 1 or len(found) != 1 or found[0].id == giver.id:
        return Sheet(tuple(slack_ids))
    profile = (await members.profiles(session, giver.workspace_id, [found[0].id]))[found[0].id]
    return Sheet(tuple(slack_ids), only=found[0].id, offers=profile.offers)


async def _read(session: AsyncSession, act: Act, receivers: Sequence[Member]) -> tuple[Said, dict[str, str]]:
    """What was written, and what is wrong with it; a skill that left their list meanwhile is said under its field."""
    only = _only(receivers)
    if only is None:
        said = replace(views.read_said(act.state), evidence="")
        return said, rules.problems_with_words(said, None)
    slug = views.read_skill(act.state, only)
    offers = (await members.profiles(session, act.workspace_id, [only]))[only].offers
    said = views.read_said(act.state, offers.get(slug, slug))
    return said, rules.problems_with_words(said, offers)


async def _too_often(
    session: AsyncSession, giver: Member, receivers: Sequence[Member], said: Said, now: datetime
) -> str | None:
    if not receivers or not said.words:
        return None
    known = await people.before(session, giver, receivers, said, now)
    return rules.problem_with_often(known, len(receivers))


async def _say(
    session: AsyncSession,
    act: Act,
    giver: Member,
    receivers: Sequence[Member],
    said: Said,
    now: datetime,
    *,
    may_share: bool,
) -> None:
    about = offering.remembered(act.memory)
    await saying.say(session, giver, receivers, said, about, now, may_share=may_share)


def _only(receivers: Sequence[Member]) -> int | None:
    return receivers[0].id if len(receivers) == 1 else None
