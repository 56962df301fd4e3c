"""Slack's error codes, each in a class, and one policy for each class: plain data."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class ErrorClass(StrEnum):
    """What an error means for us."""

    INSTALL = "install"  # the workspace is gone or its token is dead
    PERSON = "person"  # the recipient is gone or can't be written to
    CHANNEL = "channel"  # the channel refuses until a human acts
    OUR_BUG = "our bug"  # we sent what Slack can't take
    TOO_LATE = "too late"  # what it was about is no longer there
    RATE = "rate"  # too much at once
    UNKNOWN = "unknown"  # nobody knows whether it was done
    WAIT = "wait"  # Slack is busy; nothing was done


class Then(StrEnum):
    """What is done about it."""

    STOP = "stop"  # keep the message, stop everything of this workspace, tell its leads
    FAIL = "fail"  # over, and a lead can see it
    DROP = "drop"  # over, nothing to see
    PAUSE = "pause"  # keep the message, rest this method in this workspace
    LOOK_UP = "look up"  # find out first, or repeat what repeats safely
    RETRY = "retry"  # again after a while, then park


@dataclass(frozen=True)
class Policy:
    """One row: what is done, and how loudly it is logged."""

    then: Then
    log: str = "info"


POLICIES: dict[ErrorClass, Policy] = {
    ErrorClass.INSTALL: Policy(Then.STOP, "error"),
    ErrorClass.PERSON: Policy(Then.FAIL),
    ErrorClass.CHANNEL: Policy(Then.FAIL, "warning"),
    ErrorClass.OUR_BUG: Policy(Then.FAIL, "error"),
    ErrorClass.TOO_LATE: Policy(Then.DROP),
    ErrorClass.RATE: Policy(Then.PAUSE, "warning"),
    ErrorClass.UNKNOWN: Policy(Then.LOOK_UP, "warning"),
    ErrorClass.WAIT: Policy(Then.RETRY),
}

CODES: dict[ErrorClass, tuple[str, ...]] = {
    ErrorClass.INSTALL: (
        "invalid_auth",
        "account_inactive",
        "token_revoked",
        "not_authed",
        "token_expired",
        "team_access_not_granted",
        "missing_scope",
        "not_allowed_token_type",
        "no_permission",
    ),
    ErrorClass.PERSON: (
        "user_not_found",
        "user_not_visible",
        "user_disabled",
        "users_not_found",
        "cannot_dm_bot",
        "invalid_user_combination",
        "channel_not_found",  # also said of a person who may not be written to
    ),
    ErrorClass.CHANNEL: (
        "is_archived",
        "not_in_channel",
        "restricted_action",  # and restricted_action_…, see classify()
        "messages_tab_disabled",
        "method_not_supported_for_channel_type",
        "ekm_access_denied",
        "is_inactive",
    ),
    ErrorClass.OUR_BUG: (
        "invalid_blocks",
        "invalid_blocks_format",
        "msg_too_long",
        "msg_blocks_too_long",
        "no_text",
        "invalid_arguments",
        "invalid_arg_name",
        "invalid_metadata_format",
        "invalid_metadata_schema",
        "metadata_too_large",
        "metadata_must_be_sent_from_app",
        "too_many_attachments",
        "markdown_text_conflict",
    ),
    ErrorClass.TOO_LATE: (
        "time_in_past",
        "edit_window_closed",
        "cant_update_message",
        "cant_delete_message",
        "message_not_found",
        "not_found",
        "thread_not_found",
    ),
    ErrorClass.RATE: ("ratelimited", "rate_limited", "message_limit_exceeded", "restricted_too_many"),
    ErrorClass.UNKNOWN: ("internal_error", "fatal_error", "request_timeout", "timeout", "dropped", "server_error"),
    ErrorClass.WAIT: (
        "service_unavailable",
        "team_added_to_org",
        "org_login_required",
        "external_channel_migrating",
        "update_failed",
        "not_connected",  # ours: the request never left this machine
    ),
}
CLASS_OF = {code: each for each, codes in CODES.items() for code in codes}

PAUSE_WITHOUT_A_WORD = 30.0  # seconds, where Slack said "too much" and not for how long
MOST_TRIES = 8
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=30)


def classify(code: str) -> ErrorClass:
    """The class of a code; one we have never heard of is our bug, because nobody taught us what to do."""
    if code.startswith("restricted_action"):
        return ErrorClass.CHANNEL
    return CLASS_OF.get(code, ErrorClass.OUR_BUG)


def retry_delay(attempts: int, chance: float) -> timedelta:
    """Twice as long each time, spread by `chance` (0 to 1) so that many don't come back together."""
    delay: timedelta = min(FIRST_WAIT * 2 ** min(20, max(0, attempts - 1)), LONGEST_WAIT)
    return delay * (0.75 + chance / 2)
