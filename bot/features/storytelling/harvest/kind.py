"""What storytelling says of its takeaways: listeners say what they will try, and two weeks later whether they did."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.storytelling.harvest import crediting
from bot.features.storytelling.harvest.messages import ASKED_FOR, QUESTION
from bot.features.storytelling.naming import named, opening
from bot.gatherings import thanking
from bot.gatherings.models import Gathering
from bot.gatherings.takeaways.kinds import Asking, Following, Sharing, TakeawayKind
from bot.messages import Block

COUNTED = "If the story left a card, it counts that, without your name."
ANSWERS = {
    "yes": ("It helped.", COUNTED),
    "partly": ("It helped in part.", COUNTED),
    "no": ("Not for you.", "That helps whoever reads the story next. Your name is not with it."),
}
NOT_YET = "Not yet. There is no date for it, and I don't ask again."
NO_STORY = "You named no story, so no card counts"


async def thanks(session: AsyncSession, gathering: Gathering, member_id: int) -> Block | None:
    """[Say thanks] to those who told, beside the question."""
    return await thanking.button(session, gathering, member_id, await crediting.tellers(session, gathering))


def answer(answer: str, counts: bool) -> str:
    """What stands where the buttons were."""
    if answer == "not_yet":
        return NOT_YET
    said, counted = ANSWERS[answer]
    return f"{said} {counted if counts else f'{NO_STORY} it.'}"


def note(counts: bool) -> str:
    """Who learns what a listener answers."""
    return (
        "If the story left a card, it counts your answer without your name." if counts else f"{NO_STORY} your answer."
    )


KIND = TakeawayKind(
    message=QUESTION,
    asked_after=timedelta(0),
    asked_for=ASKED_FOR,
    about=crediting.stories,
    counts=crediting.counts,
    answered=crediting.answered,
    not_asked=crediting.tellers,
    beside=thanks,
    for_everybody=True,
    without_thread=True,
    asking=Asking(
        question="What will you try?",
        ended=lambda facts: f"{opening(facts)} has just ended.",
        button="I'll try something",
        later="In two weeks I ask you alone how it went.",
        nothing="Nothing this time, which is fine. Thank you for listening.",
        title="What will you try?",
        hint="For example: Ask who is missing before I decide.",
        field="try",
        submit="Say it",
        missing="Write one thing you will try, in a line.",
        closed="The week for saying it is over. Try it all the same, and tell whoever told you how it went.",
        which="Whose story made you think of it?",
        no_one="No one story",
        which_hint="If it leaves a card, that counts in two weeks how it went for you, without your name.",
        least=2,
    ),
    sharing=Sharing(
        done="Said",
        yours="You will try",
        promise="In two weeks I ask you how it went.",
        line=lambda name, text, about: f"*{name}* will try: {text}",
        called="what a listener will try",
    ),
    following=Following(
        opening=lambda day: f"Did you try it? On {day} you wrote:",
        recalls=lambda facts, day: f"On {day}, after {named(facts)}, you wanted to try:",
        question="Did you?",
        not_yet="Not yet",
        note=note,
        answers=answer,
    ),
)
