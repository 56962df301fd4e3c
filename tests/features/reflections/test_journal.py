"""A journal in App Home: pages, months, search, changing in two windows, removing; for its writer alone."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.db import Database
from bot.errors import Gone
from bot.features.reflections.journal import store
from bot.features.reflections.journal.rules import Part, Words
from bot.features.reflections.models import Reflection
from bot.members.models import Member
from bot.slack.models import HomeTab
from tests.conftest import MONDAY
from tests.features.reflections import writing
from tests.members import walk
from tests.programs.conftest import workspace
from tests.world import World


async def filled(world: World, user: str, *texts: str, mood: str = "", back: int = 0) -> None:
    """Entries of somebody, one a day, the last one `back` days ago."""
    member = await writing.member_of(world, user)
    today = world.clock().date() - timedelta(days=back)
    for place, text in enumerate(texts):
        async with world.bot.database.transaction() as session:
            day = today - timedelta(days=len(texts) - 1 - place)
            words = Words((Part(text),), mood)
            await store.keep(session, member.workspace_id, member.id, words, today=day, now=world.clock())


async def test_the_front_page_invites_then_counts_and_opens_nothing(world: World):
    (ada,) = await writing.joined(world, "Ada")
    front = walk.said(await walk.open_home(world, ada))
    assert "Two sentences about what worked today" in front
    await writing.press_home(world, ada, "reflections.write")
    await writing.hand_in(world, ada, writing.words("A canary in the journal."))
    front = walk.said(await walk.open_home(world, ada))
    assert "The last one is from Monday 2 March. One this month." in front
    assert "canary" not in front


async def test_the_front_page_shows_todays_question_until_it_is_answered(world: World):
    (ada,) = await writing.joined(world, "Ada")
    await writing.asked_weekly(world, ada)
    await writing.to_the_next_question(world, ada)
    assert "What worked today or this week" in walk.said(await walk.open_home(world, ada))
    await writing.press_home(world, ada, "reflections.answer")
    await writing.hand_in(world, ada, writing.words("The questions I sent before."))
    assert "What worked today or this week" not in walk.said(await walk.open_home(world, ada))


async def test_the_journal_is_paged_newest_first(world: World):
    (ada,) = await writing.joined(world, "Ada")
    await filled(world, ada, *[f"Entry number {number}." for number in range(1, 20)], mood="even")
    first = await writing.go(world, ada, "journal")
    assert first.index("Entry number 19.") < first.index("Entry number 12.")
    assert "Entry number 11." not in first
    assert "Mood by week" in first
    await writing.press_home(world, ada, "reflections.turn_on")
    assert "Entry number 11." in walk.said(walk.look(world, ada))
    assert "Entry number 1." in await writing.go(world, ada, "journal:page:999999")
    assert "Entry number 19." in await writing.go(world, ada, "journal:page:x")


async def test_a_month_is_shown_as_days_and_leads_to_an_entry(world: World):
    (ada,) = await writing.joined(world, "Ada")
    await filled(world, ada, "In February.", mood="good", back=10)
    await filled(world, ada, "In March.", mood="low")
    february = await writing.go(world, ada, "journal:month:2026-02")
    assert "One entry on one day. Mood: good once." in february
    assert "20▆" in february
    (entry, _) = await writing.entries(world, ada)
    await walk.press(world, ada, action_id="reflections.open_day", selected=str(entry.id))
    await world.settle()
    assert "In February." in walk.said(walk.look(world, ada))
    assert "2▂" in await writing.go(world, ada, "journal:month:nonsense")


async def test_search_finds_words_without_their_accents_and_says_how_many(any_world: World):
    world = any_world
    (ada,) = await writing.joined(world, "Ada")
    await filled(world, ada, "Le Café était fermé.", "Nothing of that kind.", "Straße und CAFÉ.")
    await writing.go(world, ada, "journal")
    await writing.press_home(world, ada, "reflections.search")
    reply = await writing.hand_in(world, ada, {"query": {"query": "cafe"}})
    assert reply.ok
    found = walk.said(walk.modal(world, ada))
    assert "Two entries." in found
    assert "Le Café était fermé." in found
    assert "Nothing of that kind." not in found
    await writing.hand_in(world, ada, {"query": {"query": "STRASSE cafe"}})
    assert "One entry." in walk.said(walk.modal(world, ada))
    await walk.press(world, ada, view_id=walk.modal(world, ada)["id"], action_id="reflections.read")
    assert "Straße und CAFÉ." in walk.said(walk.modal(world, ada))
    await world.acts.close(ada, walk.modal(world, ada)["id"])
    await writing.hand_in(world, ada, {"query": {"query": "giraffe"}})
    assert "Nothing with all of these words." in walk.said(walk.modal(world, ada))
    async with world.bot.database.reading() as session:
        places = (await session.execute(select(HomeTab.place))).scalars().all()
    assert places == ["journal"]


async def test_the_second_of_two_windows_is_told_and_overwrites_nothing(world: World):
    (ada,) = await writing.joined(world, "Ada")
    await writing.write(world, ada, "As it was.")
    (entry,) = await writing.entries(world, ada)
    await writing.go(world, ada, f"journal:entry:{entry.id}")
    await walk.press(world, ada, action_id="reflections.change")
    first = await world.acts.submit(ada, walk.modal(world, ada)["id"], writing.words("From the first window."))
    assert first.ok
    assert first.request is not None
    view = json.loads(json.dumps(first.request.payload["view"]))
    view["id"], view["state"]["values"]["words"]["words"]["value"] = "V0OTHER", "From the second."
    second = await world.acts.resend(first.request, payload=first.request.payload | {"view": view})
    assert "changed in another window at 08:00" in second.body["errors"]["words"]
    assert await writing.texts(world, ada) == ["From the first window."]


async def test_a_change_that_slack_repeats_is_no_second_window(world: World):
    (ada,) = await writing.joined(world, "Ada")
    await writing.write(world, ada, "As it was.")
    (entry,) = await writing.entries(world, ada)
    await writing.go(world, ada, f"journal:entry:{entry.id}")
    await walk.press(world, ada, action_id="reflections.change")
    reply = await world.acts.submit(ada, walk.modal(world, ada)["id"], writing.words("Changed."))
    assert reply.request is not None
    answer = await world.acts.resend(reply.request)
    assert answer.ok
    assert "errors" not in str(answer.body)
    assert (await writing.entries(world, ada))[0].version == 2


async def test_remove_is_for_good_and_leads_back_to_the_journal(world: World):
    (ada,) = await writing.joined(world, "Ada")
    await writing.write(world, ada, "Not to be kept.")
    (entry,) = await writing.entries(world, ada)
    assert "Not to be kept." in await writing.go(world, ada, f"journal:entry:{entry.id}")
    await writing.press_home(world, ada, "reflections.remove")
    assert "Nothing here yet." in walk.said(walk.look(world, ada))
    async with world.bot.database.reading() as session:
        assert (await session.execute(select(Reflection.id))).first() is None
    assert "not in your journal any more" in await writing.go(world, ada, f"journal:entry:{entry.id}")


async def test_an_entry_of_another_workspace_or_member_is_not_there(database: Database):
    async with database.transaction() as session:
        here, there = await workspace(session, "T1"), await workspace(session, "T2")
        for home, name in ((here, "Ada"), (here, "Eve"), (there, "Una")):
            session.add(Member(workspace_id=home.id, slack_id=f"U{name}", name=name, tz="UTC", is_guest=False))
        await session.flush()
        ids = dict((await session.execute(select(Member.name, Member.id))).all())
        row = await store.keep(
            session, here.id, ids["Ada"], Words((Part("Mine."),)), today=date(2026, 3, 2), now=MONDAY
        )
    async with database.reading() as session:
        assert (await store.opened(session, [await store.own(session, here.id, ids["Ada"], row.id)]))[
            0
        ].words.text == "Mine."
        for workspace_id, member_id in ((here.id, ids["Eve"]), (there.id, ids["Ada"]), (there.id, ids["Una"])):
            with pytest.raises(Gone):
                await store.own(session, workspace_id, member_id, row.id)
            assert await store.page(session, workspace_id, member_id, number=0, size=8) == ([], 0)
            assert await store.search(session, workspace_id, member_id, "mine") == ([], 0)


async def test_nobody_writes_without_being_in(world: World):
    zoe = world.person("Zoe")
    await world.acts.shortcut(zoe, "reflections.write")
    assert world.side is not None
    await world.side.quiet()
    assert "You are not in Perennial yet" in walk.said(walk.modal(world, zoe))
