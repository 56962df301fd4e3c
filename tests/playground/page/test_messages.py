"""Messages are listed as a chat client lists them."""

from datetime import timedelta

from playground.page.messages import Row, rows
from playground.page.people import reader
from playground.workspace import Workspace
from tests.playground.page.stage import HandClock, furnish


class Talk:
    def __init__(self) -> None:
        self.clock = HandClock()
        self.workspace = Workspace(":memory:", clock=self.clock)
        self.people, self.general, _ = furnish(self.workspace)

    def say(self, who: str, text: str, **more: object) -> str:
        return str(self.workspace.post_message(self.general, self.people[who], text, **more)["ts"])  # type: ignore[arg-type]

    def rows(self, who: str = "Ana", **more: str) -> list[Row]:
        messages = reversed(self.workspace.history(self.general, viewer=self.people[who]))
        return rows(self.workspace, self.general, messages, reader(self.workspace, self.people[who]), **more)


def test_neighbours_of_one_author_stand_together_for_five_minutes() -> None:
    talk = Talk()
    talk.say("Ben", "And dessert.")
    talk.clock.moment += timedelta(minutes=6)
    talk.say("Ben", "No answer?")
    assert [row.starts_group for row in talk.rows()] == [True, True, False, True]


def test_a_new_day_is_divided_in_the_readers_own_zone() -> None:
    talk = Talk()
    talk.clock.moment = talk.clock.moment.replace(hour=16)  # already tomorrow in Tokyo
    talk.say("Ben", "Still here.")
    assert [row.divider for row in talk.rows("Ana")] == ["Today", "", ""]
    assert [row.divider for row in talk.rows("Hana")] == ["Yesterday", "", "Today"]


def test_the_new_line_stands_once_and_before_somebody_elses_words() -> None:
    talk = Talk()
    last = talk.rows()[-1].ts
    talk.say("Ana", "My own.")
    talk.say("Ben", "Theirs.")
    talk.say("Femi", "And theirs.")
    assert [row.is_new for row in talk.rows(new_from=last)] == [False, False, False, True, False]


def test_a_thread_is_summed_up_under_its_first_message() -> None:
    first = Talk().rows()[0]
    assert (first.replies, first.last_reply) == (1, "just now")
    assert [one.name for one in first.repliers] == ["Ana Sousa"]


def test_an_ephemeral_message_is_seen_by_one_person() -> None:
    talk = Talk()
    talk.say("Femi", "Psst.", seen_by=talk.people["Ana"])
    assert talk.rows("Ana")[-1].ephemeral
    assert not talk.rows("Ben")[-1].ephemeral


def test_a_row_changes_its_key_when_anything_drawn_does() -> None:
    talk = Talk()
    before = talk.rows()
    talk.workspace.react(talk.people["Ben"], talk.general, before[1].ts, "tada")
    after = talk.rows()
    assert after[0].key == before[0].key
    assert after[1].key != before[1].key
    assert after[1].reactions[0].glyph == "🎉"


def test_a_file_says_what_it_is() -> None:
    talk = Talk()
    file = talk.workspace.reserve_file(talk.people["Ben"], "lunch.ics", 2048)
    talk.say("Ben", "Come.", files=[file])
    card = talk.rows()[-1].files[0]
    assert (card.title, card.note) == ("lunch.ics", "Calendar invitation · 2 KB")
