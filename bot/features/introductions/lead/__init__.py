"""A lead's look at a round before it goes out: groups, repeats, leftovers, proof; and what they may change."""
