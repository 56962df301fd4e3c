"""Shows a form wherever a button was pressed: by itself, or on top of what is open."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.messages import Block
from bot.slack.act import Act


async def show(client: AsyncWebClient, act: Act, view: Block) -> None:
    """Slack stacks three at most: from the third, which is there to be read, the form takes its place."""
    here = act.view
    if here.get("type") != "modal":
        await client.views_open(trigger_id=act.trigger_id, view=view)
    elif here.get("previous_view_id") and here["previous_view_id"] != here.get("root_view_id"):
        await client.views_update(view_id=here["id"], view=view)
    else:
        await client.views_push(trigger_id=act.trigger_id, view=view)
