"""A wrong setting stops the start with one line that names it and how to mend it."""

from pathlib import Path

import pytest

from bot.db import driver_url
from bot.errors import WrongSetting
from bot.keys import vault_for
from bot.settings import Settings, read_settings, read_store_settings
from bot.vault import Vault, new_key

GOOD = {"_env_file": None, "slack_bot_token": "xoxb-1", "slack_signing_secret": "s"}


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"slack_bot_token": None}, "SLACK_BOT_TOKEN is missing"),
        ({"slack_bot_token": "xoxp-user-token"}, "SLACK_BOT_TOKEN must begin with xoxb-"),
        ({"slack_signing_secret": None}, "SLACK_SIGNING_SECRET is missing"),
        ({"slack_app_token": "xoxb-1"}, "SLACK_APP_TOKEN must begin with xapp-"),
        ({"port": "three thousand"}, "PORT: "),
        ({"port": 70_000}, "PORT: "),
        ({"log_level": "loud"}, "LOG_LEVEL: "),
        ({"perennial_command": "mentor"}, "PERENNIAL_COMMAND must be one word"),
        ({"perennial_base_url": "http://example.com"}, "PERENNIAL_BASE_URL must begin with https://"),
        ({"slack_api_url": "slack.com/api"}, "SLACK_API_URL must begin with https://"),
        ({"database_url": "postgresql://me@db/perennial"}, "PERENNIAL_SECRET_KEY is missing"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(wrong: dict[str, object], named: str):
    with pytest.raises(WrongSetting) as caught:
        read_settings(**{**GOOD, **wrong})
    assert caught.value.message.startswith(named)
    assert "\n" not in caught.value.message


@pytest.mark.parametrize("url", ["mysql://root@db/x", "not a url", "sqlite://", "sqlite:///:memory:"])
def test_a_database_we_cannot_use_is_refused_with_what_to_write_instead(url: str):
    with pytest.raises(WrongSetting, match="DATABASE_URL"):
        driver_url(url)


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PERENNIAL_BASE_URL", "")
    assert read_settings(**GOOD).perennial_base_url is None


def test_leads_are_read_as_ids_whatever_the_spaces():
    assert read_settings(**GOOD, perennial_leads=" U1, U2 ,,").lead_ids == {"U1", "U2"}


def test_sqlite_without_a_key_makes_one_for_us_alone_and_uses_it_again(tmp_path: Path):
    settings = Settings(**GOOD, database_url=f"sqlite:///{tmp_path}/perennial.db")
    sealed = vault_for(settings).seal(b"kept")
    assert settings.key_file.stat().st_mode & 0o777 == 0o600
    assert vault_for(settings).open(sealed) == b"kept"


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path):
    settings = Settings(**GOOD, database_url=f"sqlite:///{tmp_path}/nowhere/perennial.db")
    with pytest.raises(WrongSetting, match="DATABASE_URL: the folder"):
        vault_for(settings)


@pytest.mark.parametrize("key", ["", "short", "%%%", "AAAA"])
def test_a_key_that_is_none_says_how_to_make_one(key: str):
    with pytest.raises(WrongSetting, match="new-key"):
        Vault.from_setting(key)


def test_a_rotated_key_still_opens_what_the_old_one_sealed_and_seals_with_the_new():
    old, new = new_key(), new_key()
    sealed = Vault.from_setting(old).seal_json({"secret": "é"}, "place")
    both = Vault.from_setting(f"{new},{old}")
    assert both.open_json(sealed, "place") == {"secret": "é"}
    with pytest.raises(WrongSetting):
        Vault.from_setting(old).open(both.seal(b"x"))


def test_what_is_sealed_for_one_place_does_not_open_in_another():
    vault = Vault.from_setting(new_key())
    with pytest.raises(WrongSetting, match="another place"):
        vault.open(vault.seal(b"x", "here"), "there")


def test_work_on_the_database_alone_asks_for_no_token(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/p.db"
    assert read_store_settings(_env_file=None, database_url=url).database_url == url
