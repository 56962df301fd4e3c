"""While the form is open: answers that are there already, and the field for one mentor."""

from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.features.questions.asking import audiences, forms, neighbours
from bot.features.questions.asking.listeners import asker, choices_for, wait_for
from bot.messages import Block
from bot.registry import Tools
from bot.slack.act import Act
from bot.slack.refusals import code_of

MOVED_ON = ("hash_conflict", "not_found")  # a newer form is drawn, or it was closed: what they see is right


async def look(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Look for answers first]: similar cards of the archive, and how long people usually wait."""
    await ack()
    typed = forms.read(act.state)
    async with tools.database.reading() as session:
        member = await asker(session, act)
        choices = await choices_for(session, member, act.memory, tools.clock())
        text = f"{typed.question}\n{typed.context}"
        cards = await neighbours.similar(session, act.workspace_id, text) if typed.question else []
        waited = await wait_for(session, act.workspace_id, typed.pace) if typed.pace in choices.waits else None
    found = forms.answers_found(cards, waited, typed=bool(typed.question))
    await update(client, act, tools, forms.ask_form(typed, choices, found=found, memory=kept(act)))


async def choose_who(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """Another choice of who may see it: a field for the mentor, or a word about aliases, comes or goes."""
    await ack()
    typed = forms.read(act.state)
    above: list[Block] = []
    async with tools.database.reading() as session:
        member = await asker(session, act)
        choices = await choices_for(session, member, act.memory, tools.clock())
        size = await audiences.size_of(session, member, typed.audience, choices.places)
        if typed.under_alias and audiences.is_small(size):
            above = [forms.small_note()]
    await update(client, act, tools, forms.ask_form(typed, choices, above=above, memory=kept(act)))


def kept(act: Act) -> dict[str, object]:
    """What the form goes on remembering; what was read above it is to be read again where the choice is another."""
    return {key: value for key, value in act.memory.items() if key in ("mention", "care")}


async def update(client: AsyncWebClient, act: Act, tools: Tools, view: Block) -> None:
    """Draw the form anew with what was typed; where Slack refuses, it stays as it is and nothing is lost."""
    try:
        await client.views_update(view_id=act.view["id"], hash=act.view.get("hash"), view=view)
    except SlackApiError as error:
        if code_of(error) not in MOVED_ON:
            raise
        tools.log.info("form not drawn anew", error=code_of(error))
