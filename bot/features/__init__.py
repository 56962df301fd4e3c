"""The features of Perennial; a new one adds its folder here and one migration."""

from bot.features import (
    goals,
    introductions,
    nudges,
    questions,
    recognition,
    reflections,
    roundtables,
    storytelling,
)

FEATURES = (introductions, nudges, goals, reflections, questions, recognition, roundtables, storytelling)
