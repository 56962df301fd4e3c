"""Roundtables among the cast: lines under a question, a summary by one of them, and programs that follow each other."""

import random
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

from playground.beginning import Beginning
from playground.company import Company
from playground.living import DATABASE, Living
from playground.threads import answers_in, reaction_to, writers

SCRIPT = {
    "roundtables": {
        "known_by": "in the thread",
        "asked": [{"beginning": "What did you stop", "answers": {"ana": "The weekly table.", "ben": "Fridays."}}],
        "otherwise": ["First.", "Second.", "Third."],
    }
}
PEOPLE = {"U1": "ana", "U2": "ben", "U3": "hana"}


def asked(question: str) -> dict[str, object]:
    return {"text": question, "blocks": [{"text": f"{question} Answers go in the thread"}]}


def test_under_a_question_that_the_script_knows_only_those_it_names_have_a_line():
    message = asked("What did you stop doing?")
    said = {
        PEOPLE[user]: answers_in(SCRIPT, message)[number] for user, number in writers(SCRIPT, message, PEOPLE).items()
    }
    assert said == {"ana": "The weekly table.", "ben": "Fridays."}


def test_under_any_other_question_no_two_people_say_the_same():
    message = asked("What would you keep?")
    said = [answers_in(SCRIPT, message)[number] for number in writers(SCRIPT, message, PEOPLE).values()]
    assert sorted(said) == ["First.", "Second.", "Third."]


def test_nobody_answers_what_is_no_question_of_a_roundtable():
    assert answers_in(SCRIPT, {"text": "What did you stop doing?", "blocks": []}) == []


def test_every_further_program_has_a_channel_of_its_own_and_people_who_work_here():
    company = Company.read()
    programs = company.seed["more_programs"]
    channels = [program["channel"]["name"] for program in programs]
    assert len({*channels, company.seed["channel"]["name"]}) == len(programs) + 1
    assert all(program["channel"].keys() == {"name", "topic"} for program in programs)  # a comma ends a bare topic
    names = {person["name"] for person in company.people}
    assert all(names.issuperset(program["joins"]) for program in programs)
    assert {program["kind"] for program in programs} == {"storytelling", "roundtables", "live_roundtables"}
    live = next(program for program in programs if program["kind"] == "live_roundtables")
    assert len({company.person(name)["team"] for name in live["joins"]}) >= 3


def test_some_lines_move_many_and_some_nobody_and_the_same_luck_always_the_same():
    script = {"roundtables": {"reactions": {"rate": 0.3, "names": ["bulb", "heart"]}}}
    moved = []
    for number in range(40):
        message = {"text": f"Line {number}."}
        felt = [reaction_to(script, message, random.Random(f"{number}|{who}")) for who in range(30)]
        assert felt == [reaction_to(script, message, random.Random(f"{number}|{who}")) for who in range(30)]
        assert set(felt) <= {"bulb", "heart", None}
        moved.append(sum(each is not None for each in felt))
    assert min(moved) <= 2
    assert max(moved) >= 14
    assert 0.2 <= sum(moved) / (40 * 30) <= 0.4
    assert reaction_to({}, {"text": "Line 1."}, random.Random("x")) is None


def counted(folder: Path, thread: list[dict[str, Any]]) -> dict[str, int]:
    """How many reacted to each line of a thread, as the bot remembers it."""
    found = sqlite3.connect(folder / DATABASE).execute(
        "SELECT r.ts, count(DISTINCT x.member_id) FROM roundtable_replies r "
        "LEFT JOIN roundtable_reactions x ON x.reply_id = r.id GROUP BY r.ts"
    )
    texts = {each["ts"]: each["text"] for each in thread}
    return {texts[ts]: many for ts, many in found if ts in texts}


def bullets(summary: dict[str, Any]) -> list[str]:
    """The lines a summary quotes."""
    return [line for line in str(summary["blocks"][1]["text"]["text"]).splitlines() if line.startswith("•")]


async def test_two_further_programs_are_made_one_after_the_other_and_a_round_ends_with_a_summary(tmp_path: Path):
    small, seed = Company.read().smaller(5), Company.read().seed
    written, live = (
        program | {"joins": ["ana", "ben", "hana"], "begins_in": 1}
        for program in seed["more_programs"]
        if program["kind"] != "storytelling"
    )
    living = Living(tmp_path, company=Company(small.seed | {"more_programs": [written, live]}, small.script))
    await living.start()
    await Beginning(living.company, living.workspace, living.hands, living.stepper).happen()
    await living.stepper.move_to(living.company.starts + timedelta(weeks=2, days=4))
    channel = living.company.channel_id(living.workspace, written["channel"]["name"])
    question = next(each for each in living.workspace.history(channel) if "in the thread" in str(each["blocks"]))
    thread = living.workspace.thread(channel, question["ts"])[1:]
    await living.stop()
    lines = answers_in(living.company.script, question)
    answered = [each["text"] for each in thread if each["user"] != living.workspace.bot_user_id]
    assert len(answered) >= 2
    assert set(answered) <= set(lines)
    assert any(each["text"].startswith("What came together") for each in thread)
    reactions = [(each["user"], one) for each in thread for one in each.get("reactions", [])]
    assert reactions
    assert all(writer not in one["users"] for writer, one in reactions)
    reacted = counted(tmp_path, thread)
    (summary,) = [each for each in thread if each["text"].startswith("What came together")]
    quoted = [max((text for text in reacted if text[:40] in line), key=len) for line in bullets(summary)]
    assert [reacted[text] for text in quoted] == sorted(reacted.values(), reverse=True)[: len(quoted)]
    assert reacted[quoted[0]] > 0
    kinds = sqlite3.connect(tmp_path / DATABASE).execute("SELECT kind FROM programs ORDER BY id").fetchall()
    assert [kind for (kind,) in kinds] == ["introductions", "roundtables", "live_roundtables"]
