"""What is found, on SQLite and PostgreSQL alike: the same set, this workspace's only, published cards only, by any text."""

import random
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from bot.archive.finding import index, matching, rules, store
from bot.archive.finding.cards import Filters
from bot.archive.finding.words import token_here
from bot.archive.models import Bookmark, Insight, InsightTag, InsightWord
from bot.db import Database
from bot.members.models import Workspace
from tests.archive.finding import shelf
from tests.archive.finding.shelf import NOW

NASTY = [
    "", " ", "\0", "\0\0 negotiation", '"', "'", '""', "\"unclosed negotiation", "AND", "OR NOT", "NEAR(a b)", "a NEAR/3 b",
    "negotiation*", "^negotiation", "-negotiation", "words:negotiation", "negotiation:*", "a & b | !c", "<-> <2>", "'x':*A",
    "(((", ")", "{words}: x", "; DROP TABLE insights; --", "' OR 1=1 --", "%", "_", "_1", "_2 negotiation", "_tnegotiation",
    "\\", "\\'", "$$", ":match", "?1", "😀🎉", "שלום", "\u202enegotiation", "ＮＥＧＯＴＩＡＴＩＯＮ", "\ud800", "the of and to",
    "#", "##", "#'\"", "@", "@'; --", "<@U1>", "<@", "since:", "since:2026-99", "since:9999-12", "until:0001-01", "is:worked",
    "word " * 500, " ".join(f"w{number}" for number in range(500)), "x" * 10_000, "\n\t\r", "a" * 41, "1e5 0x1F -5 3.14",
]  # fmt: skip


@pytest.fixture
async def here(database: Database) -> int:
    """A workspace."""
    database.lent["clock"] = lambda: NOW
    async with database.transaction() as session:
        return await shelf.workspace(session)


async def found(database: Database, workspace_id: int, typed: str, **how) -> store.Found:
    async with database.reading() as session:
        return await store.find(session, workspace_id, typed, member_id=None, **how)


def ids(result: store.Found) -> list[int]:
    return [card.id for card in result.cards]


async def test_a_card_is_found_by_any_form_of_its_words_and_by_its_tags(database: Database, here: int):
    async with database.transaction() as session:
        card = await shelf.publish(
            session,
            here,
            "How did you négociate a raise?",
            "Ask in March.",
            "Write numbers down. C++ helps.",
            tags=["Saying no"],
        )
    for typed in ("NEGOCIATE", "négociating", "raises march", "c++", "#saying-no", "number #SAYING-NO since:2026-01"):
        assert ids(await found(database, here, typed)) == [card.id], typed
    assert ids(await found(database, here, "raise #delegation")) == []


async def test_only_published_cards_of_this_workspace_are_found(database: Database, here: int):
    async with database.transaction() as session:
        there = await shelf.workspace(session, "T2")
        other = await shelf.publish(session, there, "A secret giraffe", tags=["Giraffes"])
        mine = await shelf.publish(session, here, "Giraffes at work")
        gone = await shelf.publish(session, here, "A withdrawn giraffe")
        gone.state = "withdrawn"
        await index.index(session, gone)
    for typed in ("giraffe", "girafe", "#giraffes", f"giraffe {token_here(there)}", "", "secret"):
        assert set(ids(await found(database, here, typed))) <= {mine.id}, typed
    async with database.reading() as session:
        assert await store.card(session, here, other.id) is None
        assert await store.card(session, here, gone.id) is None
        assert (await store.card(session, here, mine.id)).question == "Giraffes at work"
        assert [card.id for card in await store.cards(session, here, [other.id, mine.id, gone.id])] == [mine.id]
        assert [card.id for card in await store.similar(session, here, "secret giraffe")] == [mine.id]
        assert [card.id for card in await store.newest(session, here)] == [mine.id]
        assert await store.related(session, mine) == []
        assert await store.tags(session, here) == []


async def test_a_changed_card_is_found_by_its_new_words_only_and_the_counts_follow(database: Database, here: int):
    async with database.transaction() as session:
        card = await shelf.publish(session, here, "About zebras", tags=["Old tag"])
        await shelf.publish(session, here, "About zebras and lions")
    async with database.transaction() as session:
        card = await session.get(Insight, card.id, with_for_update=True)
        card.question = "About tigers"
        await session.execute(delete(InsightTag).where(InsightTag.insight_id == card.id))
        await index.index(session, card)
        await index.index(session, card)
    assert ids(await found(database, here, "tigers")) == [card.id]
    assert card.id not in ids(await found(database, here, "zebras"))
    async with database.reading() as session:
        rows = await session.execute(
            select(InsightWord.word, InsightWord.cards).where(InsightWord.workspace_id == here)
        )
        assert dict(rows.all()) == {"_": 2, "_m202602": 2, "about": 2, "lions": 1, "tigers": 1, "zebras": 1}
    async with database.transaction() as session:
        for each in (await session.execute(select(Insight))).scalars():
            await index.unindex(session, each)
            await index.unindex(session, each)
        assert (await session.execute(select(InsightWord))).all() == []
    assert (await found(database, here, "tigers")).total == 0


async def test_whatever_is_erased_leaves_the_index(database: Database, here: int):
    async with database.transaction() as session:
        await shelf.publish(session, here, "Erased giraffe")
        await session.execute(delete(Workspace).where(Workspace.id == here))
    async with database.transaction() as session:
        again = await shelf.workspace(session, "T3")
        card = await shelf.publish(session, again, "Another animal")
        hits = await matching.hits(session, again, matching.Match(("giraff",)), about=1, cards=1)
        assert hits == []
        assert [h.id for h in await matching.hits(session, again, matching.Match(("anim",)), about=1, cards=1)] == [
            card.id
        ]


async def test_both_databases_give_the_newest_five_hundred_of_the_same_set(database: Database, here: int):
    """Hundreds of made-up cards, and an oracle that reads every one of them."""
    chance = random.Random(5)
    words = [f"{a}{b}" for a in ("plan", "talk", "lead", "risk", "goal") for b in ("", "ing", "er", "s", "x", "y")]
    weights = [1 / (1 + place) for place in range(len(words))]
    made: list[rules.Hit] = []
    async with database.transaction() as session:
        other = await shelf.workspace(session, "T2")
        for number in range(620):
            text = " ".join(chance.choices(words, weights, k=6)) + (" öl" if number % 90 == 0 else "")
            where = other if number % 7 == 0 else here
            card = Insight(
                workspace_id=where, state="published", source_kind="case", made_at=NOW, version=1, question=text, gist="",
                tips="", published_at=NOW - timedelta(hours=number), search_text="", search_words="",
            )  # fmt: skip
            session.add(card)
            await session.flush()
            card.search_text = rules.search_text(text, "", "", [], month=f"{card.published_at:%Y-%m}")
            if where == here:
                made.append(rules.Hit(card.id, card.search_text))
    tokens = [rules.stem(word) for word in [*words, "öl"]]
    for _ in range(25):
        all_of = tuple(chance.sample(tokens, chance.choice((0, 1, 1, 2, 3))))
        some = tuple((token,) for token in chance.sample(tokens, chance.choice((0, 0, 2, 4))))
        match = matching.Match(all_of, (some,) if some else ())
        wanted = [
            hit.id
            for hit in sorted(made, key=lambda hit: -hit.id)
            if set(all_of) <= set(hit.search_text.split())
            and (not some or {token for (token,) in some} & set(hit.search_text.split()))
        ][: rules.MOST_RANKED + 1]
        for about in (0, 1_000_000):  # gathered from the index, and walked from the newest down
            async with database.reading() as session:
                hits = await matching.hits(session, here, match, about=about, cards=len(made))
            assert [hit.id for hit in hits] == wanted, match


@pytest.mark.parametrize("exactly", [False, True])
async def test_no_text_that_is_typed_or_asked_is_harmful(database: Database, here: int, exactly: bool):
    async with database.transaction() as session:
        card = await shelf.publish(session, here, "Negotiation", "w1 w2 word xxxx", tags=["Negotiation"])
    async with database.reading() as session:
        for typed in NASTY:
            result = await store.find(session, here, typed, member_id=None, exactly=exactly)
            assert set(ids(result)) <= {card.id}
            assert len(result.query.words) <= 20
            assert {each.id for each in await store.similar(session, here, typed)} <= {card.id}
        assert (
            await store.find(session, here, "word " + " ".join(f"w{n}" for n in range(500)), member_id=None)
        ).query.cut


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=80) | st.text(alphabet="\"'*^:-()&|!<> #@\\%_;ab1", max_size=40))
def test_any_text_at_all_is_a_harmless_search(runner, typed: str):
    run, search = runner
    result = run(search(typed))
    assert result.total in (0, 1)


@pytest.fixture(scope="module")
def runner(sqlite_template, tmp_path_factory):
    """One database and one loop for all examples."""
    import asyncio
    import shutil

    from bot.vault import Vault, new_key

    path = tmp_path_factory.mktemp("typed") / "typed.db"
    shutil.copy(sqlite_template, path)
    database = Database(f"sqlite:///{path}", Vault.from_setting(new_key()))
    database.lent["clock"] = lambda: NOW

    async def fill() -> int:
        async with database.transaction() as session:
            where = await shelf.workspace(session)
            await shelf.publish(session, where, "ab 1 _a", tags=["ab"])
            return where

    with asyncio.Runner() as loop:
        where = loop.run(fill())
        yield loop.run, lambda typed: found(database, where, typed)
        loop.run(database.close())


async def test_a_misspelt_word_is_corrected_and_it_says_so(database: Database, here: int):
    async with database.transaction() as session:
        card = await shelf.publish(session, here, "A negotiation with a giraffe", "lead")
        await shelf.publish(session, here, "Something else")
    for typed, used in (
        ("negotation", "negotiation"),
        ("girafe", "giraffe"),
        ("igraffe", "giraffe"),
        ("kegotiation", "negotiation"),
    ):
        result = await found(database, here, typed)
        assert (ids(result), result.corrected) == ([card.id], {typed: used}), typed
    result = await found(database, here, "negotation", exactly=True)
    assert (ids(result), result.corrected) == ([], {})
    assert (await found(database, here, "laed")).corrected == {"laed": "lead"}
    for short_or_far in ("led", "lxad5", "gxrxfxe", "1234"):
        assert not (await found(database, here, short_or_far)).corrected, short_or_far


async def test_a_word_that_another_process_has_just_published_is_known(database: Database, here: int):
    assert (await found(database, here, "girafe")).corrected == {}
    async with database.transaction() as session:
        await shelf.publish(session, here, "Giraffe")
    assert (await found(database, here, "girafe")).corrected == {"girafe": "giraffe"}


async def test_where_no_card_has_all_words_those_with_some_are_shown(database: Database, here: int):
    async with database.transaction() as session:
        one = await shelf.publish(session, here, "Budget talks")
        other = await shelf.publish(session, here, "Budget and giraffes")
    result = await found(database, here, "giraffes talks budget")
    assert set(ids(result)) == {one.id, other.id}
    assert result.some_words
    assert not (await found(database, here, "budget talks")).some_words


async def test_where_nothing_is_found_tags_and_collections_are_suggested(database: Database, here: int):
    async with database.transaction() as session:
        await shelf.publish(session, here, "Budget", tags=["Delegating"])
    result = await found(database, here, "delegitimate")
    assert (result.total, [tag.name for tag in result.suggested_tags]) == (0, ["Delegating"])
    assert ("saying-no", "Saying no") in result.suggested_collections


async def test_people_are_found_by_their_approved_name_and_never_by_an_alias(database: Database, here: int):
    async with database.transaction() as session:
        ana, ben = await shelf.member(session, here, "Ana"), await shelf.member(session, here, "Benedikt Vogel")
        named = await shelf.publish(session, here, "Budget one")
        unnamed = await shelf.publish(session, here, "Budget two", made_by=ben.id)
        hidden = await shelf.publish(session, here, "Budget three")
        await shelf.quote(session, named, ana)
        await shelf.quote(session, unnamed, ana, named=False)
        await shelf.quote(session, unnamed, ben, state="redacted")
        await shelf.quote(session, hidden, None, alias="Quiet Heron")
        await shelf.quote(session, named, ben)
    assert ids(await found(database, here, "budget @ana")) == [named.id]
    assert ids(await found(database, here, "<@UANA>")) == [named.id]
    assert ids(await found(database, here, "@vogel budget")) == [named.id]
    assert ids(await found(database, here, "", filters=Filters(people=("UANA",)))) == [named.id]
    assert ids(await found(database, here, "@quiet")) == ids(await found(database, here, "@Heron budget")) == []
    async with database.reading() as session:
        people = {card.id: [each.name for each in card.people] for card in await store.newest(session, here)}
    assert people == {named.id: ["Ana", "Benedikt Vogel"], unnamed.id: [], hidden.id: []}


async def test_an_older_versions_names_are_not_shown(database: Database, here: int):
    async with database.transaction() as session:
        ana = await shelf.member(session, here, "Ana")
        card = await shelf.publish(session, here, "Budget")
        await shelf.quote(session, card, ana)
        session.add(shelf.version(card, 2))
        card.version = 2
    async with database.reading() as session:
        assert (await store.card(session, here, card.id)).people == ()
    assert ids(await found(database, here, "budget @ana")) == []


async def test_filters_narrow_by_tag_time_and_outcome(database: Database, here: int):
    async with database.transaction() as session:
        old = await shelf.publish(session, here, "Budget", published_at=NOW - timedelta(days=400), tags=["Money"])
        new = await shelf.publish(session, here, "Budget", published_at=NOW - timedelta(days=3), worked=2, tried=3)
    assert ids(await found(database, here, "budget", filters=Filters(tags=("money",)))) == [old.id]
    assert ids(await found(database, here, "budget", filters=Filters(since="2026-02"))) == [new.id]
    assert ids(await found(database, here, "budget since:2020")) == [new.id, old.id]
    assert ids(await found(database, here, "budget until:2026-01")) == [old.id]
    assert ids(await found(database, here, "is:worked")) == [new.id]
    assert ids(await found(database, here, "budget", filters=Filters(since="2026-03-02"))) == []


async def test_pages_follow_each_other_and_the_newest_come_first_without_words(database: Database, here: int):
    async with database.transaction() as session:
        made = [(await shelf.publish(session, here, f"Budget {number}")).id for number in range(7)]
    result = await found(database, here, "", limit=3, offset=3)
    assert (ids(result), result.total, result.more) == (made[::-1][3:6], 7, False)
    pages = [ids(await found(database, here, "budget", limit=3, offset=start)) for start in (0, 3, 6)]
    assert sorted(each for page in pages for each in page) == made


async def test_similar_cards_share_telling_words_and_related_ones_leave_the_card_out(database: Database, here: int):
    async with database.transaction() as session:
        first = await shelf.publish(session, here, "How do I say no to a client?", "Offer less.", tags=["Saying no"])
        second = await shelf.publish(
            session, here, "Client wants more every week", "Say what it costs.", tags=["Saying no"]
        )
        await shelf.publish(session, here, "Which book about Rust?", "The second edition.")
        await shelf.publish(session, here, "How do I find a mentor?", "Ask in the channel.")
    async with database.reading() as session:
        alike = await store.similar(session, here, "My client asks for more and more, and I would like to say no")
        assert {card.id for card in alike} == {first.id, second.id}
        assert [card.id for card in await store.related(session, first)] == [second.id]
        assert await store.similar(session, here, "the of and") == []


async def test_what_is_kept_most_lately_by_others(database: Database, here: int):
    async with database.transaction() as session:
        cards = [await shelf.publish(session, here, f"Budget {number}") for number in range(3)]
        people = [await shelf.member(session, here, name) for name in ("Ana", "Ben", "Cleo")]
        for place, card, days in ((0, 0, 1), (1, 0, 2), (1, 1, 3), (2, 2, 30)):
            session.add(
                Bookmark(
                    member_id=people[place].id,
                    insight_id=cards[card].id,
                    workspace_id=here,
                    kept_at=NOW - timedelta(days=days),
                )
            )
    async with database.reading() as session:
        kept = await store.most_kept(session, here, days=7, member_id=people[1].id)
        assert [(card.id, card.bookmarks, card.kept) for card in kept] == [(cards[0].id, 2, True)]
        assert len(await store.most_kept(session, here)) == 3
    async with database.transaction() as session:
        await session.execute(update(Insight).where(Insight.id == cards[0].id).values(state="hidden"))
    async with database.reading() as session:
        assert [card.id for card in await store.most_kept(session, here, days=7)] == [cards[1].id]
