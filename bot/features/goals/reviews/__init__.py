"""Reviews: a goal is asked about at its owner's rhythm, and every answer is a good one; where it stands still, a plan."""
