"""Steps: milestones, notes along the way, and what is in the way."""
