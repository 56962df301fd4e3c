"""Somebody joins: each step is kept when it is sent, all of it takes effect at the end, in one transaction."""

from collections.abc import Callable
from dataclasses import replace

from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.members import changes, forms, rules, store, vocabulary
from bot.members.errors import NotForGuests
from bot.members.joining import store as drafts
from bot.members.joining import views
from bot.members.models import Member, Workspace
from bot.messages import Block
from bot.registry import Tools, Welcome
from bot.slack import home
from bot.slack.act import Act
from bot.slack.refusals import code_of


async def open_first_step(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Join] was pressed: the first step, or the welcome for who is in already."""
    async with tools.database.transaction() as session:
        member = await joining_actor(session, act)
        answers = await drafts.answers_of(session, member)
        view = await _welcome(session, member) if store.has_joined(member) else views.about_step(answers.about)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=view)


async def join_by_word(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """`/mentor join`."""
    await open_first_step(ack, act, tools, client)


async def joining_actor(session: AsyncSession, act: Act) -> Member:
    """Whoever wants to join, provided that they may."""
    member = await store.actor(session, act)
    workspace = await session.get(Workspace, act.workspace_id)
    if member.is_guest and not (workspace and workspace.guests_allowed):
        raise NotForGuests
    return member


async def keep_about(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Step one was sent."""
    about, errors = forms.read_about(act.state)
    await _keep(ack, act, tools, "about", about, errors, lambda _, answers: views.skills_step(answers.skills))


async def keep_skills(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Step two was sent."""
    skills, errors = forms.read_skills(act.state)
    await _keep(
        ack, act, tools, "skills", skills, errors, lambda member, answers: views.hours_step(answers.hours, member.tz)
    )


async def _keep(
    ack: AsyncAck,
    act: Act,
    tools: Tools,
    step: str,
    said: drafts.Part,
    errors: dict[str, str],
    following: Callable[[Member, drafts.Answers], Block],
) -> None:
    """One step, and the form of the following one; or what to mend."""
    if errors:
        await ack(response_action="errors", errors=errors)
        return
    async with tools.database.transaction() as session:
        member = await joining_actor(session, act)
        await drafts.keep(session, member, step, said, tools.clock())
        answers = await drafts.answers_of(session, member)
    await ack(response_action="update", view=following(member, answers))


async def keep_hours_and_join(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Step three was sent: everything they said takes effect, and they are in. Sent again, it changes nothing."""
    hours, errors = forms.read_hours(act.state)
    if errors:
        await ack(response_action="errors", errors=errors)
        return
    async with tools.database.transaction() as session:
        member = await joining_actor(session, act)
        view = await _join(session, member, hours, tools)
    await ack(response_action="update", view=view)


async def _join(session: AsyncSession, member: Member, hours: changes.Hours, tools: Tools) -> Block:
    now = tools.clock()
    await store.by_id(session, member.workspace_id, member.id, lock=True)
    if store.has_joined(member):
        return await _welcome(session, member)
    answers = await drafts.answers_of(session, member)
    if "about" not in answers.given:  # the form is older than what we remember of it
        await drafts.keep(session, member, "hours", hours, now)
        return views.about_step(answers.about)
    await changes.set_about(session, member, answers.about)
    await changes.set_skills(session, member, answers.skills)
    changes.set_hours(member, hours)
    await drafts.forget(session, member)
    await changes.join(session, member, now=now)
    await home.open_home(session, member.workspace_id, member.id, now=now, place="welcome")
    return await _welcome(session, member)


async def _welcome(session: AsyncSession, member: Member) -> Block:
    welcomes: list[Welcome] = session.info.get("welcomes", [])
    more = [block for each in welcomes for block in await each(session, member.workspace_id)]
    return views.welcome(member.name, more)


async def go_back_to_about(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Back] in step two: what was chosen there is kept."""
    skills, _ = forms.read_skills(act.state)
    kept = replace(
        skills,
        offers=forms.only_what_can_be_shown(skills.offers),
        wants=forms.only_what_can_be_shown(skills.wants),
        interests=forms.only_what_can_be_shown(skills.interests),
    )
    async with tools.database.transaction() as session:
        member = await joining_actor(session, act)
        await drafts.keep(session, member, "skills", kept, tools.clock())
        view = views.about_step((await drafts.answers_of(session, member)).about)
    await ack()
    await _turn_back(client, act, tools, view)


async def go_back_to_skills(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Back] in step three: hours that can't be kept as they are stay as they were."""
    hours, errors = forms.read_hours(act.state)
    async with tools.database.transaction() as session:
        member = await joining_actor(session, act)
        if not errors:
            await drafts.keep(session, member, "hours", hours, tools.clock())
        view = views.skills_step((await drafts.answers_of(session, member)).skills)
    await ack()
    await _turn_back(client, act, tools, view)


async def _turn_back(client: AsyncWebClient, act: Act, tools: Tools, view: Block) -> None:
    try:
        await client.views_update(view_id=act.view["id"], hash=act.view.get("hash"), view=view)
    except SlackApiError as error:
        if code_of(error) not in ("hash_conflict", "not_found"):
            raise
        tools.log.info("form not turned back", error=code_of(error))  # pressed twice, or closed: what they see is newer


async def suggest_teams(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Somebody types the name of a team."""
    await _suggest(ack, act, tools, "team", forms.LONGEST_TEAM)


async def suggest_skills(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Somebody types a skill."""
    await _suggest(ack, act, tools, "skill", rules.LONGEST_WORD)


async def suggest_interests(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Somebody types an interest."""
    await _suggest(ack, act, tools, "interest", rules.LONGEST_WORD)


async def _suggest(ack: AsyncAck, act: Act, tools: Tools, kind: str, longest: int) -> None:
    if act.is_stranger:
        await ack(options=[])
        return
    async with tools.database.reading() as session:
        found = await vocabulary.find(session, act.workspace_id, kind, act.words)
        is_known = await vocabulary.is_known(session, act.workspace_id, kind, act.words)
    names = [name for _, name in found]
    await ack(options=forms.suggestions(names, act.words, is_known=is_known, longest=longest))
