"""Joining: three short steps from the first visit to being in, and the type-aheads in them."""

from bot.members import forms
from bot.members.joining import listeners, views
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors."""
    bolt = registry.bolt
    bolt.action(views.JOIN)(listeners.open_first_step)
    bolt.view(views.ABOUT_STEP)(listeners.keep_about)
    bolt.view(views.SKILLS_STEP)(listeners.keep_skills)
    bolt.view(views.HOURS_STEP)(listeners.keep_hours_and_join)
    bolt.action(views.BACK_TO_ABOUT)(listeners.go_back_to_about)
    bolt.action(views.BACK_TO_SKILLS)(listeners.go_back_to_skills)
    bolt.options(forms.FIND_TEAM)(listeners.suggest_teams)
    bolt.options(forms.FIND_SKILL)(listeners.suggest_skills)
    bolt.options(forms.FIND_INTEREST)(listeners.suggest_interests)
    registry.words.add("join", listeners.join_by_word, help="takes you through the three steps of joining")
