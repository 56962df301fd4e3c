"""The features of Perennial; a new one adds its folder here and one migration."""

from bot.features import introductions, reflections

FEATURES = (introductions, reflections)
