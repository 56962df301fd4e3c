"""The only caller of chat.postMessage and its like: one step for one delivery, and what Slack's answer means."""

import json
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.delivery import outbox, recovery, steps
from bot.delivery.answers import refusal
from bot.delivery.errors import ErrorClass
from bot.delivery.models import Delivery
from bot.delivery.outcomes import NothingToSay, Opened, Outcome, Refused, Sent, Uploaded
from bot.messages import Content
from bot.registry import Tools

EVENT_TYPE = "perennial"
LONGEST_UPDATE = 3_900  # chat.update refuses text over 4,000; posting cuts only past 40,000


async def act(tools: Tools, client: AsyncWebClient, delivery: Delivery) -> Outcome:
    """Do the step a delivery was claimed for. Never raises for what Slack or the network does."""
    try:
        if delivery.state == "unknown":
            return await recovery.look(client, delivery)
        if delivery.method == steps.OPEN:
            return await open_conversation(client, delivery)
        if delivery.method == steps.DELETE:
            await client.chat_delete(channel=delivery.channel or "", ts=delivery.ts or "")
            return Sent(delivery.channel, delivery.ts)
        content = await _content(tools, delivery)
        if isinstance(content, Refused):
            return content
        if content is None:
            return NothingToSay()
        return await _say(client, delivery, content)
    except (SlackApiError, ClientError, TimeoutError) as error:
        return refusal(error)
    except Exception as error:  # an answer we can't read: it may have been done
        name = type(error).__name__
        tools.log.error("sending failed", kind=delivery.kind, delivery=delivery.id, error=name, exc_info=error)
        return Refused(f"sending failed: {name}", ErrorClass.UNKNOWN)


async def open_conversation(client: AsyncWebClient, delivery: Delivery) -> Opened:
    """Open the direct message or group; opening it again gives the same one and shows nobody anything."""
    answer = await client.conversations_open(users=delivery.slack_ids)
    return Opened(answer["channel"]["id"])


async def _content(tools: Tools, delivery: Delivery) -> Content | Refused | None:
    """What is to be said: as it was written, or drawn at this moment."""
    try:
        async with tools.database.reading() as session:
            if (content := outbox.content_of(session, delivery)) is not None:
                return content
            draw = outbox.kinds_of(session).draws.get(delivery.kind)
            if draw is None:
                return Refused("nothing to draw it with", ErrorClass.OUR_BUG)
            return await draw(session, delivery)
    except Exception as error:
        name = type(error).__name__
        tools.log.error("drawing failed", kind=delivery.kind, delivery=delivery.id, error=name, exc_info=error)
        return Refused(f"drawing failed: {name}", ErrorClass.OUR_BUG)


async def _say(client: AsyncWebClient, delivery: Delivery, content: Content) -> Outcome:
    if delivery.method == steps.POST:
        answer = await client.api_call(steps.POST, json=_post(delivery, content))
        return Sent(answer["channel"], answer["ts"])
    if delivery.method == steps.UPDATE:
        text = content.text if len(content.text) <= LONGEST_UPDATE else content.text[: LONGEST_UPDATE - 1] + "…"
        said = {"channel": delivery.channel, "ts": delivery.ts, "text": text, "blocks": content.blocks}
        await client.api_call(steps.UPDATE, json=said)
        return Sent(delivery.channel, delivery.ts)
    if delivery.method == steps.GET_UPLOAD:
        return await _upload(client, content)
    return await _share(client, delivery, content)


def _post(delivery: Delivery, content: Content) -> dict[str, Any]:
    """Metadata carries the random key and nothing else: every app in the workspace can read it."""
    said: dict[str, Any] = {
        "channel": delivery.channel or delivery.slack_ids[0],
        "text": content.text,
        "metadata": {"event_type": EVENT_TYPE, "event_payload": {"key": delivery.wire_key}},
        "unfurl_links": False,
        "unfurl_media": False,
    }
    if content.blocks:
        said["blocks"] = content.blocks
    if delivery.thread_ts:
        said["thread_ts"] = delivery.thread_ts
    return said


async def _upload(client: AsyncWebClient, content: Content) -> Outcome:
    """Give Slack the bytes: nobody sees them until they are shared, so this step repeats safely."""
    data = (content.file_text or "").encode()
    place = await client.files_getUploadURLExternal(filename=content.file_name or "file.txt", length=len(data))
    if client.session is None:
        return Refused("not_connected", ErrorClass.WAIT)
    async with client.session.post(place["upload_url"], data=data) as answer:
        if answer.status != 200:
            return Refused("service_unavailable", ErrorClass.WAIT)
    return Uploaded(place["file_id"])


async def _share(client: AsyncWebClient, delivery: Delivery, content: Content) -> Outcome:
    """Let the conversation see the file, with what is said about it. The answer need not name the message."""
    shared: AsyncSlackResponse = await client.api_call(
        steps.FINISH_UPLOAD,
        params={
            "files": json.dumps([{"id": delivery.file_id, "title": content.file_name}]),
            "channel_id": delivery.channel,
            "initial_comment": content.text,
        }
        | ({"thread_ts": delivery.thread_ts} if delivery.thread_ts else {}),
    )
    return Sent(delivery.channel, recovery.share_ts(shared.get("files") or [], delivery.channel or ""))
