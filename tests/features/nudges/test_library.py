"""The library: what a nudge must be, what a broken file says, and what a workspace's own changes do to it."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.app import Perennial
from bot.content import load
from bot.db import Database
from bot.errors import Gone, TooLate, WrongSetting
from bot.features.nudges import entries, library
from bot.features.nudges.library import MOMENTS, ROLES, Entry, built_in, steps, themes, themes_of_skills
from bot.features.nudges.rules import ANY, URGENCY
from bot.members.models import Member, Workspace
from bot.settings import Settings
from bot.vault import Vault, new_key

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
GOOD: dict[str, Any] = {
    "slug": "ask-the-night-shift",
    "for": ["peer"],
    "themes": ["networking"],
    "title": "Ask the night shift one thing",
    "act": "Ask one colleague of the night shift what they see.",
    "why": "They see the same work from its other end.",
}


def test_there_are_at_least_a_hundred_and_fifty_for_everybody_and_every_moment():
    nudges = built_in().values()
    assert len(nudges) >= 150
    assert len({each.title for each in nudges}) == len(nudges)
    for role in ROLES:
        assert sum(role in each.roles for each in nudges) >= 60
    for moment in MOMENTS:
        assert sum(each.moment == moment for each in nudges) >= 8
    assert min(Counter(each.themes[0] for each in nudges).values()) >= 8
    assert set(MOMENTS) == {ANY, *URGENCY}


def test_a_peer_who_gets_two_a_week_never_runs_out():
    assert sum("peer" in each.roles and each.moment == "any" for each in built_in().values()) > 2 * 26


def test_none_is_longer_than_sixty_words_or_cheers():
    for each in built_in().values():
        text = f"{each.title} {each.act} {each.why}"
        assert len(text) < 500
        assert len(text.split()) <= 60
        assert "!" not in text


def test_nobodys_mentor_is_taken_for_granted():
    for each in built_in().values():
        assert "your mentor" not in each.act.lower()
        assert "your mentee" not in each.act.lower()


def test_the_training_has_its_six_steps_in_order():
    assert [each.slug for each in steps()] == [
        "listening", "inclusive-language", "goal-setting", "feedback", "boundaries", "ending-well",
    ]  # fmt: skip


def test_a_skill_whose_name_means_a_theme_is_found():
    found = themes_of_skills(["saying-no", "sql", "giving-feedback"])
    assert found["saying-no"] == "saying-no"
    assert found["giving-feedback"] == found["receiving-feedback"] == "giving-feedback"
    assert "sql" not in found.values()
    assert themes()["saying-no"].name == "saying no"


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("slug", "Ask One", "slug"),
        ("for", ["boss"], "for.0"),
        ("for", [], "for"),
        ("themes", ["weather"], "themes.0"),
        ("themes", ["plateau", "plateau"], "themes"),
        ("moment", "friday", "moment"),
        ("title", "x" * 61, "title"),
        ("checklist", ["only one"], "checklist"),
        ("colour", "red", "colour"),
        ("act", "x" * 349 + "y" * 2, "act"),
        ("why", None, "why"),
    ],
)
def test_a_broken_file_stops_the_start_with_file_entry_and_field(tmp_path: Path, field: str, value: Any, named: str):
    path = tmp_path / "own.yml"
    path.write_text(yaml.safe_dump([GOOD | {"slug": "fine"}, GOOD | {field: value}]), encoding="utf-8")
    with pytest.raises(WrongSetting) as caught:
        load(path, Entry)
    assert caught.value.message.startswith(f"own.yml, entry {(GOOD | {field: value})['slug']}, {named}:")
    assert "\n" not in caught.value.message


def test_title_act_and_reason_share_five_hundred_characters():
    with pytest.raises(ValueError, match="together"):
        Entry.model_validate(GOOD | {"act": "x" * 340, "why": "y" * 240})


def test_two_of_one_name_stop_the_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    path = tmp_path / "twice.yml"
    path.write_text(yaml.safe_dump([GOOD, GOOD]), encoding="utf-8")
    monkeypatch.setattr(library, "NUDGES", (path,))
    with pytest.raises(WrongSetting, match=r"twice\.yml, entry ask-the-night-shift, slug"):
        built_in.__wrapped__()


def test_the_bot_does_not_start_on_a_broken_library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    path = tmp_path / "broken.yml"
    path.write_text(yaml.safe_dump([GOOD | {"moment": "friday"}]), encoding="utf-8")
    monkeypatch.setattr(library, "NUDGES", (path,))
    settings = Settings(
        _env_file=None, slack_bot_token="xoxb-1", slack_signing_secret="s", database_url=f"sqlite:///{tmp_path}/p.db"
    )
    built_in.cache_clear()
    try:
        with pytest.raises(WrongSetting, match=r"broken\.yml, entry ask-the-night-shift, moment"):
            Perennial(settings, Vault.from_setting(new_key()))
    finally:
        built_in.cache_clear()


async def lead_in(database: Database, team: str = "T1") -> tuple[int, int]:
    async with database.transaction() as session:
        workspace = Workspace(team_id=team, name=team, installed_at=NOW, options={})
        session.add(workspace)
        await session.flush()
        member = Member(workspace_id=workspace.id, slack_id="U1", name="Lead")
        session.add(member)
        await session.flush()
        return workspace.id, member.id


async def test_what_a_lead_writes_is_kept_for_their_workspace_alone(database: Database):
    here, lead = await lead_in(database)
    there, _ = await lead_in(database, "T2")
    async with database.transaction() as session:
        await entries.keep(session, here, Entry.model_validate(GOOD), lead_id=lead, version=0, now=NOW)
    async with database.reading() as session:
        found = await entries.find(session, here, GOOD["slug"])
        assert found is not None
        assert (found.by_lead, found.off, found.version) == (True, False, 1)
        assert await entries.find(session, there, GOOD["slug"]) is None
        assert len(await entries.shelf(session, there)) == len(built_in())
        assert len(await entries.shelf(session, here)) == len(built_in()) + 1


async def test_one_of_ours_is_switched_off_changed_and_restored(database: Database):
    here, lead = await lead_in(database)
    slug = "one-word-of-theirs"
    async with database.transaction() as session:
        await entries.switch(session, here, slug, off=True, lead_id=lead, now=NOW)
    async with database.transaction() as session:
        assert (await entries.shelf(session, here))[slug].off
        changed = Entry.model_validate(GOOD | {"slug": slug})
        await entries.keep(session, here, changed, lead_id=lead, version=1, now=NOW)
    async with database.transaction() as session:
        found = (await entries.shelf(session, here))[slug]
        assert (found.entry.title, found.by_lead, found.off) == (GOOD["title"], True, False)
        await entries.restore(session, here, slug, lead_id=lead, now=NOW)
    async with database.reading() as session:
        found = (await entries.shelf(session, here))[slug]
        assert (found.entry, found.by_lead) == (built_in()[slug], False)


async def test_the_second_of_two_windows_is_told_and_overwrites_nothing(database: Database):
    here, lead = await lead_in(database)
    entry = Entry.model_validate(GOOD)
    async with database.transaction() as session:
        await entries.keep(session, here, entry, lead_id=lead, version=0, now=NOW)
    with pytest.raises(TooLate, match="while your form was open"):
        async with database.transaction() as session:
            other = entry.model_copy(update={"title": "Another title"})
            await entries.keep(session, here, other, lead_id=lead, version=0, now=NOW)
    async with database.reading() as session:
        found = await entries.find(session, here, entry.slug)
        assert found is not None and found.entry.title == GOOD["title"]


async def test_nothing_is_switched_that_does_not_exist(database: Database):
    here, lead = await lead_in(database)
    with pytest.raises(Gone):
        async with database.transaction() as session:
            await entries.switch(session, here, "no-such-nudge", off=True, lead_id=lead, now=NOW)
