"""The doors and hours of storytelling: every message, job, button and form, by name."""

from functools import partial

from bot.features.storytelling import front, gathering, kind, themes
from bot.features.storytelling.harvest import listeners as harvest
from bot.features.storytelling.harvest import messages as harvest_messages
from bot.features.storytelling.harvest import views as harvest_views
from bot.features.storytelling.preparing import listeners as preparing
from bot.features.storytelling.preparing import store as pages
from bot.features.storytelling.preparing import views as page_views
from bot.features.storytelling.tellers import jobs, leaving, listeners, messages, store, swaps, views
from bot.gatherings import rounds
from bot.gatherings.takeaways.messages import draw_question
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    themes.ideas()  # a broken content file stops the start, not the first vote
    registry.program_kinds[kind.KIND.name] = kind.KIND
    registry.gathering_kinds[gathering.KIND.name] = gathering.KIND
    registry.ballots[themes.KIND.name] = themes.KIND
    registry.schedule.when_due(
        "plan story sessions",
        partial(rounds.plan_due, kind.NAME, kind.describe),
        next_due=rounds.next_due(kind.NAME),
    )
    _tellers(registry)
    _preparing(registry)
    _harvest(registry)


def _tellers(registry: Registry) -> None:
    registry.home.add(front.my_turns, position=116)
    registry.schedule.when_due("find tellers", jobs.find_tellers, next_due=store.next_due)
    registry.left.append(leaving.went_away)
    registry.paused.append(leaving.went_away)
    registry.kinds.add(messages.TURN, draw=messages.draw)
    registry.kinds.add(messages.TURN_CHANGED, draw=messages.draw)
    registry.kinds.add(swaps.SWAP, draw=swaps.draw)
    registry.kinds.add(swaps.SWAP_CHANGED, draw=swaps.draw)
    registry.kinds.add(messages.HOST)
    bolt = registry.bolt
    for yes in (views.ACCEPT, views.AFTER_ALL):
        bolt.action(yes)(listeners.accept)
    bolt.action(views.DECLINE)(listeners.decline)
    bolt.action(views.STEP_BACK)(listeners.step_back)
    bolt.action(views.SWAP)(listeners.open_swap)
    bolt.view(views.SWAP_FORM)(listeners.swap)
    bolt.action(views.SWAP_YES)(listeners.swap_yes)
    bolt.action(views.SWAP_NO)(listeners.swap_no)
    bolt.action(views.UNSWAP)(listeners.unswap)
    bolt.action(views.SIGN_UP)(listeners.sign_up)
    bolt.action(views.INVITE)(listeners.open_invite)
    bolt.view(views.INVITE_FORM)(listeners.invite)
    bolt.action(views.GO_ON)(listeners.go_on)


def _preparing(registry: Registry) -> None:
    registry.left.append(pages.stop_sharing)
    registry.kinds.add(preparing.SHARED)
    bolt = registry.bolt
    bolt.action(views.PREPARE)(preparing.open_page)
    bolt.view(page_views.FORM)(preparing.save)
    bolt.action(page_views.SHARE)(preparing.share)
    bolt.action(page_views.UNSHARE)(preparing.unshare)
    bolt.action(page_views.READ)(preparing.read)


def _harvest(registry: Registry) -> None:
    registry.kinds.add(harvest_messages.QUESTION, draw=draw_question)
    registry.kinds.add(harvest_messages.THREAD)
    registry.kinds.add(harvest_messages.CARD)
    registry.bolt.action(harvest_views.CARD)(harvest.make_card)
    registry.bolt.action(harvest_views.NO_CARD)(harvest.no_card)
