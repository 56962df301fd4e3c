"""What Slack is asked to allow is what the code does: no more, no less."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from referencing import Registry as Schemas
from referencing import Resource

from bot.app import Perennial
from bot.manifest import for_http, for_socket, read_manifest
from bot.settings import Settings
from bot.vault import Vault, new_key

ROOT = Path(__file__).parents[1]
SCHEMAS = ROOT.parent / "shared" / "slack"
PUBLISHED = "https://raw.githubusercontent.com/slackapi/manifest-schema/v0.5.0/schemas/"

SCOPES_OF = {  # what each Web API method needs of a bot, as Slack's method pages say; an empty set needs none
    "auth_test": set(),
    "apps_connections_open": set(),
    "views_open": set(),
    "views_push": set(),
    "views_update": set(),
    "views_publish": set(),
    "chat_postMessage": {"chat:write"},
    "chat_postEphemeral": {"chat:write"},
    "chat_update": {"chat:write"},
    "chat_delete": {"chat:write"},
    "chat_unfurl": {"links:write"},
    "conversations_open": {"im:write", "mpim:write"},
    "conversations_history": {"channels:history", "groups:history", "im:history", "mpim:history"},
    "conversations_replies": {"channels:history", "groups:history", "im:history", "mpim:history"},
    "conversations_info": {"channels:read", "groups:read"},
    "conversations_join": {"channels:join"},
    "conversations_members": {"channels:read", "groups:read"},
    "users_list": {"users:read"},
    "users_info": {"users:read"},
    "files_getUploadURLExternal": {"files:write"},
    "files_completeUploadExternal": {"files:write"},
}
SCOPES_OF_EVENT = {
    "app_mention": {"app_mentions:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "member_left_channel": {"channels:read", "groups:read"},
    "channel_archive": {"channels:read"},
    "group_archive": {"groups:read"},
    "channel_id_changed": {"channels:read"},
    "team_join": {"users:read"},
    "user_change": {"users:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
    "link_shared": {"links:read"},
    "reaction_added": {"reactions:read"},
    "reaction_removed": {"reactions:read"},
}
METHOD = re.compile(r"^(apps|auth|bots|chat|conversations|files|reactions|users|views)[_.][a-zA-Z]+$")
BLOCK_KIT = {"conversations_select", "users_select"}  # elements that only look like methods


@pytest.fixture
def bot(tmp_path: Path) -> Perennial:
    settings = Settings(
        _env_file=None, slack_bot_token="xoxb-1", slack_signing_secret="s", database_url=f"sqlite:///{tmp_path}/p.db"
    )
    return Perennial(settings, Vault.from_setting(new_key()))


def methods_called() -> set[str]:
    """Every Web API method that bot/ names, as a method of the SDK's client or by its own name."""
    called = set()
    for path in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node, "attr", None) or getattr(node, "value", None)
            if isinstance(node, ast.Attribute | ast.Constant) and isinstance(name, str) and METHOD.match(name):
                called.add(name.replace(".", "_"))
    return called - BLOCK_KIT


def test_every_scope_is_used_and_every_method_has_its_scopes():
    unknown = methods_called() - set(SCOPES_OF)
    assert not unknown, f"say in this test which scopes these need: {unknown}"
    needed = {"commands"}
    for method in methods_called():
        needed |= SCOPES_OF[method]
    for event in read_manifest()["settings"]["event_subscriptions"]["bot_events"]:
        needed |= SCOPES_OF_EVENT.get(event, set())
    assert set(read_manifest()["oauth_config"]["scopes"]["bot"]) == needed


def test_every_subscribed_event_has_a_handler_and_every_handler_a_subscription(bot: Perennial):
    subscribed = {name.split(".")[0] for name in read_manifest()["settings"]["event_subscriptions"]["bot_events"]}
    assert subscribed == set(bot.registry.events.types)


def test_what_people_write_in_a_group_introduction_is_never_subscribed_to():
    assert "message.mpim" not in read_manifest()["settings"]["event_subscriptions"]["bot_events"]


def test_the_command_in_the_manifest_is_the_one_the_settings_name():
    assert (
        read_manifest()["features"]["slash_commands"][0]["command"]
        == Settings.model_fields["perennial_command"].default
    )


@pytest.mark.parametrize(
    "made",
    [
        read_manifest(),
        for_http("https://perennial.example.com", "/mentor"),
        for_socket("/guide"),
        for_socket("/guide", "https://perennial.example.com"),
    ],
    ids=["file", "http", "socket", "socket and pages"],
)
def test_slacks_own_schema_accepts_it(made: dict[str, Any]):
    if not SCHEMAS.exists():
        pytest.skip("Slack's published schemas are not beside this checkout")
    names = ("manifest.schema.json", "manifest.schema.1.0.0.json", "manifest.schema.2.0.0.json")
    texts = {name: json.loads((SCHEMAS / name).read_text(encoding="utf-8")) for name in names}
    schemas = Schemas().with_resources(
        [(PUBLISHED + name, Resource.from_contents(text)) for name, text in texts.items()]
    )
    problems = [
        error.message
        for error in Draft7Validator(texts["manifest.schema.2.0.0.json"], registry=schemas).iter_errors(made)
    ]
    assert problems == []


def test_links_to_its_own_host_unfurl_and_whoever_signs_in_is_sent_back():
    made = for_http("https://perennial.example.com:8443/mentoring/", "/mentor")
    assert made["features"]["unfurl_domains"] == ["perennial.example.com"]
    assert made["oauth_config"]["redirect_urls"][1] == "https://perennial.example.com:8443/mentoring/sign-in"
    assert (
        "unfurl_domains" not in read_manifest()["features"]
        and "unfurl_domains" not in for_socket("/mentor")["features"]
    )


def test_the_socket_manifest_names_no_address_and_its_own_command():
    made = for_socket("/guide")
    assert "http" not in json.dumps(made)
    assert made["settings"]["socket_mode_enabled"] is True
    assert made["features"]["slash_commands"][0]["command"] == "/guide"
