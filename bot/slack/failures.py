"""What a person sees when something fails: a known error in its own words, an unknown one as an apology."""

import asyncio
from functools import partial
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.errors import PerennialError
from bot.slack import blocks
from bot.slack.refusals import code_of

log = structlog.get_logger("perennial.failures")
APOLOGY = "Something went wrong on our side, and nothing was changed. Please try again in a minute."


def answer_failures(app: AsyncApp) -> None:
    """Have every failing listener answer its person; the log gets the kind of error and ids, never text."""

    @app.error
    async def answer(
        error: Exception, body: dict[str, Any], context: AsyncBoltContext, response: BoltResponse | None
    ) -> BoltResponse | None:
        known = isinstance(error, PerennialError)
        text = error.message if isinstance(error, PerennialError) else APOLOGY
        if not known:
            log.error("listener failed", error=type(error).__name__, type=body.get("type"), exc_info=error)
        if body.get("type") == "view_submission" and response is not None:
            return BoltResponse(status=200, body=_in_the_form(body, text))
        if context.ack is not None and context.response_url and context.respond is not None:
            await context.respond(text=text, response_type="ephemeral", replace_original=False)
        elif trigger := body.get("trigger_id"):
            view = blocks.modal(
                "Not this time", [blocks.section(blocks.escape(text))], callback_id="notice", close="Close"
            )
            try:
                await context.client.views_open(trigger_id=trigger, view=view)
            except SlackApiError as refusal:  # mostly a trigger that is too old by now: there is no other way to them
                log.warning("failure not shown", error=code_of(refusal))
        if response is not None:
            return BoltResponse(status=200, body="")
        keep_acknowledged(context)
        return None


def keep_acknowledged(context: AsyncBoltContext) -> None:
    """Who was acknowledged before the failure, as every event is, stays so.

    Bolt takes no response then, and forgets the one it has as soon as its error handler returns; Slack would wait for
    three seconds and tell the person that nothing happened.
    """
    ack = context.ack
    if ack is not None and ack.response is not None:
        asyncio.get_running_loop().call_soon(partial(setattr, ack, "response", ack.response))


def _in_the_form(body: dict[str, Any], text: str) -> dict[str, Any]:
    """The error under the form's first field, so that what was typed stays; a form without fields shows a notice."""
    for block in body["view"]["blocks"]:
        if block["type"] == "input":
            return {"response_action": "errors", "errors": {block["block_id"]: text}}
    notice = blocks.modal("Not this time", [blocks.section(blocks.escape(text))], callback_id="notice", close="Close")
    return {"response_action": "update", "view": notice}
