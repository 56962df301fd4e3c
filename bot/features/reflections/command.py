"""`/mentor reflect`: the form; with a word behind it, how often to ask."""

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.features.reflections import listeners
from bot.features.reflections.prompts import listeners as prompts
from bot.features.reflections.prompts import rules
from bot.registry import Tools
from bot.slack.act import Act

WORDS = {"stop": "off", "never": "off", "none": "off", "every day": "daily", "every week": "weekly"}


async def reflect(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient, rest: str) -> None:
    """`reflect`, `reflect daily`, `reflect weekly`, `reflect fortnightly`, `reflect off`; anything else opens the form."""
    word = " ".join(rest.lower().split())
    pace = WORDS.get(word, word)
    if pace not in rules.PACES:
        await listeners.open_write(ack, act, tools, client)
        return
    async with tools.database.transaction() as session:
        said = await prompts.by_word(session, act, tools, pace)
    await ack(text=said, response_type="ephemeral")
