"""Slack asks: a question becomes part of one that asks the same, and within the hour its own again."""

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.submissions import first_time
from bot.errors import Gone
from bot.features.questions import lifecycle, standing
from bot.features.questions import rules as question_rules
from bot.features.questions import store as questions
from bot.features.questions.asking import acting, ending, rules, store, views
from bot.features.questions.asking.errors import NotForOthers, NotOpen, NotToMerge
from bot.features.questions.models import Question
from bot.features.questions.routing import audiences
from bot.features.questions.rules import OPEN
from bot.features.questions.threads import carrying
from bot.members import store as members
from bot.registry import Tools
from bot.slack.act import Act
from bot.slack.blocks import chosen


async def choose_more(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """What stands behind the three dots of a card."""
    what, _, number = act.value.partition(":")
    await ack()
    if what == "name":
        await ending.open_name_form(act, tools, client, number)
    elif what == "merge":
        await open_merge(act, tools, client, number)


async def open_merge(act: Act, tools: Tools, client: AsyncWebClient, number: str) -> None:
    """[Merge into another]: open questions that ask something close."""
    async with tools.database.transaction() as session:
        member, question = await acting.own(session, act, number)
        if question.state not in OPEN:
            raise NotOpen
        _must_be_for_many(question)
        view = views.merge_form(question.id, await _alike(session, question, member.id))
    await acting.open_window(client, act, view)


async def merge(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """It ends here, and what is answered in the other is read by both."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        question, into = await _both(session, act, member.id)
        if await first_time(session, act):
            if question.state not in OPEN:
                raise NotOpen
            question.merged_into_id = into.id
            await lifecycle.end(session, question, "merged", now=now)
            await carrying.catch_up(session, into, now=now)
    await ack(response_action="clear")


async def _both(session: AsyncSession, act: Act, member_id: int) -> tuple[Question, Question]:
    """One's own and the other, locked in one order for everybody; the other is open and for all to see."""
    number = act.memory.get("question")
    try:
        into_id = int(str(chosen(act.state, "into")))
        if into_id < int(str(number)):
            await questions.get(session, act.workspace_id, into_id, lock=True)
        question = await questions.own(session, act.workspace_id, member_id, number)
        into = await questions.get(session, act.workspace_id, into_id, lock=True)
    except (ValueError, Gone):
        raise NotToMerge from None
    _must_be_for_many(question)
    for_many = question_rules.is_for_many(into.audience)
    if into.state not in OPEN or not for_many or not await audiences.may_read(session, into, member_id):
        raise NotToMerge
    return question, into


def _must_be_for_many(question: Question) -> None:
    """What somebody answered to one person alone would be read by the askers and the channel of the other question."""
    if not question_rules.is_for_many(question.audience):
        raise NotForOthers


async def _alike(session: AsyncSession, question: Question, member_id: int) -> list[tuple[int, str, str]]:
    """Id, who asks, and the question in a line, of those that are closest."""
    rows = await store.open_to_merge(session, question)
    others = {each.id: each for each in await audiences.open_to(session, question.workspace_id, member_id, rows)}
    said = await questions.words_of_all(session, list(others.values()))
    skills = await questions.skills_of(session, question.workspace_id, [question.id, *others])
    mine = await questions.words_of(session, question)
    compared = [
        rules.Similar(number, f"{said[number].question} {said[number].context}", frozenset(skills.get(number, ())))
        for number in others
        if number in said
    ]
    alike = rules.most_alike(f"{mine.question} {mine.context}", list(skills.get(question.id, ())), compared)
    return [
        (
            number,
            await standing.name_of_asker(session, others[number]),
            question_rules.first_line(said[number].question),
        )
        for number in alike
    ]
