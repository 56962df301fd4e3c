"""Slack asks: a card is taken back, or the words of somebody in it."""

from slack_bolt.async_app import AsyncAck

from bot.archive.cards import acting, taking_back
from bot.archive.cards.errors import NotYourCard
from bot.registry import Tools
from bot.slack.act import Act


async def take_back(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Take back], by whoever made it."""
    async with tools.database.transaction() as session:
        member, insight = await acting.quoted(session, act, act.value)
        if not await acting.made_it(session, insight, member):
            raise NotYourCard
        await taking_back.the_whole(session, insight, member.id, tools.clock())
    await ack()


async def take_out(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Take my words out], by anybody whose words are in it; also while a moderator looks."""
    async with tools.database.transaction() as session:
        member, insight = await acting.quoted(session, act, act.value)
        await taking_back.my_words(session, insight, member.id, tools.clock())
    await ack()
