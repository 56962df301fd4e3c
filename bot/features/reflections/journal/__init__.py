"""The journal: entries that only their writer can open, by page, by month and by search."""
