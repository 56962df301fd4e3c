"""When somebody is due a nudge, which one it is, and how it leaves: whole batches at a time."""
