"""Slack asks: a question is closed, taken back or opened again, or its asker shows their name."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.submissions import first_time
from bot.features.questions import askers, lifecycle, standing
from bot.features.questions import store as questions
from bot.features.questions.asking import acting, rules, store, views
from bot.features.questions.asking.errors import AliasMuted, CannotReopen, NoMoreAliases, NotOpen, StillOpen
from bot.features.questions.asking.listeners import asker
from bot.features.questions.models import Question
from bot.features.questions.rules import OPEN
from bot.features.questions.threads import carrying
from bot.features.questions.threads import store as answers
from bot.members.models import Member
from bot.registry import Tools
from bot.slack import home
from bot.slack.act import Act


async def close(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Close it]."""
    await acting.do(ack, act, tools, client, _close)


async def withdraw(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Withdraw], after the question whether they are sure."""
    await acting.do(ack, act, tools, client, _withdraw)


async def reopen(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Open again], [Ask it after all] and [Take it out again]."""
    await acting.do(ack, act, tools, client, open_again)


async def show_details(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Open] on the Home tab: the card in a window."""
    async with tools.database.reading() as session:
        member = await asker(session, act)
        question = await questions.own(session, act.workspace_id, member.id, act.value)
        view = views.details(await standing.of_asker(session, question))
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=view)


async def open_name_form(act: Act, tools: Tools, client: AsyncWebClient, number: str) -> None:
    """[Show my name] asks first, because it can't be undone."""
    async with tools.database.transaction() as session:
        _, question = await acting.own(session, act, number)
        _must_be_open(question)
        view = views.name_form(question.id, question.alias)
    await acting.open_window(client, act, view)


async def show_name(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Its asker stands by their question with their name, from now on and everywhere."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member, question = await acting.own(session, act, act.memory.get("question"))
        if question.alias and await first_time(session, act):
            _must_be_open(question)
            question.alias, question.asker_id = "", member.id
            askers.keep(session, question, askers.asker_of(session, question))
            for answer in await answers.of_questions(session, act.workspace_id, [question.id]):
                if answer.by_asker:
                    answer.author_id = member.id
                    await carrying.follow(
                        session, question, answer, now=now, nonce=f"named:{outbox.moment(session, now)}"
                    )
            await acting.show_everybody(session, question, now=now)
    await ack(response_action="clear")


async def _close(session: AsyncSession, question: Question, member: Member, now: datetime) -> None:
    if question.state == "closed":  # pressed twice
        return
    _must_be_open(question)
    await lifecycle.end(session, question, "closed", closing="asker", now=now)


async def _withdraw(session: AsyncSession, question: Question, member: Member, now: datetime) -> None:
    if question.state == "withdrawn":
        return
    _must_be_open(question)
    await lifecycle.end(session, question, "withdrawn", now=now)


async def open_again(session: AsyncSession, question: Question, member: Member, now: datetime) -> None:
    """Its asker opens it again, where that can still be done."""
    if question.state in OPEN:
        raise StillOpen
    if not rules.can_reopen(question.state, question.closing, question.closed_at, now):
        raise CannotReopen
    if question.alias:
        await _must_have_an_alias_left(session, member, now)
    question.merged_into_id = None
    await lifecycle.reopen(session, question, now=now)
    await home.redraw(session, member.workspace_id, [member.id], now=now)


async def _must_have_an_alias_left(session: AsyncSession, member: Member, now: datetime) -> None:
    if await store.muted_until(session, member.workspace_id, member.id, now=now) is not None:
        raise AliasMuted
    asked = await store.asked_under_alias(session, member.workspace_id, member.id, now=now)
    if rules.too_many_aliases(asked, now) == "open":
        raise NoMoreAliases


def _must_be_open(question: Question) -> None:
    if question.state not in OPEN:
        raise NotOpen
