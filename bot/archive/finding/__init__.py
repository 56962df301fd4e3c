"""Finding insights: words folded to tokens, an index on both databases, ranked results, collections and bookmarks."""
