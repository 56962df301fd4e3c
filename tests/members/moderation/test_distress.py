"""Words of acute distress show their writer, alone, whom they can turn to; and leave no trace anywhere."""

from typing import Any

import pytest
from sqlalchemy import select, text

from bot.app import METADATA
from bot.members.moderation import care_note, shows_distress
from tests.members import walk
from tests.members.moderation.crew import NOTES, Crew, found
from tests.world import World

# The documented examples: what is said, whether it shows distress, and why it stands here.
EXAMPLES = [
    ("I want to die", True, "plainly"),
    ("i just WANT to  DIE...", True, "capitals, spaces and dots don't count"),
    ("Since the reorg I don't want to live anymore.", True, "within a sentence about work"),
    ("I don’t want to live any more", True, "with a curly apostrophe"),
    ("honestly, I can't go on any more. What would you do?", True, "between commas"),
    ("some days I think about suicide", True, "of themselves"),
    ("My colleague says he wants to kill himself. What do I do?", True, "about somebody near: the contacts help, too"),
    ("They would be better off without me", True, "a wish to be gone"),
    ("I wish I was dead", True, "plainly"),
    ("I've started hurting myself on purpose again", True, "harm to oneself"),
    ("I am afraid to go home tonight", True, "danger from others"),
    ("He sexually assaulted me after the offsite", True, "what was done to them"),
    ("I'm having a panic attack before every demo", True, "at the end of their strength"),
    ("I want to die of embarrassment, but first: how do I end it all? I want to end it all.", True, "a jest excuses itself alone"),
    ("Ich will nicht mehr leben", True, "German"),
    ("ich wünschte, ich wäre tot", True, "German, with accents"),
    ("Ich wunschte ich ware tot", True, "German, from a keyboard without them"),
    ("ich werde mich umbringen", True, "German"),
    ("J'ai envie de mourir", True, "French"),
    ("je veux mettre fin a mes jours", True, "French, without accents"),
    ("Ya no quiero vivir", True, "Spanish"),
    ("quiero hacerme daño", True, "Spanish"),
    ("Não quero mais viver", True, "Portuguese"),
    ("quero me matar", True, "Portuguese"),
    ("I'm dying to know how you did it", False, "an idiom"),
    ("How do I kill the process on port 3000?", False, "a computer's process"),
    ("I'm giving a suicide prevention talk in May; who helps with slides?", False, "a talk about it"),
    ("This deadline is killing me", False, "an idiom"),
    ("I want to die of embarrassment", False, "a jest"),
    ("That is not a hill I want to die on", False, "an idiom"),
    ("Do you really want to die on that hill?", False, "an idiom"),
    ("I could kill myself for forgetting the handout", False, "a jest"),
    ("kill -9 myself.service does nothing", False, "a command"),
    ("Speaking up there was career suicide", False, "an idiom"),
    ("How do I end my presentation? How do I end my lifecycle hooks?", False, "the words go on"),
    ("I'd rather be dead than present this quarter's numbers", False, "a jest"),
    ("Should we end it all with a question round?", False, "an agenda"),
    ("I can't go on holiday in June", False, "the words go on"),
    ("I'd kill for a coffee, and I'm dead tired", False, "idioms"),
    ("We need to take our own line on this; the deadline is dead", False, "not these words"),
    ("Der Stress bringt mich um", False, "a German idiom"),
    ("Das Projekt bringe mich um den Schlaf, sagt er", False, "a German idiom"),
    ("c'était à mourir de rire, je veux mourir de honte", False, "French idioms"),
    ("ce projet va me tuer", False, "a French idiom"),
    ("me quiero morir de risa", False, "a Spanish idiom"),
    ("quero morrer de vergonha", False, "a Portuguese idiom"),
    ("", False, "nothing"),
    ("?!… — 🙂", False, "no words"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "shows", "why"), EXAMPLES)
def test_phrases_not_words_show_distress(said: str, shows: bool, why: str):
    assert shows_distress(said) is shows, why


def test_ten_thousand_characters_are_read_at_once():
    assert not shows_distress("want to " * 2000)
    assert shows_distress("nothing " * 2000 + "I want to die")


async def everything(crew: Crew) -> dict[str, list[Any]]:
    """Every row of every table."""
    async with crew.database.reading() as session:
        return {
            table.name: [tuple(row) for row in (await session.execute(select(table))).all()]
            for table in (*METADATA.sorted_tables, NOTES)
        }


async def test_looking_for_help_changes_nothing_and_tells_nobody(
    world: World, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
):
    crew = await found(world)
    await crew.settle()
    told = {name: crew.said_to(name) for name in crew.users}
    homes = {name: await crew.home(name) for name in ("Lea", "Mia")}
    before = await everything(crew)
    capsys.readouterr()
    caplog.clear()
    async with crew.database.reading() as session:
        assert shows_distress("I want to die")
        note = await care_note(session, crew.workspace_id)
    await world.settle()
    said = walk.said({"blocks": note})
    assert "Nobody was told" in said
    assert not any(letter.isdigit() for letter in said), "no number is invented"
    assert await everything(crew) == before
    assert {name: crew.said_to(name) for name in crew.users} == told
    assert {name: walk.look(world, crew.users[name]) for name in homes} == homes
    out = capsys.readouterr()
    assert out.out + out.err + caplog.text == ""


async def test_in_a_real_form_only_the_writer_sees_it_and_all_else_is_as_with_any_other_words(
    world: World, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
):
    crew = await found(world)
    notes = [await crew.note("Ben"), await crew.note("Ben")]
    sizes, told, said = [], [], []
    for note, why in zip(notes, ("He goes on and on", "I want to die"), strict=True):
        said.append(await crew.report("Ada", note, why))
        sizes.append({table: len(rows) for table, rows in (await everything(crew)).items()})
        told.append({name: len(crew.said_to(name)) for name in crew.users})
    assert "carry this alone" not in said[0]
    assert "carry this alone" in said[1]
    assert told[1] == {name: 2 * count for name, count in told[0].items()}
    grown = {table: (first, second) for (table, first), second in zip(sizes[0].items(), sizes[1].values(), strict=True)}
    assert grown["reports"] == (1, 2)
    assert not any("care" in table or "distress" in table for table in grown)
    everybody = "".join(each for name in crew.users for each in crew.said_to(name))
    assert "carry this alone" not in everybody, "not even to the writer, in a message that stays"
    out = capsys.readouterr()
    assert "die" not in (out.out + out.err + caplog.text).split()


async def test_the_contacts_a_lead_named_stand_in_it(world: World):
    crew = await found(world, "Ada")
    async with crew.database.transaction() as session:
        await session.execute(
            text("UPDATE workspaces SET options = :o"), {"o": '{"conduct": {"contacts": ["Dana <x>"]}}'}
        )
    async with crew.database.reading() as session:
        assert "• Dana &lt;x&gt;" in walk.said({"blocks": await care_note(session, crew.workspace_id)})
