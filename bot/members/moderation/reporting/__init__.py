"""Reporting: [Report] beside whatever somebody wrote for others; it is hidden at once."""
