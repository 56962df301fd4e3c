"""The introduction itself: who they are to each other, why, how to begin, and when they could talk."""
