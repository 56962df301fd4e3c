"""The doors and hours of goals: every message, job, button and form, by name."""

from bot.features.goals import answers, home, leaving, milestones, nudging, opening, store, views, wishing
from bot.features.goals.following import listeners as following
from bot.features.goals.following import messages as follow_messages
from bot.features.goals.following import views as follow_views
from bot.features.goals.plans import listeners as plans
from bot.features.goals.plans import views as plan_views
from bot.features.goals.reviews import finishing, jobs, undoing
from bot.features.goals.reviews import listeners as reviews
from bot.features.goals.reviews import messages as review_messages
from bot.features.goals.reviews import views as review_views
from bot.features.goals.setting import listeners as setting
from bot.features.goals.setting import views as setting_views
from bot.features.goals.steps import listeners as steps
from bot.features.goals.steps import views as step_views
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    registry.words.add("goal", setting.open_by_word, help="sets a goal, for you alone unless you name others")
    registry.words.add("goals", opening.show_goals, help="shows the way to your goals")
    registry.home.add(home.goals_section, position=250)
    registry.home.add_page(views.PAGE, home.page)
    registry.schedule.when_due("ask about goals", jobs.ask, next_due=store.next_due)
    registry.moments.append(nudging.quiet_goals)
    registry.leanings.append(nudging.themes_of_goals)
    registry.wishes.append(wishing.SKILLS)
    registry.left.append(leaving.end_what_waits)
    registry.milestones.kinds[milestones.DONE] = milestones.KIND
    _messages(registry)
    _setting(registry)
    _reviews(registry)
    _following(registry)


def _messages(registry: Registry) -> None:
    kinds = registry.kinds
    kinds.add(review_messages.REVIEW, draw=jobs.draw_review, sent=jobs.review_sent)
    kinds.add(review_messages.PLAN, draw=jobs.draw_plan, sent=jobs.plan_sent)
    kinds.add(review_messages.AFTER, draw=jobs.draw_after, sent=jobs.after_sent)
    kinds.add(follow_messages.REQUEST, draw=following.draw_request, ended=following.request_ended)
    kinds.add(follow_messages.NEWS, draw=following.draw_reached)
    for each in (review_messages.DONE, answers.ANSWERED, follow_messages.ANSWERED):
        kinds.add(each)


def _setting(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(setting_views.NEW)(setting.open_new)
    bolt.view(setting_views.NEW)(setting.save_new)
    bolt.action(setting_views.EDIT)(setting.open_edit)
    bolt.view(setting_views.EDIT)(setting.save_edit)
    bolt.action(step_views.NOTE)(steps.open_note)
    bolt.view(step_views.NOTE)(steps.save_note)
    bolt.action(step_views.STEPS)(steps.open_steps)
    bolt.view(step_views.STEPS)(steps.save_steps)
    bolt.action(step_views.OBSTACLE)(steps.open_obstacle)
    bolt.view(step_views.OBSTACLE)(steps.save_obstacle)
    bolt.action(step_views.TICK)(steps.tick)
    bolt.action(step_views.UNTICK)(steps.untick)


def _reviews(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(review_views.KEEP)(reviews.keep)
    bolt.action(review_views.PAUSE)(reviews.open_pause)
    bolt.view(review_views.PAUSE)(reviews.pause)
    bolt.action(review_views.DONE)(finishing.open_done)
    bolt.view(review_views.DONE)(finishing.done)
    bolt.action(review_views.MORE)(reviews.choose_more)
    bolt.action(review_views.UNDO)(undoing.undo)
    bolt.action(review_views.OPEN)(opening.open_page)
    bolt.action(plan_views.SMALLER)(plans.open_smaller)
    bolt.view(plan_views.SMALLER)(plans.save_smaller)
    bolt.action(plan_views.PERSON)(plans.choose_person)
    bolt.action(plan_views.ANGLE)(plans.open_angle)
    bolt.view(plan_views.ANGLE)(plans.save_angle)


def _following(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(follow_views.ACCEPT)(following.accept)
    bolt.action(follow_views.DECLINE)(following.decline)
    bolt.action(follow_views.STOP)(following.stop)
    bolt.action(follow_views.UNDO)(following.undo)
