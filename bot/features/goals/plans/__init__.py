"""Plans: where a goal stands still, three ways on instead of another reminder, and one question a week later."""
