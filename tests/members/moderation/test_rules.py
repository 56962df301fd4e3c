"""Who is asked to look at a report, who may decide, and what a subject is."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.members.moderation.rules import Candidate, is_reversible, may_decide, read_subject, whom_to_ask

MIA = Candidate(1, moderates=True, leads=False)
OMAR = Candidate(2, moderates=True, leads=True)
LEA = Candidate(3, moderates=False, leads=True)
ADA = 9  # no candidate


def away(each: Candidate) -> Candidate:
    return Candidate(each.member_id, each.moderates, each.leads, away=True)


@pytest.mark.parametrize(
    ("people", "author", "reporter", "asked", "note"),
    [
        ([MIA, OMAR, LEA], None, ADA, [1, 2], "moderators, not leads"),
        ([MIA, OMAR, LEA], 1, ADA, [2], "not who wrote it"),
        ([MIA, OMAR, LEA], ADA, 2, [1], "not who reported it"),
        ([MIA, LEA], 1, ADA, [3], "the lead, where the only moderator wrote it"),
        ([MIA, LEA], ADA, 1, [3], "the lead, where the only moderator reported it"),
        ([LEA], ADA, 8, [3], "the lead, where nobody moderates"),
        ([away(MIA), LEA], None, ADA, [3], "the lead, while the moderator is away"),
        ([away(MIA), away(LEA)], None, ADA, [1, 3], "whoever is away, where everybody is"),
        ([LEA], ADA, 3, [3], "who reported it, where nobody else is left"),
        ([LEA], 3, ADA, [], "never who wrote it"),
        ([MIA, LEA], 1, 3, [3], "who reported it rather than who wrote it"),
        ([LEA], 3, 3, [], "nor who did both"),
        ([], None, ADA, [], "nobody, where there is nobody"),
    ],
)
def test_whom_to_ask(people: list[Candidate], author: int | None, reporter: int, asked: list[int], note: str):
    assert whom_to_ask(people, author, reporter) == asked, note


def test_leads_are_asked_beside_the_moderators_once_it_has_waited():
    assert whom_to_ask([MIA, OMAR, LEA], None, ADA, leads_too=True) == [1, 2, 3]
    assert whom_to_ask([MIA, LEA], 3, ADA, leads_too=True) == [1]


@pytest.mark.parametrize(
    ("who", "people", "author", "reporter", "leads_asked", "may", "note"),
    [
        (1, [MIA, LEA], None, ADA, False, True, "a moderator"),
        (3, [MIA, LEA], None, ADA, False, False, "no lead, while a moderator can"),
        (3, [MIA, LEA], None, ADA, True, True, "a lead who was asked"),
        (1, [away(MIA), LEA], None, ADA, True, True, "a moderator back early from a pause"),
        (3, [LEA], 3, ADA, True, False, "never who wrote it"),
        (1, [MIA, LEA], None, 1, True, False, "not who reported it, while somebody else can"),
        (1, [MIA], None, 1, False, True, "who reported it, where nobody else is left"),
        (9, [MIA], None, 8, True, False, "nobody from outside"),
    ],
)
def test_who_may_decide(
    who: int, people: list[Candidate], author: int | None, reporter: int, leads_asked: bool, may: bool, note: str
):
    assert may_decide(who, people, author, reporter, leads_asked=leads_asked) is may, note


def test_what_was_kept_hidden_can_be_put_back_for_thirty_days():
    now = datetime(2026, 3, 2, tzinfo=UTC)
    assert is_reversible(now - timedelta(days=29, hours=23), now)
    assert not is_reversible(now - timedelta(days=30), now)
    assert not is_reversible(None, now)


@pytest.mark.parametrize(
    ("subject", "read"),
    [
        ("answer:12", ("answer", 12)),
        ("answer:", None),
        (":12", None),
        ("answer", None),
        ("answer:-1", None),
        ("answer:1:2", None),
        ("answer:¹", None),
        ("answer:" + "9" * 19, None),
        ("", None),
    ],
)
def test_a_subject_is_a_kind_and_a_number(subject: str, read: tuple[str, int] | None):
    assert read_subject(subject) == read
