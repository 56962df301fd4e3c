"""Following: up to five people may see how a goal comes along, each by their own yes; both sides can end it."""
