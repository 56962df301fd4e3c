"""A mentor's page: what they offer, what they take, how they like to be asked, and what they hold."""

from datetime import timedelta

from sqlalchemy import select

from bot.features.questions import lifecycle
from bot.features.questions.mentoring import store
from bot.features.questions.models import Asked, Question
from bot.features.questions.rules import KINDS, Draft, Words
from bot.members import store as members
from tests.members import walk
from tests.members.commitments.mentors import Mentors, found
from tests.world import World

EVERY_KIND = tuple(KINDS)


async def asked(
    mentors: Mentors, name: str, *, by: str, alias: str = "", state: str = "asked", kind: str = "question",
    skills: tuple[str, ...] = ("Pricing",),
) -> int:  # fmt: skip
    """Somebody is asked something, past the router."""
    now = mentors.world.clock()
    async with mentors.database.transaction() as session:
        asker = await members.by_id(session, mentors.workspace_id, mentors.ids[by])
        assert asker is not None
        draft = Draft(Words("How do I price it?"), kind, "days", f"mentor:{mentors.ids[name]}", skills)
        question = await lifecycle.start(session, asker, draft, alias=alias, now=now)
        question.due_at = None
        session.add(
            Asked(
                workspace_id=mentors.workspace_id, question_id=question.id, member_id=mentors.ids[name], step=0,
                state=state, reasons=[], asked_at=now, claimed_at=now if state == "claimed" else None,
            )
        )  # fmt: skip
        return question.id


async def helping(mentors: Mentors, *names: str) -> list[tuple[tuple[str, ...], str]]:
    ids = [mentors.ids[name] for name in names]
    async with mentors.database.reading() as session:
        said = await store.helping_of(session, mentors.workspace_id, ids)
        many = await store.helping_of(session, mentors.workspace_id, range(1, 700))  # so many that nobody is named
        assert [many[each] for each in ids] == [said[each] for each in ids]
        assert await store.helping_of(session, mentors.workspace_id + 1, ids) == dict.fromkeys(ids, (EVERY_KIND, ""))
    return [said[each] for each in ids]


async def test_somebody_says_what_they_take_and_how_they_like_to_help(any_world: World):
    mentors = await found(any_world, "Ada", "Ben", offers={"Ada": ("Pricing",)})
    assert "*How I help:* no thread is open" in await mentors.home("Ada")
    assert "How I help" not in await mentors.home("Ben")
    said = await mentors.home("Ada", "helping")
    assert "*What I offer*\nPricing" in said
    assert "Questions, feedback on something, quick reviews with a checklist and thinking" in said
    assert "room for six points" in said
    assert "None. When somebody asks you" in said
    assert "Not known yet." in said
    assert (await mentors.press_home("Ada", "questions.helping")).ok
    assert (await mentors.submit("Ada", {"kinds": ["review", "question"], "how": "Send the draft a day before."})).ok
    said = mentors.look("Ada")
    assert "Questions and quick reviews with a checklist.\nSend the draft a day before." in said
    assert await helping(mentors, "Ada", "Ben") == [
        (("question", "review"), "Send the draft a day before."),
        (EVERY_KIND, ""),
    ]


async def test_who_ticks_nothing_is_asked_nothing_and_reads_so(world: World):
    mentors = await found(world, "Ada", offers={"Ada": ("Pricing",)})
    await mentors.home("Ada", "helping")
    assert (await mentors.press_home("Ada", "questions.helping")).ok
    assert (await mentors.submit("Ada", {"kinds": [], "how": ""})).ok
    assert await helping(mentors, "Ada") == [((), "")]
    assert "Nothing at present: nobody is sent to you." in mentors.look("Ada")
    assert "you take no questions at present" in await mentors.home("Ada")


async def test_open_threads_are_named_by_what_they_are_about_and_never_by_who_asks(world: World):
    mentors = await found(world, "Ada", "Benedikta", offers={"Ada": ("Pricing",)})
    await asked(mentors, "Ada", by="Benedikta", alias="Quiet Heron", state="claimed")
    await asked(mentors, "Ada", by="Benedikta", kind="feedback", skills=())
    over = await asked(mentors, "Ada", by="Benedikta", kind="review")
    await mentors.take("Ada", "question", 1)
    async with mentors.database.transaction() as session:
        await lifecycle.end(session, await session.get_one(Question, over), "withdrawn", now=world.clock())
    await world.move(days=1)
    said = await mentors.home("Ada", "helping")
    assert "• A question about Pricing, yours since Monday 2 March" in said
    assert "• Feedback, asked of you since Monday 2 March" in said
    assert "review about" not in said
    assert "Benedikta" not in said and "Heron" not in said
    assert "*How I help:* two open threads" in await mentors.home("Ada")
    assert "A question about Pricing\n_One point since" in await mentors.home("Ada", "room")
    assert "Benedikta" not in mentors.look("Ada")


async def test_the_usual_answer_time_is_that_of_what_somebody_took_on(world: World):
    mentors = await found(world, "Ada", "Ben", offers={"Ada": ("Pricing",)})
    for hours in (1, 4, 90):
        number = await asked(mentors, "Ada", by="Ben")
        async with mentors.database.transaction() as session:
            query = select(Asked).where(Asked.workspace_id == mentors.workspace_id, Asked.question_id == number)
            row = (await session.execute(query)).scalar_one()
            row.state, row.claimed_at = "released", row.asked_at + timedelta(hours=hours)
    assert "About four hours, from being asked to saying that you take it." in await mentors.home("Ada", "helping")


async def test_no_more_for_now_on_this_page_stays_on_it(world: World):
    mentors = await found(world, "Ada", offers={"Ada": ("Pricing",)})
    await mentors.home("Ada", "helping")
    assert (await mentors.press_home("Ada", "commitments.no_more")).ok
    assert "How I help" in mentors.look("Ada") and "nothing new until" in mentors.look("Ada")
    assert (await mentors.press_home("Ada", "commitments.open_again")).ok
    assert (await mentors.press_home("Ada", "commitments.close_again")).ok
    assert "How I help" in mentors.look("Ada") and "nothing new until" in mentors.look("Ada")


async def test_reported_words_are_hidden_until_they_are_restored_or_changed(world: World):
    mentors = await found(world, "Ada", offers={"Ada": ("Pricing",)})
    reportable, now = world.bot.registry.reportable["helping"], world.clock()
    where = (mentors.workspace_id, mentors.ids["Ada"])
    async with mentors.database.transaction() as session:
        assert await reportable.look(session, *where, now) is None
        await reportable.hide(session, *where, now)
        await store.keep(session, *where, ["question"], "You <fools>", now)
        written = await reportable.look(session, *where, now)
        assert written is not None and written.words == "You &lt;fools&gt;"
        await reportable.hide(session, *where, now)
        await reportable.tell(session, *where, "Your words are hidden for now.", now)
    assert await helping(mentors, "Ada") == [(("question",), "")]
    await mentors.settle()
    assert mentors.last("Ada")["text"] == "Your words are hidden for now."
    assert "Somebody reported these words" in await mentors.home("Ada", "helping")
    async with mentors.database.transaction() as session:
        await store.keep(session, *where, ["review"], "You <fools>", now)
    assert await helping(mentors, "Ada") == [(("review",), "")], "the same words stay hidden"
    async with mentors.database.transaction() as session:
        await reportable.restore(session, *where, now)
        assert await reportable.look(session, mentors.workspace_id + 1, mentors.ids["Ada"], now) is None
    assert await helping(mentors, "Ada") == [(("review",), "You <fools>")]
    async with mentors.database.transaction() as session:
        await reportable.hide(session, *where, now)
        await store.keep(session, *where, ["review"], "Ask me early", now)
    assert await helping(mentors, "Ada") == [(("review",), "Ask me early")]


async def test_only_whoever_is_in_says_how_they_help(world: World):
    mentors = await found(world, "Ada")
    await mentors.leave("Ada")
    assert "How you help stands here once you are in" in await mentors.home("Ada", "helping")
    assert (await mentors.press_home("Ada", "questions.helping", anyway=True)).ok
    assert "You are not in Perennial yet" in walk.said(walk.modal(world, world.users["Ada"]))
