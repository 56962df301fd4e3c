"""The doors and hours of recognition: every message, job, button, form and page, by name."""

from bot.features.recognition import leaving, sharing
from bot.features.recognition.giving import listeners as giving
from bot.features.recognition.giving import offering, taking_back
from bot.features.recognition.giving import views as giving_views
from bot.features.recognition.milestones import listeners as milestones
from bot.features.recognition.milestones import messages as milestone_messages
from bot.features.recognition.milestones import views as milestone_views
from bot.features.recognition.mine import home, pages
from bot.features.recognition.mine import views as mine_views
from bot.features.recognition.monthly import drawing, jobs, places
from bot.features.recognition.monthly import store as months
from bot.features.recognition.monthly import views as month_views
from bot.features.recognition.receiving import listeners as receiving
from bot.features.recognition.receiving import messages, moderating, views
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    registry.words.add("thanks", giving.open_by_word, help="says thanks: `thanks @somebody`, and what for")
    registry.thanks.offer, registry.thanks.shared = offering.offer, sharing.shared
    registry.milestones.reached.append(milestones.reached)
    registry.reportable["thanks"] = moderating.REPORTABLE
    registry.left.append(leaving.end_what_waits)
    registry.home.add(home.front_row, position=345)
    registry.home.add_page(views.PLACE, home.page)
    registry.home.add_setting(milestones.setting)
    registry.home.add_lead_setting(places.row)
    registry.pages.add(pages.PATH, pages.show)
    registry.schedule.when_due("read thanks of a month", jobs.read_months, next_due=months.next_due)
    _messages(registry)
    _people(registry)
    _milestones(registry)
    _places(registry)


def _messages(registry: Registry) -> None:
    kinds = registry.kinds
    kinds.add(messages.RECEIVED, draw=messages.draw)
    kinds.add(messages.CHANGED, draw=messages.draw)
    kinds.add(messages.TOGETHER, draw=messages.draw_together)
    kinds.add(milestone_messages.REACHED, draw=milestone_messages.draw)
    kinds.add(milestone_messages.REACHED_CHANGED, draw=milestone_messages.draw)
    kinds.add(drawing.PAGE, draw=drawing.draw)
    kinds.add(drawing.PAGE_CHANGED, draw=drawing.draw)


def _people(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(giving_views.GIVE)(giving.open_form)
    bolt.shortcut(giving_views.GIVE)(giving.open_form)
    bolt.shortcut(giving_views.FOR_MESSAGE)(giving.open_for_message)
    bolt.action(giving_views.PEOPLE)(giving.choose_people)
    bolt.view(giving_views.GIVE)(giving.say)
    bolt.action(mine_views.TAKE_BACK)(taking_back.take_back)
    for share in (views.SHARE, views.AFTER_ALL):
        bolt.action(share)(receiving.share)
    for keep in (views.KEEP, views.UNSHARE):
        bolt.action(keep)(receiving.keep_private)
    bolt.action(views.MORE)(receiving.choose_more)
    bolt.action(views.READ)(receiving.read_all)
    bolt.action(views.CARD)(receiving.make_card)
    bolt.action(mine_views.BACK)(home.turn)
    bolt.action(mine_views.ON)(home.turn)


def _milestones(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(milestone_views.SHARE)(milestones.share)
    bolt.action(milestone_views.KEEP)(milestones.keep)
    bolt.action(milestone_views.MORE)(milestones.choose_more)
    bolt.action(milestone_views.LIKING)(milestones.open_liking)
    bolt.view(milestone_views.LIKING_FORM)(milestones.save_liking)


def _places(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(month_views.PLACE)(places.open_form)
    bolt.view(month_views.PLACE_FORM)(places.save)
    bolt.action(month_views.STOP)(places.stop)
    bolt.options(month_views.FIND_ZONE)(places.suggest_zone)
    registry.events.on("member_left_channel", places.somebody_left, wants=places.wants_channel)
    for archived in ("channel_archive", "group_archive"):
        registry.events.on(archived, places.channel_archived, wants=places.wants_channel)
    registry.events.on("channel_id_changed", places.channel_renumbered, wants=places.wants_channel)
