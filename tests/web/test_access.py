"""Who gets in to the web pages, and how: a link from Slack for one person, once, and asked again at every page."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.members import changes
from bot.members import store as members
from bot.members.models import Workspace
from bot.web.access import make_link
from bot.web.access.models import PageSession, SpentLink
from tests.web.reading import Readers
from tests.world import World

PAGES = ["/insights", "/insights/1", "/insights/kept", "/insights/collections/new-in-the-role"]


async def rows(readers: Readers, model: type) -> list:
    async with readers.world.bot.database.reading() as session:
        return list((await session.execute(select(model))).scalars())


async def test_a_link_asks_first_and_continue_lets_its_person_in_for_twelve_hours(any_readers: Readers):
    link = await any_readers.link("Ada Lovelace")
    async with any_readers.browser() as browser:
        asked = await browser.get(link)
        assert (asked.status, asked.title) == (200, "Continue as Ada Lovelace?")
        assert browser.cookies == {} and await rows(any_readers, SpentLink) == []
        entered = await browser.post(link)
        assert (entered.status, entered.to) == (303, "/insights")
        cookie = entered.headers["Set-Cookie"]
        assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Max-Age=43200" in cookie
        assert (await browser.get("/insights")).status == 200
        await any_readers.world.move(hours=11, minutes=59)
        assert (await browser.get("/insights")).status == 200
        await any_readers.world.move(minutes=1)
        assert (await browser.get("/insights")).title == "Come in from Slack"


async def test_robots_that_look_at_a_link_use_nothing_up(readers: Readers):
    link = await readers.link("Ada Lovelace")
    for _ in range(3):
        async with readers.browser() as robot:
            await robot.get(link)
            assert (await robot._ask("HEAD", link)).status == 200
            assert robot.cookies == {}
    async with readers.browser() as browser:
        assert (await browser.come_in(link)).status == 200


async def test_a_link_lets_one_browser_in_however_many_press_at_once(any_readers: Readers):
    link = await any_readers.link("Ada Lovelace")
    browsers = [any_readers.browser() for _ in range(5)]
    try:
        answers = await asyncio.gather(*(browser.post(link) for browser in browsers))
        assert sorted(answer.status for answer in answers) == [303, 410, 410, 410, 410]
        assert {a.title for a in answers if a.status == 410} == {"This link was used before"}
        assert len(await rows(any_readers, PageSession)) == 1
        again = next(browser for browser, answer in zip(browsers, answers, strict=True) if answer.status == 410)
        assert (await again.get(link)).title == "This link was used before"
    finally:
        for browser in browsers:
            await browser.http.close()


async def test_a_link_ends_after_ten_minutes(readers: Readers):
    link = await readers.link("Ada Lovelace")
    await readers.world.move(minutes=9, seconds=59)
    async with readers.browser() as browser:
        assert (await browser.get(link)).status == 200
        await readers.world.move(seconds=1)
        for answer in (await browser.get(link), await browser.post(link)):
            assert (answer.status, answer.title) == (410, "This link has ended")
        assert browser.cookies == {}


async def test_a_link_that_was_changed_by_one_letter_leads_nowhere(readers: Readers):
    link = await readers.link("Ada Lovelace")
    token = link.rsplit("/", 1)[1]
    at = len(token) // 2
    forged = [token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :], "", "x", token[:-9], "a" * 3000, "%00"]
    async with readers.browser() as browser:
        for one in forged:
            for answer in (await browser.get(f"/enter/{one}"), await browser.post(f"/enter/{one}")):
                assert answer.status == 404
        assert browser.cookies == {}


async def test_nobody_gets_in_without_one_and_no_page_says_what_is_behind_it(readers: Readers):
    async with readers.browser() as browser:
        for path in PAGES:
            answer = await browser.get(path)
            assert (answer.status, answer.title) == (401, "Come in from Slack")
        for cookies in ({"perennial_reader": "forged"}, {"perennial_reader": ""}, {"perennial_reader": "é;" * 50}):
            browser.http.cookie_jar.update_cookies(cookies)
            assert (await browser.get("/insights")).status == 401


async def test_a_session_ends_with_membership_at_the_next_page(readers: Readers):
    now = readers.world.clock()
    async with readers.browser() as browser:
        assert (await browser.come_in(await readers.link("Ada Lovelace"))).status == 200
        link = await readers.link("Ada Lovelace")
        for facts in ({"left_at": now}, {"deactivated_at": now}, {"is_guest": True}, {"joined_at": None}):
            before = dict.fromkeys(facts, None) | ({"is_guest": False} if "is_guest" in facts else {})
            await readers.change("Ada Lovelace", **facts)
            assert (await browser.get("/insights")).status == 401, facts
            async with readers.browser() as another:
                for answer in (await another.get(link), await another.post(link)):
                    assert (answer.status, answer.title) == (403, "You are not in Perennial at the moment")
                assert another.cookies == {}
            await readers.change("Ada Lovelace", **(before | ({"joined_at": now} if "joined_at" in facts else {})))
            assert (await browser.get("/insights")).status == 200
        for state in ("stopped", "uninstalled"):
            async with readers.world.bot.database.transaction() as session:
                await session.execute(update(Workspace).values(state=state))
            assert (await browser.get("/insights")).status == 401


async def test_who_comes_back_after_leaving_is_not_signed_in_by_an_old_browser(readers: Readers):
    async with readers.browser() as browser:
        await browser.come_in(await readers.link("Ada Lovelace"))
        async with readers.world.bot.database.transaction() as session:
            ada = await members.by_id(session, readers.workspace_id, readers.ids["Ada Lovelace"], lock=True)
            await changes.leave(session, ada, now=readers.world.clock())
            await changes.join(session, ada, now=readers.world.clock())
        assert (await browser.get("/insights")).status == 401


async def test_a_link_for_somebody_else_says_so_before_it_changes_who_reads(readers: Readers):
    async with readers.browser() as browser:
        await browser.come_in(await readers.link("Ada Lovelace"))
        link = await readers.link("Ben Okri", "/insights/kept")
        asked = await browser.get(link)
        assert "Until now this browser reads as Ada Lovelace" in asked.said
        page = await browser.come_in(link)
        assert page.path == "/insights/kept" and "You read as Ben Okri" in page.said
        assert len(await rows(readers, PageSession)) == 1


async def test_a_second_link_for_the_same_person_goes_straight_on_and_stays_unused(readers: Readers):
    async with readers.browser() as browser:
        await browser.come_in(await readers.link("Ada Lovelace"))
        answer = await browser.get(await readers.link("Ada Lovelace", "/insights/kept"))
        assert (answer.status, answer.to) == (303, "/insights/kept")
    assert len(await rows(readers, SpentLink)) == 1


async def test_a_form_on_another_site_changes_nothing(readers: Readers):
    link = await readers.link("Ada Lovelace")
    elsewhere = ("https://evil.example", "null", None)
    async with readers.browser() as browser:
        for origin in elsewhere:
            assert (await browser.post(link, origin=origin)).title == "Nothing was changed"
        await browser.come_in(link)
        for origin in elsewhere:
            assert (await browser.post("/sign-out", origin=origin)).status == 403
            assert (await browser.post("/insights/1/keep", origin=origin, keep="1")).status == 403
        assert (await browser.get("/insights")).status == 200


async def test_signing_out_ends_the_session_also_for_a_copied_cookie(readers: Readers):
    async with readers.browser() as browser, readers.browser() as thief:
        await browser.come_in(await readers.link("Ada Lovelace"))
        thief.http.cookie_jar.update_cookies(browser.cookies)
        assert (await thief.get("/insights")).status == 200
        assert (await browser.post("/sign-out")).title == "You are signed out"
        assert browser.cookies == {}
        assert (await thief.get("/insights")).status == 401


async def test_the_database_holds_no_secret_that_opens_a_page(readers: Readers):
    link = await readers.link("Ada Lovelace")
    async with readers.browser() as browser:
        await browser.come_in(link)
        secrets = {browser.cookies["perennial_reader"].encode(), link.rsplit("/", 1)[1].encode()}
    (session,) = await rows(readers, PageSession)
    (spent,) = await rows(readers, SpentLink)
    assert not secrets & {session.token_hash, spent.token_hash}
    assert len(session.token_hash) == len(spent.token_hash) == 32


async def test_what_is_over_is_forgotten(any_readers: Readers):
    async with any_readers.browser() as browser:
        await browser.come_in(await any_readers.link("Ada Lovelace"))
    await any_readers.world.move(hours=2)
    assert len(await rows(any_readers, PageSession)) == 1 and await rows(any_readers, SpentLink) == []
    await any_readers.world.move(hours=12)
    assert await rows(any_readers, PageSession) == []


async def test_the_oldest_of_more_than_ten_browsers_makes_room(readers: Readers):
    browsers = [readers.browser() for _ in range(11)]
    try:
        for browser in browsers:
            await browser.come_in(await readers.link("Ada Lovelace"))
        assert [(await browser.get("/insights")).status for browser in browsers] == [401, *[200] * 10]
    finally:
        for browser in browsers:
            await browser.http.close()


async def test_every_page_keeps_to_itself(readers: Readers):
    async with readers.browser() as browser:
        link = await readers.link("Ada Lovelace")
        answers = [await browser.get("/insights"), await browser.get(link), await browser.post(link)]
        answers += [await browser.get("/insights"), await browser.get("/insights/999")]
        for answer in answers:
            headers = {name.lower(): value for name, value in answer.headers.items()}
            assert "script-src" not in headers["content-security-policy"]
            assert headers["content-security-policy"].startswith("default-src 'none'")
            assert headers["x-frame-options"] == "DENY" and headers["cache-control"] == "no-store"
            assert headers["referrer-policy"] == "same-origin" and headers["x-content-type-options"] == "nosniff"
            assert "<script" not in answer.html and " style=" not in answer.html and " on" not in answer.title


async def test_with_https_the_cookie_travels_encrypted_only(sqlite_url: str, world: World):
    await world.start_bot(perennial_base_url="https://mentoring.example.com/perennial/")
    readers = Readers(world, 1)
    await readers.add("Ada Lovelace")
    link = await readers.link("Ada Lovelace", "/insights/kept")
    assert link.startswith("https://mentoring.example.com/perennial/enter/")
    async with readers.browser() as browser:
        path = link.removeprefix("https://mentoring.example.com/perennial")
        entered = await browser.post(path, origin="https://mentoring.example.com")
        assert entered.to == "/perennial/insights/kept"
        assert entered.headers["Set-Cookie"].startswith("__Host-perennial_reader=")
        assert "Secure" in entered.headers["Set-Cookie"] and "Path=/;" in entered.headers["Set-Cookie"]


async def test_without_an_address_there_are_no_pages_and_no_links(world: World):
    assert world.side is not None
    readers = Readers(world, 1)
    await readers.add("Ada Lovelace")
    async with world.bot.database.reading() as session:
        assert await make_link(session, 1, readers.ids["Ada Lovelace"], "/insights", world.clock()) is None
    async with readers.browser() as browser:
        for path in (*PAGES, "/enter/x", "/sign-in"):
            assert (await browser.get(path)).status == 404


async def test_a_link_never_leads_away(readers: Readers):
    async with readers.world.bot.database.reading() as session:
        with pytest.raises(ValueError, match="page of ours"):
            await make_link(session, 1, 1, "//evil.example", readers.world.clock() + timedelta(0))
