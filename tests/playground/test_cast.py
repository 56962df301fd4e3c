"""The cast: what befalls people happens in its week, and everybody acts by temper, seed and content alone."""

import sqlite3
from datetime import timedelta
from pathlib import Path

from playground.beginning import Beginning
from playground.company import Company
from playground.living import DATABASE, Living

BEFALLS = [
    {"week": 1, "day": 0, "at": "09:00", "who": "tala", "does": "arrives"},
    {"week": 1, "day": 0, "at": "11:00", "who": "tala", "does": "joins channel"},
    {"week": 1, "day": 2, "at": "10:00", "who": "ana", "does": "types", "words": "pause two weeks"},
    {"week": 1, "day": 3, "at": "10:00", "who": "hana", "does": "opens home"},
    {"week": 1, "day": 3, "at": "10:02", "who": "hana", "does": "presses", "button": "programs.leave"},
    {"week": 2, "day": 3, "at": "12:00", "who": "ben", "does": "departs"},
]


async def test_people_come_pause_leave_and_depart_in_the_weeks_the_script_names(tmp_path: Path):
    small = Company.read().smaller(5)
    living = Living(tmp_path, company=Company(small.seed, small.script | {"happenings": BEFALLS}))
    await living.start()
    await Beginning(living.company, living.workspace, living.hands, living.stepper).happen()
    await living.stepper.move_to(living.company.starts + timedelta(weeks=3))
    story = " / ".join(line["text"] for line in living.time.story(living.company.starts))
    talkative = [act for act in living.workspace.acts(2000) if act["did"] == "wrote"]
    await living.stop()
    bot = sqlite3.connect(tmp_path / DATABASE)
    enrolled = dict(
        bot.execute("SELECT m.name, e.state FROM enrolments e JOIN members m ON m.id = e.member_id").fetchall()
    )
    assert enrolled["Tala Reyes"] == "joined"
    assert enrolled["Hana Sato"] == "left"
    assert bot.execute("SELECT paused_until FROM members WHERE name = 'Ana Sousa'").fetchone()[0] == "2026-02-04"
    assert bot.execute("SELECT deactivated_at FROM members WHERE name = 'Ben Adler'").fetchone()[0]
    assert "Tala Reyes is new at Tidewater" in story
    assert "Ben Adler has left Tidewater" in story
    assert talkative and all(act["scripted"] for act in talkative)


def test_a_company_knows_what_its_people_write_into_forms():
    words = Company.read().words_of("ben")
    assert words["wants"] == ["sql", "writing clearly"]
    assert (words["start"], words["end"], words["budget"]) == ("08:00", "17:00", 5)


async def test_somebody_who_asked_for_questions_answers_them_in_their_journal(tmp_path: Path):
    small = Company.read().smaller(5)
    weekly = {"week": 1, "day": 1, "at": "11:00", "who": "ben", "does": "types", "words": "reflect weekly"}
    living = Living(tmp_path, company=Company(small.seed, small.script | {"happenings": [weekly]}))
    await living.start()
    await Beginning(living.company, living.workspace, living.hands, living.stepper).happen()
    await living.stepper.move_to(living.company.starts + timedelta(weeks=4))
    handed_in = [act for act in living.workspace.acts(2000) if act["did"] == "sent reflections.write"]
    await living.stop()
    bot = sqlite3.connect(tmp_path / DATABASE)
    kept = bot.execute(
        "SELECT m.name, count(*) FROM reflections r JOIN members m ON m.id = r.member_id GROUP BY m.name"
    ).fetchall()
    assert len(kept) == 1
    assert kept[0][0] == "Ben Adler"
    assert 1 <= kept[0][1] <= 4
    assert len(handed_in) == kept[0][1]
    assert all(act["scripted"] for act in handed_in)
