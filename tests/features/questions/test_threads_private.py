"""What is said in private threads stands in no file and no log, and an alias is named in nothing that leads to its asker."""

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.delivery.models import Delivery
from bot.features.questions.models import Answer, Asked
from bot.features.questions.threads import views
from tests.features.questions.threads_people import (
    ask,
    asked_root,
    carried_to,
    joined,
    member_of,
    press,
    put_to,
    thread_of,
    whole,
    writes,
)
from tests.features.reflections.writing import dm, hand_in
from tests.world import World

CANARIES = ("canaryquestion", "canaryanswer", "canaryedit", "canaryfollowup", "canarycomment")


async def lived(world: World) -> tuple[str, str, int]:
    """Somebody asked under an alias, was answered, wrote on, and said that it helped."""
    ana, hana = await joined(world, "Ana", "Hana")
    number = await ask(
        world, ana, "A canaryquestion, please?", alias="Quiet Heron", kind="review", checklist="document"
    )
    root = await put_to(world, number, hana)
    written = await writes(world, hana, root, "A canaryanswer in the thread.")
    await world.acts.edit(hana, dm(world, hana), written, "A canaryedit in the thread.")
    await world.settle()
    mine = asked_root(world, ana)
    await writes(world, ana, mine, "A canaryfollowup under the alias.")
    await press(world, hana, root, "questions.review")
    await hand_in(world, hana, {"comment_first-lines": {"comment": "A canarycomment."}})
    answer = [each for each in thread_of(world, ana, mine) if "canaryedit" in whole(each)][-1]
    await press(world, ana, answer, views.HELPED)
    await world.move(minutes=2)
    assert "canaryfollowup" in str(carried_to(world, hana, root))
    return ana, hana, number


async def test_a_canary_of_a_thread_is_in_no_file_and_no_log_and_nothing_names_the_asker(
    world: World, tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    ana, _, number = await lived(world)
    files = [path for path in tmp_path.iterdir() if path.name.startswith("perennial.db")]
    assert {path.suffix for path in files} >= {".db", ".db-wal"}
    for path in files:
        content = path.read_bytes()
        assert [word for word in CANARIES if word.encode() in content] == [], path.name
    out, err = capfd.readouterr()
    assert [word for word in CANARIES if word in out + err] == []
    await _nothing_leads_to(world, ana, number)


async def _nothing_leads_to(world: World, ana: str, number: int) -> None:
    """No answer names whoever asked; no message to them names the question or an answer, and none of others names them."""
    member = await member_of(world, ana)
    async with world.bot.database.reading() as session:
        said = list((await session.execute(select(Answer))).scalars())
        assert said
        assert member.id not in {each.author_id for each in said}
        assert {each.said_at.minute for each in said} == {0}
        assert member.id not in set((await session.execute(select(Asked.member_id))).scalars())
        for delivery in (await session.execute(select(Delivery))).scalars():
            if not delivery.kind.startswith("questions."):
                continue
            named = set(f"{delivery.subject}:{delivery.dedupe_key}".split(":"))
            if member.id in delivery.member_ids or delivery.channel == dm(world, ana):
                assert not named & {str(number), *(str(each.id) for each in said)} - _times(delivery), delivery.kind
            else:
                assert ana not in str(named)


def _times(delivery: Delivery) -> set[str]:
    """Parts of a moment in a key, which are numbers as well."""
    return {part for part in delivery.dedupe_key.split(":") if part.isdigit() and len(part) == 2}
