"""A teller's page is theirs alone until they share it: then the host reads it, for as long as it is shared."""

from pathlib import Path

import pytest

from bot.gatherings import acts
from tests.features.storytelling.evening import Company, promised, shown
from tests.members import walk
from tests.world import World

CANARY = "kanarienvogel"
WRITTEN = {
    "title": f"{CANARY} title",
    "broke": f"{CANARY} broke",
    "changed": f"{CANARY} changed",
    "attempt": f"{CANARY} attempt",
    "questions": f"{CANARY} questions",
}


async def prepare(at: Company, name: str, **words: str) -> None:
    """Open one's page, write, and leave it open."""
    await at.click(name, "storytelling.prepare")
    assert not (await at.submit(name, words)).errors


async def telling_of(at: Company, name: str) -> str:
    (mine,) = [each for each in await at.turns(await at.session(), "accepted") if at.who(each.member_id) == name]
    return str(mine.id)


async def test_a_canary_in_a_page_shared_or_not_is_in_no_file_and_no_log(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
):
    at, _, (name, _) = await promised(world, people=2)
    await prepare(at, name, **WRITTEN)
    assert CANARY not in at.form(name)["private_metadata"]
    await at.click_in_form(name, "storytelling.share_page")
    await world.move(hours=1)
    await at.click("Lead", "storytelling.read_page")
    assert CANARY in walk.said(at.form("Lead")), "the test would prove nothing"
    assert CANARY not in str(at.messages("Lead"))

    out = capsys.readouterr()
    assert CANARY not in out.out + out.err + caplog.text
    files = [path for path in tmp_path.rglob("perennial.db*") if path.is_file()]
    assert {path.name for path in files} >= {"perennial.db", "perennial.db-wal"}
    for path in files:
        assert CANARY.encode() not in path.read_bytes(), path.name


async def test_nobody_reads_it_before_it_is_shared_and_nobody_but_hosts_and_leads_after(world: World, golden):
    at, first, (name, other) = await promised(world, people=3)
    await prepare(at, name, **WRITTEN)
    value = await telling_of(at, name)
    for reader in (other, "Lead"):
        assert "not shared" in await at.refused(reader, "storytelling.read_page", value)
        assert CANARY not in await at.refused(reader, "storytelling.prepare", value)
    assert "Read it" not in await at.page("Lead", first)
    await at.click_in_form(name, "storytelling.share_page")
    golden("storytelling/page_shared", shown(at.message("Lead", "storytelling.read_page")))
    assert "Read it" in await at.page("Lead", first)
    assert "not shared" in await at.refused(other, "storytelling.read_page", value)
    await at.forge("Lead", "storytelling.read_page", value)
    assert f"{CANARY} broke" in walk.said(at.form("Lead"))


async def test_what_is_not_shared_any_more_is_not_read_any_more(world: World):
    at, first, (name, _) = await promised(world, people=2)
    await prepare(at, name, broke="It broke")
    await at.click_in_form(name, "storytelling.share_page")
    await at.submit(name, {"broke": "It broke at noon"})
    value = await telling_of(at, name)
    await at.forge("Lead", "storytelling.read_page", value)
    assert "It broke at noon" in walk.said(at.form("Lead"))
    await world.acts.close(at.users["Lead"], at.form("Lead")["id"])
    await at.click_in_form(name, "storytelling.unshare_page")
    assert "Only you can read it" in walk.said(at.form(name))
    assert "not shared any more" in await at.refused("Lead", "storytelling.read_page", value)
    assert "Read it" not in await at.page("Lead", first)


async def test_two_windows_at_once_lose_nothing(any_world: World):
    at, _, (name, _) = await promised(any_world, people=2)
    await at.click(name, "storytelling.prepare")
    elsewhere = at.form(name)
    assert not (await at.submit(name, {"broke": "The first window"})).errors
    answer = await at.submit_elsewhere(name, elsewhere, {"broke": "The second window"})
    assert "nothing was overwritten" in str(answer["errors"])
    stale = at.form(name)
    assert not (await at.submit(name, {"broke": "The first window again"})).errors
    answer = await at.submit_elsewhere(name, stale, {"broke": "The second window again"})
    assert "nothing was overwritten" in str(answer["errors"])
    await any_world.acts.close(at.users[name], at.form(name)["id"])
    await at.click(name, "storytelling.prepare")
    assert "The first window again" in str(at.form(name))


async def test_what_was_written_waits_for_a_teller_who_steps_back_and_returns(world: World):
    at, _, (name, _) = await promised(world, people=2)
    await prepare(at, name, broke="It broke at noon")
    await world.acts.close(at.users[name], at.form(name)["id"])
    value = await telling_of(at, name)
    await at.click(name, "storytelling.step_back")
    assert "What you wrote is kept" in await at.refused(name, "storytelling.prepare", value)
    await at.click(name, "storytelling.after_all")
    await at.click(name, "storytelling.prepare")
    assert "It broke at noon" in str(at.form(name))


async def test_when_a_teller_leaves_nobody_reads_their_page_any_more(world: World):
    at, _, (name, _) = await promised(world, people=2)
    await prepare(at, name, broke="It broke")
    await at.click_in_form(name, "storytelling.share_page")
    value = await telling_of(at, name)
    await at.leave(name)
    assert "not shared any more" in await at.refused("Lead", "storytelling.read_page", value)


async def test_a_page_whose_turn_is_given_back_is_private_again_also_when_the_turn_comes_back(world: World):
    at, _, (name, _) = await promised(world, people=2)
    await prepare(at, name, broke="It broke at noon")
    await at.click_in_form(name, "storytelling.share_page")
    await world.acts.close(at.users[name], at.form(name)["id"])
    value = await telling_of(at, name)
    await at.click(name, "storytelling.step_back")
    assert "not shared any more" in await at.refused("Lead", "storytelling.read_page", value)
    await at.click(name, "storytelling.after_all")
    assert "not shared any more" in await at.refused("Lead", "storytelling.read_page", value), "sharing is theirs to do"


async def test_a_page_of_a_session_that_was_called_off_is_read_by_nobody(world: World):
    at, first, (name, _) = await promised(world, people=2)
    await prepare(at, name, broke="It broke at noon")
    await at.click_in_form(name, "storytelling.share_page")
    value = await telling_of(at, name)
    await at.home("Lead", f"gathering:{first.id}")
    await at.press_home("Lead", acts.CALL_OFF)
    assert "not shared any more" in await at.refused("Lead", "storytelling.read_page", value)
