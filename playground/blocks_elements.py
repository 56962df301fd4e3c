"""Block Kit's elements and their limits, as data: texts, options, buttons, selects, pickers and fields."""

from typing import Any

from playground.blocks_checks import (
    Check,
    Problems,
    by_type,
    each,
    flag,
    number,
    one_of,
    shape,
    string,
    whole,
    wrong,
)

MOST_OPTIONS = 100
MOST_CHOICES = 10

ID = string(255)


def plain(most: int) -> Check:
    return by_type({"plain_text": shape({"text": string(most)}, {"emoji": flag})})


def either_text(most: int) -> Check:
    """plain_text or mrkdwn; `emoji` belongs to the one, `verbatim` to the other."""
    return by_type(
        {
            "plain_text": shape({"text": string(most)}, {"emoji": flag}),
            "mrkdwn": shape({"text": string(most)}, {"verbatim": flag}),
        }
    )


_STYLE = one_of("primary", "danger")
_CONFIRM = shape(
    {"title": plain(100), "text": either_text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": _STYLE},
    typed=False,
)
_VALUE = string(150, least=0)
_OPTION = shape({"text": plain(75), "value": _VALUE}, {"description": plain(75)}, typed=False)
_CHOICE = shape({"text": either_text(75), "value": _VALUE}, {"description": either_text(75)}, typed=False)
_OVERFLOW = shape({"text": plain(75), "value": _VALUE}, {"description": plain(75), "url": string(3000)}, typed=False)
_GROUP = shape({"label": plain(75), "options": each(_OPTION, least=1, most=MOST_OPTIONS)}, typed=False)
OPTIONS = each(_OPTION, most=MOST_OPTIONS)
GROUPS = each(_GROUP, most=MOST_OPTIONS)
_SLACK_FILE = shape(None, {"id": string(), "url": string()}, exactly_one=("id", "url"), typed=False)
_FILTER = shape(
    None,
    {
        "include": each(one_of("im", "mpim", "private", "public"), least=1, unique=True),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
    either=("include", "exclude_external_shared_channels", "exclude_bot_users"),
    typed=False,
)
_DISPATCH = shape(
    None,
    {"trigger_actions_on": each(one_of("on_enter_pressed", "on_character_entered"), least=1, unique=True)},
    typed=False,
)


def _starts_among_its_choices(value: dict[str, Any], at: str, problems: Problems) -> None:
    """Slack refuses an initial option that is not one of the options, letter for letter."""
    groups = [value, *(group for group in value.get("option_groups") or [] if isinstance(group, dict))]
    offered = [option for group in groups for option in group.get("options") or []]
    starts = value.get("initial_options", [value["initial_option"]] if "initial_option" in value else [])
    if any(start not in offered for start in starts):
        wrong(problems, "initial option is not among the options", at)


def _length_bounds(value: dict[str, Any], at: str, problems: Problems) -> None:
    low, high = value.get("min_length"), value.get("max_length")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        wrong(problems, "min_length must not be more than max_length", at)


_BASE: dict[str, Check] = {"action_id": ID}
_ASKS = {"confirm": _CONFIRM, **_BASE}
_PICKS = {"focus_on_load": flag, "placeholder": plain(150), **_ASKS}
_TYPES_IN = {"focus_on_load": flag, "placeholder": plain(150), "dispatch_action_config": _DISPATCH, **_BASE}
_MANY = {"max_selected_items": whole(1), **_PICKS}
_IDS = each(string())
_LIST = {
    "options": each(_OPTION, least=1, most=MOST_OPTIONS),
    "option_groups": each(_GROUP, least=1, most=MOST_OPTIONS),
}
_ONE_LIST = ("options", "option_groups")
_SEVERAL = each(_OPTION, most=MOST_OPTIONS)
_CHOICES = {"options": each(_CHOICE, least=1, most=MOST_CHOICES)}
_WHERE = {"filter": _FILTER, "default_to_current_conversation": flag}

IMAGE = shape(
    {"alt_text": string(2000)},
    {"image_url": string(3000), "slack_file": _SLACK_FILE},
    exactly_one=("image_url", "slack_file"),
)
IMAGE_BLOCK = shape(
    {"alt_text": string(2000)},
    {"image_url": string(3000), "slack_file": _SLACK_FILE, "title": plain(2000), "block_id": ID},
    exactly_one=("image_url", "slack_file"),
)
BUTTON = shape(
    {"text": plain(75)},
    {
        "value": string(2000, least=0),
        "url": string(3000),
        "style": _STYLE,
        "accessibility_label": string(75),
        **_ASKS,
    },
)

# What a person can choose from or pick, wherever it stands.
SELECTS: dict[str, Check] = {
    "static_select": shape(
        None, {**_LIST, "initial_option": _OPTION, **_PICKS}, exactly_one=_ONE_LIST, also=_starts_among_its_choices
    ),
    "multi_static_select": shape(
        None, {**_LIST, "initial_options": _SEVERAL, **_MANY}, exactly_one=_ONE_LIST, also=_starts_among_its_choices
    ),
    "external_select": shape(None, {"initial_option": _OPTION, "min_query_length": whole(0), **_PICKS}),
    "multi_external_select": shape(None, {"initial_options": _SEVERAL, "min_query_length": whole(0), **_MANY}),
    "users_select": shape(None, {"initial_user": string(), **_PICKS}),
    "multi_users_select": shape(None, {"initial_users": _IDS, **_MANY}),
    "conversations_select": shape(
        None, {"initial_conversation": string(), "response_url_enabled": flag, **_WHERE, **_PICKS}
    ),
    "multi_conversations_select": shape(None, {"initial_conversations": _IDS, **_WHERE, **_MANY}),
    "channels_select": shape(None, {"initial_channel": string(), "response_url_enabled": flag, **_PICKS}),
    "multi_channels_select": shape(None, {"initial_channels": _IDS, **_MANY}),
    "checkboxes": shape(
        _CHOICES,
        {"initial_options": each(_CHOICE, least=1, most=MOST_CHOICES), "focus_on_load": flag, **_ASKS},
        also=_starts_among_its_choices,
    ),
    "radio_buttons": shape(
        _CHOICES, {"initial_option": _CHOICE, "focus_on_load": flag, **_ASKS}, also=_starts_among_its_choices
    ),
    "datepicker": shape(
        None, {"initial_date": string(pattern=r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"), **_PICKS}
    ),
    "timepicker": shape(
        None, {"initial_time": string(pattern=r"([01]\d|2[0-3]):[0-5]\d"), "timezone": string(), **_PICKS}
    ),
}
_DATETIME = {
    "datetimepicker": shape(
        None, {"initial_date_time": whole(1_000_000_000, 9_999_999_999), "focus_on_load": flag, **_ASKS}
    )
}


def rich_text_input(rich_text: Check) -> dict[str, Check]:
    return {
        "rich_text_input": shape(
            None, {"initial_value": rich_text, "min_lines": number, "max_lines": number, **_TYPES_IN}
        )
    }


OVERFLOW = {"overflow": shape({"options": each(_OVERFLOW, least=1, most=5)}, _ASKS)}
ACCESSORIES = {"button": BUTTON, "image": IMAGE, **OVERFLOW, **SELECTS}
ACTIONS = {"button": BUTTON, **OVERFLOW, **SELECTS, **_DATETIME}
INPUTS: dict[str, Check] = {
    **SELECTS,
    **_DATETIME,
    "plain_text_input": shape(
        None,
        {
            "multiline": flag,
            "initial_value": string(3000, least=0),
            "min_length": whole(0, 3000),
            "max_length": whole(1, 3000),
            **_TYPES_IN,
        },
        also=_length_bounds,
    ),
    "email_text_input": shape(None, {"initial_value": string(least=0), **_TYPES_IN}),
    "url_text_input": shape(None, {"initial_value": string(least=0), **_TYPES_IN}),
    "number_input": shape(
        {"is_decimal_allowed": flag},
        {"initial_value": string(least=0), "min_value": string(), "max_value": string(), **_TYPES_IN},
    ),
}
