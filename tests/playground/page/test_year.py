"""The strip of weeks counts what happened, and begins anew after a year."""

from datetime import UTC, datetime, timedelta

from playground.page.year import WEEKS_SHOWN, Year
from playground.workspace import Workspace
from tests.playground.page.stage import HandClock, furnish


def make_year() -> tuple[HandClock, Workspace, Year]:
    clock = HandClock()
    workspace = Workspace(":memory:", clock=clock)
    furnish(workspace)
    return clock, workspace, Year(workspace)


def test_the_first_week_is_the_one_anything_was_said_in() -> None:
    clock, _, year = make_year()
    weeks = year.weeks(clock())
    assert len(weeks) == WEEKS_SHOWN
    assert [week.number for week in weeks if week.state == "now"] == [1]
    assert weeks[0].introductions == 1
    assert weeks[0].words == "Week 1, from 2 Mar: 4 messages, 1 introduction"
    assert {week.state for week in weeks[1:]} == {"ahead"}


def test_a_new_message_and_a_new_introduction_are_counted_as_they_come() -> None:
    clock, workspace, year = make_year()
    clock.moment += timedelta(weeks=2)
    people = [user["id"] for user in workspace.users() if not user["is_bot"]][2:4]
    group = workspace.open_group([*people, workspace.bot_user_id])
    workspace.post_message(group, workspace.bot_user_id, "Meet.")
    third = year.weeks(clock())[2]
    assert (third.state, third.introductions, third.level) == ("now", 1, 2)
    assert "Introductions in weeks 1, 3." in year.summary(clock())


def test_a_quiet_week_says_so() -> None:
    clock, _, year = make_year()
    clock.moment += timedelta(weeks=2)
    assert year.weeks(clock())[1].words == "Week 2, from 9 Mar: quiet"


def test_after_a_year_the_strip_begins_anew() -> None:
    clock, _, year = make_year()
    clock.moment += timedelta(weeks=WEEKS_SHOWN + 1)
    weeks = year.weeks(clock())
    assert weeks[1].state == "now"
    assert weeks[0].starts == datetime(2027, 3, 1, tzinfo=UTC).date()


def test_a_restart_counts_what_was_there_before() -> None:
    clock, workspace, year = make_year()
    assert Year(workspace).weeks(clock()) == year.weeks(clock())
