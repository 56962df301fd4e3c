"""What the puppet app sends: a manifest, a Home tab, an introduction and a form with every kind of input."""

from typing import Any

Doc = dict[str, Any]


def plain(words: str) -> Doc:
    return {"type": "plain_text", "text": words}


def mrkdwn(words: str) -> Doc:
    return {"type": "mrkdwn", "text": words}


def option(words: str, value: str | None = None) -> Doc:
    return {"text": plain(words), "value": value or words.lower()}


def button(words: str, action_id: str, **more: Any) -> Doc:
    return {"type": "button", "text": plain(words), "action_id": action_id, **more}


def field(block_id: str, label: str, element: Doc, **more: Any) -> Doc:
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **more}


def section(words: str, **more: Any) -> Doc:
    return {"type": "section", "text": mrkdwn(words), **more}


MANIFEST: Doc = {
    "display_information": {"name": "Perennial"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "perennial"},
        "slash_commands": [
            {"command": "/mentor", "description": "Ask, pause, find, and more", "usage_hint": "ask | pause | help"}
        ],
        "shortcuts": [
            {"name": "Ask mentors", "type": "global", "callback_id": "ask_mentors", "description": "Put a question"},
            {"name": "Keep as insight", "type": "message", "callback_id": "keep_insight", "description": "Keep it"},
        ],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "im:history", "channels:read"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened", "message.im"]}},
}

HOME: Doc = {
    "type": "home",
    "blocks": [
        {"type": "header", "block_id": "hello", "text": plain("Good morning, Ana")},
        {
            "type": "context",
            "block_id": "small",
            "elements": [mrkdwn("Two of four messages this week · hours 9-17 · Monday to Friday")],
        },
        {"type": "header", "block_id": "next", "text": plain("Next for you")},
        section("*Today*   Ben asked about saying no to a client", block_id="n1", accessory=button("Open", "open")),
        section("*Tuesday 10:00*   Introductions, round 7", block_id="n2", accessory=button("Skip this one", "skip")),
        section(
            "*Thursday 15:00*   Story: _The launch that wasn't_",
            block_id="n3",
            accessory=button("I'll come", "come", style="primary"),
        ),
        {"type": "divider", "block_id": "line"},
        {"type": "header", "block_id": "people", "text": plain("People")},
        section("*Ben Adler*, since February, for _saying no_\nDid you meet?", block_id="p1"),
        {
            "type": "actions",
            "block_id": "p1a",
            "elements": [
                button("We met", "met", style="primary"),
                button("Not yet", "not_yet"),
                button(
                    "It won't happen",
                    "wont",
                    style="danger",
                    confirm={
                        "title": plain("Let this one go?"),
                        "text": plain("Ben is told kindly, and you are both put first next time."),
                        "confirm": plain("Let it go"),
                        "deny": plain("Keep it"),
                    },
                ),
            ],
        },
        {"type": "divider", "block_id": "line2"},
        section(
            "*Goals*\nOne thing you want to be able to do by summer is enough.",
            block_id="g1",
            accessory=button("New goal", "new_goal"),
        ),
        {
            "type": "actions",
            "block_id": "s1",
            "elements": [
                {
                    "type": "static_select",
                    "action_id": "pace",
                    "placeholder": plain("Messages a week"),
                    "options": [option("Two"), option("Four"), option("Six")],
                    "initial_option": option("Four"),
                },
                {"type": "overflow", "action_id": "etc", "options": [option("Export my record"), option("Pause")]},
            ],
        },
    ],
}


def introduction(one: str, other: str) -> list[Doc]:
    return [
        section(
            f"<@{one}>, meet <@{other}>. Ben closes deals in New York; Ana builds the data he quotes. "
            "Both of you put *saying no* on your list.",
            block_id="who",
        ),
        section("Ana, you start this time:\n> Which deal did you walk away from, and were you right?", block_id="ask"),
        {
            "type": "actions",
            "block_id": "times",
            "elements": [
                button("Tuesday 15:00", "t1", style="primary"),
                button("Wednesday 14:30", "t2"),
                button("We met", "met"),
            ],
        },
        {
            "type": "context",
            "block_id": "foot",
            "elements": [mrkdwn("Why this? · Less like this · <https://example.org/help|Help>")],
        },
    ]


def goal_form() -> Doc:
    return {
        "type": "modal",
        "callback_id": "goal",
        "title": plain("A goal"),
        "submit": plain("Save"),
        "close": plain("Cancel"),
        "notify_on_close": True,
        "blocks": [
            section("A goal is a sentence you could say to a colleague.", block_id="intro"),
            field(
                "title",
                "What do you want to be able to do?",
                {"type": "plain_text_input", "action_id": "text", "max_length": 120},
                hint=plain("For example: lead a design review without preparing for a day."),
            ),
            field(
                "skill",
                "Which skill is it about?",
                {"type": "external_select", "action_id": "pick", "min_query_length": 1, "placeholder": plain("Type")},
                optional=True,
            ),
            field(
                "helpers",
                "Who could help?",
                {"type": "multi_users_select", "action_id": "pick", "max_selected_items": 2},
                optional=True,
            ),
            field("by", "By when?", {"type": "datepicker", "action_id": "day"}, optional=True),
            field(
                "often",
                "How often shall I ask?",
                {
                    "type": "radio_buttons",
                    "action_id": "tick",
                    "options": [option("Every week"), option("Every month")],
                    "initial_option": option("Every month"),
                },
            ),
            {"type": "actions", "block_id": "extra", "elements": [button("More about goals", "more")]},
        ],
    }


def second_form() -> Doc:
    return {
        "type": "modal",
        "callback_id": "about",
        "title": plain("About goals"),
        "blocks": [section("One sentence, one date, one person who knows.", block_id="about")],
    }
