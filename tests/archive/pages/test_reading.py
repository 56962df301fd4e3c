"""The archive in the browser: found, read, kept; words stay words, and what is not published is not there."""

from datetime import timedelta

from sqlalchemy import select

from bot.archive import cards
from bot.archive.models import Bookmark, Insight, Trial
from bot.members import workspaces
from tests.archive.pages.cards import NO, publish
from tests.web.reading import Browser, Readers

BAD = "<script>alert('x')</script> & <img src=x onerror=alert(1)> \"{{ 7777 * 7777 }}\" <!channel>"


async def add(readers: Readers, question: str = NO, **facts) -> int:
    facts = {"now": readers.world.clock()} | facts
    return await publish(readers.world.bot.database, facts.pop("workspace_id", readers.workspace_id), question, **facts)


async def come_in(readers: Readers, browser: Browser, name: str = "Ada Lovelace", path: str = "/insights"):
    return await browser.come_in(await readers.link(name, path))


async def test_an_empty_archive_says_how_it_fills(readers: Readers):
    async with readers.browser() as browser:
        page = await come_in(readers, browser)
        assert (page.status, page.title) == (200, "Insights")
        assert "The archive is still empty" in page.said
        assert "Nothing yet" in (await browser.get("/insights/kept")).said
        none = await browser.get("/insights?q=negotiating")
        assert "Nothing found" in none.said and "Ask mentors in Slack" in none.said


async def test_a_card_is_found_by_its_words_and_read_whole(any_readers: Readers):
    card = await add(any_readers, named=[any_readers.ids["Ben Okri"]], worked=3, tried=4)
    await add(
        any_readers, "How do I prepare a talk in two evenings?", tags=[("skill", "Speaking")], gist="Begin at the end."
    )
    async with any_readers.browser() as browser:
        front = await come_in(any_readers, browser)
        assert front.said.index("prepare a talk") < front.said.index("say no to a client")
        found = await browser.get("/insights?q=client+no")
        assert "One card" in found.said and f'href="/insights/{card}"' in found.html
        assert "prepare a talk" not in found.said
        page = await browser.get(f"/insights/{card}")
        assert page.title == NO
        for words in (
            "From a question that was answered, March 2026. In the words of Ben Okri",
            "Say what you can do instead",
            "What to try Write the sentence down first. Offer one smaller thing Name the date",
            "Negotiating Saying no",
            "Worked for three of the four who told",
        ):
            assert words in page.said
        assert "<li>Offer one smaller thing</li>" in page.html


async def test_filters_narrow_a_search_down(readers: Readers):
    now = readers.world.clock()
    ben = readers.ids["Ben Okri"]
    await add(readers, "One about talks", tags=[("skill", "Speaking")], named=[ben], worked=1, tried=1)
    await add(readers, "Two about talks", tags=[("industry", "Health")], now=now - timedelta(days=200))
    await add(readers, "Three about talks", tags=[("challenge", "Stage fright")])
    async with readers.browser() as browser:
        front = await come_in(readers, browser)
        assert f'value="{readers.world.users["Ben Okri"]}">Ben Okri' in front.html
        for query, found in {
            "q=talks": {"One", "Two", "Three"},
            "q=talks&tag=speaking": {"One"},
            "tag=stage-fright": {"Three"},
            f"who={readers.world.users['Ben Okri']}": {"One"},
            "q=talks&worked=1": {"One"},
            "q=talks&months=3": {"One", "Three"},
            "months=12": {"One", "Two", "Three"},
            "q=talks&tag=unknown": set(),
            "q=talks&who=U0NOBODY": set(),
        }.items():
            page = await browser.get(f"/insights?{query}")
            assert page.status == 200
            assert {word for word in ("One", "Two", "Three") if f"{word} about talks" in page.said} == found, query
        page = await browser.get("/insights?q=talks&tag=speaking")
        assert (
            '<option value="speaking" selected>Speaking (1)</option>' in page.html
            and '<details class="filters" open>' in page.html
        )


async def test_a_misspelt_word_is_corrected_and_that_is_said(readers: Readers):
    await add(readers, "Negotiating with a supplier")
    async with readers.browser() as browser:
        await come_in(readers, browser)
        page = await browser.get("/insights?q=negociating")
        assert "No card says “negociating”, so this is what “negotiating” finds" in page.said
        assert "Negotiating with a supplier" in page.said
        assert 'href="/insights?q=negociating&amp;exactly=1"' in page.html
        assert "Nothing found" in (await browser.get("/insights?q=negociating&exactly=1")).said


async def test_many_cards_come_in_pages(readers: Readers):
    for each in range(12):
        await add(readers, f"Talk number {each}")
    async with readers.browser() as browser:
        await come_in(readers, browser)
        first = await browser.get("/insights?q=talk")
        assert "12 cards" in first.said and first.html.count("<article") == 10 and 'rel="prev"' not in first.html
        assert 'href="/insights?q=talk&amp;page=2"' in first.html
        second = await browser.get("/insights?q=talk&page=2")
        assert second.html.count("<article") == 2 and 'rel="next"' not in second.html and 'rel="prev"' in second.html
        assert "no cards this far back" in (await browser.get("/insights?q=talk&page=9")).said


async def test_html_and_script_in_a_card_are_text_everywhere(readers: Readers):
    card = await add(readers, BAD, gist=BAD, tips=f"- {BAD}", tags=[("skill", "<b>bold</b>")])
    async with readers.browser() as browser:
        await come_in(readers, browser)
        await browser.post(f"/insights/{card}/keep", keep="1")
        shown = [
            "/insights",
            f"/insights/{card}",
            "/insights/kept",
            "/insights?q=alert",
            "/insights?q=%3Cscript%3Ealert(1)",
        ]
        for path in shown:
            page = await browser.get(path)
            assert page.status == 200
            assert "<script" not in page.html and "<img src=x" not in page.html and "<b>bold" not in page.html
            assert "60481729" not in page.html
        assert "&lt;script&gt;alert(" in (await browser.get(f"/insights/{card}")).html


ODD = [
    "'", '"', "%22%22%22", "a%22b", "AND OR NOT NEAR(", "*", "-", "%F0%9F%98%80", "%00", "%ff%fe", "a:b ^c {d}",
    "word+" * 500, "%E2%80%AE%E2%80%8B", "'; DROP TABLE insights; --", "@@@ ### since:9999 is:worked", "x" * 9000,
]  # fmt: skip


async def test_no_search_breaks_the_page(any_readers: Readers):
    await add(any_readers)
    async with any_readers.browser() as browser:
        await come_in(any_readers, browser)
        for typed in ODD:
            page = await browser.get("/insights?q=" + typed.replace(" ", "+").replace("#", "%23"))
            assert page.status == 200 and page.title == "Insights", typed


async def test_a_card_is_reported_where_it_is_read_and_hidden_from_everybody_at_once(readers: Readers):
    world = readers.world
    await readers.add("Cleo Lead")
    await readers.change("Cleo Lead", is_lead=True)
    card = await add(readers, made_by=readers.ids["Ben Okri"])
    async with readers.browser() as ada, readers.browser() as ben:
        assert "Should others not read this?" in (await come_in(readers, ada, path=f"/insights/{card}")).said
        assert "not read this" not in (await come_in(readers, ben, "Ben Okri", f"/insights/{card}")).said
        own = await ben.post(f"/insights/{card}/report", why="")
        assert (own.status, own.title) == (409, "Nothing was reported")
        assert "You wrote that yourself" in own.said
        done = await ada.post(f"/insights/{card}/report", why=f"{BAD} I want to kill myself")
        assert (done.status, done.title) == (200, "It is hidden now")
        assert "Cleo Lead is asked to look at it" in done.said
        assert "You don’t have to carry this alone" in done.said and BAD not in done.html
        for browser in (ada, ben):
            assert (await browser.get(f"/insights/{card}")).title == "There is no card here"
        assert (await ada.post(f"/insights/{card}/report", why="once more")).status == 404
    await world.settle()
    await world.move(days=1)
    told = str(world.messages_to(world.users["Ben Okri"]))
    assert "hidden" in told and "Ada" not in told
    asked = str(world.messages_to(world.users["Cleo Lead"]))
    assert "onerror" in asked and "<script>" not in asked and "Ada" not in asked
    assert str(world.messages_to(world.users["Ada Lovelace"])).count("kill") == 0


async def test_what_is_not_published_is_not_there(readers: Readers):
    cards = [await add(readers, state=state) for state in ("draft", "asking", "withdrawn", "hidden")]
    async with readers.browser() as browser:
        await come_in(readers, browser)
        for path in (
            "/insights",
            "/insights?q=client",
            "/insights?tag=saying-no",
            "/insights?months=1",
            "/insights/kept",
        ):
            page = await browser.get(path)
            assert NO not in page.said and "Saying no (" not in page.html
        for card in cards:
            assert (await browser.get(f"/insights/{card}")).title == "There is no card here"
            for deed, form in (("keep", {"keep": "1"}), ("outcome", {"outcome": "worked"}), ("report", {"why": ""})):
                assert (await browser.post(f"/insights/{card}/{deed}", **form)).status == 404
    async with readers.world.bot.database.reading() as session:
        assert (await session.execute(select(Bookmark))).first() is None
        assert (await session.execute(select(Trial))).first() is None


async def test_a_card_that_was_kept_and_then_hidden_leaves_the_list(readers: Readers):
    card = await add(readers)
    async with readers.browser() as browser:
        await come_in(readers, browser)
        await browser.post(f"/insights/{card}/keep", keep="1")
        assert NO in (await browser.get("/insights/kept")).said
        async with readers.world.bot.database.transaction() as session:
            (await session.get_one(Insight, card)).state = "hidden"
        assert "Nothing yet" in (await browser.get("/insights/kept")).said


async def test_keeping_a_card_is_seen_by_its_keeper_alone_and_can_be_undone(any_readers: Readers):
    card = await add(any_readers)
    async with any_readers.browser() as ada, any_readers.browser() as ben:
        await come_in(any_readers, ada)
        await come_in(any_readers, ben, "Ben Okri")
        for _ in range(2):  # twice is once
            answer = await ada.post(f"/insights/{card}/keep", keep="1")
            assert (answer.status, answer.to) == (303, f"/insights/{card}#your-part")
        assert 'aria-pressed="true">Kept' in (await ada.get(f"/insights/{card}")).html
        assert "One card, the last one you kept first" in (await ada.get("/insights/kept")).said
        assert NO not in (await ben.get("/insights/kept")).said
        await ada.post(f"/insights/{card}/keep", keep="0")
        assert NO not in (await ada.get("/insights/kept")).said


async def test_how_it_went_counts_once_a_person_and_the_newest_word_stands(any_readers: Readers):
    card = await add(any_readers)
    async with any_readers.browser() as ada, any_readers.browser() as ben:
        await come_in(any_readers, ada)
        await come_in(any_readers, ben, "Ben Okri")
        for browser, outcome in ((ada, "not"), (ada, "worked"), (ada, "worked"), (ben, "partly")):
            assert (await browser.post(f"/insights/{card}/outcome", outcome=outcome)).status == 303
        assert (await ben.post(f"/insights/{card}/outcome", outcome="nonsense")).status == 404
        page = await ada.get(f"/insights/{card}")
        assert "Worked for one of the two who told" in page.said
        assert 'value="worked" aria-pressed="true"' in page.html
        await ada.post(f"/insights/{card}/outcome", outcome="back")
        page = await ada.get(f"/insights/{card}")
        assert "One person tried it; it has worked for nobody yet" in page.said and "Take it back" not in page.said


async def test_what_its_asker_told_after_a_month_goes_on_counting_when_others_tell(readers: Readers):
    card = await add(readers, source="question:7")
    async with readers.world.bot.database.transaction() as session:
        assert await cards.outcome(session, readers.workspace_id, "question:7", "worked", readers.world.clock())
    async with readers.browser() as ada:
        await come_in(readers, ada, path=f"/insights/{card}")
        for outcome, said in (
            ("not", "Worked for one of the two who told"),
            ("worked", "Worked for two people"),
            ("back", "Worked for one person"),
        ):
            await ada.post(f"/insights/{card}/outcome", outcome=outcome)
            assert said in (await ada.get(f"/insights/{card}")).said


async def test_whoever_made_a_card_does_not_say_that_it_worked(readers: Readers):
    card = await add(readers, made_by=readers.ids["Ada Lovelace"])
    async with readers.browser() as ada:
        page = await come_in(readers, ada, path=f"/insights/{card}")
        assert "Did you try it?" not in page.said and "Keep it" in page.said
        assert (await ada.post(f"/insights/{card}/outcome", outcome="worked")).status == 404


async def test_a_collection_holds_the_cards_it_is_about(readers: Readers):
    await add(readers)
    await add(readers, "How do I prepare a talk?", tags=[("skill", "Speaking")], gist="Begin at the end.", tips="")
    async with readers.browser() as browser:
        front = await come_in(readers, browser)
        assert 'href="/insights/collections/saying-no">Saying no</a>' in front.html
        shelf = await browser.get("/insights/collections/saying-no")
        assert shelf.title == "Saying no" and NO in shelf.said and "prepare a talk" not in shelf.said
        assert "No card is about this yet" in (await browser.get("/insights/collections/new-in-the-role")).said
        for made_up in ("nothing", "..", "%00", "x" * 300):
            assert (await browser.get(f"/insights/collections/{made_up}")).status == 404


async def test_an_old_card_says_that_it_is_old(readers: Readers):
    card = await add(readers, look_again_at=readers.world.clock() - timedelta(days=1))
    async with readers.browser() as browser:
        page = await come_in(readers, browser, path=f"/insights/{card}")
        assert "This is more than a year old" in page.said


async def test_a_form_larger_than_any_of_ours_is_not_read(readers: Readers):
    card = await add(readers)
    async with readers.browser() as browser:
        await come_in(readers, browser)
        assert (await browser.post(f"/insights/{card}/keep", keep="1", more="x" * 20_000)).title == "That was too long"
        assert NO not in (await browser.get("/insights/kept")).said


async def test_no_card_of_another_workspace_can_be_read_by_any_way(any_readers: Readers):
    now = any_readers.world.clock()
    async with any_readers.world.bot.database.transaction() as session:
        other = await workspaces.keep(
            session, team_id="T0OTHER", name="Elsewhere", token="xoxb-playground-other", now=now
        )
        other_id = other.id
    await any_readers.add("Eve Elsewhere", workspace_id=other_id)
    theirs = await add(any_readers, "Their secret recipe", workspace_id=other_id, tags=[("skill", "Alchemy")],
                       named=[any_readers.ids["Eve Elsewhere"]])  # fmt: skip
    ours = await add(any_readers)
    async with any_readers.browser() as ada, any_readers.browser() as eve:
        await come_in(any_readers, ada)
        # A link that names their member and our workspace, or the other way round, is for nobody.
        for name, workspace_id in (("Eve Elsewhere", any_readers.workspace_id), ("Ada Lovelace", other_id)):
            crossed = Readers(any_readers.world, workspace_id, any_readers.ids)
            async with any_readers.browser() as nobody:
                assert (await nobody.get(await crossed.link(name))).status == 403
        await eve.come_in(await Readers(any_readers.world, other_id, any_readers.ids).link("Eve Elsewhere"))
        assert "Their secret recipe" in (await eve.get("/insights")).said
        assert (await eve.get(f"/insights/{theirs}")).title == "Their secret recipe"
        paths = [
            f"/insights/{theirs}", f"/insights/0{theirs}", f"/insights/{theirs}/", f"/insights/../insights/{theirs}",
            f"/insights/{theirs}?workspace_id={other_id}", f"/insights/{theirs}%20", f"/insights/{theirs}%00",
            f"/insights?q=%23{theirs}",
        ]  # fmt: skip
        searches = [
            "/insights", "/insights?q=secret+recipe", "/insights?tag=alchemy", "/insights?q=%23alchemy", "/insights/kept",
            f"/insights?who={any_readers.world.users['Eve Elsewhere']}", "/insights?q=@eve", "/insights?months=12",
            f"/insights?q=recipe&workspace_id={other_id}", "/insights/collections/new-in-the-role",
        ]  # fmt: skip
        for path in paths + searches:
            page = await ada.get(path)
            assert "Their secret" not in page.html, path
            assert "Alchemy" not in page.html and "Eve Elsewhere" not in page.html, path
        for path in paths[:2]:
            assert (await ada.get(path)).status == 404
        for deed, form in (("keep", {"keep": "1"}), ("outcome", {"outcome": "worked"}), ("report", {"why": ""})):
            assert (await ada.post(f"/insights/{theirs}/{deed}", **form)).status == 404
            assert (await eve.post(f"/insights/{ours}/{deed}", **form)).status == 404
        # Her browser's cookie, shown under another name or beside his, opens hers alone.
        assert (await eve.get(f"/insights/{ours}")).status == 404
        await any_readers.change("Ada Lovelace", left_at=now)
        assert (await ada.get(f"/insights/{ours}")).status == 401
