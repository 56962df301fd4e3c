"""What somebody says to a nudge, and how often they want one."""
