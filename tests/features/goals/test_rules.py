"""What the rules of goals decide, for every zone, day and word."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.goals import content, rules
from bot.features.goals.rules import Draft, Hours, Milestone, Text

ZONES = ["Pacific/Auckland", "America/St_Johns", "Europe/Lisbon", "Asia/Kathmandu", "UTC", "Pacific/Honolulu"]
days = st.dates(date(2024, 1, 1), date(2034, 1, 1))
hours = st.builds(
    Hours, st.sampled_from(ZONES), st.integers(0, 1439), st.sets(st.integers(0, 6), min_size=1).map(lambda d: tuple(d))
)
texts = st.text(max_size=60)
goals = st.builds(
    Text,
    texts,
    texts,
    st.none() | days,
    texts,
    st.lists(texts, max_size=10).map(lambda all_: tuple(Milestone(n + 1, each) for n, each in enumerate(all_))),
)


@given(st.sampled_from(sorted(rules.RHYTHMS)), days, hours, st.integers(1, 10**6))
def test_a_review_comes_in_their_morning_on_a_day_they_work_and_never_in_the_past(
    rhythm: str, today: date, hours: Hours, goal_id: int
):
    due = rules.next_review(rhythm, today, hours, goal_id)
    if rhythm == "none":
        assert due is None
        return
    assert due is not None
    least = {"two_weeks": 14, "month": 28, "quarter": 89}[rhythm]
    zone = ZoneInfo(hours.tz)
    begins = (due - timedelta(minutes=goal_id * 7 % rules.SPREAD)).astimezone(zone)
    assert begins.weekday() in hours.days
    assert least <= (begins.date() - today).days <= least + 11
    nominal = datetime(begins.year, begins.month, begins.day, hours.start // 60, hours.start % 60, tzinfo=zone)
    assert begins.astimezone(UTC) == nominal.astimezone(UTC)


@given(days, st.integers(0, 30))
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int):
    later = rules.months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@given(goals)
def test_what_a_goal_says_survives_being_kept(text: Text):
    assert Text.from_json(text.to_json()) == text


@given(goals, st.lists(texts, max_size=4), st.sets(st.integers(1, 10)))
def test_milestones_keep_their_ids_whatever_is_added_or_taken(text: Text, added: list[str], taken: set[int]):
    changed = rules.with_steps(text, added, taken)
    ids = [each.id for each in changed.milestones]
    assert len(set(ids)) == len(ids)
    assert [each for each in text.milestones if each.id not in taken] == list(changed.milestones)[: -len(added) or None]


@given(goals, st.data())
def test_a_tick_changes_one_milestone_and_can_be_taken_back(text: Text, data: st.DataObject):
    if not text.milestones:
        return
    chosen = data.draw(st.sampled_from(text.milestones))
    done = rules.ticked(text, chosen.id, date(2026, 3, 2))
    assert sum(each.done_on is not None for each in done.milestones) == 1
    assert rules.ticked(done, chosen.id, None) == text


def test_a_smaller_step_stands_before_what_is_still_to_be_done():
    text = Text("t", milestones=(Milestone(1, "a", date(2026, 3, 2)), Milestone(2, "b"), Milestone(3, "c")))
    assert [each.text for each in rules.with_smaller_step(text, "small").milestones] == ["a", "small", "b", "c"]
    assert rules.with_smaller_step(Text("t"), "small").milestones == (Milestone(1, "small"),)


@pytest.mark.parametrize(("still", "plan"), [(0, False), (1, False), (2, True), (3, True)])
def test_a_plan_fits_after_two_reviews_without_movement(still: int, plan: bool):
    assert rules.stands_still(still) is plan


def test_three_weeks_without_movement_are_quiet():
    moved = datetime(2026, 3, 2, tzinfo=UTC)
    assert not rules.has_been_quiet(moved, moved + timedelta(days=20, hours=23))
    assert rules.has_been_quiet(moved, moved + timedelta(days=21))


def test_every_problem_with_a_draft_is_in_words_under_its_field():
    today = date(2026, 3, 2)
    assert rules.problems_with(Draft("a title"), today) == {}
    draft = Draft("", "w" * 1001, date(2026, 3, 1), "s" * 41, "never", tuple("abcdef"))
    assert set(rules.problems_with(draft, today)) == {"title", "why", "by", "skill", "rhythm", "followers"}
    assert "by" not in rules.problems_with(Draft("t", by=date(2026, 3, 1)), today, before=date(2026, 3, 1))
    assert rules.problem_with_day(today, today) is None


@pytest.mark.parametrize(
    ("title", "skill", "themes"),
    [
        ("Lead a design review", "", ["giving-feedback"]),
        ("Say no to two meetings a week", "", ["saying-no"]),
        ("Settle into my new role", "Interviewing", ["asking-better-questions", "new-role"]),
        ("Tell the incident review as a story", "Storytelling", ["telling-failures"]),
        ("Unlisted hobbies", "", []),
        ("FEEDBACK!", "", ["giving-feedback"]),
        ("", "", []),
    ],
)
def test_words_of_a_goal_speak_of_themes(title: str, skill: str, themes: list[str]):
    assert rules.themes_in(Text(title, skill=skill), content.words_by_theme()) == themes


def test_the_themes_are_those_of_the_nudges_and_the_questions_come_in_pairs():
    assert set(content.themes()) == {
        "active-listening", "asking-better-questions", "giving-feedback", "receiving-feedback", "goal-setting",
        "inclusive-language", "telling-failures", "sponsoring", "delegating", "saying-no", "new-role", "plateau",
        "returning", "networking", "career-story",
    }  # fmt: skip
    assert len({content.two_questions(turn) for turn in range(len(content.angles()))}) == len(content.angles())
