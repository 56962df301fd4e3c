"""Whoever asked under an alias is asked like everybody, and nothing that is stored or shown says who that is."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.archive.models import Insight, InsightPiece, InsightQuote, InsightVersion
from tests.archive.cards import making
from tests.archive.cards.making import asks, card, found, hand_in, offered
from tests.members import walk
from tests.world import World

CANARY = "kanarienvogel"


async def test_an_alias_is_asked_at_the_full_hour_stays_unnamed_and_is_never_found(
    any_world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
):
    people = await found(any_world)
    insight = await offered(people, made_by="Ben", alias="Heron")
    await making.open_edit(people, "Ben", insight)
    assert "Heron, who asked under this alias" in walk.said(people.form("Ben"))
    assert (await people.submit("Ben", {"gist": "Say it early.", "tips": CANARY})).ok
    assert asks(people, "Ada") == []
    await any_world.move(hours=2)
    (message,) = asks(people, "Ada")
    assert "Ben would like to keep words of yours" in message["text"]
    assert "stay unnamed whatever you choose" in walk.said(message)
    assert "with my name" not in walk.said(message)
    page = walk.said(await people.home("Ben", "cards"))
    assert "waits for one person" in page.lower()
    assert "Ada" not in page

    await _nobody_is_to_be_read(people, insight)
    out = capsys.readouterr()
    assert CANARY not in out.out + out.err + caplog.text
    for path in tmp_path.rglob("perennial.db*"):
        assert CANARY.encode() not in path.read_bytes(), "words that nobody agreed to yet are sealed"

    await people.press("Ada", "archive.fine")
    done = await card(people, insight)
    assert (done.state, done.question) == ("published", making.QUESTION)
    assert done.published_at is not None
    assert (done.published_at.minute, done.published_at.second) == (0, 0)
    await _nobody_is_to_be_read(people, insight)
    (heron,) = [row for row in await making.quotes(people, insight) if row.alias]
    assert (heron.named, heron.member_id) == (False, None)
    assert heron.answered_at is not None
    assert heron.answered_at.minute == 0


async def test_whoever_asked_under_an_alias_makes_and_takes_back_the_card_of_it(world: World):
    people = await found(world)
    insight = await offered(people, made_by=None, alias="Heron")
    assert (await hand_in(people, "Ada", insight)).ok
    assert [each.made_by for each in await making.versions(people, insight)] == [None]
    await world.move(hours=2)
    for name in ("Ben", "Cleo"):
        assert "Somebody would like to keep" in people.last(name)["text"]
        assert "Ada" not in walk.said(people.last(name))
        await people.press(name, "archive.fine_named")
    await world.move(hours=2)
    assert "is in the archive now" in people.last("Ada")["text"]
    assert "Take back" in walk.said(await people.home("Ada", "cards"))
    assert "Take back" not in walk.said(await people.home("Ben", "cards"))
    await _nobody_is_to_be_read(people, insight)


async def _nobody_is_to_be_read(people: making.People, insight: Insight) -> None:
    """No column of ours leads from the card to Ada, nor from what was sent to Ada to the card."""
    ada = people.ids["Ada"]
    async with people.database.reading() as session:
        for model in (Insight, InsightVersion, InsightQuote, InsightPiece):
            for row in (await session.execute(select(model.__table__))).mappings():
                links = {key: each for key, each in row.items() if key in ("made_by", "member_id")}
                assert ada not in links.values(), (model.__tablename__, links)
        sent = (await session.execute(text("SELECT subject, dedupe_key, member_ids, kind FROM deliveries"))).mappings()
        ours = [row for row in sent if row["kind"].startswith("archive.")]
        subjects = {row["subject"] for row in ours}
        assert any(str(ada) in json.dumps(row["member_ids"]) for row in ours), "the test would prove nothing"
        assert not [each for each in subjects if each.startswith(f"insight:{insight.id}:")]
        keys = (await session.execute(text("SELECT person FROM insight_pieces"))).scalars()
        assert not [key for key in keys if bytes(key).hex() in str([dict(row) for row in ours])]
