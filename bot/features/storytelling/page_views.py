"""What storytelling adds to a session's page: one's own turn, and for its host how its stories stand."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.features.storytelling.models import Telling
from bot.features.storytelling.preparing.views import READ
from bot.features.storytelling.tellers import views
from bot.members.rules import number as in_words
from bot.messages import Block
from bot.programs import phrases
from bot.slack import blocks


def mine(gathering_id: int, turn: Telling | None, *, lacking: bool) -> list[Block]:
    """The viewer's turn, or [I have a story] while one is lacking."""
    if turn is not None and turn.state == "accepted":
        return [
            blocks.section("*You tell a story here.*"),
            blocks.actions(
                blocks.button("Prepare", views.PREPARE, str(turn.id), style="primary"),
                blocks.button("Swap with somebody", views.SWAP, str(turn.id)),
                blocks.button("I can't after all", views.STEP_BACK, str(turn.id)),
            ),
        ]
    if turn is not None and turn.state == "asked":
        return asked(turn, "*Would you tell a story here?* About eight minutes; a no is a fine answer.")
    if lacking:
        button = blocks.button("I have a story", views.SIGN_UP, str(gathering_id))
        return [blocks.section("A story is still wanted. It need not be a large one.", accessory=button)]
    return []


def on_home(turn: Telling, title: str, when: str) -> list[Block]:
    """A turn beside what else is next for somebody."""
    if turn.state == "asked":
        return asked(turn, f"*Would you tell a story?* {title}, {when}. A no is a fine answer.")
    prepare = blocks.button("Prepare", views.PREPARE, str(turn.id), label=f"Prepare your story for {when}")
    return [blocks.section(f"*You tell a story.* {title}, {when}.", accessory=prepare)]


def thank(told: Sequence[int], button: Block | None) -> list[Block]:
    """After a session, for whoever has not thanked those who told."""
    if button is None:
        return []
    who = "Somebody told you" if len(told) == 1 else f"{in_words(len(told)).capitalize()} people told you"
    return [blocks.section(f"{who} what broke, and what came of it.", accessory=button)]


def asked(turn: Telling, text: str) -> list[Block]:
    """A turn somebody was asked for, with the two answers."""
    return [
        blocks.section(text),
        blocks.actions(
            blocks.button("I'll tell", views.ACCEPT, str(turn.id), style="primary"),
            blocks.button("Not this time", views.DECLINE, str(turn.id)),
            block_id=f"turn-{turn.id}",
        ),
    ]


def hosts(
    gathering_id: int,
    turns: Sequence[Telling],
    names: Mapping[int, str],
    shared: Collection[int],
    *,
    wanted: int,
    is_open: bool,
    tz: str,
) -> list[Block]:
    """How the stories stand. Who said no is nobody's to read."""
    held = [each for each in turns if each.state in ("asked", "accepted", "told")]
    promised = sum(each.state in ("accepted", "told") for each in held)
    shown: list[Block] = [
        blocks.section(f"*Stories*: {in_words(promised)} of {in_words(wanted)} {'promised' if is_open else 'told'}.")
    ]
    for each in held:
        name = names.get(each.member_id, "Somebody")
        button = (
            blocks.button("Read it", READ, str(each.id), label=f"Read {name}'s page") if each.id in shared else None
        )
        line = f"{blocks.escape(name)} {_stands(each, tz)}."
        shown.append(blocks.section(line, accessory=button))
    if is_open and promised < wanted:
        buttons = [blocks.button("Invite somebody to tell", views.INVITE, str(gathering_id))]
        if promised:
            buttons.append(blocks.button(f"Go on with {in_words(promised)}", views.GO_ON, str(gathering_id)))
        shown.append(blocks.actions(*buttons))
    return shown


def _stands(turn: Telling, tz: str) -> str:
    if turn.state == "told":
        return "told a story"
    if turn.state == "accepted":
        return "tells a story"
    return f"is asked, and can answer until {_day(turn.answer_by, tz)}" if turn.answer_by else "is asked"


def _day(moment: datetime, tz: str) -> str:
    return phrases.day(moment.astimezone(ZoneInfo(tz)).date())
