"""The doors and hours of written roundtables: every message, job, button and form, by name."""

from bot.features.roundtables.written import (
    channels,
    hearing,
    jobs,
    kind,
    library,
    listeners,
    messages,
    moderating,
    nudging,
    posting,
    reacting,
    reporting,
    store,
    tags,
    turn_messages,
    turn_views,
    votes_off,
    voting,
)
from bot.registry import Registry
from bot.slack import reacted


def register(registry: Registry) -> None:
    """Its doors and hours."""
    library.prompts(), library.gaps()  # a broken content file stops the start, not the first prompt
    registry.program_kinds[kind.KIND.name] = kind.KIND
    registry.ballots[voting.BALLOT.name] = voting.BALLOT
    registry.left.append(moderating.somebody_left)
    registry.left.append(reacting.somebody_left)
    registry.paused.append(moderating.stepped_back)
    registry.no_more.append(moderating.stepped_back)
    registry.events.on("message", hearing.hear, wants=hearing.wants)
    for type_ in (reacted.ADDED, reacted.REMOVED):
        registry.events.on(type_, reacting.hear, wants=reacting.wants)
    registry.reportable["roundtable"] = reporting.REPORTABLE
    _channels(registry)
    registry.home.add_setting(tags.row)
    schedule = registry.schedule
    schedule.when_due("post roundtable prompts", jobs.post, next_due=store.next_claimed)
    schedule.when_due("tend roundtables", jobs.tend, next_due=store.next_due)
    schedule.when_due("open votes on prompts", voting.open_due, next_due=voting.next_due)
    schedule.when_due("take back votes on prompts", votes_off.take_back, next_due=votes_off.next_due)
    _messages(registry)
    _buttons(registry)


def _channels(registry: Registry) -> None:
    events = registry.events
    events.on("member_left_channel", channels.somebody_left, wants=channels.wants)
    for type_ in ("channel_archive", "group_archive"):  # Slack's older name for private channels
        events.on(type_, channels.archived, wants=channels.wants)
    events.on("channel_id_changed", channels.renumbered, wants=channels.wants_new_id)


def _messages(registry: Registry) -> None:
    kinds = registry.kinds
    kinds.add(messages.PROMPT, draw=posting.draw, sent=messages.prompt_sent, ended=messages.prompt_ended)
    kinds.add(messages.CLOSED)
    kinds.add(messages.CHANGED)
    kinds.add(nudging.NUDGE, draw=nudging.draw)
    kinds.add(nudging.CHANGED, draw=nudging.draw_again)
    kinds.add(turn_messages.TURN, draw=turn_messages.draw)
    kinds.add(turn_messages.TURN_CHANGED, draw=turn_messages.draw_again)
    kinds.add(moderating.TOLD)


def _buttons(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(turn_views.SUM_UP)(listeners.open_form)
    bolt.view(turn_views.FORM)(listeners.save)
    bolt.action(turn_views.PASS)(listeners.pass_on)
    bolt.action(turn_views.KEEP)(listeners.keep)
    bolt.action(tags.OPEN)(tags.open_form)
    bolt.view(tags.FORM)(tags.save)
