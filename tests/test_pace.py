"""How the interpreter shares its time."""

import gc

import click
import pytest

from bot import pace
from bot.commands import Commands
from bot.errors import WrongSetting


def test_nothing_looks_for_cycles_while_modules_load_and_then_what_was_loaded_is_left_out():
    before = gc.get_freeze_count()
    with pace.loading():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() > before
    gc.unfreeze()


def test_a_start_that_fails_looks_for_cycles_again():
    with pytest.raises(WrongSetting), pace.loading():
        raise WrongSetting("PORT")
    assert gc.isenabled()
    gc.unfreeze()


def test_a_command_that_was_loaded_looks_for_cycles_again():
    commands = Commands()
    assert commands.get_command(click.Context(commands), "new-key") is not None
    assert gc.isenabled()
    gc.unfreeze()
