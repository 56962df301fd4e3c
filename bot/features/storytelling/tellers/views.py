"""Speaks to tellers: asked, promised, given away; and to the host who lacks one."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.features.storytelling.models import Telling
from bot.gatherings import words
from bot.gatherings.words import Facts
from bot.members.rules import number as in_words
from bot.messages import Block, Content
from bot.programs import phrases
from bot.slack import blocks

ACCEPT = "storytelling.accept"
AFTER_ALL = "storytelling.after_all"
DECLINE = "storytelling.decline"
STEP_BACK = "storytelling.step_back"
SWAP = "storytelling.swap"
SWAP_FORM = "storytelling.swap_form"
SWAP_YES = "storytelling.swap_yes"
SWAP_NO = "storytelling.swap_no"
UNSWAP = "storytelling.unswap"
SIGN_UP = "storytelling.sign_up"
INVITE = "storytelling.invite"
INVITE_FORM = "storytelling.invite_form"
GO_ON = "storytelling.go_on"
PREPARE = "storytelling.prepare"
WHO = "who"

WHY = {
    "rota": "It is your turn by the rota: whoever was heard least comes first.",
    "invited": "The host thought of you.",
}


def turn(
    facts: Facts, turn: Telling, tz: str, now: datetime, *, swap_with: str | None, is_off: bool = False
) -> Content:
    """How a turn stands, for its teller."""
    when = words.their_time(facts.starts_at, tz, now)
    if is_off:
        text = "It won't take place, so there is nothing to tell. What you prepared is kept for you."
        return Content(f"{facts.title} won't take place.", [blocks.section(f"*{facts.title}*, {when}\n{text}")])
    if turn.state == "asked":
        return _asked(facts, turn, when, tz)
    if turn.state == "accepted":
        return _promised(facts, turn, when, swap_with)
    text = {
        "declined": "Not this time, and that is fine. Somebody else is asked.",
        "lapsed": "Somebody else is asked now, so there is nothing for you to do. While a story is wanted, it can still be yours.",
        "swapped": "Somebody tells in your place. Thank you for finding them.",
        "stepped_back": "You step back this time. Somebody else is asked.",
        "over": f"The stories of this {facts.noun} are found, so nothing is left for you to do. Thank you.",
        "told": "You told a story here. Thank you.",
    }[turn.state]
    shown = [blocks.section(f"*{facts.title}*, {when}\n{text}")]
    if turn.state in ("declined", "lapsed", "stepped_back"):
        shown.append(blocks.actions(blocks.button("I can after all", AFTER_ALL, str(turn.id))))
    return Content(text, shown)


def _asked(facts: Facts, turn: Telling, when: str, tz: str) -> Content:
    text = f"Would you tell a story? {facts.title}, {when}."
    until = f" I ask the next person {_day(turn.answer_by, tz)}." if turn.answer_by else ""
    return Content(
        text,
        [
            blocks.section(
                f"*Would you tell a story?* {facts.title}, {when}.\n"
                "About eight minutes: what broke, what changed, what you would try today. It need not be a large one."
            ),
            blocks.actions(
                blocks.button("I'll tell", ACCEPT, str(turn.id), style="primary"),
                blocks.button("Not this time", DECLINE, str(turn.id)),
            ),
            blocks.context(f"{WHY.get(turn.via, '')} A no is a fine answer.{until}".strip()),
        ],
    )


def _promised(facts: Facts, turn: Telling, when: str, swap_with: str | None) -> Content:
    value = str(turn.id)
    text = f"You tell a story. {facts.title}, {when}."
    shown = [
        blocks.section(
            f"*You tell a story.* {facts.title}, {when}.\nA page to prepare in is yours alone until you share it."
        )
    ]
    buttons = [blocks.button("Prepare", PREPARE, value, style="primary")]
    if swap_with is None:
        buttons.append(blocks.button("Swap with somebody", SWAP, value))
    else:
        shown.append(blocks.section(f"<@{swap_with}> is asked to tell in your place. Until they say yes, it is yours."))
        buttons.append(blocks.button("Don't swap", UNSWAP, value))
    buttons.append(blocks.button("I can't after all", STEP_BACK, value))
    return Content(text, [*shown, blocks.actions(*buttons)])


def swap(facts: Facts, turn: Telling, asker: str, tz: str, now: datetime) -> Content:
    """Somebody is asked to tell in a teller's place."""
    when = words.their_time(facts.starts_at, tz, now)
    text = f"<@{asker}> asks whether you would tell a story in their place. {facts.title}, {when}."
    return Content(
        text,
        [
            blocks.section(text),
            blocks.actions(
                blocks.button("I'll tell instead", SWAP_YES, str(turn.id), style="primary"),
                blocks.button("Not this time", SWAP_NO, str(turn.id)),
            ),
            blocks.context("About eight minutes: what broke, what changed, what to try. A no is a fine answer."),
        ],
    )


def swap_is_settled(asker: str) -> Content:
    """What stands where they were asked, once there is nothing to answer."""
    text = f"<@{asker}> asked whether you would tell a story in their place. That is settled, so nothing is left to do."
    return Content(text, [blocks.section(text)])


def goes_on_with(promised: int) -> str:
    """What the host reads in place of the choices."""
    return f"It goes on with {'one story' if promised == 1 else f'{in_words(promised)} stories'}. Nobody else is asked."


def lacking(facts: Facts, promised: int, wanted: int, asked: int, tz: str, now: datetime) -> Content:
    """The host's choices where stories are lacking."""
    when = words.their_time(facts.starts_at, tz, now)
    stories = (
        "No story is promised"
        if promised == 0
        else f"{in_words(promised).capitalize()} of {in_words(wanted)} stories {'is' if promised == 1 else 'are'} promised"
    )
    text = f"{stories}. {facts.title}, {when}."
    buttons = [blocks.button("Invite somebody to tell", INVITE, str(facts.id), style="primary")]
    if promised:
        buttons.append(blocks.button(f"Go on with {in_words(promised)}", GO_ON, str(facts.id)))
    return Content(
        text,
        [
            blocks.section(f"*{stories}.* {facts.title}, {when}."),
            blocks.section(f"{_who_is_asked(asked)} A personal word from you often works."),
            blocks.actions(*buttons),
            blocks.context("You can also move it or call it off, on its page in Home."),
        ],
    )


def _who_is_asked(asked: int) -> str:
    if asked == 0:
        return "The rota has nobody left to ask in time."
    thinks = "One person is" if asked == 1 else f"{in_words(asked).capitalize()} people are"
    return f"{thinks} still thinking about it."


def swap_form(telling_id: int) -> Block:
    """Whom to ask to tell in one's place."""
    return _who_form(
        "Swap with somebody",
        "Who could tell in your place?",
        SWAP_FORM,
        {"telling": telling_id},
        "They are asked in a direct message. It stays yours until they say yes.",
    )


def invite_form(gathering_id: int) -> Block:
    """Whom the host invites to tell."""
    return _who_form(
        "Invite to tell",
        "Who should tell?",
        INVITE_FORM,
        {"gathering": gathering_id},
        "They read that you thought of them, and can say no.",
    )


def _who_form(title: str, label: str, callback_id: str, memory: dict[str, int], note: str) -> Block:
    return blocks.modal(
        title,
        [
            blocks.field(label, blocks.people_input(WHO, many=False, placeholder="Choose a person"), block_id=WHO),
            blocks.context(note),
        ],
        callback_id=callback_id,
        submit="Ask them",
        memory=memory,
    )


def read_who(state: dict[str, object]) -> str:
    """Whom they chose, by Slack's id."""
    return str(blocks.chosen(state, WHO) or "")


def _day(moment: datetime | None, tz: str) -> str:
    if moment is None:
        return ""
    local = moment.astimezone(ZoneInfo(tz))
    return f"on {phrases.day(local.date())}"
