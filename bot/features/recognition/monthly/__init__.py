"""A page of thanks in a channel once a month, of what both sides like to share."""
