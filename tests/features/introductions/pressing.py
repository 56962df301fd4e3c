"""Pressing buttons in a company's conversations, as its people would."""

from typing import Any

from tests.features.introductions.company import Company

Message = dict[str, Any]


def buttons(message: Message) -> list[dict[str, Any]]:
    """The buttons of a message, beside paragraphs and in rows."""
    found = []
    for block in message.get("blocks", []):
        found += [*block.get("elements", []), *([block["accessory"]] if "accessory" in block else [])]
    return [each for each in found if each.get("type") == "button"]


def texts(message: Message) -> str:
    """What a message or view says in its paragraphs and small print."""
    said = [block["text"]["text"] for block in message.get("blocks", []) if "text" in block]
    said += [
        each["text"] for block in message.get("blocks", []) if block["type"] == "context" for each in block["elements"]
    ]
    return " ".join(said)


async def press(company: Company, user: str, channel: str, message: Message, action_id: str, nth: int = 0) -> Any:
    """Press the nth such button of a message, and let what follows arrive."""
    chosen = [each for each in buttons(message) if each["action_id"] == action_id][nth]
    reply = await company.world.acts.click(
        user, channel=channel, ts=message["ts"], action_id=action_id, value=chosen.get("value")
    )
    await company.world.settle()
    await company.world.move(seconds=5)
    return reply


def last_to(company: Company, name: str) -> tuple[str, Message]:
    """The newest direct message to somebody, and its conversation."""
    world = company.world
    user = company.users[name]
    return world.slack.open_dm(world.slack.bot_user_id, user), world.last_message_to(user)


async def press_last(company: Company, name: str, action_id: str) -> None:
    """Press a button of the newest direct message to somebody."""
    channel, message = last_to(company, name)
    await press(company, company.users[name], channel, message, action_id)
