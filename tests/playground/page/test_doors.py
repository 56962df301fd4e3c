"""The page's doors: who may look where, and what a foreign site cannot do."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from playground.events import Answer
from playground.page.avatars import portrait
from tests.playground.page.props import goal_form
from tests.playground.page.stage import Stage, open_stage


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with open_stage() as opened:
        yield opened


@pytest.fixture
async def http(stage: Stage) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def test_the_entrance_leads_to_the_last_person_one_was(stage: Stage, http: aiohttp.ClientSession) -> None:
    first = await http.get(f"{stage.server.url}/")
    assert str(first.url) == stage.url("Ana")
    session = {"heron_as": stage.people["Ben"]}
    again = await http.get(f"{stage.server.url}/", cookies=session)
    assert str(again.url) == stage.url("Ben")


async def test_a_deep_link_shows_a_person_a_place_and_a_thread(stage: Stage, http: aiohttp.ClientSession) -> None:
    ts = stage.workspace.history(stage.general)[-1]["ts"]
    page = await (await http.get(stage.url("Ben", stage.general), params={"thread": ts})).text()
    assert "Ben Adler" in page
    assert 'aria-label="Thread"' in page
    assert "<strong>that was quick</strong>" in page


async def test_a_place_one_may_not_see_leads_home(stage: Stage, http: aiohttp.ClientSession) -> None:
    answer = await http.get(stage.url("Hana", stage.intro))
    assert str(answer.url) == stage.url("Hana")
    assert "Which deal" not in await answer.text()


async def test_apps_and_closed_accounts_cannot_be_acted_as(stage: Stage, http: aiohttp.ClientSession) -> None:
    stage.workspace.update_user(stage.people["Ben"], deleted=True)
    for user in (stage.people["Ben"], stage.workspace.bot_user_id, "USLACKBOT", "nobody"):
        answer = await http.get(f"{stage.server.url}/as/{user}/home")
        assert str(answer.url) == stage.url("Ana")


async def test_the_policy_lets_nothing_foreign_in(stage: Stage, http: aiohttp.ClientSession) -> None:
    answer = await http.get(stage.url())
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = await answer.text()
    assert "<script>" not in page
    assert " style=" not in page
    assert " onclick" not in page


async def test_another_site_can_neither_act_nor_read_by_rebinding(stage: Stage, http: aiohttp.ClientSession) -> None:
    form = {"user": stage.people["Ana"], "channel": stage.general, "text": "forged"}
    foreign = await http.post(f"{stage.server.url}/act/post", data=form, headers={"origin": "https://evil.example"})
    assert foreign.status == 403
    rebound = await http.get(stage.url(), headers={"host": "evil.example"})
    assert rebound.status == 403
    assert all(message["text"] != "forged" for message in stage.workspace.history(stage.general))


async def test_a_slow_answer_is_told_and_one_too_slow_refused(stage: Stage, http: aiohttp.ClientSession) -> None:
    form = {"user": stage.people["Ana"], "channel": stage.intro, "block": "times", "action": "t1"}
    form["ts"] = stage.workspace.history(stage.intro)[0]["ts"]
    stage.puppet.answers["t1"] = lambda _: Answer(200, "", 1450)
    slow = await (await http.post(f"{stage.server.url}/act/click", data=form)).json()
    assert slow["ok"]
    assert slow["slow"] == "Perennial took 1.4 s to answer; Slack gives it three."
    stage.puppet.answers["t1"] = lambda _: Answer(None, ms=3000, failure="http_timeout")
    late = await (await http.post(f"{stage.server.url}/act/click", data=form)).json()
    assert not late["ok"]
    assert "within three seconds" in late["refused"]


async def test_a_button_that_is_gone_is_refused_in_words(stage: Stage, http: aiohttp.ClientSession) -> None:
    form = {"user": stage.people["Ana"], "channel": stage.intro, "block": "times", "action": "never"}
    form["ts"] = stage.workspace.history(stage.intro)[0]["ts"]
    answer = await http.post(f"{stage.server.url}/act/click", data=form)
    assert answer.status == 409
    assert "taken this away" in (await answer.json())["refused"]


async def test_a_form_that_was_closed_meanwhile_is_refused_in_words(stage: Stage, http: aiohttp.ClientSession) -> None:
    ana = stage.people["Ana"]
    view = stage.workspace.open_modal(ana, goal_form())
    stage.workspace.close_modals(ana)
    for deed in ("submit", "close", "click"):
        answer = await http.post(f"{stage.server.url}/act/{deed}", data={"user": ana, "view": view["id"]})
        assert answer.status == 409
        assert "closed already" in (await answer.json())["refused"]


async def test_the_rate_limits_can_be_switched(stage: Stage, http: aiohttp.ClientSession) -> None:
    answer = await (await http.post(f"{stage.server.url}/switch/limits")).json()
    assert answer["enabled"]
    assert stage.server.limits.enabled


async def test_a_file_is_handed_over_as_a_download(stage: Stage, http: aiohttp.ClientSession) -> None:
    file = stage.workspace.reserve_file(stage.workspace.bot_user_id, "lunch für zwei.ics", 3)
    stage.workspace.receive_file(file["id"], b"ics")
    answer = await http.get(f"{stage.server.url}/page/file/{file['id']}")
    assert await answer.read() == b"ics"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''lunch%20f%C3%BCr%20zwei.ics"


async def test_portraits_are_distinct_and_always_the_same(stage: Stage, http: aiohttp.ClientSession) -> None:
    drawn = [await (await http.get(f"{stage.server.url}/avatar/{user}")).text() for user in stage.people.values()]
    assert len(set(drawn)) == len(drawn)
    assert portrait("U1", 3) == portrait("U1", 3)
    assert len({portrait(f"U{number}", number) for number in range(40)}) == 40
